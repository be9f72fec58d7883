#pragma once

#include <chainsim/optimise/detail/coin_common.hpp>

#include <coin/OsiClpSolverInterface.hpp>

#include <vector>

namespace chainsim::optimise::detail {

/// A point that is known before a search; values are without the program's constant, to be
/// minimised.
struct KnownPoint {
    std::vector<double> point; ///< by column of the program; empty if there is none
    double value = infinity;
};

/// What a search left behind.
struct SearchResult {
    std::vector<double> point; ///< by column of the program; empty if none was found
    double bound = -infinity;  ///< proven; infinite where nothing better than what is known exists
    long nodes = 0;
    bool is_broken_off = false; ///< by time or an interrupt
};

/// Whether choices make up enough of a program for `search_portfolio` to be the better way.
[[nodiscard]] bool is_portfolio(const Program& program);

/// Branch and cut for programs that choose: which projects, and when each (capacity expansion).
/// `lp` holds the program with its relaxation solved.
///
/// Cost   a root with cuts, a few dives, a tree; same answers each time unless broken off.
[[nodiscard]] SearchResult search_portfolio(const Program& program, const SolveOptions& options,
                                            const SearchLimit& limit,
                                            const OsiClpSolverInterface& lp,
                                            const KnownPoint& known);

/// CBC with its usual preprocessing, cuts and heuristics, for any program. `limit` has begun its
/// return after it if a point was found.
[[nodiscard]] SearchResult search_cbc(const Program& program, const SolveOptions& options,
                                      SearchLimit& limit, OsiClpSolverInterface& lp,
                                      const KnownPoint& known, SolverVoice& voice);

} // namespace chainsim::optimise::detail
