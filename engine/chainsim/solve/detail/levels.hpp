#pragma once

#include <Eigen/Core>
#include <Eigen/SparseCore>

#include <vector>

namespace chainsim::solve::detail {

/// Solves the square system of a few rationing rows: dense while small, else by KLU in
/// block-triangular order, so that only true loops are factorised. False if it is singular.
[[nodiscard]] bool solve_levels(int size, const std::vector<Eigen::Triplet<double>>& entries,
                                const Eigen::VectorXd& right, Eigen::VectorXd& levels);

} // namespace chainsim::solve::detail
