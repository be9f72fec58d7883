#pragma once

#include <chainsim/analysis/pulls.hpp>
#include <chainsim/study/project_economics.hpp>
#include <chainsim/study/run.hpp>
#include <chainsim/study/solve_for.hpp>
#include <chainsim/study/study.hpp>
#include <chainsim/table/language.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace chainsim::study {

/// What one project weighs in the dual control of its place, by the evaluation of energy reviews.
///
///     m = d / allowed rise        n = ((a + d) / (b + e)) / (a / b) - 1
/// with d the rise of energy, e the value added of the project at base-year prices, a and b energy
/// and GDP of the base year. On the deducted basis d, a and the allowed rise are as controlled.
///
/// Units   Shares; NaN where a base figure is missing or n is refused.
/// Source  国家节能中心节能评审评价指标 (2014); PLANNER, "m and n".
struct Weight {
    analysis::Pull pull;
    double m = 0.0;
    double n = 0.0;
    double m_undeducted = 0.0;
    double n_undeducted = 0.0;
    std::optional<int> m_class; ///< 0 for the least influence; absent without limits
    std::optional<int> n_class;
    bool n_refused = false; ///< it adds no value, so that n says nothing
};

/// The policies of a run, and what projects weigh in the last of its years.
struct CheckReport {
    Run run;
    int year = 0;                     ///< of `weights`
    std::vector<Weight> weights;      ///< heaviest first; none without a period of assessment
    std::vector<std::string> missing; ///< base figures without which m and n are not known
    std::optional<Question> question; ///< what was solved for in this year, if anything
    std::vector<Answer> answers;
    std::vector<ProjectEconomics> economics; ///< of the built projects, by id
};

/// `projects`: whether to weigh them.
[[nodiscard]] CheckReport check(const Study& study, const std::vector<int>& years,
                                bool projects = true);

/// What projects weigh in a year, the heaviest first; none in a year of no period. Base figures
/// that are missing are added.
///
/// Errors  ContractError if the year has no solution.
[[nodiscard]] std::vector<Weight> weigh(const model::Scenario& scenario, int year,
                                        std::vector<std::string>& missing);

/// Policies of a year in the order in which they are read: by group, and the worst first in each:
/// missed before undetermined before met, hard before soft, the larger share of the bound first.
[[nodiscard]] std::vector<const Judgement*> worst_first(const YearRun& year);

/// Ids of hard policies that are missed, each with its year: "coal_output_cap (2025)".
[[nodiscard]] std::vector<std::string> missed_hard(const Run& run);

/// `{schema, scenario, years: [{year, policies}], projects, solved_for}`, schema
/// `chainsim.check/1`; policies worst first.  `project`: an id, of which alone to tell; empty: of
/// all.
///
/// Errors  ContractError if the run has no solution.
[[nodiscard]] std::string check_json(const CheckReport& report, const std::string& project);

/// How much a check shows.
struct CheckView {
    table::Language language = table::Language::en;
    std::size_t width = 0; ///< columns of the terminal; 0: no limit
    bool all = false;      ///< of several years those that are met as well
    std::string project;   ///< id, of which alone to tell; empty: the heaviest
};

/// The same for a reader at a terminal.
[[nodiscard]] std::string check_text(const CheckReport& report, const CheckView& view);

} // namespace chainsim::study
