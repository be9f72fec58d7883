#pragma once

#include <Eigen/Core>

#include <vector>

namespace chainsim::reconcile::detail {

/// Least e e' with `measured` e + `unmeasured` z = `right`, and of all z that fit the nearest to 0.
///
/// Shapes   measured: conditions x measurements, in units of their standard deviations (and of
///          Huber's weights); unmeasured: conditions x unmeasured, in units of their sizes.
struct LinearProblem {
    Eigen::MatrixXd measured;
    Eigen::MatrixXd unmeasured;
    Eigen::VectorXd right;
};

/// The answer, and what covariances and tests are made of.
struct Projection {
    Eigen::VectorXd adjusted;        ///< e
    Eigen::VectorXd unmeasured;      ///< z
    Eigen::VectorXd multipliers;     ///< by condition: e = measured' multipliers
    Eigen::MatrixXd bound;           ///< measurements x rank: orthonormal, what conditions bind
    Eigen::MatrixXd response;        ///< dz/de of the observable; zero rows for others
    std::vector<char> is_observable; ///< by unmeasured
    double inconsistency = 0.0;      ///< of the conditions left over, each of length 1

    [[nodiscard]] int rank() const { return static_cast<int>(bound.cols()); }
};

/// Solves by orthogonal factors: of the unmeasured columns, to combine conditions to those without
/// them; and of what remains of the measured ones, which tells the rank of the conditions.
[[nodiscard]] Projection project(const LinearProblem& problem);

} // namespace chainsim::reconcile::detail
