#include <chainsim/io/csv.hpp>
#include <chainsim/io/file.hpp>
#include <chainsim/study/sample.hpp>
#include <chainsim/table/table.hpp>

#include <fmt/format.h>

#include <cmath>
#include <utility>

namespace chainsim::study {

namespace {

using table::Cell;
using table::number_column;
using table::text_column;
using table::whole_column;

Cell drawn_year(const Sample& sample, std::size_t position) {
    return std::int64_t{sample.sampler().years()[position].year()};
}

table::Table indicators_of(const Sample& sample) {
    std::vector<table::Column> columns{whole_column("year"),   text_column("id"),
                                       text_column("name_zh"), text_column("name_en"),
                                       text_column("unit"),    number_column("nominal"),
                                       whole_column("draws"),  number_column("mean"),
                                       number_column("sd"),    number_column("least")};
    for (const double share : Sample::shares()) {
        columns.push_back(number_column(fmt::format("p{:02}", std::lround(100.0 * share))));
    }
    columns.push_back(number_column("most"));
    table::Table out("indicators", std::move(columns));
    std::size_t column = 0;
    for (std::size_t y = 0; y < sample.sampler().years().size(); ++y) {
        const auto& program = sample.sampler().years()[y];
        for (std::size_t i = 0; i < program.info().size(); ++i, ++column) {
            const auto& info = program.info()[i];
            const auto& tally = sample.tally();
            const bool is_known = tally.count(column) > 0;
            const auto known = [is_known](double value) {
                return is_known ? value : table::absent;
            };
            std::vector<Cell> row{drawn_year(sample, y),
                                  info.id,
                                  info.name.zh,
                                  info.name.en,
                                  info.unit,
                                  program.nominal()[i],
                                  tally.count(column),
                                  known(tally.mean(column)),
                                  known(tally.sd(column)),
                                  known(tally.least(column))};
            for (const double quantile : sample.quantiles(column)) {
                row.emplace_back(quantile);
            }
            row.emplace_back(known(tally.most(column)));
            out.append(std::move(row));
        }
    }
    return out;
}

table::Table chances_of(const Sample& sample) {
    table::Table out("policies",
                     {whole_column("year"), text_column("id"), text_column("name_zh"),
                      text_column("name_en"), whole_column("hard"), text_column("indicator"),
                      text_column("side"), text_column("unit"), number_column("bound"),
                      whole_column("draws"), number_column("chance"), number_column("chance_low"),
                      number_column("chance_high")});
    for (const auto& policy : sample.policies()) {
        const auto known = sample.chance(policy);
        out.append({drawn_year(sample, policy.year), policy.id, policy.name.zh, policy.name.en,
                    std::int64_t{policy.hard ? 1 : 0}, policy.indicator,
                    std::string(policy.at_most ? "at_most" : "at_least"), policy.unit, policy.bound,
                    sample.tally().count(policy.verdicts), known.value, known.low, known.high});
    }
    return out;
}

table::Table convergence_of(const Sample& sample) {
    table::Table out("convergence",
                     {whole_column("draws"), whole_column("year"), text_column("id"),
                      number_column("chance"), number_column("chance_low"),
                      number_column("chance_high"), text_column("unit"), number_column("mean"),
                      number_column("mean_low"), number_column("mean_high")});
    for (const auto& point : sample.convergence()) {
        for (std::size_t i = 0; i < sample.policies().size(); ++i) {
            const auto& policy = sample.policies()[i];
            const auto& chance = point.chances[i];
            const auto& mean = point.means[i];
            out.append({point.draws, drawn_year(sample, policy.year), policy.id, chance.value,
                        chance.low, chance.high, policy.unit, mean.value, mean.low, mean.high});
        }
    }
    return out;
}

table::Table parameters_in(const Sample& sample) {
    table::Table out("parameters",
                     {text_column("id"), text_column("name_zh"), text_column("name_en"),
                      text_column("kind"), text_column("role"), text_column("unit"),
                      number_column("value"), number_column("low"), number_column("high"),
                      text_column("distribution"), whole_column("set"), text_column("confidence"),
                      text_column("source"), text_column("where")});
    const auto& all = sample.sampler().parameters().all;
    for (std::size_t p = 0; p < all.size(); ++p) {
        const auto& one = all[p];
        const char role = sample.sampler().roles()[p];
        if (role == 0 && !one.has_range()) {
            continue;
        }
        const bool has_shape = one.shape != model::Distribution::none;
        out.append({one.id, one.name.zh, one.name.en, std::string(to_string(one.kind)),
                    std::string(role == 1   ? "drawn"
                                : role == 2 ? "closing"
                                            : "held"),
                    one.unit, one.value, one.low, one.high,
                    std::string(has_shape ? model::to_string(one.shape) : "triangular"),
                    std::int64_t{one.set}, std::string(model::to_string(one.confidence)),
                    one.source, to_string(one.where)});
    }
    return out;
}

} // namespace

void Sample::write_tables(const std::filesystem::path& folder) const {
    for (const auto& one :
         {indicators_of(*this), chances_of(*this), convergence_of(*this), parameters_in(*this)}) {
        io::write_file(folder / (one.name() + ".csv"), io::to_csv(one));
    }
}

} // namespace chainsim::study
