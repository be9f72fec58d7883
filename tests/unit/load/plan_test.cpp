#include "support/catch.hpp"
#include "world.hpp"
#include <chainsim/load/load_scenario.hpp>
#include <chainsim/model/closure.hpp>

using namespace chainsim;

namespace {

/// Two ways to heat: a grate that burns 40 kg carbon per GJ, and a fluidised bed that burns 36.
const char* const boilers = R"(format: chainsim.study/1
commodities:
  oxygen: {name: {zh: 氧}, unit: t, phase: gas, formula: O2, trade: free, confidence: known, source: x}
  heat: {name: {zh: 热}, unit: GJ, phase: energy, trade: internal, sink: curtail, confidence: known, source: x}
technologies:
  boilers: {name: {zh: 锅炉, en: boilers}, product: heat}
processes:
  grate:
    name: {zh: 层燃炉}
    technology: boilers
    product: heat
    inputs:
      carbon: {value: 40 kg/GJ, role: fuel}
      oxygen: {value: 106.56 kg/GJ, role: reagent, closing: true}
    outputs:
      heat: {value: 1 GJ/GJ, kind: product}
      carbon_dioxide: {value: 146.56 kg/GJ, kind: emission, closing: true}
    confidence: known
    source: x
  fluidised_bed:
    name: {zh: 流化床}
    technology: boilers
    product: heat
    inputs:
      carbon: {value: 36 kg/GJ, role: fuel}
      oxygen: {value: 95.904 kg/GJ, role: reagent, closing: true}
    outputs:
      heat: {value: 1 GJ/GJ, kind: product}
      carbon_dioxide: {value: 131.904 kg/GJ, kind: emission, closing: true}
    confidence: known
    source: x
facilities:
  boiler_a: {process: grate, capacity: 1000 GJ/a, confidence: known, source: x}
)";

double carbon_of(const model::Scenario& scenario, int year) {
    const auto& facility = scenario.facilities.at("boiler_a");
    const auto* change = facility.override_in(year);
    const auto& inputs = change != nullptr ? change->recipe->inputs
                                           : scenario.model.processes[facility.process].inputs;
    return test::flow(inputs, scenario.model, "carbon").amount;
}

} // namespace

TEST_CASE("A plant may be rebuilt to another variant of its technology", "[load][technology]") {
    const test::World world;
    world.write("study/boilers.yaml", boilers);
    const auto scenario = world.scenario(
        "include: [boilers.yaml]\nchanges:\n  facilities:\n    boiler_a:\n      overrides:\n"
        "        - {from: 2024, process: fluidised_bed, reason: new bed}\n");
    const auto& facility = scenario.facilities.at("boiler_a");
    const auto& processes = scenario.model.processes;
    CHECK(processes[facility.process_in(2023)].id == "grate");
    CHECK(processes[facility.process_in(2024)].id == "fluidised_bed");
    CHECK(carbon_of(scenario, 2023) == Approx(0.040).epsilon(1e-12));
    CHECK(carbon_of(scenario, 2024) == Approx(0.036).epsilon(1e-12));
}

TEST_CASE("A project rebuilds a plant when it starts, and not if it is left out",
          "[load][project]") {
    const test::World world;
    world.write("study/boilers.yaml", boilers);
    const std::string project = "include: [boilers.yaml]\nadd:\n  projects:\n    new_bed:\n"
                                "      start: 2026\n      retrofits:\n"
                                "        boiler_a: {process: fluidised_bed, reason: new bed}\n";
    const auto built = world.scenario(project + "build: [new_bed]\n");
    CHECK(carbon_of(built, 2025) == Approx(0.040).epsilon(1e-12));
    CHECK(carbon_of(built, 2026) == Approx(0.036).epsilon(1e-12));
    const auto later = world.scenario(project + "build: [new_bed]\nstart: {new_bed: 2030}\n");
    CHECK(carbon_of(later, 2029) == Approx(0.040).epsilon(1e-12));
    const auto left_out = world.scenario(project + "build: []\n");
    CHECK(carbon_of(left_out, 2030) == Approx(0.040).epsilon(1e-12));
}

