#pragma once

#include <chainsim/optimise/detail/mixed_model.hpp>

#include <memory>

namespace chainsim::optimise::detail {

/// Writes the whole columns and the rows over them alone.
void collect_whole(MixedModel& model);

/// A model without columns that are fixed in a box and rows that say nothing more there; null if a
/// row cannot hold. Its origin is `full`.
[[nodiscard]] std::unique_ptr<MixedModel> reduced_model(const MixedModel& full, Box box);

} // namespace chainsim::optimise::detail
