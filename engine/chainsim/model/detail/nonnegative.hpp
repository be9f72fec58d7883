#pragma once

#include <Eigen/Core>

namespace chainsim::model::detail {

/// The z >= 0 that makes |A z - b| least.
///
/// Source  Lawson & Hanson (1974), Solving Least Squares Problems, ch. 23, algorithm NNLS.
[[nodiscard]] Eigen::VectorXd nonnegative_least_squares(const Eigen::MatrixXd& a,
                                                        const Eigen::VectorXd& b);

} // namespace chainsim::model::detail
