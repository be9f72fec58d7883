#pragma once

#include <chainsim/optimise/program.hpp>

// What the files that write a portfolio program share.

namespace chainsim::portfolio {

using optimise::infinity;

/// Money in programs is counted in millions, so that costs are of the size of the other figures.
inline constexpr double million = 1e6;

} // namespace chainsim::portfolio
