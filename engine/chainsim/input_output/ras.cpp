#include <chainsim/base/error.hpp>
#include <chainsim/input_output/ras.hpp>

#include <algorithm>
#include <cmath>
#include <utility>

namespace chainsim::input_output {

namespace {

using Eigen::Index;

/// What the positive and the negative entries of each row or column add up to.
struct Sums {
    Eigen::VectorXd positive;
    Eigen::VectorXd negative; ///< as a positive number

    explicit Sums(Index size)
        : positive(Eigen::VectorXd::Zero(size)), negative(Eigen::VectorXd::Zero(size)) {}
};

/// Sums along the rows (or columns) with the other side scaled.
Sums sums(const Matrix& values, const Eigen::VectorXd& other, bool by_rows) {
    Sums result(by_rows ? values.rows() : values.columns());
    values.for_each([&](Index row, Index column, double value) {
        const Index here = by_rows ? row : column;
        const double factor = other[by_rows ? column : row];
        if (value > 0.0) {
            result.positive[here] += value * factor;
        } else {
            result.negative[here] -= value / factor;
        }
    });
    return result;
}

/// The factor r > 0 of positive p and negative n with r p - n / r = total; 1 where there is nothing
/// to scale, and what is nearest where no factor does it.
double factor_of(double positive, double negative, double total) {
    constexpr double least = 1e-150; // a total of zero makes the row vanish
    if (positive > 0.0 && negative > 0.0) {
        // Of the two forms of the root that which does not cancel.
        const double root = std::sqrt(total * total + 4.0 * positive * negative);
        return total >= 0.0 ? (total + root) / (2.0 * positive) : 2.0 * negative / (root - total);
    }
    if (positive > 0.0) {
        return std::max(total / positive, least);
    }
    if (negative > 0.0) {
        return total < 0.0 ? negative / -total : 1.0 / least;
    }
    return 1.0;
}

void scale(Eigen::VectorXd& factors, const Sums& sums, const Eigen::VectorXd& totals) {
    for (Index k = 0; k < factors.size(); ++k) {
        factors[k] = factor_of(sums.positive[k], sums.negative[k], totals[k]);
    }
}

Eigen::VectorXd differences(const Eigen::VectorXd& factors, const Sums& sums,
                            const Eigen::VectorXd& totals) {
    Eigen::VectorXd result = -totals;
    for (Index k = 0; k < factors.size(); ++k) {
        result[k] += factors[k] * sums.positive[k] - sums.negative[k] / factors[k];
    }
    return result;
}

/// Which differ by more than `slack`, the worst first.
std::vector<Index> off(const Eigen::VectorXd& differences, double slack) {
    std::vector<Index> which;
    for (Index k = 0; k < differences.size(); ++k) {
        if (!(std::abs(differences[k]) <= slack)) {
            which.push_back(k);
        }
    }
    std::stable_sort(which.begin(), which.end(), [&](Index a, Index b) {
        return std::abs(differences[a]) > std::abs(differences[b]);
    });
    return which;
}

/// Totals that no factor brings: a sign that no entry has.
std::vector<Index> unbearable(const Sums& sums, const Eigen::VectorXd& totals, double slack) {
    std::vector<Index> which;
    for (Index k = 0; k < totals.size(); ++k) {
        if ((totals[k] > slack && sums.positive[k] == 0.0) ||
            (totals[k] < -slack && sums.negative[k] == 0.0)) {
            which.push_back(k);
        }
    }
    return which;
}

Matrix scaled(const Matrix& values, const Eigen::VectorXd& rows, const Eigen::VectorXd& columns) {
    const auto value_of = [&](Index row, Index column, double value) {
        const double factor = rows[row] * columns[column];
        return value > 0.0 ? value * factor : value / factor;
    };
    if (values.is_sparse()) {
        Matrix::Sparse result = values.sparse();
        for (Index j = 0; j < result.outerSize(); ++j) {
            for (Matrix::Sparse::InnerIterator entry(result, j); entry; ++entry) {
                entry.valueRef() = value_of(entry.row(), j, entry.value());
            }
        }
        return Matrix(std::move(result));
    }
    Matrix::Dense result = values.dense();
    for (Index j = 0; j < result.cols(); ++j) {
        for (Index i = 0; i < result.rows(); ++i) {
            result(i, j) = value_of(i, j, result(i, j));
        }
    }
    return Matrix(std::move(result));
}

} // namespace

Balanced balance(const Matrix& values, const Eigen::VectorXd& row_totals,
                 const Eigen::VectorXd& column_totals, const BalanceOptions& options) {
    CHAINSIM_EXPECT(row_totals.size() == values.rows() && column_totals.size() == values.columns(),
                    "a total for each row and column");
    Balanced result;
    result.row_factors = Eigen::VectorXd::Ones(values.rows());
    result.column_factors = Eigen::VectorXd::Ones(values.columns());
    result.values = values;
    const double largest =
        std::max(row_totals.size() > 0 ? row_totals.cwiseAbs().maxCoeff() : 0.0,
                 column_totals.size() > 0 ? column_totals.cwiseAbs().maxCoeff() : 0.0);
    const double slack = options.tolerance * (largest > 0.0 ? largest : 1.0);
    Sums by_row = sums(values, result.column_factors, true);
    Sums by_column = sums(values, result.row_factors, false);
    result.has_negative = by_row.negative.sum() > 0.0;
    const double mismatch = row_totals.sum() - column_totals.sum();
    const auto count = static_cast<double>(std::max(values.rows(), values.columns()));
    result.worst = std::abs(mismatch) / (largest > 0.0 ? largest : 1.0);
    if (std::abs(mismatch) > slack * count) {
        result.outcome = BalanceOutcome::totals_differ;
        return result;
    }
    result.rows = unbearable(by_row, row_totals, slack);
    result.columns = unbearable(by_column, column_totals, slack);
    if (!result.rows.empty() || !result.columns.empty()) {
        result.outcome = BalanceOutcome::impossible;
        return result;
    }
    result.outcome = BalanceOutcome::not_converged;
    Eigen::VectorXd left = Eigen::VectorXd::Zero(values.rows());
    for (result.rounds = 1; result.rounds <= options.most_rounds; ++result.rounds) {
        scale(result.row_factors, by_row, row_totals);
        by_column = sums(values, result.row_factors, false);
        scale(result.column_factors, by_column, column_totals);
        by_row = sums(values, result.column_factors, true);
        left = differences(result.row_factors, by_row, row_totals);
        result.worst =
            left.size() > 0 ? left.cwiseAbs().maxCoeff() / (slack / options.tolerance) : 0.0;
        if (!std::isfinite(result.worst)) {
            break;
        }
        if (result.worst <= options.tolerance) {
            result.outcome = BalanceOutcome::balanced;
            break;
        }
    }
    result.rounds = std::min(result.rounds, options.most_rounds);
    result.values = scaled(values, result.row_factors, result.column_factors);
    result.rows = off(left, slack);
    result.columns = off(differences(result.column_factors, by_column, column_totals), slack);
    return result;
}

} // namespace chainsim::input_output
