#include <chainsim/base/error.hpp>
#include <chainsim/input_output/dense_factor.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <utility>

// As LAPACK has them: numbers by address, matrices column by column, lengths of texts left out.
extern "C" {
void dgetrf_(const int* rows, const int* columns, double* matrix, const int* stride, int* pivots,
             int* info);
void dgetrs_(const char* side, const int* size, const int* columns, const double* factors,
             const int* stride, const int* pivots, double* right, const int* right_stride,
             int* info);
void dgetri_(const int* size, double* factors, const int* stride, const int* pivots, double* work,
             const int* room, int* info);
}

namespace chainsim::input_output {

namespace {

int as_int(Eigen::Index size) {
    CHAINSIM_EXPECT(size <= std::numeric_limits<int>::max(), "LAPACK counts in 32 bits");
    return static_cast<int>(size);
}

/// Rows of a matrix are at least one apart for LAPACK.
int stride_of(int size) { return std::max(size, 1); }

} // namespace

DenseFactor::DenseFactor(Eigen::MatrixXd matrix)
    : factors_(std::move(matrix)), pivots_(static_cast<std::size_t>(factors_.rows())) {
    CHAINSIM_EXPECT(factors_.rows() == factors_.cols(), "only a square matrix has LU factors");
    const int size = as_int(factors_.rows());
    if (size == 0) {
        return;
    }
    // What rounding leaves of a pivot that should be nil is of this size.
    const double rounding = static_cast<double>(size) * std::numeric_limits<double>::epsilon() *
                            factors_.cwiseAbs().maxCoeff();
    const int stride = stride_of(size);
    int info = 0;
    dgetrf_(&size, &size, factors_.data(), &stride, pivots_.data(), &info);
    CHAINSIM_EXPECT(info >= 0, "LAPACK takes the matrix");
    for (Eigen::Index k = 0; k < factors_.rows(); ++k) {
        if (!(std::abs(factors_(k, k)) > rounding)) {
            dependent_ = k;
            return;
        }
    }
}

Eigen::MatrixXd DenseFactor::solved(char side, Eigen::MatrixXd right) const {
    CHAINSIM_EXPECT(!dependent_ && right.rows() == factors_.rows(),
                    "a solution of a regular system with a right-hand side of its size");
    const int size = as_int(factors_.rows());
    const int columns = as_int(right.cols());
    const int stride = stride_of(size);
    int info = 0;
    dgetrs_(&side, &size, &columns, factors_.data(), &stride, pivots_.data(), right.data(), &stride,
            &info);
    CHAINSIM_EXPECT(info == 0, "LAPACK takes the right-hand side");
    return right;
}

Eigen::MatrixXd DenseFactor::solve(const Eigen::MatrixXd& right) const {
    return solved('N', right);
}

Eigen::MatrixXd DenseFactor::solve_transposed(const Eigen::MatrixXd& right) const {
    return solved('T', right);
}

Eigen::MatrixXd DenseFactor::inverse() const {
    CHAINSIM_EXPECT(!dependent_, "the inverse of a regular matrix");
    Eigen::MatrixXd inverse = factors_;
    const int size = as_int(factors_.rows());
    if (size == 0) {
        return inverse;
    }
    const int stride = stride_of(size);
    constexpr int panel = 64; // columns that are worked on together
    const int room = size * panel;
    std::vector<double> work(static_cast<std::size_t>(room));
    int info = 0;
    dgetri_(&size, inverse.data(), &stride, pivots_.data(), work.data(), &room, &info);
    CHAINSIM_EXPECT(info == 0, "LAPACK inverts a regular matrix");
    return inverse;
}

} // namespace chainsim::input_output
