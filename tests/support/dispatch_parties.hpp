#pragma once

#include <chainsim/system/equations.hpp>

#include <vector>

namespace chainsim::test {

/// A facility at a commodity.
struct Party {
    int column = 0;
    int entry = 0;
    double amount = 0.0; ///< above zero: a maker
    int priority = 0;
    bool own = false; ///< the driving feed of one on supply; the product of one on demand
};

/// All facilities at each commodity.
[[nodiscard]] std::vector<std::vector<Party>> parties_by_row(const system::Equations& equations);

} // namespace chainsim::test
