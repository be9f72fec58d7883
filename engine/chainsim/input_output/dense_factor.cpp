#include <chainsim/base/error.hpp>
#include <chainsim/base/vector_isa.hpp>
#include <chainsim/input_output/dense_factor.hpp>
#include <chainsim/input_output/detail/dense_kernels.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numeric>
#include <utility>

namespace chainsim::input_output {

namespace {

using detail::Part;
using Eigen::Index;

/// Columns that are factorised before the others follow, and those that follow in one job.
constexpr Index panel_width = 128;
constexpr Index job_width = 128;
/// Narrower panels are factorised column by column.
constexpr Index narrow = 16;
constexpr Index lanes = vector_lanes;

Part part(const Eigen::MatrixXd& matrix, Index row, Index column) {
    // The kernels write only into what is theirs to change.
    auto* values = const_cast<double*>(matrix.data());
    return {values + row + column * matrix.outerStride(), matrix.outerStride()};
}

Index blocks(Index count, Index width) { return (count + width - 1) / width; }

} // namespace

DenseFactor::DenseFactor(Eigen::MatrixXd matrix, const parallel::Executor& executor)
    : factors_(std::move(matrix)), executor_(&executor),
      pivot_(static_cast<std::size_t>(factors_.rows())),
      row_(static_cast<std::size_t>(factors_.rows())),
      work_(static_cast<std::size_t>(executor.threads())) {
    CHAINSIM_EXPECT(factors_.rows() == factors_.cols(), "only a square matrix has LU factors");
    std::iota(row_.begin(), row_.end(), Index{0});
    const Index size = factors_.rows();
    const double scale = size == 0 ? 0.0 : factors_.cwiseAbs().maxCoeff();
    for (Index first = 0; first < size && !dependent_; first += panel_width) {
        const Index width = std::min(panel_width, size - first);
        factor(first, width);
        if (dependent_) {
            return;
        }
        const Index rest = size - first - width;
        executor_->for_each(0, blocks(rest, job_width), [&](std::int64_t job, int worker) {
            const Index from = first + width + job * job_width;
            update(first, width, from, std::min(from + job_width, size), worker);
        });
        exchange(first, width, 0, first);
        for (Index k = first; k < first + width; ++k) {
            std::swap(row_[static_cast<std::size_t>(k)],
                      row_[static_cast<std::size_t>(pivot_[static_cast<std::size_t>(k)])]);
        }
    }
    // What rounding leaves of a pivot that should be nil is of this size.
    const double rounding =
        static_cast<double>(size) * std::numeric_limits<double>::epsilon() * scale;
    for (Index k = 0; k < size; ++k) {
        if (!(std::abs(factors_(k, k)) > rounding)) {
            dependent_ = k;
            return;
        }
    }
}

/// Halves a panel until it is narrow, so that most of the work is products.
void DenseFactor::factor(Index first, Index width) {
    if (width <= narrow) {
        const long failed = detail::kernels().factor_panel(
            {part(factors_, 0, 0), first, width, factors_.rows(), pivot_.data()});
        if (failed >= 0) {
            dependent_ = failed;
        }
        return;
    }
    const Index left = width / 2;
    factor(first, left);
    if (dependent_) {
        return;
    }
    update(first, left, first + left, first + width, 0);
    factor(first + left, width - left);
    if (!dependent_) {
        exchange(first + left, width - left, first, first + left);
    }
}

/// Brings columns from .. to - 1 up to a panel that is factorised.
void DenseFactor::update(Index first, Index width, Index from, Index to, int worker) {
    exchange(first, width, from, to);
    const auto kernels = detail::kernels();
    kernels.solve_unit_lower(
        {part(factors_, first, first), part(factors_, first, from), width, to - from});
    kernels.subtract_product({.c = part(factors_, first + width, from),
                              .a = part(factors_, first + width, first),
                              .b = part(factors_, first, from),
                              .rows = factors_.rows() - first - width,
                              .columns = to - from,
                              .depth = width,
                              .work = work(worker)});
}

void DenseFactor::exchange(Index first, Index width, Index from, Index to) {
    for (Index j = from; j < to; ++j) {
        double* const column = &factors_(0, j);
        for (Index k = first; k < first + width; ++k) {
            std::swap(column[k], column[pivot_[static_cast<std::size_t>(k)]]);
        }
    }
}

double* DenseFactor::work(int worker) const {
    auto& mine = work_[static_cast<std::size_t>(worker)];
    if (mine.size() == 0) {
        mine.resize(detail::workspace);
    }
    return mine.data();
}

Eigen::MatrixXd DenseFactor::solve(const Eigen::MatrixXd& right) const {
    CHAINSIM_EXPECT(!dependent_ && right.rows() == factors_.rows(),
                    "a solution of a regular system with a right-hand side of its size");
    Eigen::MatrixXd answer(right.rows(), right.cols());
    executor_->for_each(0, blocks(right.cols(), lanes), [&](std::int64_t job, int /*worker*/) {
        const Index first = job * lanes;
        const Index count = std::min(lanes, right.cols() - first);
        Eigen::VectorXd unknown = Eigen::VectorXd::Zero(right.rows() * lanes);
        for (Index i = 0; i < right.rows(); ++i) {
            for (Index l = 0; l < count; ++l) {
                unknown[i * lanes + l] = right(row_[static_cast<std::size_t>(i)], first + l);
            }
        }
        detail::kernels().solve_lanes({factors_.data(), factors_.rows(), unknown.data()});
        for (Index l = 0; l < count; ++l) {
            for (Index i = 0; i < right.rows(); ++i) {
                answer(i, first + l) = unknown[i * lanes + l];
            }
        }
    });
    return answer;
}

Eigen::MatrixXd DenseFactor::solve_transposed(const Eigen::MatrixXd& right) const {
    CHAINSIM_EXPECT(!dependent_ && right.rows() == factors_.rows(),
                    "a solution of a regular system with a right-hand side of its size");
    Eigen::MatrixXd answer(right.rows(), right.cols());
    executor_->for_each(0, blocks(right.cols(), lanes), [&](std::int64_t job, int /*worker*/) {
        const Index first = job * lanes;
        const Index count = std::min(lanes, right.cols() - first);
        Eigen::VectorXd unknown = Eigen::VectorXd::Zero(right.rows() * lanes);
        for (Index i = 0; i < right.rows(); ++i) {
            for (Index l = 0; l < count; ++l) {
                unknown[i * lanes + l] = right(i, first + l);
            }
        }
        detail::kernels().solve_lanes_transposed(
            {factors_.data(), factors_.rows(), unknown.data()});
        for (Index l = 0; l < count; ++l) {
            for (Index i = 0; i < right.rows(); ++i) {
                answer(row_[static_cast<std::size_t>(i)], first + l) = unknown[i * lanes + l];
            }
        }
    });
    return answer;
}

Eigen::MatrixXd DenseFactor::inverse() const {
    CHAINSIM_EXPECT(!dependent_, "the inverse of a regular matrix");
    const Index size = factors_.rows();
    Eigen::MatrixXd inverse = Eigen::MatrixXd::Zero(size, size);
    for (Index i = 0; i < size; ++i) {
        inverse(i, row_[static_cast<std::size_t>(i)]) = 1.0;
    }
    executor_->for_each(0, blocks(size, job_width), [&](std::int64_t job, int worker) {
        const Index from = job * job_width;
        invert_block(inverse, from, std::min(from + job_width, size), worker);
    });
    return inverse;
}

/// Forward from the first row that is not zero, then back, by blocks of rows.
void DenseFactor::invert_block(Eigen::MatrixXd& inverse, Index from, Index to, int worker) const {
    const Index size = factors_.rows();
    const auto kernels = detail::kernels();
    Index top = size;
    for (Index i = 0; i < size; ++i) {
        const Index column = row_[static_cast<std::size_t>(i)];
        top = column >= from && column < to ? std::min(top, i) : top;
    }
    const auto subtract = [&](Index rows_from, Index rows_to, Index block, Index height) {
        kernels.subtract_product({.c = part(inverse, rows_from, from),
                                  .a = part(factors_, rows_from, block),
                                  .b = part(inverse, block, from),
                                  .rows = rows_to - rows_from,
                                  .columns = to - from,
                                  .depth = height,
                                  .work = work(worker)});
    };
    for (Index k = top / panel_width * panel_width; k < size; k += panel_width) {
        const Index height = std::min(panel_width, size - k);
        kernels.solve_unit_lower({part(factors_, k, k), part(inverse, k, from), height, to - from});
        subtract(k + height, size, k, height);
    }
    for (Index k = (size - 1) / panel_width * panel_width; k >= 0; k -= panel_width) {
        const Index height = std::min(panel_width, size - k);
        kernels.solve_upper({part(factors_, k, k), part(inverse, k, from), height, to - from});
        subtract(0, k, k, height);
    }
}

} // namespace chainsim::input_output
