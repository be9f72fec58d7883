#pragma once

#include <optional>
#include <span>
#include <vector>

namespace chainsim::accounts {

// The arithmetic of investments. Cash of the k-th year, counted from 1, comes at its end, as the
// Chinese method has it; flows[0] is that of the first year of construction.
//
// Source  国家发展改革委、建设部, 建设项目经济评价方法与参数 (3rd ed., 2006), part 1, ch. 3.

/// Sum of flows[k] / (1 + rate)^(k + 1).
[[nodiscard]] double present_value(std::span<const double> flows, double rate);

/// The rate at which the present value is nil.
struct InternalRate {
    std::optional<double> value; ///< absent where it says nothing: see `sign_changes`
    /// How often the flows change their sign. 1 has one rate; 0 has none; more may have several, so
    /// that none is told.
    int sign_changes = 0;
};

/// Nor is one told of flows that begin with a gain and end with a loss, and none below -50 %.
[[nodiscard]] InternalRate internal_rate(std::span<const double> flows);

/// Years from the start of construction until the sum of what was discounted turns positive for
/// good, the last of them in proportion; `rate` 0 is the static payback. Absent: never.
[[nodiscard]] std::optional<double> payback(std::span<const double> flows, double rate);

/// What an investment costs and brings year by year, in money without VAT. All of one length.
struct Operations {
    std::vector<double> investment;
    std::vector<double> sales;
    std::vector<double> purchases;
    std::vector<double> labour;
    std::vector<double> other_costs;      ///< repairs, overhead
    std::vector<double> production_taxes; ///< what costs hold: surtaxes, resource tax, land, stamp
    std::vector<double> depreciation;
    double working_capital = 0.0; ///< as share of the sales of a year
    double remaining_value = 0.0; ///< of the assets after the last year
};

/// A loan that pays a share of the investment. Interest of construction is added to it, for half of
/// the year in which a part is drawn; it is paid back in equal parts from the first year of sales.
struct Loan {
    double share = 0.0;
    double rate = 0.0;
    int years = 1;
};

struct CashFlow {
    std::vector<double> working_capital; ///< put in (positive) and got back
    std::vector<double> income_tax;      ///< before interest (调整所得税)
    std::vector<double> before_tax;
    std::vector<double> after_tax;
    std::vector<double> debt_service;      ///< interest and repayment
    std::vector<double> equity_income_tax; ///< after interest
    std::vector<double> equity;            ///< what is left to those who own it
};

/// Profits are taxed by `tax_rate` of their year after losses of the `loss_years` before, the
/// oldest first.
///
/// Errors  ContractError if the lengths differ, or the loan has no year.
[[nodiscard]] CashFlow cash_flow(const Operations& operations, std::span<const double> tax_rate,
                                 int loss_years, const Loan& loan);

} // namespace chainsim::accounts
