#pragma once

#include <chainsim/reconcile/detail/layout.hpp>
#include <chainsim/reconcile/detail/projection.hpp>

#include <map>

namespace chainsim::reconcile::detail {

/// Variables that stand at a bound, and at which: -1 the lower, 1 the upper.
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
    double residual = 0.0;        ///< of the worst condition at the old point, relative
    int worst = -1;               ///< that condition
    bool settled = true;          ///< false: no set of bounds was found that holds
};

/// Solves the linear conditions of a pass within all bounds. `active` is where the search for the
/// bounds that matter begins, and what it found.
///
/// A bound in the way becomes a condition; one that no longer holds the values back is released.
/// The worst goes first, and no set of bounds is tried twice.
[[nodiscard]] PassResult solve_within_bounds(const Pass& pass, ActiveSet& active);

} // namespace chainsim::reconcile::detail
