#pragma once

#include <chainsim/model/scenario.hpp>
#include <chainsim/system/solution.hpp>

#include <vector>

namespace chainsim::analysis {

/// What a project changes in the accounts of its district: with it, less without it.
///
/// Units  tce, CNY at base-year prices, t, per year; NaN where the year does not have the account.
struct Pull {
    model::Index<model::Project> project;
    system::Outcome outcome = system::Outcome::solved; ///< of the district without it
    double energy = 0.0;                               ///< equivalent value
    double feedstock = 0.0;                            ///< raw material, of it
    double non_fossil = 0.0;                           ///< deducted as such, of it
    double controlled = 0.0;
    double value_added = 0.0; ///< of all plants, the others' gain or loss included
    double co2 = 0.0;         ///< of energy, as assessed
    /// What the plants that it replaces took and brought in its stead: `energy` and so on are the
    /// increment, new less replaced.
    double replaced_energy = 0.0;
    bool rebuilds = false; ///< it also rebuilds plants, which are left as rebuilt here
};

/// The district as it is, and what each of its projects changes.
struct Pulls {
    system::Outcome outcome = system::Outcome::solved; ///< else there is nothing more
    double controlled = 0.0;                           ///< tce, of the district
    double co2 = 0.0;                                  ///< t, of energy as assessed
    std::vector<Pull> projects;
};

/// Every project that runs in a year taken away in turn, the plants that it replaces back in their
/// place, and the district solved again: so a project counts with all that it makes others do, its
/// lime, steam and sewage included. Infrastructure is left out: it is there for the others, and
/// would be charged with all that they take.
///
/// Cost    One compilation, and a solution per project.
/// Errors  ContractError if the district has no solution with all of them.
[[nodiscard]] Pulls district_pulls(const model::Scenario& scenario, int year);
[[nodiscard]] std::vector<Pull> pulls(const model::Scenario& scenario, int year);

} // namespace chainsim::analysis
