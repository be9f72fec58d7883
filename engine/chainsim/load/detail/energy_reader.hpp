#pragma once

#include <chainsim/load/detail/model_reader.hpp>
#include <chainsim/model/region.hpp>

#include <map>

namespace chainsim::load::detail {

/// Reads `energy_carriers`. Where there are any, every energy product belongs to exactly one.
[[nodiscard]] model::Registry<model::EnergyCarrier>
read_energy_carriers(const Sections& sections, const Names& names, const ReadingContext& context);

/// Reads `energy_transformations`; a product belongs to one of them.
[[nodiscard]] model::Registry<model::EnergyTransformation>
read_energy_transformations(const Sections& sections, const Names& names,
                            const ReadingContext& context);

/// Reads `energy_media` against factors that are read already.
[[nodiscard]] model::Registry<model::EnergyMedium>
read_energy_media(const Sections& sections, const Names& names,
                  const model::Registry<model::Factor>& factors, const ReadingContext& context);

/// Reads the `sectors` of a region.
[[nodiscard]] std::map<model::Sector, model::SectorUse> read_sectors(const input::Node& node,
                                                                     const input::FieldPath& path,
                                                                     const Inherited& inherited,
                                                                     const ReadingContext& context);

/// Reads `carbon_guidelines`; an industry follows one of them.
[[nodiscard]] model::Registry<model::CarbonGuideline>
read_carbon_guidelines(const Sections& sections, const ReadingContext& context);

} // namespace chainsim::load::detail
