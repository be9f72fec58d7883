#include <chainsim/base/error.hpp>
#include <chainsim/linear/detail/klu.hpp>
#include <chainsim/linear/solve_once.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <span>
#include <utility>
#include <vector>

namespace chainsim::linear {

namespace {

using Matrix = Pattern::Matrix;

constexpr int most_passes = 100;

/// The rows that a right-hand side reaches through the columns, in strongly connected blocks, users
/// before suppliers. Depth-first search as in detail/order.hpp, but along columns: no copy of the
/// matrix by rows is needed.
class Reach {
public:
    Reach(const Matrix& matrix, const Eigen::VectorXd& right)
        : start_(matrix.outerIndexPtr()), row_(matrix.innerIndexPtr()),
          node_(static_cast<std::size_t>(matrix.cols())) {
        order_.reserve(node_.size());
        path_.reserve(node_.size());
        waiting_.reserve(node_.size());
        for (int root = 0; root < matrix.cols(); ++root) {
            if (right[root] != 0.0 && node(root).number == 0) {
                search(root);
            }
        }
        arrange();
    }

    [[nodiscard]] const std::vector<int>& order() const { return order_; }
    /// Where each block of the order starts, and the end.
    [[nodiscard]] const std::vector<int>& blocks() const { return blocks_; }

private:
    struct Node {
        int number = 0; // from 1 as found; 0 before
        int low = 0;
        int next = 0;
        int block = -1;
    };

    Node& node(int row) { return node_[static_cast<std::size_t>(row)]; }

    void open(int row) {
        auto& opened = node(row);
        opened.number = opened.low = ++count_;
        opened.next = start_[row];
        path_.push_back(row);
        waiting_.push_back(row);
    }

    void search(int root) {
        open(root);
        while (!path_.empty()) {
            const int row = path_.back();
            auto& here = node(row);
            const int end = start_[row + 1];
            int other = -1;
            while (here.next < end && other < 0) {
                const int candidate = row_[here.next++];
                const auto& there = node(candidate);
                if (there.number == 0) {
                    other = candidate;
                } else if (there.block < 0) {
                    here.low = std::min(here.low, there.number);
                }
            }
            other >= 0 ? open(other) : close(row);
        }
    }

    void close(int row) {
        path_.pop_back();
        order_.push_back(row);
        const auto& done = node(row);
        if (!path_.empty()) {
            auto& above = node(path_.back());
            above.low = std::min(above.low, done.low);
        }
        if (done.low != done.number) {
            return;
        }
        for (int member = -1; member != row;) {
            member = waiting_.back();
            waiting_.pop_back();
            node(member).block = block_count_;
        }
        ++block_count_;
    }

    /// Blocks last first, and rows in each as they finished, last first.
    void arrange() {
        blocks_.assign(static_cast<std::size_t>(block_count_) + 1, 0);
        const auto place = [this](int row) {
            return static_cast<std::size_t>(block_count_ - 1 - node(row).block);
        };
        for (const int row : order_) {
            ++blocks_[place(row) + 1];
        }
        for (std::size_t k = 1; k < blocks_.size(); ++k) {
            blocks_[k] += blocks_[k - 1];
        }
        std::vector<int> next(blocks_.begin(), blocks_.end() - 1);
        std::vector<int> sorted(order_.size());
        std::reverse(order_.begin(), order_.end());
        for (const int row : order_) {
            sorted[static_cast<std::size_t>(next[place(row)]++)] = row;
        }
        order_ = std::move(sorted);
    }

    const int* start_;
    const int* row_;
    std::vector<Node> node_;
    std::vector<int> path_, waiting_, order_, blocks_;
    int count_ = 0;
    int block_count_ = 0;
};

/// Gauss-Seidel in terms of what is left of the right-hand side. Columns are copied into the order
/// of the passes: twenty of these read them one after the other then.
class Passes {
public:
    Passes(const Matrix& matrix, Eigen::VectorXd right, double tolerance)
        : start_(matrix.outerIndexPtr()), row_(matrix.innerIndexPtr()), value_(matrix.valuePtr()),
          left_(std::move(right)), tolerance_(tolerance) {}

    /// False if a diagonal is missing or a loop does not come to rest.
    [[nodiscard]] bool run(const Reach& reach) {
        if (!take_columns(reach.order())) {
            return false;
        }
        for (std::size_t k = 0; k + 1 < reach.blocks().size(); ++k) {
            Column* first = columns_.data() + reach.blocks()[k];
            Column* last = columns_.data() + reach.blocks()[k + 1];
            if (!settle(std::span(first, last))) {
                return false;
            }
        }
        return true;
    }

    [[nodiscard]] int passes() const { return passes_; }
    [[nodiscard]] Eigen::VectorXd unknown() const {
        Eigen::VectorXd out = Eigen::VectorXd::Zero(left_.size());
        for (const auto& column : columns_) {
            out[column.index] = column.unknown;
        }
        return out;
    }

private:
    /// What a pass asks of a column, in the order of the passes.
    struct Column {
        double inverse = 0.0; ///< of the diagonal
        double unknown = 0.0;
        std::size_t begin = 0; ///< in `rows_` and `values_`
        std::size_t end = 0;
        int index = 0;
    };

    [[nodiscard]] bool take_columns(const std::vector<int>& order) {
        columns_.reserve(order.size());
        rows_.reserve(static_cast<std::size_t>(start_[left_.size()]));
        values_.reserve(rows_.capacity());
        return std::all_of(order.begin(), order.end(),
                           [this](int index) { return take_column(index); });
    }

