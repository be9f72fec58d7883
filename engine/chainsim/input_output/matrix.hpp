#pragma once

#include <Eigen/Core>
#include <Eigen/SparseCore>

#include <cstddef>
#include <span>
#include <variant>

namespace chainsim::input_output {

/// Flows or coefficients, kept as they were read: dense, or sparse. A sparse matrix is never made
/// dense.
///
/// Errors  ContractError where sizes do not fit.
// NOLINTNEXTLINE(bugprone-exception-escape): a sparse matrix of Eigen is copied where it is moved
class Matrix {
public:
    using Dense = Eigen::MatrixXd;
    using Sparse = Eigen::SparseMatrix<double, Eigen::ColMajor, int>;

    Matrix() = default;
    explicit Matrix(Dense dense) : values_(std::move(dense)) {}
    explicit Matrix(Sparse sparse);

    [[nodiscard]] Eigen::Index rows() const;
    [[nodiscard]] Eigen::Index columns() const;
    [[nodiscard]] bool is_sparse() const { return std::holds_alternative<Sparse>(values_); }
    /// Entries that are not zero.
    [[nodiscard]] std::size_t entries() const;
    [[nodiscard]] const Dense& dense() const;
    [[nodiscard]] const Sparse& sparse() const;
    [[nodiscard]] double at(Eigen::Index row, Eigen::Index column) const;

    [[nodiscard]] Eigen::MatrixXd times(const Eigen::MatrixXd& right) const;
    [[nodiscard]] Eigen::MatrixXd transposed_times(const Eigen::MatrixXd& right) const;
    [[nodiscard]] Eigen::VectorXd row_sums() const;
    [[nodiscard]] Eigen::VectorXd column_sums() const;

    /// Each column times a factor; a column of factor 0 becomes zero.
    void scale_columns(const Eigen::VectorXd& factors);
    void scale_rows(const Eigen::VectorXd& factors);
    /// Column k becomes the one that stood at from[k].
    void permute_columns(std::span<const Eigen::Index> from);

    /// visit(row, column, value) for each entry that is not zero, column by column.
    template <class Visit>
    void for_each(Visit&& visit) const {
        if (const auto* sparse = std::get_if<Sparse>(&values_)) {
            for (Eigen::Index j = 0; j < sparse->outerSize(); ++j) {
                for (Sparse::InnerIterator entry(*sparse, j); entry; ++entry) {
                    if (entry.value() != 0.0) {
                        visit(static_cast<Eigen::Index>(entry.row()), j, entry.value());
                    }
                }
            }
            return;
        }
        const auto& dense = std::get<Dense>(values_);
        for (Eigen::Index j = 0; j < dense.cols(); ++j) {
            for (Eigen::Index i = 0; i < dense.rows(); ++i) {
                if (const double value = dense(i, j); value != 0.0) {
                    visit(i, j, value);
                }
            }
        }
    }

private:
    std::variant<Dense, Sparse> values_;
};

} // namespace chainsim::input_output
