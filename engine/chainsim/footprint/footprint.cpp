#include <chainsim/footprint/footprint.hpp>

#include <Eigen/SparseLU>

#include <cmath>
#include <string>
#include <vector>

namespace chainsim::footprint {

namespace {

using Matrix = Eigen::SparseMatrix<double>;

Matrix without_takes(const Matrix& takes) {
    Matrix unit(takes.rows(), takes.cols());
    unit.setIdentity();
    return unit - takes;
}

/// Errors  Unproductive
Eigen::MatrixXd solved(const Matrix& matrix, const Eigen::MatrixXd& right) {
    Eigen::SparseLU<Matrix> factor(matrix);
    const std::string why = "a loop of the supply takes as much of itself as it gives";
    if (factor.info() != Eigen::Success) {
        throw Unproductive(why);
    }
    Eigen::MatrixXd out = factor.solve(right);
    constexpr double tolerance = 1e-8;
    const double scale = 1.0 + right.cwiseAbs().maxCoeff();
    if (!out.allFinite() || (matrix * out - right).cwiseAbs().maxCoeff() > tolerance * scale) {
        throw Unproductive(why);
    }
    return out;
}

} // namespace

Footprint::Footprint(const Supply& supply, const Burdens& burdens)
    : takes_(supply.rows(), supply.rows()),
      own_(Eigen::MatrixXd::Zero(static_cast<Eigen::Index>(burdens.info.size()), supply.rows())) {
    std::vector<Eigen::Triplet<double>> entries;
    for (int row = 0; row < supply.rows(); ++row) {
        for (const auto& supplier : supply.of(row)) {
            own_.col(row) += supplier.share * supplier.burden;
            for (const auto& [taken, amount] : supplier.takes) {
                entries.emplace_back(taken, row, supplier.share * amount);
            }
        }
    }
    takes_.setFromTriplets(entries.begin(), entries.end());
    const Matrix transposed = without_takes(takes_).transpose();
    intensity_ = solved(transposed, own_.transpose()).transpose();
    // What nothing burdens shall read nothing, not the rounding of the largest.
    constexpr double rounding = 1e-13;
    for (Eigen::Index b = 0; b < intensity_.rows(); ++b) {
        const double least = rounding * intensity_.row(b).cwiseAbs().maxCoeff();
        for (Eigen::Index row = 0; row < intensity_.cols(); ++row) {
            double& value = intensity_(b, row);
            value = std::abs(value) <= least ? 0.0 : value;
        }
    }
}

Eigen::VectorXd Footprint::requirement(int row) const {
    Eigen::VectorXd unit = Eigen::VectorXd::Zero(takes_.rows());
    unit[row] = 1.0;
    return solved(without_takes(takes_), unit);
}

} // namespace chainsim::footprint
