#include <chainsim/economy/embedding.hpp>
#include <chainsim/table/catalogue.hpp>
#include <chainsim/table/number_text.hpp>
#include <chainsim/table/text.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <cstdint>
#include <utility>

namespace chainsim::economy {

namespace {

using Eigen::Index;
using Json = nlohmann::ordered_json;
using table::absent;
using table::Language;
using table::number_column;
using table::text_column;
using table::whole_column;

Json numbers(const Eigen::VectorXd& values) {
    Json list = Json::array();
    for (Index k = 0; k < values.size(); ++k) {
        list.push_back(values[k]);
    }
    return list;
}

Json effect_json(const Effect& effect) {
    return {{"delivered", effect.delivered},
            {"output", effect.output},
            {"value_added",
             {{"direct", effect.value_added_direct},
              {"indirect", effect.value_added - effect.value_added_direct},
              {"induced", effect.value_added_induced},
              {"total", effect.value_added}}},
            {"jobs",
             {{"direct", effect.jobs_direct},
              {"indirect", effect.jobs - effect.jobs_direct},
              {"induced", effect.jobs_induced},
              {"total", effect.jobs}}},
            {"delivered_by", numbers(effect.delivered_by)},
            {"output_by", numbers(effect.output_by)}};
}

Json unmapped_json(const std::vector<Unmapped>& unmapped) {
    Json list = Json::array();
    for (const auto& one : unmapped) {
        list.push_back({{"id", one.id}, {"amount", one.amount}});
    }
    return list;
}

std::string joined(const std::vector<Unmapped>& unmapped) {
    constexpr std::size_t most_named = 8;
    std::string text;
    for (std::size_t k = 0; k < std::min(unmapped.size(), most_named); ++k) {
        text += fmt::format("{}{} {}", k == 0 ? "" : ", ", unmapped[k].id,
                            table::reader_text(unmapped[k].amount));
    }
    return unmapped.size() > most_named ? text + fmt::format(" +{}", unmapped.size() - most_named)
                                        : text;
}

/// Value added and jobs that the supply brings; with households what they induce besides.
void append_effect(std::vector<table::Cell>& row, const Effect& effect, bool with_induced) {
    row.emplace_back(effect.output);
    row.emplace_back(effect.value_added);
    if (with_induced) {
        row.emplace_back(effect.value_added_induced);
    }
    row.emplace_back(effect.jobs);
    if (with_induced) {
        row.emplace_back(effect.jobs_induced);
    }
}

std::vector<table::Column> with_effect(std::vector<table::Column> columns, const std::string& money,
                                       bool with_induced) {
    columns.push_back(number_column("supply_output", money));
    columns.push_back(number_column("supply_value_added", money));
    if (with_induced) {
        columns.push_back(number_column("induced_value_added", money));
    }
    columns.push_back(number_column("supply_jobs"));
    if (with_induced) {
        columns.push_back(number_column("induced_jobs"));
    }
    return columns;
}

} // namespace

std::string embedding_json(const input_output::Economy& economy, const Embedding& embedding) {
    Json sectors = Json::array();
    for (const auto& sector : economy.table.sectors) {
        sectors.push_back(to_string(sector));
    }
    Json operation = Json::array();
    for (const auto& year : embedding.operation) {
        operation.push_back({{"year", year.year},
                             {"sales", year.sales},
                             {"purchases", year.purchases},
                             {"imported", year.imported},
                             {"own", {{"value_added", year.value_added}, {"jobs", year.jobs}}},
                             {"economy",
                              {{"value_added", year.value_added + year.effect.value_added},
                               {"jobs", year.jobs + year.effect.jobs}}},
                             {"supply", effect_json(year.effect)},
                             {"sold_as", numbers(year.sold_as)},
                             {"unmapped", unmapped_json(year.unmapped)},
                             {"unpriced", year.unpriced}});
    }
    Json investment = Json::array();
    for (const auto& year : embedding.investment) {
        investment.push_back({{"year", year.year},
                              {"investment", year.investment},
                              {"imported", year.imported},
                              {"supply", effect_json(year.effect)},
                              {"unmapped", unmapped_json(year.unmapped)}});
    }
    return Json{{"scenario", embedding.scenario},      {"money", embedding.money},
                {"sectors", std::move(sectors)},       {"operation", std::move(operation)},
                {"investment", std::move(investment)}, {"without_capex", embedding.without_capex}}
        .dump();
}

std::string embedding_text(const input_output::Economy& /*economy*/, const Embedding& embedding,
                           Language language, std::size_t width) {
    const auto say = [language](std::string_view key, const auto&... values) {
        return fmt::format(fmt::runtime(table::say(key, language)), values...) + '\n';
    };
    const auto show = [&](const table::Table& table) {
        return table::to_text(
            table,
            {.language = language, .width = width, .first_row = 0, .most_rows = 0, .whole_in = {}});
    };
    const auto& money = embedding.money;
    std::string out = '\n' + say("io_embed", embedding.scenario, money);
    const bool with_induced = !embedding.operation.empty() &&
                              !std::isnan(embedding.operation.front().effect.jobs_induced);
    std::string notes;
    out += '\n' + say("io_embed_operation");
    table::Table operation(
        "operation",
        with_effect({whole_column("year"), number_column("sales", money),
                     number_column("purchases", money), number_column("own_value_added", money),
                     number_column("own_jobs")},
                    money, with_induced));
    for (const auto& year : embedding.operation) {
        std::vector<table::Cell> row{std::int64_t{year.year}, year.sales, year.purchases,
                                     year.value_added, year.jobs};
        append_effect(row, year.effect, with_induced);
        operation.append(std::move(row));
        if (!year.unmapped.empty()) {
            notes += say("io_embed_unmapped", year.year, table::heading("purchases", language),
                         joined(year.unmapped));
        }
    }
    out += show(operation) + say("io_embed_note");
    if (!embedding.investment.empty()) {
        out += '\n' + say("io_embed_investment");
        table::Table investment(
            "investment", with_effect({whole_column("year"), number_column("investment", money),
                                       number_column("imported", money)},
                                      money, with_induced));
        for (const auto& year : embedding.investment) {
            std::vector<table::Cell> row{std::int64_t{year.year}, year.investment, year.imported};
            append_effect(row, year.effect, with_induced);
            investment.append(std::move(row));
            if (!year.unmapped.empty()) {
                notes += say("io_embed_unmapped", year.year, table::heading("investment", language),
                             joined(year.unmapped));
            }
        }
        out += show(investment);
    }
    return out + notes;
}

table::Table embedding_table(const input_output::Economy& economy,
                             const std::vector<Embedding>& embeddings) {
    table::Table result("embedding",
                        {text_column("scenario"), whole_column("year"), text_column("kind"),
                         text_column("region"), text_column("sector"), number_column("delivered"),
                         number_column("output"), number_column("sold_as")});
    const auto& sectors = economy.table.sectors;
    const auto add = [&](const Embedding& embedding, int year, const std::string& kind,
                         const Effect& effect, const Eigen::VectorXd* sold) {
        for (std::size_t k = 0; k < sectors.size(); ++k) {
            const auto place = static_cast<Index>(k);
            result.append({embedding.scenario, std::int64_t{year}, kind, sectors[k].region,
                           sectors[k].name, effect.delivered_by[place], effect.output_by[place],
                           sold != nullptr ? (*sold)[place] : absent});
        }
    };
    for (const auto& embedding : embeddings) {
        for (const auto& year : embedding.operation) {
            add(embedding, year.year, "operation", year.effect, &year.sold_as);
        }
        for (const auto& year : embedding.investment) {
            add(embedding, year.year, "investment", year.effect, nullptr);
        }
    }
    return result;
}

} // namespace chainsim::economy
