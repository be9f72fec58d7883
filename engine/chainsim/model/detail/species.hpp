#pragma once

#include <chainsim/model/commodity.hpp>

#include <string>

namespace chainsim::model::detail {

/// What would fill a gap: "0.12 t water and 0.03 t CO2", from common species, or the elements
/// themselves.
///
/// `gap` holds t per element that are missing; negative entries are not missing and count as
/// nothing.
[[nodiscard]] std::string species_for(const ElementVector& gap);

} // namespace chainsim::model::detail