TEST_CASE("What plants save lowers their fuel year by year, and what it burns to",
          "[load][improvement]") {
    const test::World world;
    world.write("study/boilers.yaml", boilers);
    const auto scenario = world.scenario(
        "include: [boilers.yaml]\nyears: [2020, 2025]\nadd:\n  improvements:\n    saving:\n"
        "      technologies: [boilers]\n      saving: {path: {2020: 0 %, 2025: 5 %}}\n"
        "      confidence: assumption\n      source: x\n");
    CHECK(carbon_of(scenario, 2020) == Approx(0.040).epsilon(1e-12));
    CHECK(carbon_of(scenario, 2025) == Approx(0.038).epsilon(1e-12));
    // Years between, which this scenario does not solve, save their share as well.
    CHECK(carbon_of(scenario, 2023) == Approx(0.040 * 0.97).epsilon(1e-12));
    CHECK(carbon_of(scenario, 2035) == Approx(0.038).epsilon(1e-12));
    // 2 kg less carbon: 2 x 44.009 / 12.011 kg less carbon dioxide.
    const auto* change = scenario.facilities.at("boiler_a").override_in(2025);
    REQUIRE(change != nullptr);
    CHECK(test::flow(change->recipe->outputs, scenario.model, "carbon_dioxide").amount ==
          Approx(0.14656 - 0.002 * 44.009 / 12.011).epsilon(1e-9));
    CHECK(test::flow(change->recipe->outputs, scenario.model, "heat").amount == 1.0);
}

TEST_CASE("A rebuilt plant saves from its new recipe", "[load][improvement]") {
    const test::World world;
    world.write("study/boilers.yaml", boilers);
    const auto scenario = world.scenario(
        "include: [boilers.yaml]\nyears: [2020, 2025]\nadd:\n  improvements:\n    saving:\n"
        "      processes: [grate, fluidised_bed]\n      saving: 5 %\n"
        "      confidence: assumption\n      source: x\n"
        "changes:\n  facilities:\n    boiler_a:\n      overrides:\n"
        "        - {from: 2024, process: fluidised_bed, reason: new bed}\n");
    CHECK(carbon_of(scenario, 2023) == Approx(0.038).epsilon(1e-12));
    CHECK(carbon_of(scenario, 2024) == Approx(0.036 * 0.95).epsilon(1e-12));
}

TEST_CASE("An assumption stands once and is used where it is named", "[load][assumption]") {
    const test::World world;
    const std::string text =
        "add:\n  assumptions:\n    load:\n"
        "      {value: 80 %, range: [70, 90], confidence: estimate, source: y}\n"
        "changes:\n  facilities:\n    kiln_a: {availability: {use: load}}\n";
    const auto scenario = world.scenario(text);
    const auto& kiln = scenario.facilities.at("kiln_a");
    CHECK(kiln.availability == Approx(0.8).epsilon(1e-12));
    CHECK(kiln.availability_confidence == model::Confidence::estimate);
    CHECK(scenario.assumptions.at("load").provenance.source == "y");
    // A scenario that extends this one changes the assumption, and with it every user.
    world.write("study/more.yaml",
                "format: chainsim.scenario/1\nscenario: more\nextends: case.yaml\n"
                "changes: {assumptions: {load: 90 %}}\n");
    const auto more = load::load_scenario(world.path("study/more.yaml"));
    CHECK(more.facilities.at("kiln_a").availability == Approx(0.9).epsilon(1e-12));
}

TEST_CASE("The investment of a project falls into the years before its start", "[load][project]") {
    const test::World world;
    const auto scenario = world.scenario(
        "build: [furnace_b]\nstart: {furnace_b: 2026}\nchanges:\n  projects:\n    furnace_b:\n"
        "      schedule: [40 %, 60 %]\n      capex: 2 亿元\n      land: 300 亩\n"
        "      facilities: {furnace_b1: {ramp: [60 %, 80 %, 100 %]}}\n");
    const auto& project = scenario.projects.at("furnace_b");
    CHECK(project.investment_share(2023) == 0.0);
    CHECK(project.investment_share(2024) == Approx(0.4).epsilon(1e-12));
    CHECK(project.investment_share(2025) == Approx(0.6).epsilon(1e-12));
    CHECK(project.investment_share(2026) == 0.0);
    CHECK(project.land->value.in("m2") == Approx(300.0 * 10000.0 / 15.0).epsilon(1e-9));
    CHECK(project.status_in(2023) == model::Status::proposed);
    CHECK(project.status_in(2024) == model::Status::building);
    CHECK(project.status_in(2026) == model::Status::running);
    CHECK(project.status_in(2027) == model::Status::running);
    CHECK(project.status_in(2028) == model::Status::at_capacity);
}

TEST_CASE("A project that stands already is measured by the plants that it names",
          "[load][project]") {
    const test::World world;
    const auto scenario =
        world.scenario("add:\n  projects:\n    old_kiln: {existing: [kiln_a], status: running}\n");
    const auto& project = scenario.projects.at("old_kiln");
    CHECK(project.selected);
    CHECK(project.capacity->value.in("t/a") ==
          scenario.facilities.at("kiln_a").capacity.value.in("t/a"));
    CHECK(scenario.model.commodities[*project.product].id == "quicklime");
    CHECK(project.status_in(2030) == model::Status::running);
}
