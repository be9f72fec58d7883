#pragma once

// Nothing is included here: the kernels are compiled once for each instruction set.

namespace chainsim::input_output::detail {

/// Part of a matrix by columns: entry (i, j) is at values[i + j * stride].
struct Part {
    double* values = nullptr;
    long stride = 0;
};

/// Rows of the left factor and columns of the right one that the kernel takes in one piece; what it
/// does to a number depends on neither.
constexpr long most_depth = 256;
constexpr long most_rows = 96;
constexpr long most_columns = 256;
/// Doubles that the kernel needs to lay both out anew (with what fills the last tile).
constexpr long workspace = (most_rows + most_columns + 64) * most_depth;

/// C -= A B, of any shape.
struct Product {
    Part c;
    Part a; ///< rows x depth
    Part b; ///< depth x columns
    long rows = 0;
    long columns = 0;
    long depth = 0;
    double* work = nullptr; ///< `workspace` doubles
};

/// A triangle of LU factors and the right-hand sides that it is solved for, in place.
struct Triangle {
    Part factors;
    Part right;
    long size = 0;
    long columns = 0;
};

/// LU factors of a whole matrix (rows already exchanged) and eight right-hand sides side by side.
struct Lanes {
    const double* factors = nullptr;
    long size = 0;
    double* unknown = nullptr; ///< size x 8, row by row
};

/// Columns first .. first + width - 1 of a matrix that is being factorised, from row `first` down.
struct Panel {
    Part matrix;
    long first = 0;
    long width = 0;
    long size = 0;         ///< rows of the matrix
    long* pivot = nullptr; ///< of each row of the matrix: the one that it changed places with
};

// One set for each instruction set.
#define CHAINSIM_DENSE_KERNELS(isa)                                                                \
    namespace isa {                                                                                \
    void subtract_product(const Product& product);                                                 \
    void solve_unit_lower(const Triangle& triangle);                                               \
    void solve_upper(const Triangle& triangle);                                                    \
    void solve_lanes(const Lanes& lanes);                                                          \
    void solve_lanes_transposed(const Lanes& lanes);                                               \
    long factor_panel(const Panel& panel);                                                         \
    }

CHAINSIM_DENSE_KERNELS(baseline)
#if defined(__x86_64__)
CHAINSIM_DENSE_KERNELS(avx2)
CHAINSIM_DENSE_KERNELS(avx512)
#endif
#undef CHAINSIM_DENSE_KERNELS

/// The kernels of one instruction set.
struct Kernels {
    void (*subtract_product)(const Product&);
    void (*solve_unit_lower)(const Triangle&);
    void (*solve_upper)(const Triangle&);
    void (*solve_lanes)(const Lanes&);
    void (*solve_lanes_transposed)(const Lanes&);
    long (*factor_panel)(const Panel&);
};

/// Those of the best set that this processor can run.
[[nodiscard]] Kernels kernels();

} // namespace chainsim::input_output::detail
