#pragma once

#include <chainsim/reconcile/detail/layout.hpp>
#include <chainsim/reconcile/detail/projection.hpp>

#include <map>

namespace chainsim::reconcile::detail {

/// Variables that a bound holds back, and which: -1 the lower, 1 the upper.
using ActiveSet = std::map<int, int>;

/// One pass: the conditions as they are linear at a point, and the weights of Huber's method.
struct Pass {
    const Problem* problem = nullptr;
    const Layout* layout = nullptr;
    Eigen::VectorXd point;  ///< by variable
    Eigen::VectorXd weight; ///< by measured column
};

struct PassResult {
    Projection projection;
    Eigen::VectorXd standardised; ///< adjustments by their standard deviations, unweighted
    Eigen::VectorXd point;        ///< new values by variable
    ActiveSet active;             ///< bounds without which the measured values would be others
    double residual = 0.0;        ///< of the worst condition at the old point, relative
    int worst = -1;               ///< that condition
};

/// How far a point is outside a bound of a variable, relative to its size; 0 within.
[[nodiscard]] double beyond(const Problem& problem, const Layout& layout, int variable,
                            double value);

/// Solves the linear conditions of a pass within all bounds: a convex quadratic program. Where no
/// values keep them all, the answer leaves some.
///
/// Bounds that matter are found as the shortest way from the answer without them to what keeps them
/// all; then they are conditions like the others, and values are those of the projection, to
/// rounding. A bound that merely says where to an unmeasured variable of which nothing else tells
/// may go does not count: it tells nothing of the variable.
///
/// Cost  cube of the number of variables.
[[nodiscard]] PassResult solve_within_bounds(const Pass& pass);

} // namespace chainsim::reconcile::detail
