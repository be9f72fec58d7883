#pragma once

#include "support/chain_builder.hpp"
#include <chainsim/portfolio/planner.hpp>

#include <memory>
#include <string>
#include <vector>

namespace chainsim::test {

/// A mill of 50 t of iron a year (100 CNY/t), which is all sold, and two projects that may be
/// built: a forge that makes 20 t of parts (300 CNY/t) of 1.25 t of iron each, and a second forge
/// of the same kind for 30 t. The iron is enough for both but for 12.5 t.
///
/// A year of the first forge is worth 20 (300 - 125) = 3,500 CNY, one of the second 5,250 CNY.
inline model::Candidates works(double capex_of_first, double capex_of_second,
                               std::vector<int> years = {2025, 2026, 2027}) {
    ChainBuilder chain("works");
    chain.process("milling", {{"ore", -1.5}, {"iron", 1.0}});
    chain.process("forging", {{"iron", -1.25}, {"parts", 1.0}});
    chain.facility("mill", "milling", 50.0);
    chain.facility("forge_1", "forging", 20.0).project = "first";
    chain.facility("forge_2", "forging", 30.0).project = "second";
    chain.market("ore", open_side(), std::nullopt);
    chain.price("ore", 10.0);
    chain.price("iron", 100.0);
    chain.price("parts", 300.0);
    for (const auto& [id, plant, capex] : {std::tuple("first", "forge_1", capex_of_first),
                                           std::tuple("second", "forge_2", capex_of_second)}) {
        model::Project project;
        project.id = id;
        project.name = {id, id};
        project.kind = "industry";
        project.facilities = {plant};
        project.main_facility = plant;
        project.start = 2026;
        model::Datum money;
        money.value = units::Quantity(capex, units::Unit::parse("CNY"));
        project.capex = money;
        chain.project(std::move(project));
    }
    return {chain.build(std::move(years)), {"first", "second"}, {}};
}

/// What a planner needs, kept together.
struct Works {
    explicit Works(model::Candidates all, const std::string& goal = "npv", double rate = 0.1)
        : candidates(std::move(all)),
          district(candidates, portfolio::choices_of(candidates, candidates.scenario), rate),
          valuer(district, portfolio::parse_goal(goal, district)) {}

    portfolio::Plan best(std::vector<portfolio::Bound> bounds = {},
                         portfolio::Operation operation = portfolio::Operation::as_run) {
        portfolio::PlanOptions options;
        options.operation = operation;
        options.seconds = 20.0;
        planner = std::make_unique<portfolio::Planner>(
            district, std::vector<const portfolio::Valuer*>{&valuer}, std::move(bounds), options);
        return planner->best({});
    }

    /// A hard bound on an indicator in a year.
    [[nodiscard]] portfolio::Bound at_most(const std::string& indicator, int year,
                                           double value) const {
        portfolio::Bound bound;
        bound.id = "cap";
        bound.indicator = indicator;
        bound.value = value;
        while (district.years()[bound.year].year != year) {
            ++bound.year;
        }
        bound.row = district.row(bound.year, indicator);
        return bound;
    }

    model::Candidates candidates;
    portfolio::District district;
    portfolio::Valuer valuer;
    std::unique_ptr<portfolio::Planner> planner;
};

} // namespace chainsim::test
