#pragma once

#include <chainsim/optimise/program.hpp>

#include <vector>

namespace chainsim::optimise::detail {

/// Binaries that some optimum leaves at zero, ascending:
///   - what costs, or is free, and eases no row: a project that brings nothing;
///   - what another of the same choice does as well in every row at no more cost: a larger size for
///     less, a start that is never later and never dearer. Of two that are the same, the second.
///
/// `choices`: sets of binaries of which one at most is one (`find_choices`).
[[nodiscard]] std::vector<int> find_dominated(const Program& program,
                                              const std::vector<std::vector<int>>& choices);

} // namespace chainsim::optimise::detail
