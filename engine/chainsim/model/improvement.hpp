#pragma once

#include <chainsim/model/datum.hpp>

#include <string>
#include <vector>

namespace chainsim::model {

/// A saving of fuels, power and heat per unit of product that plants of some technologies make year
/// by year. It changes coefficients, and closing flows move along.
struct Improvement {
    std::string id;
    Name name;
    std::vector<std::string> processes; ///< ids
    Path saving;                        ///< share of what the recipe takes
    Provenance provenance;
};

} // namespace chainsim::model
