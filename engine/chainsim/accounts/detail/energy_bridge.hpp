#pragma once

#include <chainsim/accounts/detail/energy_walk.hpp>
#include <chainsim/accounts/energy_balance.hpp>

#include <vector>

namespace chainsim::accounts::detail {

/// What the region states of the energy of the rest of its economy in a year, tce and MWh.
struct RestOfEnergy {
    double calorific = 0.0;
    double equivalent = 0.0;
    double power = 0.0;            ///< MWh
    double power_calorific = 0.0;  ///< tce
    double power_equivalent = 0.0; ///< tce

    struct Use {
        double fuel = 0.0;  ///< tce
        double power = 0.0; ///< MWh
    };
    std::vector<Use> by_sector; ///< as far as it is split
    Use not_split;              ///< what the sectors leave of the whole

    RestOfEnergy(const model::Scenario& scenario, int year);
    /// Standard coal of a part of it.
    [[nodiscard]] EnergyAmount fuel_of(const Use& use) const;
    [[nodiscard]] EnergyAmount power_of(const Use& use) const;
};

[[nodiscard]] EnergyBridge energy_bridge(const EnergyWalk& walk, const RestOfEnergy& rest,
                                         const model::Scenario& scenario,
                                         const system::System& system,
                                         const system::Solution& solution);

[[nodiscard]] std::vector<FacilityEnergy> facility_energies(const EnergyWalk& walk,
                                                            const model::Scenario& scenario,
                                                            const system::System& system,
                                                            const system::Solution& solution);

/// Name of a sector as the balance prints it.
[[nodiscard]] model::Name name_of(model::Sector sector);

/// Who uses what is sold within the district of a commodity, if the models say so.
[[nodiscard]] std::optional<model::Sector> user_of(const EnergyWalk& walk, int column,
                                                   const model::Commodity& commodity);

} // namespace chainsim::accounts::detail
