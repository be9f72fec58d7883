#pragma once

#include <chainsim/base/error.hpp>
#include <chainsim/input_output/dense_factor.hpp>
#include <chainsim/input_output/matrix.hpp>
#include <chainsim/parallel/executor.hpp>

#include <Eigen/Core>
#include <Eigen/SparseCore>

#include <optional>
#include <vector>

namespace chainsim::input_output {

/// The question has no answer: sectors that need more of what they make than they make, or totals
/// that no table of these signs has. The message names them.
class NoAnswer : public Error {
public:
    using Error::Error;
};

/// Sectors that use up at least as much of their own output as they make, directly or through each
/// other: the first such set that is connected, by index; none if the coefficients are productive
/// or some are negative.
///
/// Cost    one solution; more only where there is such a set.
/// Source  Hawkins & Simon (1949), Econometrica 17, 245: productive means that (I - A)^-1 is not
///         negative; that is so if it gives nobody less than is delivered of each sector.
[[nodiscard]] std::vector<Eigen::Index> unproductive(const Matrix& coefficients,
                                                     const Eigen::VectorXd& output_of_ones);

/// The Leontief system (I - A) x = y of a table: factors of a dense one, iterations for a sparse
/// one.
///
/// Errors   ContractError if A is not square; NoAnswer if I - A is singular.
/// Threads  one call at a time; a call uses those of the executor.
/// Cost     dense: see DenseFactor. Sparse: some ten to sixty products with A for each solution.
class Leontief {
public:
    /// The executor outlives this object.
    Leontief(const Matrix& coefficients, const parallel::Executor& executor);

    [[nodiscard]] Eigen::Index size() const { return size_; }
    [[nodiscard]] bool is_sparse() const { return !factor_; }

    /// (I - A)^-1 right, column by column.
    [[nodiscard]] Eigen::MatrixXd solve(const Eigen::MatrixXd& right) const;
    /// (I - A)^-T right: the multipliers of rows of factors that are handed over as columns.
    [[nodiscard]] Eigen::MatrixXd solve_transposed(const Eigen::MatrixXd& right) const;
    /// L = (I - A)^-1, which is dense whatever A is: 8 n^2 bytes.
    [[nodiscard]] Eigen::MatrixXd inverse() const;

private:
    Eigen::Index size_ = 0;
    const parallel::Executor* executor_;
    std::optional<DenseFactor> factor_;
    Matrix::Sparse system_;     ///< I - A of a sparse A
    Matrix::Sparse transposed_; ///< its transpose
};

/// G = (I - B)^-1 of the allocation coefficients B = x^-1 Z, from L: G = x^-1 L x. A sector without
/// output allocates nothing.
///
/// Source  Miller & Blair (2009), Input-Output Analysis, 2nd ed., 12.1.1.
[[nodiscard]] Eigen::MatrixXd ghosh_inverse(Eigen::MatrixXd leontief_inverse,
                                            const Eigen::VectorXd& output);

} // namespace chainsim::input_output
