#pragma once

#include <cstdint>

namespace chainsim::number::detail {

/// Steps of one kind whose operands are all known before the first of them: results lie one after
/// the other. `operation` is an `Operation`, by its number.
struct Run {
    std::uint8_t operation;
    int count;
    int result; ///< cell of the first
    int first;  ///< position of the operands of the first
};

/// Computes all runs for eight draws at once; a cell is eight doubles, 64-byte aligned.
/// Defined for each instruction set that the build compiles for.
namespace baseline {
void replay(const Run* runs, int count, const int* a, const int* b, double* cells);
}
namespace avx2 {
void replay(const Run* runs, int count, const int* a, const int* b, double* cells);
}
namespace avx512 {
void replay(const Run* runs, int count, const int* a, const int* b, double* cells);
}

} // namespace chainsim::number::detail
