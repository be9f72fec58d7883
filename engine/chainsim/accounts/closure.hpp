#pragma once

#include <chainsim/model/scenario.hpp>
#include <chainsim/system/system.hpp>

#include <map>
#include <string>

namespace chainsim::accounts {

/// How well the solved district closes (INTERFACES, `closure`).
struct DistrictClosure {
    double balance = 0.0;  ///< worst commodity residual relative to its throughput
    double accounts = 0.0; ///< worst relative difference of two ways to one total
    double mass = 0.0;     ///< mass the recipes leave open, relative to the mass throughput
    double energy = 0.0;   ///< max(0, out - in) / in
    std::map<std::string, double>
        elements; ///< what is left open of each, relative to its throughput
    /// What is left open in t per year, by two ways: summed over the recipes, and found from what
    /// crosses the boundary.
    double mass_open_by_recipes = 0.0;
    double mass_open_at_boundary = 0.0;
    std::map<std::string, double> elements_open_by_recipes;
    std::map<std::string, double> elements_open_at_boundary;
    std::map<std::string, double> elements_through; ///< t per year that enter recipes
};

[[nodiscard]] DistrictClosure closure(const model::Scenario& scenario, const system::System& system,
                                      const system::Solution& solution);

} // namespace chainsim::accounts
