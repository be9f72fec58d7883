#pragma once

#include <Eigen/Core>

#include <optional>
#include <vector>

namespace chainsim::input_output {

/// LU factors with exchange of rows of a dense square matrix, by LAPACK.
///
/// Errors   ContractError if the matrix is not square, or an answer is asked of a singular one.
/// Threads  const functions at the same time; a call uses those of the LAPACK that is installed.
/// Cost     2/3 n^3 operations for the factors, 2 n^2 for a solution, 4/3 n^3 for the inverse; no
///          memory besides the matrix handed over and the answer.
/// Source   Anderson et al. (1999), LAPACK Users' Guide, 3rd ed.; in a version tuned to the
///          processor (OpenBLAS).
class DenseFactor {
public:
    explicit DenseFactor(Eigen::MatrixXd matrix);

    /// A row (and column) that depends on those before it, to working precision, if there is one.
    [[nodiscard]] const std::optional<Eigen::Index>& dependent() const { return dependent_; }

    /// Solutions of M x = right, column by column.
    [[nodiscard]] Eigen::MatrixXd solve(const Eigen::MatrixXd& right) const;
    /// Solutions of M^T x = right, column by column.
    [[nodiscard]] Eigen::MatrixXd solve_transposed(const Eigen::MatrixXd& right) const;
    [[nodiscard]] Eigen::MatrixXd inverse() const;

private:
    [[nodiscard]] Eigen::MatrixXd solved(char side, Eigen::MatrixXd right) const;

    Eigen::MatrixXd factors_;
    std::vector<int> pivots_;
    std::optional<Eigen::Index> dependent_;
};

} // namespace chainsim::input_output
