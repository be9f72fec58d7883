#pragma once

#include <chainsim/load/detail/sections.hpp>
#include <chainsim/load/detail/values.hpp>
#include <chainsim/model/model.hpp>

namespace chainsim::load::detail {

/// Reads `economies`, `industries` and `park_norms` against commodities and processes that are read
/// already. With them every process must belong to one industry and have an investment; without any
/// of them money beyond sales and margins is not counted.
void read_economics(model::Model& model, const Sections& sections, const ReadingContext& context);

} // namespace chainsim::load::detail
