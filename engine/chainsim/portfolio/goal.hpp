#pragma once

#include <chainsim/portfolio/district.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace chainsim::portfolio {

/// Net present value of what is decided: cash of all plants after tax on income, less investment,
/// with the book value of what was built at the end of the plan. A goal like an indicator.
inline constexpr std::string_view net_present_value = "npv";

/// One or several quantities added up, to be made as large, or as small, as can be.
///
/// Each is summed over the years, discounted, a year that is not computed counting as the one
/// before it. A single one that is no money is told as its mean per year instead.
struct Goal {
    std::vector<std::pair<std::string, double>> terms; ///< indicator or `npv`, and its weight
    bool is_maximised = true;
    std::string unit; ///< of the sum, as reported
};

/// The goal that a text states: "npv", "energy_controlled", "value_added - 500 energy_controlled".
/// A single indicator that counts a burden (energy, carbon, water, pollutants, land, investment) is
/// made small; a sum, or what is put as "max ID" or "min ID", goes as it says.
///
/// Errors   InputError naming an unknown indicator, or one that is no linear form.
[[nodiscard]] Goal parse_goal(const std::string& text, const District& district);

/// A bound on an indicator in one year; on a ratio as a bound on its two parts.
struct Bound {
    std::string id;       ///< of the policy
    std::size_t year = 0; ///< position among the years of the district
    std::string indicator;
    std::string unit;
    int row = -1;         ///< of the indicator, or of the numerator
    int denominator = -1; ///< row; -1: no ratio
    double factor = 1.0;  ///< value = factor * numerator / denominator
    bool is_upper = true;
    double value = 0.0;
    bool is_hard = true;
    std::optional<double> penalty; ///< CNY per unit missed, of a soft one
    std::string label;             ///< as a planner reads it
};

/// Forms of `value - bound` (of a ratio, times its denominator): kept where it is <= 0 of an upper
/// bound, >= 0 of a lower one.
[[nodiscard]] Form form_of(const District& district, const Bound& bound);

/// The cash of a year before tax on income, and what each taxpayer's profit is taxed on.
struct CashForms {
    Form cash;
    std::vector<std::pair<Form, double>> profits; ///< and the rate of tax
};
[[nodiscard]] CashForms cash_forms(const District& district, std::size_t year);

/// All that is needed to value a portfolio that was run.
class Valuer {
public:
    Valuer(const District& district, Goal goal);

    [[nodiscard]] const Goal& goal() const { return goal_; }
    /// Of the runs of all years.
    [[nodiscard]] double value(const std::vector<system::Solution>& runs,
                               const Portfolio& portfolio) const;
    /// Of one year, before its factor, without what is invested.
    [[nodiscard]] double year_value(std::size_t year, const Eigen::VectorXd& flows,
                                    const Portfolio& portfolio) const;
    /// Of one year's term of the goal, before its factor: for programs.
    [[nodiscard]] const std::vector<std::vector<Form>>& forms() const { return forms_; }
    [[nodiscard]] const std::vector<CashForms>& cash() const { return cash_; }
    /// Factor of a year: discount, or its share in the mean of the years that count it.
    [[nodiscard]] double factor(std::size_t year) const { return factors_[year]; }
    /// What investing in a choice in a year costs the goal, discounted, less what remains of it.
    [[nodiscard]] double investment(int choice, const Decision& decision) const;
    [[nodiscard]] bool has_npv() const { return npv_ != 0.0; }
    [[nodiscard]] double npv_weight() const { return npv_; }

private:
    void find_factors();

    const District* district_;
    Goal goal_;
    std::vector<double> factors_; ///< by year
    double npv_ = 0.0;            ///< weight of the net present value
    double capex_ = 0.0;          ///< weight of the indicator `capex`
    bool is_mean_ = false;
    std::vector<std::vector<Form>> forms_; ///< by year: the forms of the other terms, weighted
    std::vector<CashForms> cash_;          ///< by year, where the net present value is asked for
};

} // namespace chainsim::portfolio
