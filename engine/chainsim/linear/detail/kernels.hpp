#pragma once

// What the loops over lanes need, as plain pointers: the kernel files are compiled for each
// instruction set and include nothing that defines a function (cmake/ChainsimLibrary.cmake).

namespace chainsim::linear::detail {

/// The matrix with rows and columns in the order of the work, row by row: in each row the entries
/// in columns of earlier blocks, from `inside` those of its own block, and the diagonal last.
struct RowsView {
    int size;
    int blocks;
    const int* block_start; // [blocks + 1]
    const int* row_start;   // [size + 1]
    const int* inside;      // [size] first entry in a column of the own block
    const int* off_end;     // [size] end of the entries off the diagonal
    const int* column;      // [entries]
};

/// The pattern of the factors of the blocks, row by row, columns ascending: lower without its unit
/// diagonal, upper without the pivots.
struct FactorView {
    const int* lower_start;
    const int* lower_column;
    const int* lower_partner; // entry (column, row) of upper, which meets it in the pivot, or -1
    const int* upper_start;
    const int* upper_column;
};

/// Numbers of the factors: one lane each (`Numbers::lanes`) or one for all (`Numbers::shared`).
struct FactorNumbers {
    double* lower;
    double* upper;
    double* inverse_pivot; // [size]
    double* growth;        // [8] largest of the sum of what made a pivot over the pivot
    double* work;          // [size]
};

/// How the matrix's values are stored, and how many right-hand sides travel together: `lanes` is
/// value[entry * 8 + lane] and 8 vectors; the others are value[entry] and 8 or 32 vectors.
enum class Numbers { lanes, shared, shared_wide };

/// Input and output of an iteration; all vectors are [row * width + lane] in the order of the work.
struct SweepJob {
    const double* values;
    const double* right;
    double* unknown;  // the start, then the solution
    double* base;     // scratch [size * width]
    double* inverse;  // scratch [size * width]
    double* active;   // [width] in: 1 for lanes to work on, 0 for lanes to leave
    double* open;     // [width] out: 1 where a block was left before it stood still
    double tolerance; // stands still when no unknown changes by more than this, relative
    int most_passes;  // of one block
    int passes;       // out: largest number of one block
};

struct CertifyJob {
    const double* values;
    const double* right;
    const double* unknown;
    double* residual;  // out [size * width]
    double* magnitude; // scratch [size * width], of the transposed with `whole` only
    double* error;     // out [width] componentwise backward error, not a number if any is not
    /// If not, a bound of the error at half the cost: |right| and the product of the diagonal stand
    /// for all of |right| + |A| |x|.
    bool whole;
};

struct ScoreJob {
    int entries;
    const int* column;     // of each entry
    const double* weight;  // of each entry
    const double* values;  // [entry * 8 + lane]
    const double* unknown; // [column * 8 + lane]
    double* score;         // out [8]
};

#define CHAINSIM_LINEAR_KERNELS(isa)                                                               \
    namespace isa {                                                                                \
    void sweep(const RowsView& rows, Numbers numbers, SweepJob& job);                              \
    void sweep_transposed(const RowsView& rows, Numbers numbers, SweepJob& job);                   \
    void certify(const RowsView& rows, Numbers numbers, const CertifyJob& job);                    \
    void certify_transposed(const RowsView& rows, Numbers numbers, const CertifyJob& job);         \
    void factor(const RowsView& rows, const FactorView& pattern, const double* values,             \
                const FactorNumbers& factors);                                                     \
    void solve(const RowsView& rows, const FactorView& pattern, Numbers numbers,                   \
               const double* values, const FactorNumbers& factors, const double* right,            \
               double* unknown);                                                                   \
    void solve_transposed(const RowsView& rows, const FactorView& pattern, Numbers numbers,        \
                          const double* values, const FactorNumbers& factors, double* unknown);    \
    void gather(int rows, const int* places, Numbers numbers, const double* from, double* to);     \
    void scatter(int rows, const int* places, Numbers numbers, const double* from, double* to);    \
    void score(const ScoreJob& job);                                                               \
    void weigh(int rows, const double* weight, Numbers numbers, const double* unknown,             \
               double* sum);                                                                       \
    }

CHAINSIM_LINEAR_KERNELS(baseline)
#if defined(__x86_64__)
CHAINSIM_LINEAR_KERNELS(avx2)
CHAINSIM_LINEAR_KERNELS(avx512)
#endif
#undef CHAINSIM_LINEAR_KERNELS

} // namespace chainsim::linear::detail
