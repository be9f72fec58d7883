#pragma once

#include <chainsim/draws/plan.hpp>

#include <vector>

namespace chainsim::draws::detail {

/// From independent normals to those of a group: a lower triangle with the correlation matrix as
/// its product with its transpose. With one correlation for all pairs each column has but two
/// values.
struct Mixing {
    std::vector<double> shared; ///< below the diagonal of each column, if equal
    std::vector<double> own;    ///< on the diagonal of each column, if equal
    std::vector<double> factor; ///< else row after row, up to the diagonal
};

/// For the members of a group in this order of their positions. SampleError naming the group.
[[nodiscard]] Mixing make_mixing(const Group& group, const std::vector<std::size_t>& order);

} // namespace chainsim::draws::detail
