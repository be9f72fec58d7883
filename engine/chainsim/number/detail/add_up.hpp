#pragma once

namespace chainsim::number::detail {

/// sums[k] = sum over t in [begin[k], begin[k+1]) of cells[weight[t]] * amounts[column[t]], for
/// eight draws at once.
/// Defined for each instruction set that the build compiles for.
namespace baseline {
void add_up(int forms, const int* begin, const int* weight, const int* column, const double* cells,
            const double* amounts, double* sums);
}
namespace avx2 {
void add_up(int forms, const int* begin, const int* weight, const int* column, const double* cells,
            const double* amounts, double* sums);
}
namespace avx512 {
void add_up(int forms, const int* begin, const int* weight, const int* column, const double* cells,
            const double* amounts, double* sums);
}

} // namespace chainsim::number::detail
