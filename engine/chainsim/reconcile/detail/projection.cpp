#include <chainsim/reconcile/detail/projection.hpp>

#include <Eigen/QR>

#include <algorithm>
#include <cmath>

namespace chainsim::reconcile::detail {

namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

/// Pivots below this share of the largest are rounding.
constexpr double rank_tolerance = 1e-10;
/// Of a direction of length 1 in which unmeasured variables may move: below it one stays.
constexpr double moves = 1e-8;

using Factor = Eigen::ColPivHouseholderQR<MatrixXd>;

Factor factor_of(const MatrixXd& matrix) {
    Factor factor;
    factor.setThreshold(rank_tolerance);
    factor.compute(matrix);
    return factor;
}

/// Conditions of equal length: each says the same as before, and none is lost against others.
double length_of_row(const MatrixXd& matrix, Index row) {
    return matrix.cols() > 0 ? matrix.row(row).norm() : 0.0;
}

LinearProblem with_equal_rows(LinearProblem problem, VectorXd& scale) {
    scale.resize(problem.right.size());
    for (Index i = 0; i < scale.size(); ++i) {
        const double length =
            std::hypot(length_of_row(problem.measured, i), length_of_row(problem.unmeasured, i));
        scale(i) = length > 0.0 ? 1.0 / length : 1.0;
    }
    problem.measured = scale.asDiagonal() * problem.measured;
    problem.unmeasured = scale.asDiagonal() * problem.unmeasured;
    problem.right = scale.asDiagonal() * problem.right;
    return problem;
}

/// The unmeasured variables, once the measured ones are known.
class Unmeasured {
public:
    explicit Unmeasured(const MatrixXd& columns)
        : count_(columns.cols()), length_(columns.colwise().norm()) {
        MatrixXd equal = columns;
        for (Index j = 0; j < count_; ++j) {
            // A column without entries: nothing tells of it, whatever its length.
            length_(j) = length_(j) > 0.0 ? length_(j) : 1.0;
            equal.col(j) /= length_(j);
        }
        if (columns.rows() > 0 && count_ > 0) {
            factor_ = factor_of(equal);
            rank_ = factor_.rank();
        }
    }

    [[nodiscard]] Index rank() const { return rank_; }

    /// Q' times a block of conditions.
    [[nodiscard]] MatrixXd turned(const MatrixXd& block) const {
        if (rank_ == 0) {
            return block;
        }
        return factor_.householderQ().adjoint() * block;
    }
    /// Q times a column.
    [[nodiscard]] VectorXd turned_back(const VectorXd& column) const {
        if (rank_ == 0) {
            return column;
        }
        return factor_.householderQ() * column;
    }

    /// `top`: Q' of the measured part, first `rank` rows; `right`: the same of the right side.
    void solve(const MatrixXd& top, const VectorXd& right, Projection& out) const {
        out.unmeasured = VectorXd::Zero(count_);
        out.response = MatrixXd::Zero(count_, top.cols());
        out.is_observable.assign(static_cast<std::size_t>(count_), 0);
        if (rank_ == 0) {
            return;
        }
        const MatrixXd upper = factor_.matrixR().topLeftCorner(rank_, rank_);
        const auto triangle = upper.triangularView<Eigen::Upper>();
        const VectorXd basic = triangle.solve(right - top * out.adjusted);
        MatrixXd response(rank_, top.cols());
        if (top.cols() > 0) {
            response = triangle.solve(-top);
        }
        // Directions in which nothing changes: (free, 1) in the order of the pivots.
        MatrixXd free(rank_, count_ - rank_);
        if (rank_ < count_) {
            free = triangle.solve(MatrixXd(-factor_.matrixR().topRightCorner(rank_, free.cols())));
        }
        const auto& order = factor_.colsPermutation().indices();
        VectorXd all = VectorXd::Zero(count_);
        for (Index i = 0; i < rank_; ++i) {
            const Index j = order(i);
            all(j) = basic(i) / length_(j);
            if (free.cols() == 0 || free.row(i).cwiseAbs().maxCoeff() <= moves) {
                out.is_observable[static_cast<std::size_t>(j)] = 1;
                if (top.cols() > 0) {
                    out.response.row(j) = response.row(i) / length_(j);
                }
            }
        }
        out.unmeasured = nearest(all, free, order);
    }

private:
    template <class Order>
    [[nodiscard]] VectorXd nearest(VectorXd all, const MatrixXd& free, const Order& order) const {
        const Index loose = count_ - rank_;
        if (loose == 0) {
            return all;
        }
        MatrixXd directions = MatrixXd::Zero(count_, loose);
        for (Index i = 0; i < count_; ++i) {
            const Index j = order(i);
            for (Index k = 0; k < loose; ++k) {
                const double along = i < rank_ ? free(i, k) : (i - rank_ == k ? 1.0 : 0.0);
                directions(j, k) = along / length_(j);
            }
        }
        const Factor span = factor_of(directions);
        return all - directions * span.solve(all);
    }

