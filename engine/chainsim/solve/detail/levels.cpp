#include <chainsim/solve/detail/levels.hpp>

#include <Eigen/KLUSupport>
#include <Eigen/LU>

namespace chainsim::solve::detail {

bool solve_levels(int size, const std::vector<Eigen::Triplet<double>>& entries,
                  const Eigen::VectorXd& right, Eigen::VectorXd& levels) {
    constexpr int dense_up_to = 12; // below this, setting up a sparse factor costs more
    if (size <= dense_up_to) {
        Eigen::MatrixXd dense = Eigen::MatrixXd::Zero(size, size);
        for (const auto& entry : entries) {
            dense(entry.row(), entry.col()) += entry.value();
        }
        const Eigen::PartialPivLU<Eigen::MatrixXd> factor(dense);
        levels = factor.solve(right);
    } else {
        Eigen::SparseMatrix<double> sparse(size, size);
        sparse.setFromTriplets(entries.begin(), entries.end());
        sparse.makeCompressed();
        Eigen::KLU<Eigen::SparseMatrix<double>> factor;
        factor.compute(sparse);
        if (factor.info() != Eigen::Success) {
            return false;
        }
        levels = factor.solve(right);
    }
    return levels.allFinite();
}

} // namespace chainsim::solve::detail
