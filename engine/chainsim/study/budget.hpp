#pragma once

#include <chainsim/model/scenario.hpp>
#include <chainsim/study/page.hpp>
#include <chainsim/study/study.hpp>

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chainsim::study {

/// The lines of a budget; those from `approved` on are taken away.
enum class BudgetLine {
    quota,        ///< granted for the year
    carried,      ///< left, or lacking, of the year before in the same period
    closures,     ///< freed by plants that close
    retrofits,    ///< freed by plants that are rebuilt
    certificates, ///< green certificates from elsewhere, more than in the year before
    rights,       ///< bought for the year
    approved,     ///< projects with a review and no construction yet
    built,        ///< projects under construction, running or ramping up
    proposed      ///< projects without a review
};

inline constexpr std::size_t budget_lines = 9;

[[nodiscard]] std::string_view to_string(BudgetLine line);

/// What one project, plant or purchase puts into a line of a year.
struct BudgetItem {
    std::string id;
    model::Name name;
    BudgetLine line = BudgetLine::quota;
    double amount = 0.0;
};

/// A year of a budget.
///
/// Units  tce or t; NaN where a figure is missing.
struct BudgetYear {
    int year = 0;
    std::array<double, budget_lines> lines{};
    double left = 0.0;
    /// What plants that are no project and the rest of the economy take more than in the year
    /// before: no part of the budget, but of the rise that a check judges.
    double others = 0.0;
    double rise = 0.0; ///< of the indicator against the year before
    std::vector<BudgetItem> items;
    std::vector<std::string> missing;
};

/// A budget to the end of the periods of assessment.
struct BudgetAccount {
    model::Budget budget;
    std::string rise_policy; ///< whose target the quota was taken from, or empty
    bool illustration = false;
    std::vector<BudgetYear> years;
    std::optional<int> first_red; ///< the first year with nothing left
};

/// quota + carried over + freed + bought - approved and unbuilt - built and ramping - proposed =
/// left, for each year of the periods of assessment.
///
/// A project takes what the district uses more in the year for its sake (analysis::Pull, what it
/// replaces taken off), less what it did in the year before: so what it takes over the years adds
/// up to its weight in a check. Closures and retrofits free what the district would use without
/// them. Where a scenario states no budget, the one of energy is told, its quota taken from the
/// policy on the rise of controlled energy.
///
/// Errors  NoSolution of a year that has none.
[[nodiscard]] std::vector<BudgetAccount> budgets(const Study& study);

/// Schema `chainsim.budget/1`: parts `energy`, `energy_projects`, `carbon`, `carbon_projects`.
[[nodiscard]] Page budget_page(const Study& study, const std::vector<BudgetAccount>& accounts);

} // namespace chainsim::study
