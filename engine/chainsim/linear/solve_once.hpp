#pragma once

#include <chainsim/linear/pattern.hpp>
#include <chainsim/linear/report.hpp>

#include <Eigen/Core>

namespace chainsim::linear {

/// A solution of one system, and how it came about.
struct OnceSolution {
    LaneReport report;       ///< `pivoted` if it was factorised with pivoting (KLU)
    Eigen::VectorXd unknown; ///< not a number without a result
    int passes = 0;          ///< most passes over one loop, if sweeps were tried
    int reached = 0;         ///< unknowns that the right-hand side can make other than zero
};

/// Solves one system that will not come again, without an analysis that only many solves pay for:
/// the unknowns that the right-hand side reaches, loop by loop, by passes that leave out what
/// stands still; and with pivoting if these do not come to rest, or a diagonal entry is missing.
///
/// Errors   ContractError if the matrix is not square and compressed or the sizes differ.
/// Threads  independent calls.
/// Cost     the depth-first search of the reached part, then some ten to thirty products with it;
///          a factorisation if that fails.
[[nodiscard]] OnceSolution solve_once(const Pattern::Matrix& matrix, const Eigen::VectorXd& right,
                                      double tolerance = 1e-12);

} // namespace chainsim::linear
