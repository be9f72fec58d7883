#pragma once

#include <chainsim/model/scenario.hpp>
#include <chainsim/system/system.hpp>

#include <cstddef>
#include <optional>
#include <vector>

namespace chainsim::accounts::detail {

/// What the energy balance needs to know of the rows of a solved year.
struct EnergyRow {
    int column = -1;         ///< of the balance; -1: no energy product
    double calorific = 0.0;  ///< tce per unit of account
    double equivalent = 0.0; ///< the same, power at its equivalent value
    bool is_power = false;
    bool is_heat = false;
    double flared_share = 0.0; ///< of what is made and bought, that which nobody took up
};

/// One flow of energy of a plant in a year.
struct EnergyFlow {
    std::size_t row = 0;
    double amount = 0.0; ///< unit of account; out of the plant positive
    bool is_primary = false;
    model::FlowKind kind = model::FlowKind::feedstock;
};

/// A plant that runs, and what it is in the balance.
struct EnergyPlant {
    int column = 0; ///< of the system
    model::Index<model::Facility> facility;
    std::optional<model::Sector> sector; ///< absent: its industry has no code
    bool above_scale = true;
    int transformation = -1; ///< position among the transformations in order; -1: it uses energy up
    /// Column of the balance that it only passes on: a substation, a filling station; else -1.
    int passes_on = -1;
    std::vector<EnergyFlow> flows;

    /// Is a flow the input of a transformation? Of power and heat, also what is burnt; of an
    /// electric boiler, the power.
    [[nodiscard]] bool is_transformed(const EnergyFlow& flow, const std::vector<EnergyRow>& rows,
                                      std::size_t product) const;
};

/// The rows and the running plants of a solved year, made ready for the balance.
struct EnergyWalk {
    EnergyWalk(const model::Scenario& scenario, const system::System& system,
               const system::Solution& solution);

    std::vector<const model::EnergyCarrier*> carriers; ///< columns of the balance, in order
    std::vector<const model::EnergyTransformation*> transformations; ///< in order
    std::vector<EnergyRow> rows;
    std::vector<EnergyPlant> plants;
};

} // namespace chainsim::accounts::detail
