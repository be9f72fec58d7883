#pragma once

#include <chainsim/optimise/backend.hpp>

#include <optional>
#include <utility>
#include <vector>

namespace chainsim::optimise {

/// By how much rows must give way so that a program has a point.
struct Relaxation {
    double total = 0.0; ///< of the violations, each divided by the size of its bound, at least 1
    /// Rows that give way, ascending, and how far: in their own units, above zero where the row
    /// must be allowed more than its upper bound, below where less than its lower one.
    std::vector<std::pair<int, double>> rows;
};

/// The least that the given rows must give way, and where; the others and all bounds hold. Nothing
/// if there is no point even if they give way at will, or none was found in time.
///
/// Errors  ContractError if there is no such row.
/// Cost    one solve of a program with up to two columns more for each of the rows.
[[nodiscard]] std::optional<Relaxation> least_relaxation(Backend& backend, const Program& program,
                                                         const std::vector<int>& rows,
                                                         const SolveOptions& options);

/// Rows that contradict each other, given that all rows not in `rows` and all bounds hold: the
/// program is infeasible with them, and feasible as soon as any one of them is left out. Ascending;
/// empty if the program is feasible, or infeasible without any of the given rows. There may be
/// others. Where a solve ends undecided a row is kept that might not be needed.
///
/// Cost    a solve for each row that gives way, until the others cannot; then one for each of
/// these. Source  Chinneck & Dravnieks (1991), Locating minimal infeasible constraint sets in
/// linear
///         programs, ORSA Journal on Computing 3, 157-168: elastic, then deletion filter.
[[nodiscard]] std::vector<int> smallest_conflict(Backend& backend, const Program& program,
                                                 const std::vector<int>& rows,
                                                 const SolveOptions& options);

} // namespace chainsim::optimise
