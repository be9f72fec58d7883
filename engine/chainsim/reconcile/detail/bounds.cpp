#include <chainsim/linear/nonnegative.hpp>
#include <chainsim/reconcile/detail/bounds.hpp>

#include <Eigen/QR>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

namespace chainsim::reconcile::detail {

namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

/// Beyond its bound, relative to size.
constexpr double outside = 1e-10;
/// Where nothing tells of an unmeasured variable, moving it by its size counts as moving a
/// measurement by this many standard deviations: enough to choose one of its values.
constexpr double chosen_by = 1e-5;
/// A bound that moves measurements by fewer standard deviations than this moves none.
constexpr double matters = 1e-7;
constexpr double dependent = 1e-11;

/// Of one variable, in the coordinates of the program.
struct Side {
    int variable = 0;
    int side = -1;
};

class BoundedPass {
public:
    explicit BoundedPass(const Pass& pass)
        : pass_(pass), layout_(*pass.layout), shift_(VectorXd::Zero(layout_.unmeasured_count())) {
        const auto linear = linearise(*pass.problem, layout_, pass.point);
        for (Index i = 0; i < linear.error.size(); ++i) {
            const double share =
                linear.size(i) > 0.0 ? std::abs(linear.error(i)) / linear.size(i) : 0.0;
            if (out_.worst < 0 || share > out_.residual) {
                out_.residual = share;
                out_.worst = static_cast<int>(i);
            }
        }
        stretch_ = pass.weight.cwiseSqrt().cwiseInverse();
        base_.measured = MatrixXd(linear.measured * layout_.factor());
        base_.measured *= stretch_.asDiagonal();
        base_.unmeasured = MatrixXd(linear.unmeasured);
        base_.unmeasured *= layout_.size().asDiagonal();
        VectorXd moved(layout_.measured_count());
        for (Index i = 0; i < moved.size(); ++i) {
            moved(i) = pass.point(layout_.measured()[static_cast<std::size_t>(i)]);
        }
        base_.right = linear.measured * (moved - layout_.data()) - linear.error;
    }

    PassResult run() {
        solve();
        if (worst_outside() < 0 || !find_bounds()) {
            return std::move(out_);
        }
        solve();
        // What the program left out as too small to matter may yet be seen.
        for (int more = worst_outside(); more >= 0; more = worst_outside()) {
            out_.active.emplace(more, out_.point(more) < variable(more).lower ? -1 : 1);
            solve();
        }
        return std::move(out_);
    }

private:
    [[nodiscard]] const Variable& variable(int j) const {
        return pass_.problem->variables[static_cast<std::size_t>(j)];
    }
    [[nodiscard]] double bound_of(int j, int side) const {
        return side < 0 ? variable(j).lower : variable(j).upper;
    }

    /// What a step of the measurements (standard deviations) does to a measured variable.
    [[nodiscard]] VectorXd measured_row(int column) const {
        const VectorXd own =
            layout_.factor().transpose() * VectorXd::Unit(layout_.measured_count(), column);
        return own.cwiseProduct(stretch_);
    }

    /// The bounds in force as conditions behind the others.
    [[nodiscard]] LinearProblem with_bounds() const {
        LinearProblem all = base_;
        all.right -= base_.unmeasured * shift_;
        const Index rows = base_.right.size();
        const auto more = static_cast<Index>(out_.active.size());
        all.measured.conservativeResize(rows + more, Eigen::NoChange);
        all.unmeasured.conservativeResize(rows + more, Eigen::NoChange);
        all.right.conservativeResize(rows + more);
        for (auto* part : {&all.measured, &all.unmeasured}) {
            if (part->cols() > 0) {
                part->bottomRows(more).setZero();
            }
        }
        Index row = rows;
        for (const auto& [j, side] : out_.active) {
            const double bound = bound_of(j, side);
            if (const int column = layout_.measured_column(j); column >= 0) {
                all.measured.row(row) = measured_row(column).transpose();
                all.right(row) = bound - layout_.data()(column);
            } else {
                const int other = layout_.unmeasured_column(j);
                all.unmeasured(row, other) = layout_.size()(other);
                all.right(row) = bound - pass_.point(j) - layout_.size()(other) * shift_(other);
            }
            ++row;
        }
        return all;
    }

    void solve() {
        out_.projection = project(with_bounds());
        out_.standardised = out_.projection.adjusted.cwiseProduct(stretch_);
        const VectorXd measured = layout_.data() + layout_.factor() * out_.standardised;
        const VectorXd step = (out_.projection.unmeasured + shift_).cwiseProduct(layout_.size());
        out_.point = pass_.point;
        for (Index i = 0; i < measured.size(); ++i) {
            out_.point(layout_.measured()[static_cast<std::size_t>(i)]) = measured(i);
        }
        for (Index i = 0; i < step.size(); ++i) {
            out_.point(layout_.unmeasured()[static_cast<std::size_t>(i)]) += step(i);
        }
    }

    /// The variable that is farthest beyond a bound that is not in force; -1: none is.
    [[nodiscard]] int worst_outside() const {
        int worst = -1;
        double most = outside;
        const auto look = [&](int j, double room) {
            const double share = beyond(*pass_.problem, layout_, j, out_.point(j)) / room;
            if (share > most && !out_.active.contains(j)) {
                most = share;
                worst = j;
            }
        };
        for (const int j : layout_.measured()) {
            look(j, 1.0);
        }
        // A value that nothing tells is chosen to `chosen_by` only.
        constexpr double room = 1e4;
        for (const int j : layout_.unmeasured()) {
            const auto column = static_cast<std::size_t>(layout_.unmeasured_column(j));
            const bool is_chosen = has_bounds_ && out_.projection.is_observable[column] == 0;
            look(j, is_chosen ? room : 1.0);
        }
        return worst;
    }

