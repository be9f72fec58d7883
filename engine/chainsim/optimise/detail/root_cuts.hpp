#pragma once

#include <chainsim/optimise/detail/coin_common.hpp>
#include <chainsim/optimise/detail/mixed_model.hpp>

#include <vector>

namespace chainsim::optimise::detail {

/// Cuts the relaxation, which is solved, round by round as long as it pays. Whole columns that
/// cannot move below `level` are fixed on the way. `known` is a point of the model, or empty: no
/// cut may take it away. Answers the bound that is proven: infinite if no point is left.
///
/// Cost   a resolve and one round of separation each.
[[nodiscard]] double cut_root(MixedModel& model, const SearchLimit& limit, int most_rounds,
                              double level, const std::vector<double>& known);

/// Fixes whole columns by their reduced costs: no point below `level` is lost. Their number.
int fix_by_reduced_costs(const MixedModel& model, double level, Box& box);

} // namespace chainsim::optimise::detail
