#pragma once

namespace chainsim::solve::detail {

/// A small square system of rows in which much is nothing.
struct DenseLevels {
    static constexpr int most_rows = 64;

    int size = 0;           ///< at most `most_rows`
    int stride = 0;         ///< doubles of a row: a multiple of eight, more than `size`
    double* rows = nullptr; ///< 64-byte aligned, nothing behind the `size` columns; overwritten
    const double* right = nullptr;
    double* levels = nullptr;
};

/// Elimination with the largest pivot of rows that are scaled to their largest entry. False where
/// no pivot stands out from rounding: the system is singular.
/// Defined for each instruction set that the build compiles for.
namespace baseline {
bool solve_dense_levels(const DenseLevels& system);
}
namespace avx2 {
bool solve_dense_levels(const DenseLevels& system);
}
namespace avx512 {
bool solve_dense_levels(const DenseLevels& system);
}

} // namespace chainsim::solve::detail
