#pragma once

#include <chainsim/load/detail/facility_reader.hpp>
#include <chainsim/load/detail/scenario_head.hpp>
#include <chainsim/load/detail/study_reader.hpp>
#include <chainsim/model/candidates.hpp>
#include <chainsim/model/scenario.hpp>

namespace chainsim::load::detail {

/// The scenario: which projects are built and when, what they replace, and all records of the
/// study.
///
/// `heads` is the chain of scenario files, base first, and not empty. With `candidates` the choice
/// among them is left open (model/candidates.hpp).
[[nodiscard]] model::Scenario assemble(const std::vector<ScenarioHead>& heads, Study study,
                                       const Sections& sections, const FacilityContext& context,
                                       model::Candidates* candidates = nullptr);

} // namespace chainsim::load::detail
