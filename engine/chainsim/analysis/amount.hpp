#pragma once

#include <chainsim/model/scenario.hpp>

namespace chainsim::analysis {

/// So much of a commodity in a year, and what it costs or brings at the prices of that year.
///
/// Units  amount: unit of account of the commodity. value: CNY.
struct Amount {
    model::Index<model::Commodity> commodity;
    double amount = 0.0;
    double value = 0.0;
};

} // namespace chainsim::analysis
