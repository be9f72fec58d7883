#include <chainsim/reconcile/detail/bounds.hpp>
#include <chainsim/reconcile/detail/estimates.hpp>
#include <chainsim/reconcile/solver.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <utility>

namespace chainsim::reconcile {

namespace {

using Eigen::Index;
using Eigen::VectorXd;

/// Steps that do not get shorter for so many passes are halved.
constexpr int patience = 5;
constexpr double least_stride = 1.0 / 64.0;
/// Passes after which values that stand still, with conditions not kept, are final.
constexpr int standstill = 3;
/// Of Huber's weights: passes from one extrapolation to the next, and the slowest approach that is
/// extrapolated.
constexpr int between_leaps = 4;
constexpr double largest_ratio = 0.9999;

/// Of what nothing tells, a value is chosen, to so much less than the others.
constexpr double as_chosen = 1e-4;

class Solver {
public:
    Solver(const Problem& problem, const SolverOptions& options)
        : problem_(problem), options_(options), layout_(problem) {
        pass_.problem = &problem_;
        pass_.layout = &layout_;
        pass_.point = layout_.start();
        pass_.weight = VectorXd::Ones(layout_.measured_count());
    }

    Solution run() {
        int still = 0;
        for (int pass = 1; pass <= options_.most_iterations; ++pass) {
            auto result = detail::solve_within_bounds(pass_);
            out_.iterations = pass;
            out_.residual = result.residual;
            const double step = step_to(result);
            if (!std::isfinite(step)) {
                break;
            }
            const bool stands = step <= options_.tolerance;
            const bool holds = result.residual <= options_.tolerance && outside(result) < 0;
            if (stands && holds) {
                return finish(result);
            }
            still = stands ? still + 1 : 0;
            if (still >= standstill) {
                return refuse(result);
            }
            go_on(result, step);
        }
        out_.outcome = Outcome::not_converged;
        out_.message = fmt::format("no values were found in {} passes: conditions are kept to "
                                   "{:.1e} of their size",
                                   out_.iterations, out_.residual);
        return std::move(out_);
    }

private:
    [[nodiscard]] const Variable& variable(Index j) const {
        return problem_.variables[static_cast<std::size_t>(j)];
    }

    /// Whether measurements and conditions tell of a variable, or a value of it was chosen.
    [[nodiscard]] bool is_told(const detail::PassResult& result, Index j) const {
        const int column = layout_.unmeasured_column(static_cast<int>(j));
        return column < 0 || result.projection.is_observable[static_cast<std::size_t>(column)] != 0;
    }

    [[nodiscard]] double step_to(const detail::PassResult& result) const {
        double step = 0.0;
        for (Index j = 0; j < result.point.size(); ++j) {
            const double moved = std::abs(result.point(j) - pass_.point(j));
            const int column = layout_.unmeasured_column(static_cast<int>(j));
            const double size = std::max({std::abs(result.point(j)), variable(j).sigma,
                                          column >= 0 ? layout_.size()(column) : 0.0}) *
                                (is_told(result, j) ? 1.0 : 1.0 / as_chosen);
            // Written so that a value that is no number is not taken for one that stands.
            step = moved <= step * size ? step : moved / size;
        }
        return step;
    }

    /// The first variable that a pass leaves beyond a bound; -1: none.
    [[nodiscard]] int outside(const detail::PassResult& result) const {
        constexpr double told = 1e-8;
        for (Index j = 0; j < result.point.size(); ++j) {
            const int variable = static_cast<int>(j);
            if (!result.active.contains(variable) &&
                detail::beyond(problem_, layout_, variable, result.point(j)) >
                    (is_told(result, j) ? told : told / as_chosen)) {
                return variable;
            }
        }
        return -1;
    }

    void go_on(const detail::PassResult& result, double step) {
        longer_ = step >= last_step_ ? longer_ + 1 : 0;
        last_step_ = step;
        if (longer_ >= patience && stride_ > least_stride) {
            stride_ /= 2.0;
            longer_ = 0;
        }
        pass_.point += stride_ * (result.point - pass_.point);
        if (options_.method == Method::huber) {
            reweigh(result.standardised);
        }
    }

    /// Weights for the next pass, by what the last few passes lead to: alone, weights may approach
    /// theirs so slowly that each pass takes off a hundredth of what is left.
    void reweigh(const VectorXd& standardised) {
        VectorXd towards = standardised;
        const VectorXd step =
            last_.size() > 0 ? VectorXd(standardised - last_) : VectorXd::Zero(towards.size());
        if (++since_leap_ >= between_leaps && last_step_taken_.squaredNorm() > 0.0) {
            const double ratio = step.dot(last_step_taken_) / last_step_taken_.squaredNorm();
            if (ratio > 0.0 && ratio < largest_ratio) {
                towards += ratio / (1.0 - ratio) * step;
                since_leap_ = 0;
            }
        }
        last_ = standardised;
        last_step_taken_ = step;
        for (Index i = 0; i < pass_.weight.size(); ++i) {
            const double size = std::abs(towards(i));
            pass_.weight(i) = size <= options_.huber ? 1.0 : options_.huber / size;
        }
    }

    Solution refuse(const detail::PassResult& result) {
        out_.outcome = Outcome::inconsistent;
        const int beyond = outside(result);
        if (beyond >= 0) {
            const auto& one = variable(beyond);
            out_.message = fmt::format(
                "no values keep all conditions and bounds: '{}' would have to be {:.6g} {}, which "
                "is {} its bound",
                one.id, result.point(beyond), one.unit,
                result.point(beyond) < one.lower ? "below" : "above");
        } else {
            const auto worst = static_cast<std::size_t>(std::max(result.worst, 0));
            out_.message = fmt::format(
                "no values keep all conditions: '{}' stays open by {:.2g} % of its terms{}",
                problem_.conditions[worst].id, 100.0 * result.residual,
                result.active.empty() ? "" : ", with all bounds kept");
        }
        return std::move(out_);
    }

    Solution finish(const detail::PassResult& result) {
        detail::fill_estimates({problem_, layout_, result.active, pass_.weight, result}, options_,
                               out_);
        return std::move(out_);
    }

    const Problem& problem_;
    const SolverOptions& options_;
    detail::Layout layout_;
    detail::Pass pass_;
    double last_step_ = std::numeric_limits<double>::infinity();
    int longer_ = 0;
    double stride_ = 1.0;
    VectorXd last_;            ///< standardised adjustments of the pass before
    VectorXd last_step_taken_; ///< of these
    int since_leap_ = 0;
    Solution out_;
};

} // namespace

std::string_view to_string(Standing standing) {
    switch (standing) {
    case Standing::redundant:
        return "redundant";
    case Standing::non_redundant:
        return "non_redundant";
    case Standing::observable:
        return "observable";
    case Standing::unobservable:
        return "unobservable";
    case Standing::exact:
        return "exact";
    }
    return "exact";
}

Solution solve(const Problem& problem, const SolverOptions& options) {
    check(problem);
    return Solver(problem, options).run();
}

} // namespace chainsim::reconcile
