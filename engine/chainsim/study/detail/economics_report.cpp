#include <chainsim/study/detail/analysis_json.hpp>
#include <chainsim/study/detail/economics_report.hpp>
#include <chainsim/study/detail/reader.hpp>
#include <chainsim/table/number_text.hpp>
#include <chainsim/table/text.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace chainsim::study::detail {

namespace {

using table::Table;

constexpr std::size_t most = 5;

/// What a project loses at the return that it needs; the undetermined come last.
double loss(const ProjectEconomics& one) {
    return std::isnan(one.npv_before_tax) ? -std::numeric_limits<double>::infinity()
                                          : -one.npv_before_tax;
}

std::vector<const ProjectEconomics*> least_first(const model::Scenario& scenario,
                                                 const std::vector<ProjectEconomics>& projects,
                                                 const std::string& project) {
    std::vector<const ProjectEconomics*> order;
    order.reserve(projects.size());
    for (const auto& one : projects) {
        if (project.empty() || scenario.projects[one.project].id == project) {
            order.push_back(&one);
        }
    }
    std::stable_sort(order.begin(), order.end(),
                     [](const auto* a, const auto* b) { return loss(*a) > loss(*b); });
    return order;
}

class Text {
public:
    Text(const model::Scenario& scenario, const EconomicsView& view)
        : scenario_(scenario), view_(view), money_(plant_money(view.language)) {}

    std::string of(const std::vector<ProjectEconomics>& projects) {
        const auto order = least_first(scenario_, projects, view_.project);
        if (order.empty()) {
            return {};
        }
        const auto unknown = static_cast<std::size_t>(
            std::count_if(order.begin(), order.end(), [](const ProjectEconomics* one) {
                return std::isnan(one->npv_before_tax);
            }));
        out_ = '\n' + fill("check_economics", view_.language, order.size(), unknown) + '\n';
        show(returns_table(scenario_, projects, view_.project, view_.language));
        out_ += fill("check_returns", view_.language) + '\n';
        show_norms(order);
        if (!view_.project.empty()) {
            tell(*order.front());
        }
        return std::move(out_);
    }

private:
    void show(const Table& table) {
        out_ += table::to_text(
            table,
            {.language = view_.language, .width = view_.width, .most_rows = view_.all ? 0 : most});
    }

    [[nodiscard]] const std::string& name(const ProjectEconomics& one) const {
        return name_in(scenario_.projects[one.project].name, view_.language);
    }

    /// Per project the norms that it keeps and those that it falls short of.
    void show_norms(const std::vector<const ProjectEconomics*>& order) {
        if (scenario_.model.park_norms.empty()) {
            return;
        }
        const std::string unit = view_.language == table::Language::zh ? "万元/亩" : "10^4 CNY/mu";
        Table table("norms",
                    {table::text_column("project"), table::number_column("investment_per_mu", unit),
                     table::number_column("output_per_mu", unit),
                     table::number_column("tax_per_mu", unit),
                     table::text_column("short_of_norms")});
        constexpr double wan = 1e4;
        for (const auto* one : order) {
            std::vector<std::string> missed;
            for (const auto& norm : one->norms) {
                if (scenario_.model.park_norms[norm.norm].is_average) {
                    continue; // a measure for the columns beside, and no condition
                }
                if (norm.verdict == NormVerdict::missed ||
                    norm.verdict == NormVerdict::advice_missed) {
                    missed.push_back(
                        name_in(scenario_.model.park_norms[norm.norm].name, view_.language));
                }
            }
            table.append({name(*one), one->investment_per_mu / wan, one->output_per_mu / wan,
                          one->tax_per_mu / wan,
                          fmt::format("{}", fmt::join(missed, view_.language == table::Language::zh
                                                                  ? "、"
                                                                  : ", "))});
        }
        out_ += '\n';
        show(table);
        for (const auto& norm : scenario_.model.park_norms) {
            const bool binds =
                !norm.is_average && norm.at_least.provenance.confidence <= model::Confidence::known;
            out_ += "  " +
                    fill(binds ? "norm_binds" : "norm_advises", view_.language,
                         name_in(norm.name, view_.language), to_string(norm.at_least.value),
                         table::say("confidence_" + std::string(model::to_string(
                                                        norm.at_least.provenance.confidence)),
                                    view_.language)) +
                    '\n';
        }
    }

