#pragma once

#include <chainsim/solve/detail/iterate.hpp>
#include <chainsim/system/solution.hpp>

namespace chainsim::solve::detail {

/// What an iterate says: flows, trades, what binds each column, and whether it is an answer at all.
/// `converged`: the valves stand. A row that is off by more than 10^-9 of its throughput is no
/// answer even so: it is named, with the columns that one more sweep would move. Where none would
/// move, the columns are those in a deadlock.
[[nodiscard]] system::Solution read_solution(const Iterate& iterate, bool converged);

} // namespace chainsim::solve::detail
