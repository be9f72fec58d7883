#pragma once

#include <chainsim/load/detail/model_reader.hpp>
#include <chainsim/load/detail/sections.hpp>
#include <chainsim/load/detail/values.hpp>
#include <chainsim/model/scenario.hpp>

#include <map>
#include <string>
#include <vector>

namespace chainsim::load::detail {

/// A facility as read, and where.
struct ReadFacility {
    model::Facility facility;
    input::Place place;
};

/// A project with the facilities that it builds.
struct ReadProject {
    model::Project project;
    input::Place place;
    std::map<std::string, input::Place> named; ///< where it names other records, by their id
    bool start_given = false;                  ///< rightly or not
    std::vector<ReadFacility> facilities;
    std::map<std::string, const input::Node*> retrofits; ///< by facility
};

/// The records of a study, read and checked one by one.
struct Study {
    model::Region region;
    model::Registry<model::Market> markets;
    model::Registry<model::Demand> demands;
    model::Registry<model::Period> periods;
    model::Registry<model::PlantGroup> groups;
    model::Registry<model::Budget> budgets;
    model::Registry<model::Substation> substations;
    model::Registry<model::FreightRoute> freight_routes;
    model::Registry<model::Policy> policies;
    model::Registry<model::Target> targets;
    model::Registry<model::Improvement> improvements;
    model::Registry<model::DecisionRules> decision_rules;
    model::Registry<model::DecisionGroup> decision_groups;
    model::Registry<model::LedgerSource> ledger_sources;
    model::Registry<model::LedgerRule> ledger_rules;
    std::vector<ReadFacility> facilities; ///< those of no project
    std::map<std::string, ReadProject> projects;
};

/// Plants of the study by id, those of projects included.
[[nodiscard]] std::map<std::string, const model::Facility*> plants_of(const Study& study);

[[nodiscard]] Study read_study(const Sections& sections, const model::Model& model,
                               const Documents& documents, const ReadingContext& context);

} // namespace chainsim::load::detail
