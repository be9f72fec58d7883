#pragma once

#include <chainsim/study/page.hpp>
#include <chainsim/study/study.hpp>

#include <optional>
#include <span>

namespace chainsim::study {

/// The report of two pages (两页报告) on a scenario: the first screen (首屏), then conclusion and
/// options, rules and basis, base and targets, years, other scenarios, causes, projects, access and
/// replacement, sensitivity, risks, and what is asked for. The other studies are those that it is
/// set beside.
///
/// `year`: one of the scenario; if absent the last with a policy of the dual control, or the last
/// of all. Figures are those of `check --json`, `budget`, `feasibility` and `run`.
///
/// Schema `chainsim.report/1`.
///
/// Errors  InputError for a year that the scenario does not solve; ContractError without a study;
///         NoSolution of a year of any.
[[nodiscard]] Page report_page(std::span<const Study> studies,
                               std::optional<int> year = std::nullopt);

/// What a year comes to: missed if any target of the dual control, any hard rule or any replacement
/// is; met only if there is a target, and none of them is open. Access goes first.
[[nodiscard]] Verdict overall_verdict(const std::vector<Judgement>& policies,
                                      const std::vector<LedgerJudgement>& ledgers);

/// The year on which a report is made unless it is told another: the last with a policy of the dual
/// control, or the last of all.
[[nodiscard]] int reported_year(const Run& run);

} // namespace chainsim::study
