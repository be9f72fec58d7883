#pragma once

#include <chainsim/solve/detail/iterate.hpp>

#include <vector>

namespace chainsim::solve::detail {

/// Columns that stand still because of each other: whatever holds one of them, another could
/// relieve if it ran. They may be in a deadlock that a run downward from full capacity would not
/// meet.
[[nodiscard]] std::vector<int> find_deadlock(const Iterate& iterate);

/// The rows that hold columns at nothing: one mark a row.
[[nodiscard]] std::vector<char> rows_that_hold(const Iterate& iterate,
                                               const std::vector<int>& columns);

/// Columns that stand still for want of what only they themselves could make: a loop that consumes
/// more of its own output than it makes. Also a column that makes nothing of its product.
[[nodiscard]] std::vector<int> find_starving_loop(const Iterate& iterate);

} // namespace chainsim::solve::detail
