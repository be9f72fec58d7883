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
using Replay = void (*)(const Run* runs, int count, const int* a, const int* b, double* cells);

[[nodiscard]] Replay best_replay();

} // namespace chainsim::number::detail
