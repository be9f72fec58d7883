#include "support/catch.hpp"
#include "world.hpp"
#include <chainsim/load/load_scenario.hpp>

using namespace chainsim;
using model::Confidence;

TEST_CASE("A number in place of a datum replaces figure, range and provenance", "[load][changes]") {
    const test::World world;
    const auto scenario =
        world.scenario("changes:\n  facilities:\n    kiln_a: {capacity: 150 kt/a}\n");
    const auto& capacity = scenario.facilities.at("kiln_a").capacity;
    CHECK(capacity.value.in("t/a") == 150000.0);
    CHECK_FALSE(capacity.range); // it belonged to the old figure
    CHECK(capacity.provenance.confidence == Confidence::assumption);
    CHECK(capacity.provenance.source == world.path("study/case.yaml").string());
    CHECK(capacity.provenance.where.line == 6);
    CHECK(scenario.facilities.at("kiln_a").provenance.confidence ==
          Confidence::known); // the rest is as it was
}

TEST_CASE("A change with its own confidence and source has these", "[load][changes]") {
    const test::World world;
    const auto scenario = world.scenario("changes:\n  facilities:\n    kiln_a:\n      capacity: "
                                         "{value: 150 kt/a, range: [140, 160], confidence: "
                                         "verified, source: a permit}\n");
    const auto& capacity = scenario.facilities.at("kiln_a").capacity;
    CHECK(capacity.range->second == 160.0);
    CHECK(capacity.provenance.confidence == Confidence::verified);
    CHECK(capacity.provenance.source == "a permit");
}

TEST_CASE("A change may give a record what it did not have", "[load][changes]") {
    const test::World world;
    const auto scenario =
        world.scenario("changes:\n  facilities:\n    kiln_a: {retire: 2023, priority: 2}\n");
    CHECK(scenario.facilities.at("kiln_a").retire == 2023);
    CHECK(scenario.facilities.at("kiln_a").priority == 2);
}

TEST_CASE("Facilities of projects are changed like any other", "[load][changes]") {
    const test::World world;
    const auto scenario =
        world.scenario("changes:\n  facilities:\n    furnace_b1: {capacity: 60 kt/a}\n");
    CHECK(scenario.facilities.at("furnace_b1").capacity.value.in("t/a") == 60000.0);
    const auto other = world.scenario(
        "changes:\n  projects:\n    furnace_b: {facilities: {furnace_b1: {availability: 0.8}}}\n");
    CHECK(other.facilities.at("furnace_b1").availability == 0.8);
}

TEST_CASE("Later scenarios of a chain change what earlier ones left", "[load][changes]") {
    const test::World world;
    world.write("study/first.yaml",
                "format: chainsim.scenario/1\nscenario: first\nextends: base.yaml\n"
                "changes:\n  facilities: {kiln_a: {capacity: 120 kt/a, priority: 1}}\n"
                "add:\n  demand: {quicklime: {value: 5 kt/a, confidence: known, source: x}}\n");
    world.write("study/second.yaml",
                "format: chainsim.scenario/1\nscenario: second\nextends: first.yaml\n"
                "changes:\n  facilities: {kiln_a: {capacity: 130 kt/a}}\n"
                "  demand: {quicklime: 6 kt/a}\n");
    const auto scenario = load::load_scenario(world.path("study/second.yaml"));
    CHECK(scenario.facilities.at("kiln_a").capacity.value.in("t/a") == 130000.0);
    CHECK(scenario.facilities.at("kiln_a").priority == 1);
    CHECK(scenario.demands.at("quicklime").amount.at(2025).in("t/a") == 6000.0);
}

TEST_CASE("Points of a path are merged by year", "[load][changes]") {
    const test::World world;
    world.write("study/prices.yaml",
                "format: chainsim.study/1\nfactors:\n"
                "  f: {path: {2020: 10, 2030: 20}, confidence: known, source: x}\n");
    const auto scenario =
        world.scenario("include: [prices.yaml]\nchanges:\n  factors:\n    f: {path: {2025: 30}}\n");
    const auto& path = scenario.model.factors.at("f").path;
    REQUIRE(path.points().size() == 3);
    CHECK(path.points()[1].first == 2025);
    CHECK(path.at(2025).in("1") == 30.0);
    CHECK(path.ruling(2025).provenance.confidence == Confidence::assumption);
    CHECK(path.ruling(2030).provenance.confidence == Confidence::known);
    const auto constant =
        world.scenario("include: [prices.yaml]\nchanges:\n  factors:\n    f: 7\n");
    CHECK(constant.model.factors.at("f").path.at(2030).in("1") == 7.0);
    const auto other =
        world.scenario("include: [prices.yaml]\nchanges:\n  factors:\n    f: {value: 8}\n");
    CHECK(other.model.factors.at("f").path.at(2030).in("1") == 8.0);
}

TEST_CASE("Prices and models are changed as plants are", "[load][changes]") {
    const test::World world;
    const auto scenario = world.scenario("changes:\n  prices:\n    quicklime: 500 CNY/t\n");
    const auto& price = scenario.model.prices.at("quicklime");
    CHECK(price.without_vat(2025, units::Unit::parse("t")).value() == 500.0);
    CHECK(price.path.ruling(2025).provenance.confidence == Confidence::assumption);
}

TEST_CASE("Closing flows move when a scenario changes a recipe", "[load][changes]") {
    const test::World world;
    // The kiln is given 1.85 t limestone; what carbon dioxide cannot take up is refused.
    CHECK(world.refusal("changes:\n  processes:\n    lime_kiln: {inputs: {limestone: 1.85 t/t}}\n")
              .find("recipe 'lime_kiln' cannot keep its balance") != std::string::npos);
    // Less power moves no mass.
    const auto scenario = world.scenario(
        "changes:\n  processes:\n    carbide_furnace: {inputs: {electricity: 3100 kWh/t}}\n");
    const auto& furnace = scenario.model.processes.at("carbide_furnace");
    const auto& power = test::flow(furnace.inputs, scenario.model, "electricity");
    CHECK(power.amount == Approx(3.1).epsilon(1e-12));
    CHECK(power.kind == model::FlowKind::utility); // what it is stays
    CHECK(test::flow(furnace.inputs, scenario.model, "carbon").amount == 0.56214);
}

TEST_CASE("A section that nothing has stated may be added to", "[load][changes]") {
    const test::World world;
    CHECK(world
              .scenario("add:\n  policies:\n    p: {indicator: gdp, at_least: {value: 1 亿元, "
                        "confidence: known, "
                        "source: x}}\n")
              .policies.size() == 1);
}