    Index count_;
    Index rank_ = 0;
    Eigen::RowVectorXd length_; ///< of the columns
    Factor factor_;
};

/// The measured part: least e with reduced e = right.
void solve_measured(const MatrixXd& reduced, const VectorXd& right, Projection& out,
                    VectorXd& multipliers) {
    const Index count = reduced.cols();
    out.adjusted = VectorXd::Zero(count);
    out.bound.resize(count, 0);
    multipliers = VectorXd::Zero(reduced.rows());
    Index rank = 0;
    VectorXd left = right;
    if (reduced.size() > 0 && reduced.cwiseAbs().maxCoeff() > rank_tolerance) {
        const Factor factor = factor_of(reduced.transpose());
        rank = factor.rank();
        const MatrixXd upper = factor.matrixR().topRows(rank);
        const VectorXd ordered = factor.colsPermutation().transpose() * right;
        const MatrixXd square = upper.leftCols(rank);
        const VectorXd along =
            square.transpose().triangularView<Eigen::Lower>().solve(ordered.head(rank));
        left = ordered.tail(right.size() - rank) -
               upper.rightCols(right.size() - rank).transpose() * along;
        MatrixXd basis = MatrixXd::Identity(count, rank);
        basis = factor.householderQ() * basis;
        out.bound = basis;
        out.adjusted = basis * along;
        VectorXd pivots = VectorXd::Zero(right.size());
        pivots.head(rank) = square.triangularView<Eigen::Upper>().solve(along);
        multipliers = factor.colsPermutation() * pivots;
    }
    out.inconsistency = left.size() > 0 ? left.cwiseAbs().maxCoeff() : 0.0;
}

} // namespace

Projection project(const LinearProblem& problem) {
    VectorXd scale;
    const LinearProblem equal = with_equal_rows(problem, scale);
    Projection out;
    const Unmeasured unmeasured(equal.unmeasured);
    const Index rank = unmeasured.rank();
    const Index rest = equal.right.size() - rank;
    const MatrixXd measured = unmeasured.turned(equal.measured);
    const VectorXd right = unmeasured.turned(equal.right);
    VectorXd reduced_multipliers;
    const bool is_any = measured.cols() > 0; // no parts are taken of what is empty
    solve_measured(is_any ? MatrixXd(measured.bottomRows(rest)) : MatrixXd(rest, 0),
                   right.tail(rest), out, reduced_multipliers);
    unmeasured.solve(is_any ? MatrixXd(measured.topRows(rank)) : MatrixXd(rank, 0),
                     right.head(rank), out);
    VectorXd turned = VectorXd::Zero(equal.right.size());
    turned.tail(rest) = reduced_multipliers;
    out.multipliers = scale.asDiagonal() * unmeasured.turned_back(turned);
    return out;
}

} // namespace chainsim::reconcile::detail
