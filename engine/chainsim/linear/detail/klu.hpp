#pragma once

#include <klu.h>

#include <vector>

namespace chainsim::linear::detail {

/// A square sparse matrix by columns, as SuiteSparse takes it; the arrays belong to the caller.
struct ColumnsView {
    int size;
    const int* start; // [size + 1]
    const int* row;
};

/// The block triangular order of KLU and what its order within blocks would cost.
struct Outlook {
    bool regular; // every row and column can be matched to a non-zero
    double flops; // multiplications and additions of a numeric phase, estimated
    double fill;  // entries of the factors, estimated
};

/// The pattern and pivot order of a factorisation. Blocks are numbered as KLU has them: upper
/// triangular, row position[k] of the matrix is the k-th pivot row.
struct Factors {
    std::vector<int> row_of, column_of, block_start;
    std::vector<int> lower_start, lower_row; // by columns, with the unit diagonal
    std::vector<int> upper_start, upper_row; // by columns, with the pivots
};

/// KLU with its handles owned. One object serves one thread.
class Klu {
public:
    explicit Klu(const ColumnsView& matrix);
    ~Klu();
    Klu(const Klu&) = delete;
    Klu& operator=(const Klu&) = delete;
    Klu(Klu&&) = delete;
    Klu& operator=(Klu&&) = delete;

    [[nodiscard]] Outlook outlook() const;
    /// The same, counted in the factors that are there.
    [[nodiscard]] Outlook counted();
    /// With partial pivoting; false if singular to working precision or not finite.
    [[nodiscard]] bool factor(const double* values);
    /// In place; `columns` right-hand sides one after another.
    void solve(double* right, int columns = 1);
    void solve_transposed(double* right, int columns = 1);
    [[nodiscard]] Factors factors();

private:
    /// Smallest share of a column that is left in its pivot.
    [[nodiscard]] double least_pivot(const double* values) const;

    ColumnsView matrix_;
    klu_common common_{};
    klu_symbolic* symbolic_ = nullptr;
    klu_numeric* numeric_ = nullptr;
};

} // namespace chainsim::linear::detail
