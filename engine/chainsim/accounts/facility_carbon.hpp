#pragma once

#include <chainsim/model/scenario.hpp>
#include <chainsim/system/system.hpp>

#include <vector>

namespace chainsim::accounts {

/// CO2 of a plant in a year as its enterprise reports it (企业口径): of its stacks, and of the
/// power and the heat that it takes, less what it gives where the guideline of its industry deducts
/// it.
///
/// Units   t
/// Source  GB/T 32151 by industry, and `carbon_guidelines` of the library. What is flared is that
///         of the district.
struct FacilityCarbon {
    model::Index<model::Facility> facility;
    double direct = 0.0; ///< fuels and processes
    double power = 0.0;
    double heat = 0.0;
    double total = 0.0;
};

/// Of the plants that run; empty where the library lacks a factor that they need.
[[nodiscard]] std::vector<FacilityCarbon> facility_carbon(const model::Scenario& scenario,
                                                          const system::System& system,
                                                          const system::Solution& solution);

} // namespace chainsim::accounts
