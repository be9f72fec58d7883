#include <chainsim/base/error.hpp>
#include <chainsim/input_output/matrix.hpp>

#include <utility>
#include <vector>

namespace chainsim::input_output {

using Eigen::Index;

Matrix::Matrix(Sparse sparse) : values_(std::move(sparse)) {
    std::get<Sparse>(values_).makeCompressed();
}

Index Matrix::rows() const {
    return std::visit([](const auto& values) { return Index{values.rows()}; }, values_);
}

Index Matrix::columns() const {
    return std::visit([](const auto& values) { return Index{values.cols()}; }, values_);
}

std::size_t Matrix::entries() const {
    std::size_t count = 0;
    for_each([&count](Index /*row*/, Index /*column*/, double /*value*/) { ++count; });
    return count;
}

const Matrix::Dense& Matrix::dense() const {
    CHAINSIM_EXPECT(!is_sparse(), "a dense matrix");
    return std::get<Dense>(values_);
}

const Matrix::Sparse& Matrix::sparse() const {
    CHAINSIM_EXPECT(is_sparse(), "a sparse matrix");
    return std::get<Sparse>(values_);
}

double Matrix::at(Index row, Index column) const {
    CHAINSIM_EXPECT(row >= 0 && row < rows() && column >= 0 && column < columns(),
                    "an entry within the matrix");
    return is_sparse() ? sparse().coeff(static_cast<int>(row), static_cast<int>(column))
                       : dense()(row, column);
}

Eigen::MatrixXd Matrix::times(const Eigen::MatrixXd& right) const {
    CHAINSIM_EXPECT(right.rows() == columns(), "a factor with as many rows as there are columns");
    return std::visit([&](const auto& values) { return Eigen::MatrixXd(values * right); }, values_);
}

Eigen::MatrixXd Matrix::transposed_times(const Eigen::MatrixXd& right) const {
    CHAINSIM_EXPECT(right.rows() == rows(), "a factor with as many rows as there are");
    return std::visit(
        [&](const auto& values) { return Eigen::MatrixXd(values.transpose() * right); }, values_);
}

Eigen::VectorXd Matrix::row_sums() const { return times(Eigen::VectorXd::Ones(columns())); }

Eigen::VectorXd Matrix::column_sums() const {
    return transposed_times(Eigen::VectorXd::Ones(rows()));
}

void Matrix::scale_columns(const Eigen::VectorXd& factors) {
    CHAINSIM_EXPECT(factors.size() == columns(), "one factor a column");
    if (auto* sparse = std::get_if<Sparse>(&values_)) {
        for (Index j = 0; j < sparse->outerSize(); ++j) {
            for (Sparse::InnerIterator entry(*sparse, j); entry; ++entry) {
                entry.valueRef() *= factors[j];
            }
        }
        return;
    }
    auto& dense = std::get<Dense>(values_);
    for (Index j = 0; j < dense.cols(); ++j) {
        dense.col(j) *= factors[j];
    }
}

void Matrix::scale_rows(const Eigen::VectorXd& factors) {
    CHAINSIM_EXPECT(factors.size() == rows(), "one factor a row");
    if (auto* sparse = std::get_if<Sparse>(&values_)) {
        for (Index j = 0; j < sparse->outerSize(); ++j) {
            for (Sparse::InnerIterator entry(*sparse, j); entry; ++entry) {
                entry.valueRef() *= factors[entry.row()];
            }
        }
        return;
    }
    auto& dense = std::get<Dense>(values_);
    for (Index j = 0; j < dense.cols(); ++j) {
        dense.col(j).array() *= factors.array();
    }
}

void Matrix::permute_columns(std::span<const Index> from) {
    CHAINSIM_EXPECT(static_cast<Index>(from.size()) == columns(), "one place a column");
    bool is_ordered = true;
    for (std::size_t k = 0; k < from.size(); ++k) {
        is_ordered = is_ordered && from[k] == static_cast<Index>(k);
    }
    if (is_ordered) {
        return; // the usual case: no second copy of a large table
    }
    if (auto* sparse = std::get_if<Sparse>(&values_)) {
        std::vector<Eigen::Triplet<double>> entries;
        std::vector<int> place(from.size());
        for (std::size_t k = 0; k < from.size(); ++k) {
            place[static_cast<std::size_t>(from[k])] = static_cast<int>(k);
        }
        for_each([&](Index row, Index column, double value) {
            entries.emplace_back(static_cast<int>(row), place[static_cast<std::size_t>(column)],
                                 value);
        });
        Sparse moved(sparse->rows(), sparse->cols());
        moved.setFromTriplets(entries.begin(), entries.end());
        sparse->swap(moved); // Eigen moves no sparse matrix
        return;
    }
    auto& dense = std::get<Dense>(values_);
    Dense moved(dense.rows(), dense.cols());
    for (std::size_t k = 0; k < from.size(); ++k) {
        moved.col(static_cast<Index>(k)) = dense.col(from[k]);
    }
    dense = std::move(moved);
}

} // namespace chainsim::input_output