    /// Finds the bounds that matter and values of what nothing tells; false where no values keep
    /// all bounds.
    bool find_bounds() {
        const Index measured = layout_.measured_count();
        const Index unmeasured = layout_.unmeasured_count();
        MatrixXd conditions(base_.right.size(), measured + unmeasured);
        conditions << base_.measured, base_.unmeasured / chosen_by;
        VectorXd right = base_.right;
        for (Index i = 0; i < right.size(); ++i) {
            const double length = conditions.row(i).norm();
            if (length > 0.0) {
                conditions.row(i) /= length;
                right(i) /= length;
            }
        }
        Eigen::ColPivHouseholderQR<MatrixXd> factor;
        factor.setThreshold(dependent);
        factor.compute(conditions.transpose());
        const Index rank = factor.rank();
        // The nearest values that keep the conditions, and the directions in which they stay kept.
        const VectorXd ordered = factor.colsPermutation().transpose() * right;
        VectorXd start = VectorXd::Zero(measured + unmeasured);
        start.head(rank) = factor.matrixR()
                               .topLeftCorner(rank, rank)
                               .transpose()
                               .template triangularView<Eigen::Lower>()
                               .solve(ordered.head(rank));
        start = factor.householderQ() * start;
        MatrixXd free = MatrixXd::Zero(measured + unmeasured, measured + unmeasured - rank);
        if (free.cols() > 0) {
            free.bottomRows(free.cols()).setIdentity();
            free = factor.householderQ() * free;
        }
        return cross(start, free);
    }

    bool cross(const VectorXd& start, const MatrixXd& free) {
        const Index measured = layout_.measured_count();
        const Index unmeasured = layout_.unmeasured_count();
        std::vector<Side> sides;
        std::vector<VectorXd> rows;
        std::vector<double> right;
        bool is_possible = true;
        const auto add = [&](int j, int side, const VectorXd& row, double now) {
            const double bound = bound_of(j, side);
            if (!std::isfinite(bound)) {
                return;
            }
            const VectorXd along = -side * (free.transpose() * row);
            const double missing = -side * (bound - now - row.dot(start));
            const double length = along.norm();
            constexpr double fixed = 1e-10; // nothing moves it: the conditions tell it
            if (length <= fixed * row.norm()) {
                is_possible = is_possible && missing <= 1e-8 * std::max(row.norm(), std::abs(now));
                return;
            }
            sides.push_back({j, side});
            rows.emplace_back(along / length);
            right.push_back(missing / length);
        };
        for (Index i = 0; i < measured + unmeasured; ++i) {
            const bool is_measured = i < measured;
            const Index column = is_measured ? i : i - measured;
            const int j = (is_measured ? layout_.measured()
                                       : layout_.unmeasured())[static_cast<std::size_t>(column)];
            VectorXd row = VectorXd::Zero(measured + unmeasured);
            if (is_measured) {
                row.head(measured) = measured_row(static_cast<int>(column));
            } else {
                row(i) = layout_.size()(column) / chosen_by;
            }
            const double now = is_measured ? layout_.data()(column) : pass_.point(j);
            add(j, -1, row, now);
            add(j, 1, row, now);
        }
        if (!is_possible) {
            return false;
        }
        MatrixXd g(static_cast<Index>(rows.size()), free.cols());
        VectorXd h(g.rows());
        for (Index i = 0; i < g.rows(); ++i) {
            g.row(i) = rows[static_cast<std::size_t>(i)].transpose();
            h(i) = right[static_cast<std::size_t>(i)];
        }
        const auto nearest = linear::least_distance(g, h);
        if (!nearest) {
            return false;
        }
        const MatrixXd moved = free.topRows(measured);
        for (Index i = 0; i < g.rows(); ++i) {
            const double pulls = nearest->multipliers(i) * (moved * g.row(i).transpose()).norm();
            if (nearest->multipliers(i) > 0.0 && pulls > matters) {
                const auto& one = sides[static_cast<std::size_t>(i)];
                out_.active.emplace(one.variable, one.side);
            }
        }
        const VectorXd end = start + free * nearest->point;
        shift_ = end.tail(unmeasured) / chosen_by;
        has_bounds_ = true;
        return true;
    }

    const Pass& pass_;
    const Layout& layout_;
    LinearProblem base_;
    VectorXd stretch_; ///< of measured columns: what Huber's weights let them give
    VectorXd shift_;   ///< of unmeasured columns, in their sizes: from where the nearest are sought
    bool has_bounds_ = false;
    PassResult out_;
};

} // namespace

double beyond(const Problem& problem, const Layout& layout, int variable, double value) {
    const auto& one = problem.variables[static_cast<std::size_t>(variable)];
    const int column = layout.unmeasured_column(variable);
    const double size =
        std::max({std::abs(value), one.sigma, column >= 0 ? layout.size()(column) : 0.0});
    const double over = std::max(one.lower - value, value - one.upper);
    return over > 0.0 ? over / size : 0.0;
}

PassResult solve_within_bounds(const Pass& pass) { return BoundedPass(pass).run(); }

} // namespace chainsim::reconcile::detail
