#pragma once

#include <chainsim/load/detail/facility_reader.hpp>

namespace chainsim::load::detail {

/// Reads a project and its facilities.
[[nodiscard]] ReadProject read_project(const std::string& id, const Record& record,
                                       const FacilityContext& context);

} // namespace chainsim::load::detail
