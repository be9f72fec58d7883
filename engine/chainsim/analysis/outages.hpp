#pragma once

#include <chainsim/analysis/amount.hpp>
#include <chainsim/system/system.hpp>

#include <vector>

namespace chainsim::analysis {

/// A facility that runs less than before.
///
/// Units  of its product, per year.
struct Cut {
    model::Index<model::Facility> facility;
    double before = 0.0;
    double after = 0.0;
};

/// What the loss of one facility for a whole year does to the district.
///
/// Units  CNY and tce per year; activity as in `Cut`.
struct Outage {
    model::Index<model::Facility> facility;
    double activity = 0.0; ///< before
    system::Outcome outcome = system::Outcome::solved;
    double lost_value_added = 0.0; ///< below zero: the district earns more without it
    double lost_gdp = 0.0;         ///< the same at prices of the base year
    double energy = 0.0;           ///< change of `energy_total_equivalent`; NaN where not counted
    std::vector<Cut> stops;        ///< others that stand still; what earns most first
    std::vector<Cut> reduced;      ///< others that run at less than half; likewise
    /// More than before, beside what is no loss (emissions without value): heating value first.
    std::vector<Amount> flared;
    std::vector<Amount> bought;    ///< more than before, by cost
    std::vector<Amount> sold_less; ///< by revenue
};

/// All outages of a year.
struct Outages {
    double value_added = 0.0;     ///< with nothing off, CNY
    double gdp = 0.0;             ///< CNY
    double energy = 0.0;          ///< `energy_total_equivalent`, tce; NaN where not counted
    std::vector<Outage> ranked;   ///< by lost value added, then in order of the facilities
    std::vector<Outage> unsolved; ///< those that leave no solution: `outcome` says why
};

/// Takes each facility that runs out of service in turn, for the whole year, and solves again.
///
/// It is what a run finds with the facility's `availability: 0 %`: the plant stands, its capacity
/// is none. All others may run up to what they have; prices and markets stay.
///
/// `solution` solves the equations of `system`, which is one of accounts::compile.
///
/// Errors  ContractError if it does not.
/// Cost    one solve a facility: one system is compiled and one solver kept for all of them.
[[nodiscard]] Outages outages(const model::Scenario& scenario, system::System system,
                              const system::Solution& solution);

} // namespace chainsim::analysis
