#pragma once

#include "support/catch.hpp"

// Figures of small dispatches, worked by hand: exact but for rounding.

namespace chainsim::test {

inline auto is(double expected) { return Catch::WithinRel(expected, 1e-12); }
inline auto is_nothing() { return Catch::WithinAbs(0.0, 1e-12); }

} // namespace chainsim::test
