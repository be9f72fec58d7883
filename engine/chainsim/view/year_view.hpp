#pragma once

#include <chainsim/study/run.hpp>

#include <nlohmann/json_fwd.hpp>

#include <set>
#include <string>

namespace chainsim::view {

/// Everything that is shown of one year: `YearDetail` of the contract of the page.
///
/// `indicators`: those of which it is told who brings how much.
[[nodiscard]] nlohmann::ordered_json year_json(const model::Scenario& scenario,
                                               const study::YearRun& year,
                                               const std::set<std::string>& indicators);

} // namespace chainsim::view
