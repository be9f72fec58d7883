#pragma once

#include <chainsim/reconcile/detail/bounds.hpp>
#include <chainsim/reconcile/solver.hpp>

namespace chainsim::reconcile::detail {

/// A pass that moved nothing any more.
struct Settled {
    const Problem& problem;
    const Layout& layout;
    const ActiveSet& active;
    const Eigen::VectorXd& weight;
    const PassResult& pass;
};

/// Values, standard deviations, normalised adjustments and standings of all variables, and on
/// demand the covariance, into `out`.
void fill_estimates(const Settled& settled, const SolverOptions& options, Solution& out);

} // namespace chainsim::reconcile::detail
