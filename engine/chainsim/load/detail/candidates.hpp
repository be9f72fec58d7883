#pragma once

#include <chainsim/load/detail/facility_reader.hpp>
#include <chainsim/load/detail/study_reader.hpp>
#include <chainsim/model/candidates.hpp>

#include <map>
#include <string>
#include <vector>

namespace chainsim::load::detail {

/// Finds the projects that are to be decided on, and takes back what the scenario decided of them.
void leave_open(Study& study, model::Candidates& candidates);

[[nodiscard]] bool is_candidate(const model::Candidates& candidates, const std::string& project);

/// Adds the plants of today as candidates would rebuild them, one for each set of candidates that
/// rebuild the same plant; in the order in which these are planned to start.
void add_rebuilt(const Study& study, const std::vector<int>& years, const FacilityContext& context,
                 std::map<std::string, model::Facility>& facilities, model::Candidates& candidates);

} // namespace chainsim::load::detail
