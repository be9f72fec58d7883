#pragma once

#include <chainsim/parallel/executor.hpp>

#include <Eigen/Core>

#include <optional>
#include <vector>

namespace chainsim::input_output {

/// LU factors with exchange of rows of a dense square matrix, by blocks of columns on all threads.
///
/// The same numbers on any processor and for any number of threads: products and sums are not
/// fused, and every number is made by the same operations in one order.
///
/// Errors   ContractError if the matrix is not square, or an answer is asked of a singular one.
/// Threads  one call at a time; a call uses those of the executor.
/// Cost     2/3 n^3 operations for the factors, 2 n^2 for a solution, 4/3 n^3 to 2 n^3 for the
///          inverse; no memory besides the matrix handed over, the answer and 1 MB a thread.
/// Source   Golub & Van Loan (2013), Matrix Computations, 4th ed., 3.4 and 3.6.
class DenseFactor {
public:
    /// The executor outlives this object.
    DenseFactor(Eigen::MatrixXd matrix, const parallel::Executor& executor);

    /// A row (and column) that depends on those before it, to working precision, if there is one.
    [[nodiscard]] const std::optional<Eigen::Index>& dependent() const { return dependent_; }

    /// Solutions of M x = right, column by column.
    [[nodiscard]] Eigen::MatrixXd solve(const Eigen::MatrixXd& right) const;
    /// Solutions of M^T x = right, column by column.
    [[nodiscard]] Eigen::MatrixXd solve_transposed(const Eigen::MatrixXd& right) const;
    [[nodiscard]] Eigen::MatrixXd inverse() const;

private:
    void factor(Eigen::Index first, Eigen::Index width);
    void update(Eigen::Index first, Eigen::Index width, Eigen::Index from, Eigen::Index to,
                int worker);
    void exchange(Eigen::Index first, Eigen::Index width, Eigen::Index from, Eigen::Index to);
    void invert_block(Eigen::MatrixXd& inverse, Eigen::Index from, Eigen::Index to,
                      int worker) const;
    [[nodiscard]] double* work(int worker) const;

    Eigen::MatrixXd factors_;
    const parallel::Executor* executor_;
    std::vector<long> pivot_;
    std::vector<Eigen::Index> row_; ///< which row of the matrix stands at each place
    std::optional<Eigen::Index> dependent_;
    mutable std::vector<Eigen::VectorXd> work_; ///< of each worker
};

} // namespace chainsim::input_output
