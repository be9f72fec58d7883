#pragma once

#include <Eigen/Core>

#include <optional>

namespace chainsim::linear {

/// The z >= 0 that makes |A z - b| least.
///
/// Source  Lawson & Hanson (1974), Solving Least Squares Problems, ch. 23, algorithm NNLS.
[[nodiscard]] Eigen::VectorXd nonnegative_least_squares(const Eigen::MatrixXd& a,
                                                        const Eigen::VectorXd& b);

/// The shortest x that keeps G x >= h, and what pulls it: x = G' multipliers, none negative, and
/// nil where G x > h.
struct LeastDistance {
    Eigen::VectorXd point;
    Eigen::VectorXd multipliers;
};

/// Rows of G have length 1, or about. Nothing if no x keeps them all.
///
/// Source  the same, algorithm LDP.
[[nodiscard]] std::optional<LeastDistance> least_distance(const Eigen::MatrixXd& g,
                                                          const Eigen::VectorXd& h);

} // namespace chainsim::linear
