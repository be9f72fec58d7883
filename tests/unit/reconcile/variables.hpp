#pragma once

#include <chainsim/reconcile/problem.hpp>

#include <string>

namespace chainsim::test {

inline reconcile::Variable measured(const std::string& id, double value, double sigma) {
    reconcile::Variable one;
    one.id = id;
    one.measured = value;
    one.sigma = sigma;
    return one;
}

inline reconcile::Variable unmeasured(const std::string& id, double start = 1.0) {
    reconcile::Variable one;
    one.id = id;
    one.start = start;
    return one;
}

} // namespace chainsim::test
