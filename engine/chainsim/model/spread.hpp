#pragma once

#include <chainsim/draws/marginal.hpp>
#include <chainsim/model/datum.hpp>

namespace chainsim::model {

/// The shape in which a figure is drawn between the ends of its range. A range without a word is
/// most likely at its value, and nothing beyond it: a triangle.
[[nodiscard]] draws::Shape shape_of(Distribution distribution);

} // namespace chainsim::model
