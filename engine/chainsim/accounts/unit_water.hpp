#pragma once

#include <chainsim/model/scenario.hpp>
#include <chainsim/system/system.hpp>

#include <array>
#include <vector>

namespace chainsim::accounts {

/// Water that a plant takes per unit of a product, counted as a quota prescribes.
struct UnitWater {
    model::Index<model::WaterQuota> quota;
    model::Index<model::Facility> facility;
    double value = 0.0;                 ///< in the unit of the quota
    double made = 0.0;                  ///< of the product, in its unit of account
    std::array<double, 5> confidence{}; ///< shares of what was counted, by model::Confidence
};

/// The unit water of every plant that runs a process which a quota judges, by quota and then by
/// facility. A plant is counted with what its boundary names, as in `unit_energies`.
///
/// Units    as each quota states. NaN where a plant makes no product on balance.
/// Source   GB/T 18820: water taken (取水量) per unit of product, without what is used again.
[[nodiscard]] std::vector<UnitWater> unit_waters(const model::Scenario& scenario,
                                                 const system::System& system,
                                                 const system::Solution& solution);

} // namespace chainsim::accounts
