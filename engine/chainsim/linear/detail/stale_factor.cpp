#include <chainsim/linear/detail/stale_factor.hpp>

#include <Eigen/SparseCore>
#include <unsupported/Eigen/IterativeSolvers>

#include <algorithm>
#include <cstddef>
#include <vector>

namespace chainsim::linear::detail {

namespace {

using Matrix = Eigen::SparseMatrix<double>;

/// As Eigen's iterations take it: what a factor makes of a vector.
class Preconditioner {
public:
    Preconditioner(Klu& klu, bool transposed) : klu_(&klu), transposed_(transposed) {}

    [[nodiscard]] Eigen::VectorXd solve(const Eigen::VectorXd& right) const {
        Eigen::VectorXd out = right;
        transposed_ ? klu_->solve_transposed(out.data()) : klu_->solve(out.data());
        return out;
    }

private:
    Klu* klu_;
    bool transposed_;
};

bool factor_nominal(const PatternData& data, Klu& klu) {
    std::vector<double> values(data.nominal.size());
    for (std::size_t k = 0; k < values.size(); ++k) {
        values[static_cast<std::size_t>(data.rows.source[k])] = data.nominal[k];
    }
    return klu.factor(values.data());
}

} // namespace

StaleFactor::StaleFactor(const PatternData& data)
    : matrix_(data.columns()), klu_(matrix_), regular_(factor_nominal(data, klu_)) {}

bool StaleFactor::solve(const double* values, bool transposed, const Eigen::VectorXd& right,
                        Eigen::VectorXd& unknown, int& steps) {
    if (right.isZero(0.0)) { // of which GMRES would not count its steps
        unknown = right;
        return true;
    }
    const Eigen::Map<const Matrix> given(matrix_.size, matrix_.size, matrix_.start[matrix_.size],
                                         matrix_.start, matrix_.row, values);
    const Matrix matrix = transposed ? Matrix(given.transpose()) : Matrix(given);
    // A refinement follows each solution, so that one need not be exact.
    constexpr double near_enough = 1e-4;
    const Eigen::Index restart = std::min(most_steps, matrix_.size);
    double error = 1e-10;
    Eigen::Index taken = most_steps;
    const Preconditioner factor(klu_, transposed);
    unknown = factor.solve(right);
    const double nominal = unknown.norm();
    Eigen::internal::gmres(matrix, right, unknown, factor, taken, restart, error);
    // Beyond, the matrix may be singular: pivots have to tell.
    constexpr double most_growth = 1e8;
    const bool tame = unknown.norm() <= most_growth * nominal; // not a number is not
    steps += static_cast<int>(taken);
    return error <= near_enough && tame;
}

} // namespace chainsim::linear::detail
