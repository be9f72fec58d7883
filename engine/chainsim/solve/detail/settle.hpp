#pragma once

#include <chainsim/solve/detail/iterate.hpp>

namespace chainsim::solve::detail {

/// Sweeps and Newton steps until the valves stand: no sweep moves any by more than `tolerance` of
/// the capacity behind it, or no activity over several sweeps in both directions (where a row is
/// just balanced, rounding decides whether its valve is open or about to close). False if they do
/// not within `most` steps. Adds the steps to `count`.
[[nodiscard]] bool settle(Iterate& iterate, double tolerance, int most, int& count);

} // namespace chainsim::solve::detail