    /// What one project costs per unit, and what is missing.
    void tell(const ProjectEconomics& one) {
        if (one.product) {
            const auto& product = scenario_.model.commodities[*one.product];
            out_ += fill("check_prices", view_.language, name_in(product.name, view_.language),
                         table::reader_text(one.price), table::reader_text(one.levelised_cost),
                         table::reader_text(one.break_even_price), "CNY/" + product.unit.text()) +
                    '\n';
        }
        if (!one.missing.empty()) {
            out_ += fill("check_missing", view_.language,
                         fmt::format("{}", fmt::join(one.missing, ", "))) +
                    '\n';
        }
        if (one.illustration) {
            out_ += fill("check_assumed_capex", view_.language) + '\n';
        }
    }

    const model::Scenario& scenario_;
    const EconomicsView& view_;
    ColumnUnit money_;
    std::string out_;
};

Json norms_json(const model::Scenario& scenario, const ProjectEconomics& one) {
    Json norms = Json::array();
    for (const auto& norm : one.norms) {
        const auto& record = scenario.model.park_norms[norm.norm];
        norms.push_back({{"id", record.id},
                         {"value", number(norm.value)},
                         {"bound", number(norm.bound)},
                         {"unit", model::unit_of(record.figure)},
                         {"verdict", to_string(norm.verdict)},
                         {"confidence", model::to_string(record.at_least.provenance.confidence)},
                         {"source", record.at_least.provenance.source}});
    }
    return norms;
}

} // namespace

Table returns_table(const model::Scenario& scenario, const std::vector<ProjectEconomics>& projects,
                    const std::string& project, table::Language language) {
    const auto money = plant_money(language);
    Table table("economics",
                {table::text_column("project"),
                 table::number_column("investment", std::string(money.text)),
                 table::text_column("irr_before_tax"), table::text_column("required_return"),
                 table::text_column("irr_after_tax"), table::text_column("irr_equity"),
                 table::number_column("npv_after_tax", std::string(money.text)),
                 table::number_column("payback", "a"), table::number_column("jobs")});
    for (const auto* one : least_first(scenario, projects, project)) {
        table.append({name_in(scenario.projects[one->project].name, language),
                      money(one->investment), table::percent_text(one->irr_before_tax),
                      table::percent_text(one->required_return),
                      table::percent_text(one->irr_after_tax), table::percent_text(one->irr_equity),
                      money(one->npv_after_tax), one->payback, one->jobs});
    }
    return table;
}

std::string economics_text(const model::Scenario& scenario,
                           const std::vector<ProjectEconomics>& projects,
                           const EconomicsView& view) {
    return Text(scenario, view).of(projects);
}

Json economics_json(const model::Scenario& scenario, const std::vector<ProjectEconomics>& projects,
                    const std::string& project) {
    Json list = Json::array();
    for (const auto* one : least_first(scenario, projects, project)) {
        const auto& record = scenario.projects[one->project];
        list.push_back(
            {{"id", record.id},
             {"name", name(record.name)},
             {"first_year", one->first_year},
             {"last_year", one->last_year},
             {"investment", number(one->investment)},
             {"working_capital", number(one->working_capital)},
             {"sales", number(one->sales)},
             {"value_added", number(one->value_added)},
             {"tax", number(one->tax)},
             {"jobs", number(one->jobs)},
             {"required_return", number(one->required_return)},
             {"npv_before_tax", number(one->npv_before_tax)},
             {"npv_after_tax", number(one->npv_after_tax)},
             {"irr_before_tax", number(one->irr_before_tax)},
             {"irr_after_tax", number(one->irr_after_tax)},
             {"irr_equity", number(one->irr_equity)},
             {"payback", number(one->payback)},
             {"payback_discounted", number(one->payback_discounted)},
             {"product",
              one->product ? Json(scenario.model.commodities[*one->product].id) : Json(nullptr)},
             {"price", number(one->price)},
             {"levelised_cost", number(one->levelised_cost)},
             {"break_even_price", number(one->break_even_price)},
             {"investment_per_mu", number(one->investment_per_mu)},
             {"output_per_mu", number(one->output_per_mu)},
             {"tax_per_mu", number(one->tax_per_mu)},
             {"norms", norms_json(scenario, *one)},
             {"illustration", one->illustration},
             {"missing", one->missing}});
    }
    return list;
}

} // namespace chainsim::study::detail
