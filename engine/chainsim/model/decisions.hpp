#pragma once

#include <chainsim/model/datum.hpp>

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace chainsim::model {

/// A size at which a project may be built instead of its own.
struct SizeStep {
    double share = 1.0; ///< of the capacities of its plants, more than 0
    double capex = 1.0; ///< share of its investment: larger works are cheaper by capacity
};

/// What may be decided, and within which means. A study has one record of them.
struct DecisionRules {
    std::string id;
    Name name;
    std::optional<Datum> discount_rate;  ///< share a year, real
    std::optional<Path> budget;          ///< of investment, CNY a year
    std::optional<int> starts_a_year;    ///< at most so many projects begin to run in one year
    double minimum_load = 0.0;           ///< share of capacity below which a new plant does not run
    std::vector<std::string> candidates; ///< projects to decide on; empty: those of industry
    std::vector<std::string> fixed;      ///< projects that stay as the scenario has them
    std::vector<std::string> closures;   ///< facilities of today that may be closed for good
    std::map<std::string, Path> penalties; ///< soft policy -> CNY per unit by which it is missed
    std::map<std::string, std::vector<SizeStep>> sizes; ///< project -> sizes beside its own
    Provenance provenance;
};

/// Projects of which only so many may, or must, be built.
struct DecisionGroup {
    std::string id;
    Name name;
    std::vector<std::string> projects;
    std::optional<int> at_least;
    std::optional<int> at_most;
    Provenance provenance;
};

} // namespace chainsim::model
