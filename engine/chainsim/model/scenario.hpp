#pragma once

#include <chainsim/model/actual.hpp>
#include <chainsim/model/assumption.hpp>
#include <chainsim/model/budget.hpp>
#include <chainsim/model/decisions.hpp>
#include <chainsim/model/facility.hpp>
#include <chainsim/model/improvement.hpp>
#include <chainsim/model/infrastructure.hpp>
#include <chainsim/model/ledger.hpp>
#include <chainsim/model/model.hpp>
#include <chainsim/model/plant_group.hpp>
#include <chainsim/model/policy.hpp>
#include <chainsim/model/project.hpp>
#include <chainsim/model/region.hpp>
#include <chainsim/model/target.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace chainsim::model {

/// A file that the scenario was read from, for provenance and for the run folder.
struct InputFile {
    std::string path; ///< relative to the deepest folder that holds all of them, '/' between
    std::string text;
    /// SHA-256 of what it says, which is the same for all spellings of it (input/content.hpp); of
    /// the bytes of a table.
    std::string says = {};
};

/// What is asked of the world: a region, its plants and projects, for a list of years.
struct Scenario {
    std::string id;
    Name name;
    std::vector<int> years; ///< ascending
    std::uint64_t seed = 0;
    Model model;
    Region region;
    Registry<Market> markets;
    Registry<Demand> demands;
    Registry<Facility> facilities; ///< existing ones and those of selected projects
    Registry<Project> projects;    ///< all, selected or not
    Registry<PlantGroup> groups;
    Registry<Budget> budgets;
    Registry<Substation> substations;
    Registry<FreightRoute> freight_routes;
    Registry<Policy> policies;
    Registry<Period> periods;
    Registry<LedgerSource> ledger_sources;
    Registry<LedgerRule> ledger_rules;
    Registry<Target> targets;
    Registry<Improvement> improvements;
    Registry<Assumption> assumptions;
    Registry<DecisionRules> decision_rules; ///< one, or none
    Registry<DecisionGroup> decision_groups;
    Actuals actuals;               ///< what the statistics have; none: the model alone speaks
    std::vector<InputFile> inputs; ///< in order of their paths
};

} // namespace chainsim::model
