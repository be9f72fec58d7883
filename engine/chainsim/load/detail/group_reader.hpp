#pragma once

#include <chainsim/load/detail/study_reader.hpp>

namespace chainsim::load::detail {

/// Reads `plant_groups`; whom they hold is checked once the plants are read.
[[nodiscard]] model::Registry<model::PlantGroup> read_plant_groups(const Sections& sections,
                                                                   const ReadingContext& context);

/// Notes groups that name a park, an owner, an industry or a plant that is nowhere, or that hold
/// no plant.
void check_plant_groups(const Sections& sections, const Study& study,
                        const ReadingContext& context);

} // namespace chainsim::load::detail
