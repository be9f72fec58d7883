#pragma once

#include <chainsim/load/detail/model_reader.hpp>
#include <chainsim/load/detail/study_reader.hpp>

namespace chainsim::load::detail {

/// Reads `substations`; `study` has its projects.
[[nodiscard]] model::Registry<model::Substation>
read_substations(const Sections& sections, const Study& study, const ReadingContext& context);

/// Reads `freight_routes`; a commodity has one route a direction.
[[nodiscard]] model::Registry<model::FreightRoute>
read_freight_routes(const Sections& sections, const Names& names, const ReadingContext& context);

} // namespace chainsim::load::detail
