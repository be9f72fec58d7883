#pragma once

#include <chainsim/load/detail/model_reader.hpp>
#include <chainsim/load/detail/sections.hpp>
#include <chainsim/load/detail/values.hpp>
#include <chainsim/model/model.hpp>

namespace chainsim::load::detail {

/// Reads `pollutants:` against processes and commodities that are read already. Once there are
/// factors, every process and what is flared belong to one of them: what is missing is noted.
[[nodiscard]] model::Registry<model::EmissionFactor>
read_emission_factors(const Sections& sections, const Names& names, const model::Model& model,
                      const ReadingContext& context);

/// Reads `water_quotas:`, likewise.
[[nodiscard]] model::Registry<model::WaterQuota> read_water_quotas(const Sections& sections,
                                                                   const Names& names,
                                                                   const model::Model& model,
                                                                   const ReadingContext& context);

} // namespace chainsim::load::detail
