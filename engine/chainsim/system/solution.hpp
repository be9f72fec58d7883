#pragma once

#include <Eigen/Core>

#include <string>
#include <vector>

namespace chainsim::system {

/// How a solve ended.
enum class Outcome {
    solved,
    infeasible,   ///< a stated demand cannot be met
    unproductive, ///< a loop consumes more of its own output than it makes
    not_converged ///< the iteration cycles
};

/// What holds a facility at its activity. `not_built`: it has no capacity; `off`: it had one, and
/// is closed, retired or never available (the solver cannot tell the two apart; a run does).
enum class BindingKind { capacity, feedstock, demand, surplus, not_built, off };

struct Binding {
    BindingKind kind = BindingKind::capacity;
    int row = -1; ///< the commodity concerned, where there is one
};

/// One solved year, by column and by row of the equations.
///
/// `culprits` names, for an outcome other than `solved`, the columns and rows in question.
struct Solution {
    Outcome outcome = Outcome::solved;
    Eigen::VectorXd activity; ///< by column
    std::vector<Binding> binding;
    Eigen::VectorXd bought;   ///< by row
    Eigen::VectorXd sold;     ///< by row
    Eigen::VectorXd disposed; ///< by row
    Eigen::VectorXd shortage; ///< by row: what users of a rationed commodity would still take
    int iterations = 0;
    double residual = 0.0; ///< worst row residual relative to the throughput of the row
    std::vector<int> culprit_columns;
    std::vector<int> culprit_rows;
};

} // namespace chainsim::system
