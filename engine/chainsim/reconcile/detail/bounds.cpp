#include <chainsim/reconcile/detail/bounds.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <set>
#include <utility>

namespace chainsim::reconcile::detail {

namespace {

using Eigen::Index;
using Eigen::VectorXd;

/// Beyond its bound, relative to size; pulling the wrong way, relative to all that pulls.
constexpr double beyond = 1e-11;
constexpr double wrong_way = 1e-9;
constexpr double is_off = 1e-9;

class BoundedPass {
public:
    BoundedPass(const Pass& pass, ActiveSet& active)
        : pass_(pass), active_(active), layout_(*pass.layout) {
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
        base_.measured = Eigen::MatrixXd(linear.measured * layout_.factor());
        base_.measured *= stretch_.asDiagonal();
        base_.unmeasured = Eigen::MatrixXd(linear.unmeasured);
        base_.unmeasured *= layout_.size().asDiagonal();
        VectorXd moved(layout_.measured_count());
        for (Index i = 0; i < moved.size(); ++i) {
            moved(i) = pass.point(layout_.measured()[static_cast<std::size_t>(i)]);
        }
        base_.right = linear.measured * (moved - layout_.data()) - linear.error;
    }

    PassResult run() {
        solve();
        std::set<ActiveSet> tried{active_};
        while (change()) {
            solve();
            if (!tried.insert(active_).second) {
                out_.settled = false;
                break;
            }
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

    /// The bounds in force as conditions behind the others.
    [[nodiscard]] LinearProblem with_bounds() const {
        LinearProblem all = base_;
        const Index rows = base_.right.size();
        const auto more = static_cast<Index>(active_.size());
        all.measured.conservativeResize(rows + more, Eigen::NoChange);
        all.unmeasured.conservativeResize(rows + more, Eigen::NoChange);
        all.right.conservativeResize(rows + more);
        all.measured.bottomRows(more).setZero();
        all.unmeasured.bottomRows(more).setZero();
        Index row = rows;
        for (const auto& [j, side] : active_) {
            const double bound = bound_of(j, side);
            if (const int column = layout_.measured_column(j); column >= 0) {
                const VectorXd own =
                    layout_.factor().transpose() * VectorXd::Unit(layout_.measured_count(), column);
                all.measured.row(row) = (own.cwiseProduct(stretch_)).transpose();
                all.right(row) = bound - layout_.data()(column);
            } else {
                const int other = layout_.unmeasured_column(j);
                all.unmeasured(row, other) = layout_.size()(other);
                all.right(row) = bound - pass_.point(j);
            }
            ++row;
        }
        return all;
    }

    void solve() {
        out_.projection = project(with_bounds());
        out_.standardised = out_.projection.adjusted.cwiseProduct(stretch_);
        const VectorXd measured = layout_.data() + layout_.factor() * out_.standardised;
        const VectorXd step = out_.projection.unmeasured.cwiseProduct(layout_.size());
        out_.point = pass_.point;
        for (Index i = 0; i < measured.size(); ++i) {
            out_.point(layout_.measured()[static_cast<std::size_t>(i)]) = measured(i);
        }
        for (Index i = 0; i < step.size(); ++i) {
            out_.point(layout_.unmeasured()[static_cast<std::size_t>(i)]) += step(i);
        }
    }

    [[nodiscard]] double size_of(int j) const {
        const double value = std::max(std::abs(out_.point(j)), std::abs(pass_.point(j)));
        const int column = layout_.unmeasured_column(j);
        return std::max({value, variable(j).sigma, column >= 0 ? layout_.size()(column) : 0.0});
    }

    /// Whether a bound was taken in or released.
    bool change() {
        // What has no solution has none with more bounds either.
        if (out_.projection.inconsistency > is_off) {
            return false;
        }
        return release() || take_in();
    }

    bool release() {
        const double pull = out_.projection.adjusted.size() > 0
                                ? 1.0 + out_.projection.adjusted.cwiseAbs().maxCoeff()
                                : 1.0;
        Index row = base_.right.size();
        int worst = -1;
        double most = 0.0;
        for (const auto& [j, side] : active_) {
            // It pulls up at a lower bound, down at an upper one.
            const double against = out_.projection.multipliers(row) * side * size_of(j) / pull;
            if (against > wrong_way && against > most) {
                most = against;
                worst = j;
            }
            ++row;
        }
        if (worst >= 0) {
            active_.erase(worst);
        }
        return worst >= 0;
    }

    bool take_in() {
        int worst = -1;
        int side = 0;
        double most = 0.0;
        const auto look = [&](int j) {
            if (active_.contains(j)) {
                return;
            }
            const double below = variable(j).lower - out_.point(j);
            const double above = out_.point(j) - variable(j).upper;
            const double share = std::max(below, above) / size_of(j);
            if (share > beyond && share > most) {
                most = share;
                worst = j;
                side = below > above ? -1 : 1;
            }
        };
        std::for_each(layout_.measured().begin(), layout_.measured().end(), look);
        std::for_each(layout_.unmeasured().begin(), layout_.unmeasured().end(), look);
        if (worst >= 0) {
            active_.emplace(worst, side);
        }
        return worst >= 0;
    }

    const Pass& pass_;
    ActiveSet& active_;
    const Layout& layout_;
    LinearProblem base_;
    VectorXd stretch_; ///< of measured columns: what Huber's weights let them give
    PassResult out_;
};

} // namespace

PassResult solve_within_bounds(const Pass& pass, ActiveSet& active) {
    return BoundedPass(pass, active).run();
}

} // namespace chainsim::reconcile::detail
