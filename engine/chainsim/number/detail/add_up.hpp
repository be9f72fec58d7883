#pragma once

namespace chainsim::number::detail {

/// sums[k] = sum over t in [begin[k], begin[k+1]) of cells[weight[t]] * amounts[column[t]], for
/// eight draws at once.
using AddUp = void (*)(int forms, const int* begin, const int* weight, const int* column,
                       const double* cells, const double* amounts, double* sums);

[[nodiscard]] AddUp best_add_up();

} // namespace chainsim::number::detail
