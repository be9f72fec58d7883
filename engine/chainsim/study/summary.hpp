#pragma once

#include <chainsim/study/run.hpp>
#include <chainsim/table/language.hpp>

#include <cstddef>
#include <string>

namespace chainsim::study {

/// The summary of a run as JSON, schema `chainsim.summary/1`. Of a run without a solution, the one
/// year that has none, with the facilities and commodities concerned.
[[nodiscard]] std::string summary_json(const Run& run);

/// The same for a planner at a terminal of `width` columns (0: no limit): for each year the key
/// indicators (万吨标煤, 亿元; in English Mtce and 10^9 CNY), policies, facilities with what holds
/// each, the largest commodities, and how well all closes.
///
/// Errors  ContractError if the run has no solution.
[[nodiscard]] std::string summary_text(const Run& run, table::Language language, std::size_t width);

} // namespace chainsim::study