    [[nodiscard]] bool take_column(int index) {
        const int begin = start_[index];
        const int end = start_[index + 1];
        const int* found = std::lower_bound(row_ + begin, row_ + end, index);
        if (found == row_ + end || *found != index || value_[found - row_] == 0.0) {
            return false;
        }
        const auto first = rows_.size();
        rows_.insert(rows_.end(), row_ + begin, row_ + end);
        values_.insert(values_.end(), value_ + begin, value_ + end);
        columns_.push_back({1.0 / value_[found - row_], 0.0, first, rows_.size(), index});
        return true;
    }

    [[nodiscard]] bool settle(std::span<Column> loop) {
        if (loop.size() == 1) {
            step(loop.front());
            return true;
        }
        int passes = 0;
        for (bool moved = true; moved; ++passes) {
            if (passes == most_passes) {
                return false;
            }
            moved = false;
            for (auto& column : loop) {
                moved = step(column) || moved;
            }
        }
        passes_ = std::max(passes_, passes);
        return true;
    }

    /// Moves an unknown by what is left in its row. What moves it too little stays left, and adds
    /// up with what comes later. Not a number moves on and on.
    bool step(Column& column) {
        const double change = left_[column.index] * column.inverse;
        if (std::abs(change) <= tolerance_ * std::abs(column.unknown)) {
            return false;
        }
        column.unknown += change;
        for (std::size_t k = column.begin; k < column.end; ++k) {
            left_[rows_[k]] -= values_[k] * change;
        }
        return true;
    }

    const int* start_;
    const int* row_;
    const double* value_;
    Eigen::VectorXd left_;
    std::vector<Column> columns_;
    std::vector<int> rows_; // of all columns, in the order of the passes
    std::vector<double> values_;
    double tolerance_;
    int passes_ = 0;
};

/// Componentwise backward error; what is left, in `left`.
double backward_error(const Matrix& matrix, const Eigen::VectorXd& right,
                      const Eigen::VectorXd& unknown, Eigen::VectorXd& left) {
    Eigen::VectorXd scale = right.cwiseAbs();
    left = right;
    const int* start = matrix.outerIndexPtr();
    const int* row = matrix.innerIndexPtr();
    const double* value = matrix.valuePtr();
    for (int column = 0; column < matrix.cols(); ++column) {
        const double factor = unknown[column];
        if (factor == 0.0) {
            continue;
        }
        for (int k = start[column]; k < start[column + 1]; ++k) {
            const double product = value[k] * factor;
            left[row[k]] -= product;
            scale[row[k]] += std::abs(product);
        }
    }
    double largest = 0.0;
    for (Eigen::Index k = 0; k < left.size(); ++k) {
        if (!(std::abs(left[k]) <= largest * scale[k])) {
            largest = std::abs(left[k]) / scale[k];
        }
        if (std::isnan(largest)) {
            return largest;
        }
    }
    return largest;
}

void solve_with_pivoting(const Matrix& matrix, const Eigen::VectorXd& right, double tolerance,
                         OnceSolution& solution) {
    solution.report.pivoted = true;
    detail::Klu klu({.size = static_cast<int>(matrix.cols()),
                     .start = matrix.outerIndexPtr(),
                     .row = matrix.innerIndexPtr()});
    const bool finite = std::all_of(matrix.valuePtr(), matrix.valuePtr() + matrix.nonZeros(),
                                    [](double value) { return std::isfinite(value); });
    if (!finite || !klu.factor(matrix.valuePtr())) {
        solution.report.outcome = LaneOutcome::singular;
        solution.report.backward_error = std::numeric_limits<double>::infinity();
        solution.unknown.setConstant(right.size(), std::numeric_limits<double>::quiet_NaN());
        return;
    }
    solution.unknown = right;
    klu.solve(solution.unknown.data());
    Eigen::VectorXd left;
    double error = backward_error(matrix, right, solution.unknown, left);
    if (!(error <= tolerance)) {
        klu.solve(left.data());
        solution.unknown += left;
        error = backward_error(matrix, right, solution.unknown, left);
    }
    solution.report.backward_error = error;
    if (!(error <= tolerance)) {
        solution.report.outcome = LaneOutcome::inaccurate;
        solution.unknown.setConstant(std::numeric_limits<double>::quiet_NaN());
    }
}

} // namespace

OnceSolution solve_once(const Matrix& matrix, const Eigen::VectorXd& right, double tolerance) {
    CHAINSIM_EXPECT(matrix.rows() == matrix.cols() && matrix.isCompressed(),
                    "the matrix is square and compressed");
    CHAINSIM_EXPECT(right.size() == matrix.rows(), "one right-hand side for each row");
    OnceSolution solution;
    const Reach reach(matrix, right);
    solution.reached = static_cast<int>(reach.order().size());
    // Unknowns may still move by more than the error that is wanted, see detail/group_solver.cpp.
    Passes passes(matrix, right, tolerance);
    if (passes.run(reach)) {
        solution.passes = passes.passes();
        solution.unknown = passes.unknown();
        Eigen::VectorXd left;
        const double error = backward_error(matrix, right, solution.unknown, left);
        if (error <= tolerance) {
            solution.report.backward_error = error;
            return solution;
        }
    }
    solve_with_pivoting(matrix, right, tolerance, solution);
    return solution;
}

} // namespace chainsim::linear
