#pragma once

#include <chainsim/model/scenario.hpp>
#include <chainsim/system/system.hpp>

#include <string>
#include <vector>

namespace chainsim::accounts {

/// An amount of energy: in the physical unit of its column, and as standard coal with power at its
/// calorific and at its equivalent value.
struct EnergyAmount {
    double physical = 0.0;
    double calorific = 0.0;  ///< tce
    double equivalent = 0.0; ///< tce

    EnergyAmount& operator+=(const EnergyAmount& other) {
        physical += other.physical;
        calorific += other.calorific;
        equivalent += other.equivalent;
        return *this;
    }
    [[nodiscard]] EnergyAmount times(double factor) const {
        return {physical * factor, calorific * factor, equivalent * factor};
    }
};

/// A line of the balance.
struct EnergyLine {
    std::string id;
    model::Name name;
    int level = 0; ///< 0: one of the four parts or a result; 1: within it; 2: of which
    std::vector<EnergyAmount> by_carrier;
    EnergyAmount total; ///< without a physical amount
};

/// The regional energy balance of a year in the layout of the statistics: what is available equals
/// what transformation takes (-) and gives (+), losses and final use.
///
/// Transformation takes what becomes another energy product; what its plants burn for heat, and
/// their power and steam, is final use of industry, but for the fuel of power and heat. What plants
/// that use energy up give back of it is recovered. What the region states of the rest of its
/// economy is in the column `not_split`, its power with the power.
///
/// Source  National Bureau of Statistics, regional energy balance (地区能源平衡表).
struct EnergyBalance {
    struct Column {
        std::string id;
        model::Name name;
        std::string unit;
    };
    std::vector<Column> columns;
    std::vector<EnergyLine> lines;

    /// Errors  ContractError if there is no line of this id.
    [[nodiscard]] const EnergyLine& line(std::string_view id) const;
};

/// One addend of the bridge between the two boundaries of the statistics.
struct BridgeTerm {
    std::string id;
    model::Name name;
    double value = 0.0; ///< tce
};

/// From the enterprises above scale (规上工业综合能源消费量, calorific) to the whole society
/// (全社会能源消费总量, equivalent); the last term is the total.
struct EnergyBridge {
    std::vector<BridgeTerm> terms;
    double total = 0.0;      ///< tce: what the terms sum to
    double difference = 0.0; ///< tce: the energy total of the accounts less `total`
};

/// Comprehensive energy consumption of a plant (综合能耗).
///
/// Units   tce; media in tce as well.
/// Source  GB/T 2589-2020, clauses 5 and 6: what crosses the boundary of the plant, at calorific
///         value; media that it is given at the factors of table B.1, and less what it gives.
struct FacilityEnergy {
    model::Index<model::Facility> facility;
    double taken = 0.0;
    double given = 0.0;      ///< primary energy apart: a mine is not credited with its coal
    double flared = 0.0;     ///< of what it makes, that which nobody took up: not recovered
    double media = 0.0;      ///< media taken less media given
    double calorific = 0.0;  ///< taken - given + flared + media
    double equivalent = 0.0; ///< the same, net power at its equivalent value
};

/// All three, of one solved year. Empty columns where the models name no energy carriers.
///
/// Cost  One walk over all flows.
struct EnergyStatement {
    EnergyBalance balance;
    EnergyBridge bridge;
    std::vector<FacilityEnergy> facilities; ///< that run
};

[[nodiscard]] EnergyStatement energy_statement(const model::Scenario& scenario,
                                               const system::System& system,
                                               const system::Solution& solution);

} // namespace chainsim::accounts
