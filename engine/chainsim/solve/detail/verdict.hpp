#pragma once

#include <chainsim/solve/detail/iterate.hpp>
#include <chainsim/system/solution.hpp>

namespace chainsim::solve::detail {

/// What an iterate says: flows, trades, what binds each column, and whether it is an answer at all.
/// `converged`: the valves stand.
[[nodiscard]] system::Solution read_solution(const Iterate& iterate, bool converged);

} // namespace chainsim::solve::detail
