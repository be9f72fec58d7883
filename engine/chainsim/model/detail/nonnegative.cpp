#include <chainsim/model/detail/nonnegative.hpp>

#include <Eigen/QR>

#include <limits>
#include <vector>

namespace chainsim::model::detail {

namespace {

/// Least squares with only the columns in `chosen`; the others are 0.
Eigen::VectorXd solve_chosen(const Eigen::MatrixXd& a, const Eigen::VectorXd& b,
                             const std::vector<Eigen::Index>& chosen) {
    Eigen::MatrixXd part(a.rows(), static_cast<Eigen::Index>(chosen.size()));
    for (std::size_t i = 0; i < chosen.size(); ++i) {
        part.col(static_cast<Eigen::Index>(i)) = a.col(chosen[i]);
    }
    const Eigen::VectorXd some = part.colPivHouseholderQr().solve(b);
    Eigen::VectorXd all = Eigen::VectorXd::Zero(a.cols());
    for (std::size_t i = 0; i < chosen.size(); ++i) {
        all(chosen[i]) = some(static_cast<Eigen::Index>(i));
    }
    return all;
}

} // namespace

Eigen::VectorXd nonnegative_least_squares(const Eigen::MatrixXd& a, const Eigen::VectorXd& b) {
    const Eigen::Index n = a.cols();
    Eigen::VectorXd z = Eigen::VectorXd::Zero(n);
    std::vector<bool> is_free(static_cast<std::size_t>(n), false);
    const double tolerance =
        10.0 * std::numeric_limits<double>::epsilon() * a.cwiseAbs().maxCoeff() *
        (a.cwiseAbs().maxCoeff() + b.cwiseAbs().maxCoeff()) * static_cast<double>(a.rows());
    const auto chosen = [&] {
        std::vector<Eigen::Index> result;
        for (Eigen::Index j = 0; j < n; ++j) {
            if (is_free[static_cast<std::size_t>(j)]) {
                result.push_back(j);
            }
        }
        return result;
    };
    // Each round frees one variable; 3 n is Lawson & Hanson's own bound against rounding that
    // cycles.
    for (Eigen::Index round = 0; round < 3 * n; ++round) {
        const Eigen::VectorXd gradient = a.transpose() * (b - a * z);
        Eigen::Index next = -1;
        double steepest = tolerance;
        for (Eigen::Index j = 0; j < n; ++j) {
            if (!is_free[static_cast<std::size_t>(j)] && gradient(j) > steepest) {
                steepest = gradient(j);
                next = j;
            }
        }
        if (next < 0) {
            break;
        }
        is_free[static_cast<std::size_t>(next)] = true;
        Eigen::VectorXd wanted = solve_chosen(a, b, chosen());
        // Walk towards the free solution until it is nonnegative, fixing what reaches 0 on the way.
        while (true) {
            double step = 1.0;
            for (const Eigen::Index j : chosen()) {
                if (wanted(j) <= 0.0) {
                    step = std::min(step, z(j) / (z(j) - wanted(j)));
                }
            }
            if (step >= 1.0) {
                break;
            }
            z += step * (wanted - z);
            for (const Eigen::Index j : chosen()) {
                if (z(j) <= 1e-14 && wanted(j) <= 0.0) {
                    z(j) = 0.0;
                    is_free[static_cast<std::size_t>(j)] = false;
                }
            }
            wanted = solve_chosen(a, b, chosen());
        }
        z = wanted;
    }
    return z;
}

} // namespace chainsim::model::detail
