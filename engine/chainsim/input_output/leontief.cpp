#include <chainsim/input_output/leontief.hpp>
#include <chainsim/linear/solve_once.hpp>

#include <Eigen/IterativeLinearSolvers>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <utility>

namespace chainsim::input_output {

namespace {

using Eigen::Index;
using Sparse = Matrix::Sparse;

/// Componentwise: the largest of |right - M x| over |right| + |M| |x|.
double backward_error(const Sparse& system, const Eigen::VectorXd& unknown,
                      const Eigen::VectorXd& right) {
    Eigen::VectorXd rest = right;
    Eigen::VectorXd scale = right.cwiseAbs();
    for (Index j = 0; j < system.outerSize(); ++j) {
        for (Sparse::InnerIterator entry(system, j); entry; ++entry) {
            const double product = entry.value() * unknown[j];
            rest[entry.row()] -= product;
            scale[entry.row()] += std::abs(product);
        }
    }
    double worst = 0.0;
    for (Index i = 0; i < rest.size(); ++i) {
        worst = scale[i] > 0.0 ? std::max(worst, std::abs(rest[i]) / scale[i]) : worst;
    }
    return std::isfinite(unknown.sum()) ? worst : 1.0;
}

/// Iterations cost the same however much the factors of a large loop would fill in; what does not
/// come to rest by them is left to passes along the loops and to factors with pivoting.
Eigen::VectorXd solve_sparse(const Sparse& system, const Eigen::VectorXd& right) {
    constexpr double tolerance = 1e-13;
    constexpr double enough = 1e-11;
    constexpr int most_steps = 500;
    constexpr int most_rounds = 4;
    Eigen::VectorXd unknown = Eigen::VectorXd::Zero(right.size());
    if (right.isZero(0.0)) {
        return unknown;
    }
    Eigen::BiCGSTAB<Sparse, Eigen::DiagonalPreconditioner<double>> solver;
    solver.setMaxIterations(most_steps);
    solver.setTolerance(tolerance);
    solver.compute(system);
    for (int round = 0; round < most_rounds; ++round) {
        const Eigen::VectorXd rest = right - system * unknown;
        if (rest.isZero(0.0)) {
            return unknown;
        }
        unknown += solver.solve(rest);
        if (backward_error(system, unknown, right) <= tolerance) {
            return unknown;
        }
    }
    if (backward_error(system, unknown, right) <= enough) {
        return unknown;
    }
    auto once = linear::solve_once(system, right);
    if (once.report.outcome != linear::LaneOutcome::solved) {
        throw NoAnswer("the sectors depend on each other so that I - A has no inverse");
    }
    return std::move(once.unknown);
}

Eigen::MatrixXd solve_columns(const Sparse& system, const Eigen::MatrixXd& right,
                              const parallel::Executor& executor) {
    Eigen::MatrixXd answer(right.rows(), right.cols());
    executor.for_each(0, right.cols(), [&](std::int64_t column, int /*worker*/) {
        answer.col(column) = solve_sparse(system, right.col(column));
    });
    return answer;
}

Eigen::MatrixXd identity_less(const Matrix::Dense& coefficients) {
    Eigen::MatrixXd system = -coefficients;
    system.diagonal().array() += 1.0;
    return system;
}

} // namespace

Leontief::Leontief(const Matrix& coefficients, const parallel::Executor& executor)
    : size_(coefficients.rows()), executor_(&executor) {
    CHAINSIM_EXPECT(coefficients.rows() == coefficients.columns(),
                    "as many sectors that use as that make");
    if (coefficients.is_sparse()) {
        Sparse identity(size_, size_);
        identity.setIdentity();
        system_ = identity - coefficients.sparse();
        system_.makeCompressed();
        transposed_ = system_.transpose();
        return;
    }
    factor_.emplace(identity_less(coefficients.dense()));
    if (const auto dependent = factor_->dependent()) {
        throw NoAnswer("the sectors depend on each other so that I - A has no inverse");
    }
}

Eigen::MatrixXd Leontief::solve(const Eigen::MatrixXd& right) const {
    return factor_ ? factor_->solve(right) : solve_columns(system_, right, *executor_);
}

Eigen::MatrixXd Leontief::solve_transposed(const Eigen::MatrixXd& right) const {
    return factor_ ? factor_->solve_transposed(right)
                   : solve_columns(transposed_, right, *executor_);
}

Eigen::MatrixXd Leontief::inverse() const {
    return factor_ ? factor_->inverse()
                   : solve_columns(system_, Eigen::MatrixXd::Identity(size_, size_), *executor_);
}

Eigen::MatrixXd ghosh_inverse(Eigen::MatrixXd leontief_inverse, const Eigen::VectorXd& output) {
    CHAINSIM_EXPECT(leontief_inverse.rows() == output.size(), "one output a sector");
    for (Index j = 0; j < leontief_inverse.cols(); ++j) {
        for (Index i = 0; i < leontief_inverse.rows(); ++i) {
            if (i != j) {
                leontief_inverse(i, j) *= output[i] > 0.0 ? output[j] / output[i] : 0.0;
            }
        }
    }
    return leontief_inverse;
}

} // namespace chainsim::input_output
