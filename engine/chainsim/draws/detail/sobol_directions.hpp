#pragma once

#include <cstdint>
#include <vector>

namespace chainsim::draws::detail {

/// The 32 direction numbers of each dimension, [dimension][bit of the draw], with their bits
/// reversed: as a scrambling from the first binary digit to the last wants them.
std::vector<std::uint32_t> sobol_directions(int dimensions);

} // namespace chainsim::draws::detail
