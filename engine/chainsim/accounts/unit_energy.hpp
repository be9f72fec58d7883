#pragma once

#include <chainsim/model/scenario.hpp>
#include <chainsim/system/system.hpp>

#include <array>
#include <utility>
#include <vector>

namespace chainsim::accounts {

/// Energy that a plant takes per unit of a product, counted as the standard of that product
/// prescribes.
struct UnitEnergy {
    model::Index<model::UnitStandard> standard;
    model::Index<model::Facility> facility;
    double value = 0.0; ///< in the unit of the standard
    double made = 0.0;  ///< of the product, in its unit of account
    /// Share of the product that leaves the boundary through each process, where it is not 0.
    std::vector<std::pair<model::Index<model::Process>, double>> leaves_through;
    std::array<double, 5> confidence{}; ///< shares of what was counted, by model::Confidence
};

/// The unit energy of every plant that runs a process which a standard judges, by standard and then
/// by facility.
///
/// Where the boundary spans several processes, a plant is counted with its chain: of each step that
/// part which its throughput calls for or feeds. Commodities are district pools; of a step, the
/// plants of the same owner and project serve it if there are any, else all of them in proportion
/// to their size. What is bought, or made beyond the boundary, enters at its own factor.
///
/// Counted is all energy taken less all energy given, at the calorific factors of the commodity
/// table, power at the factor of the standard, energy media at the factors that it names. What of a
/// carrier is flared, vented or dumped in the district was not recovered, and is no energy given.
///
/// Units    as each standard states. NaN where a plant makes no product on balance.
/// Cost     standards x plants x steps; some 0.1 ms for a district of 300 plants.
/// Source   GB/T 2589-2020 clauses 5 and 6; GB/T 12723-2013 for boundaries.
[[nodiscard]] std::vector<UnitEnergy> unit_energies(const model::Scenario& scenario,
                                                    const system::System& system,
                                                    const system::Solution& solution);

} // namespace chainsim::accounts
