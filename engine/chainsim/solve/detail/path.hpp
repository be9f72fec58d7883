#pragma once

#include <chainsim/solve/detail/levels.hpp>
#include <chainsim/solve/detail/valves.hpp>

#include <optional>
#include <vector>

namespace chainsim::solve::detail {

/// Where a path ends: where the valves stand, and what binds each column there.
struct PathEnd {
    std::vector<RowState> states; ///< by row
    std::vector<int> binders;     ///< by column: the member, -1: its capacity
};

/// The solution that is reached downward from full capacity, found by following a path to
/// it: where sweeps run in circles, and where they might have come to rest at another solution.
///
/// The path begins in an elastic chain: whatever is short is made up from outside and whatever
/// cannot leave is taken off, up to limits that nobody reaches. Then these limits are drawn in, all
/// together, and the solution is followed from piece to piece of the piecewise-linear balance until
/// they are nothing. On each piece the path is a straight line; where a column changes the row that
/// binds it, or a row its rung or class, it bends. Where the solution turns, the limits widen again
/// for a while.
///
/// `elastic_rows` marks the rows that are elastic at first (none: all). With few of them the path
/// is short: it relieves a deadlock and leaves the rest as it is.
///
/// Weights and capacities are moved by a few parts in 10^7, differently for each `attempt`, so that
/// no two bends fall together; the caller sharpens the result with the true figures.
///
/// Cost     a sparse solve for each bend, of which there are a few for each row that rations.
/// Source   Katzenelson (1965), An algorithm for solving nonlinear resistor networks, Bell System
///          Technical Journal 44; Eaves (1976), A short course in solving equations with PL
///          homotopies, SIAM-AMS Proceedings 9.
[[nodiscard]] std::optional<PathEnd> follow_path(const Valves& valves, LevelSolver& solver,
                                                 int attempt,
                                                 const std::vector<char>& elastic_rows);

} // namespace chainsim::solve::detail
