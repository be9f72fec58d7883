#pragma once

#include <chainsim/accounts/cash_flow.hpp>
#include <chainsim/model/scenario.hpp>
#include <chainsim/study/run.hpp>
#include <chainsim/table/table.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chainsim::study {

/// What a norm of the park says of a project. `advice_kept` and `advice_missed`: the norm is
/// recalled or an average of the park, and no condition that is known to bind.
enum class NormVerdict { met, missed, advice_kept, advice_missed, undetermined };

[[nodiscard]] std::string_view to_string(NormVerdict verdict);

struct NormJudgement {
    model::Index<model::ParkNorm> norm;
    double value = 0.0; ///< NaN where a figure is missing
    double bound = 0.0;
    NormVerdict verdict = NormVerdict::undetermined;
};

/// A project as an investment: its own plants at their solved activity in each computed year, at
/// the prices at which plants deal, without VAT, in real money.
///
/// A year between computed ones runs as the one before it, a year before the first as the first,
/// one after the last as the last, each with the ramp of its own year. Prices and rates are those
/// of the year as far as they are given, then constant.
///
/// Units   CNY, years, shares; NaN where a figure is missing, never 0. Figures of a "normal year"
/// are
///         those of the last year.
struct ProjectEconomics {
    model::Index<model::Project> project;
    int first_year = 0; ///< of construction
    int last_year = 0;  ///< of operation
    double investment = 0.0;
    double working_capital = 0.0; ///< of a normal year
    double jobs = 0.0;
    // of a normal year
    double sales = 0.0;
    double purchases = 0.0;
    double depreciation = 0.0; ///< of the first year of operation
    double value_added = 0.0;  ///< sales less purchases
    double vat = 0.0;
    double tax = 0.0; ///< VAT, taxes on production and income tax before interest
    double required_return = 0.0;
    double npv_before_tax = 0.0;
    double npv_after_tax = 0.0;
    double irr_before_tax = 0.0;
    double irr_after_tax = 0.0;
    double irr_equity = 0.0; ///< after tax and the loan
    double payback = 0.0;
    double payback_discounted = 0.0;
    std::optional<model::Index<model::Commodity>> product;
    double price = 0.0;          ///< of the product in a normal year
    double levelised_cost = 0.0; ///< per unit, before income tax, by-products taken off
    double break_even_price =
        0.0; ///< at which the investment just returns what is required after tax
    double investment_per_mu = 0.0;
    double output_per_mu = 0.0;
    double tax_per_mu = 0.0;
    std::vector<NormJudgement> norms; ///< by id
    /// What figures would need: `capex`, `land`, `plants`, `industry` (of plants that stand
    /// within others), `year 2026`, `price X`, `product`; and
    /// `single rate`, where the flows change their sign more than once.
    std::vector<std::string> missing;
    /// Investment or land are assumed. Land that was assumed from the investment per mu of such
    /// parks says nothing of that norm.
    bool illustration = false;
    accounts::Operations operations; ///< by year; empty where they are not known
    accounts::CashFlow cash;
};

/// Of all projects that are built, by id; none where the library has no economy.
///
/// Cost     years x commodities, and projects x plants x years; some 20 ms for a district.
[[nodiscard]] std::vector<ProjectEconomics> project_economics(const Run& run);

/// One line a project: `economics.csv`.
[[nodiscard]] table::Table economics_table(const Run& run,
                                           const std::vector<ProjectEconomics>& projects);

/// One line a project and year: `cash_flows.csv`.
[[nodiscard]] table::Table cash_flows_table(const Run& run,
                                            const std::vector<ProjectEconomics>& projects);

} // namespace chainsim::study
