#pragma once

#include <chainsim/number/number.hpp>

#include <optional>
#include <vector>

namespace chainsim::number {

struct MatrixEntry {
    int row = 0;
    int column = 0;
    Number value;
};

/// Solves a sparse square system by elimination whose order is chosen once, at the present values:
/// the sparsest pivot among those of at least a tenth of their column (Markowitz). What a recording
/// keeps of it is the elimination itself, so that other values are solved in that order.
///
/// Entries at one place add up. Absent if the system is singular at the present values.
/// Cost     n times the non-zeros, fill included.
[[nodiscard]] std::optional<std::vector<Number>>
eliminate(int size, const std::vector<MatrixEntry>& entries, std::vector<Number> right);

} // namespace chainsim::number
