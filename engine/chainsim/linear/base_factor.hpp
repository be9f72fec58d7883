#pragma once

#include <chainsim/base/vector_isa.hpp>
#include <chainsim/linear/pattern.hpp>
#include <chainsim/linear/report.hpp>

#include <Eigen/Core>

#include <memory>
#include <span>
#include <vector>

namespace chainsim::linear {

/// A column of the matrix that is different from the base: what is added to it.
struct ColumnChange {
    int column = 0;
    std::span<const int> rows;
    std::span<const double> additions; ///< one for each of `rows`
};

/// One matrix and many right-hand sides: factors (or an order for sweeps) made once, right-hand
/// sides solved in blocks of group_width() that share every number of the matrix, and systems in
/// which few columns differ solved from the base. Every solution is certified as in LaneSolver.
///
/// Errors   ContractError if sizes do not match. A system without a solution is a report.
/// Threads  one thread for each object.
class BaseFactor {
public:
    explicit BaseFactor(const Pattern::Matrix& matrix, double tolerance = 1e-12,
                        VectorIsa isa = vector_isa());
    ~BaseFactor();
    BaseFactor(BaseFactor&&) noexcept;
    BaseFactor& operator=(BaseFactor&&) noexcept;
    BaseFactor(const BaseFactor&) = delete;
    BaseFactor& operator=(const BaseFactor&) = delete;

    [[nodiscard]] const Pattern& pattern() const;

    /// A X = right, column by column. Shapes: right and unknown (made to fit) are rows x right-hand
    /// sides.
    std::vector<LaneReport> solve(const Eigen::Ref<const Eigen::MatrixXd>& right,
                                  Eigen::MatrixXd& unknown);
    /// A' Y = right.
    std::vector<LaneReport> solve_transposed(const Eigen::Ref<const Eigen::MatrixXd>& right,
                                             Eigen::MatrixXd& unknown);

    /// How many right-hand sides travel together: 8 or 32, by the size of the matrix.
    [[nodiscard]] int group_width() const;
    /// The same for one group, already side by side: right[row * group_width() + k]. This saves the
    /// two transpositions, which cost as much as the solve where the factors are sparse.
    /// Shapes: one report for each of the group.
    void solve_group(const double* right, double* unknown, std::span<LaneReport> reports);

    /// Solves (A + changes) x = right for many sets of changes, by the formula of Sherman, Morrison
    /// and Woodbury: with W = A^-1 D for the changed columns D, x = x0 - W y where
    /// (I + W_columns) y = x0_columns. A result that is not accurate is solved by itself.
    ///
    /// Shapes  `base` is the solution of A x = right; unknown is made to fit: columns x sets.
    /// Cost    of a set: a solve for each of its columns.
    /// Source  Hager, "Updating the inverse of a matrix", SIAM Review 31 (1989) 221.
    std::vector<LaneReport> solve_changed(std::span<const std::vector<ColumnChange>> sets,
                                          const Eigen::Ref<const Eigen::VectorXd>& right,
                                          const Eigen::Ref<const Eigen::VectorXd>& base,
                                          Eigen::MatrixXd& unknown);

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

} // namespace chainsim::linear
