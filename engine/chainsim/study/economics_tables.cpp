#include <chainsim/study/project_economics.hpp>
#include <chainsim/table/column.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace chainsim::study {

table::Table economics_table(const Run& run, const std::vector<ProjectEconomics>& projects) {
    using table::number_column;
    using table::text_column;
    using table::whole_column;
    const std::string money = "CNY";
    std::vector<table::Column> columns{text_column("project"), text_column("name_zh"),
                                       text_column("name_en"), whole_column("first_year"),
                                       whole_column("last_year")};
    for (const char* name : {"investment", "working_capital", "depreciation", "sales", "purchases",
                             "value_added", "vat", "tax"}) {
        columns.push_back(number_column(name, money));
    }
    columns.push_back(number_column("jobs"));
    columns.push_back(number_column("required_return", "1"));
    columns.push_back(number_column("npv_before_tax", money));
    columns.push_back(number_column("npv_after_tax", money));
    for (const char* name : {"irr_before_tax", "irr_after_tax", "irr_equity"}) {
        columns.push_back(number_column(name, "1"));
    }
    columns.push_back(number_column("payback", "a"));
    columns.push_back(number_column("payback_discounted", "a"));
    columns.push_back(text_column("product"));
    for (const char* name : {"price", "levelised_cost", "break_even_price"}) {
        columns.push_back(number_column(name));
    }
    columns.push_back(text_column("unit"));
    for (const char* name : {"investment_per_mu", "output_per_mu", "tax_per_mu"}) {
        columns.push_back(number_column(name, "CNY/mu"));
    }
    columns.push_back(text_column("norms"));
    columns.push_back(text_column("missing"));
    columns.push_back(whole_column("illustration"));
    table::Table table("economics", std::move(columns));
    const auto& scenario = run.scenario();
    for (const auto& one : projects) {
        const auto& project = scenario.projects[one.project];
        const auto* product = one.product ? &scenario.model.commodities[*one.product] : nullptr;
        std::vector<std::string> norms;
        norms.reserve(one.norms.size());
        for (const auto& norm : one.norms) {
            norms.push_back(fmt::format("{}={}", scenario.model.park_norms[norm.norm].id,
                                        to_string(norm.verdict)));
        }
        table.append({project.id,
                      project.name.zh,
                      project.name.en,
                      std::int64_t{one.first_year},
                      std::int64_t{one.last_year},
                      one.investment,
                      one.working_capital,
                      one.depreciation,
                      one.sales,
                      one.purchases,
                      one.value_added,
                      one.vat,
                      one.tax,
                      one.jobs,
                      one.required_return,
                      one.npv_before_tax,
                      one.npv_after_tax,
                      one.irr_before_tax,
                      one.irr_after_tax,
                      one.irr_equity,
                      one.payback,
                      one.payback_discounted,
                      product != nullptr ? product->id : std::string{},
                      one.price,
                      one.levelised_cost,
                      one.break_even_price,
                      product != nullptr ? "CNY/" + product->unit.text() : std::string{},
                      one.investment_per_mu,
                      one.output_per_mu,
                      one.tax_per_mu,
                      fmt::format("{}", fmt::join(norms, " ")),
                      fmt::format("{}", fmt::join(one.missing, "; ")),
                      std::int64_t{one.illustration ? 1 : 0}});
    }
    return table;
}

table::Table cash_flows_table(const Run& run, const std::vector<ProjectEconomics>& projects) {
    std::vector<table::Column> columns{table::text_column("project"), table::whole_column("year")};
    for (const char* name : {"investment", "sales", "purchases", "labour", "other_costs",
                             "production_taxes", "depreciation", "working_capital", "income_tax",
                             "before_tax", "after_tax", "debt_service", "equity"}) {
        columns.push_back(table::number_column(name, "CNY"));
    }
    table::Table table("cash_flows", std::move(columns));
    for (const auto& one : projects) {
        const auto& id = run.scenario().projects[one.project].id;
        const bool is_known = !std::isnan(one.npv_before_tax);
        for (std::size_t at = 0; is_known && at < one.cash.before_tax.size(); ++at) {
            const auto& rows = one.operations;
            table.append({id, std::int64_t{one.first_year + static_cast<int>(at)},
                          rows.investment[at], rows.sales[at], rows.purchases[at], rows.labour[at],
                          rows.other_costs[at], rows.production_taxes[at], rows.depreciation[at],
                          one.cash.working_capital[at], one.cash.income_tax[at],
                          one.cash.before_tax[at], one.cash.after_tax[at],
                          one.cash.debt_service[at], one.cash.equity[at]});
        }
    }
    return table;
}

} // namespace chainsim::study
