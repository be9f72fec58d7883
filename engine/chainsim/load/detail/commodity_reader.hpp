#pragma once

#include <chainsim/load/detail/sections.hpp>
#include <chainsim/load/detail/values.hpp>
#include <chainsim/model/model.hpp>

namespace chainsim::load::detail {

/// Reads `commodities:`; notes words that mean two commodities or families.
[[nodiscard]] model::Registry<model::Commodity> read_commodities(const Sections& sections,
                                                                 const ReadingContext& context);

} // namespace chainsim::load::detail
