#include "support/catch.hpp"
#include "world.hpp"
#include <chainsim/load/load_scenario.hpp>
#include <chainsim/model/closure.hpp>

using namespace chainsim;

namespace {

/// A boiler that burns carbon in oxygen; oxygen and carbon dioxide close its balance.
const char* const boiler = R"(format: chainsim.study/1
commodities:
  oxygen: {name: {zh: 氧}, unit: t, phase: gas, formula: O2, trade: free, confidence: known, source: x}
  heat: {name: {zh: 热}, unit: GJ, phase: energy, trade: internal, sink: curtail, confidence: known, source: x}
processes:
  boiler:
    name: {zh: 锅炉}
    product: heat
    inputs:
      carbon: {value: 40 kg/GJ, range: [36, 44], role: fuel}
      oxygen: {value: 106.56 kg/GJ, role: reagent, closing: true}
    outputs:
      heat: {value: 1 GJ/GJ, kind: product}
      carbon_dioxide: {value: 146.56 kg/GJ, kind: emission, closing: true}
    confidence: known
    source: x
facilities:
  boiler_a:
    process: boiler
    capacity: 1000000 GJ/a
    confidence: known
    source: x
    overrides:
      - {from: 2024, inputs: {carbon: 36 kg/GJ}, reason: economiser, source: a contract}
      - {from: 2028, inputs: {oxygen: {value: 100 kg/GJ}, carbon: 37.535 kg/GJ}, reason: measured}
)";

} // namespace

TEST_CASE("An override carries its closing flows along", "[load][override]") {
    const test::World world;
    world.write("study/boiler.yaml", boiler);
    const auto scenario = world.scenario("include: [boiler.yaml]\n");
    const auto& facility = scenario.facilities.at("boiler_a");
    REQUIRE(facility.overrides.size() == 2);
    const auto& first = facility.overrides[0];
    CHECK(first.from == 2024);
    CHECK(first.reason == "economiser");
    CHECK(first.inputs.at("carbon").provenance.source == "a contract");
    const auto& carbon = test::flow(first.recipe->inputs, scenario.model, "carbon");
    CHECK(carbon.amount == Approx(0.036).epsilon(1e-12));
    CHECK(carbon.datum.provenance.source == "a contract");
    // 4 kg less carbon takes 4 x 31.998 / 12.011 kg less oxygen and gives 4 x 44.009 / 12.011 kg
    // less CO2.
    CHECK(test::flow(first.recipe->inputs, scenario.model, "oxygen").amount ==
          Approx(0.10656 - 0.004 * 31.998 / 12.011).epsilon(1e-9));
    CHECK(test::flow(first.recipe->outputs, scenario.model, "carbon_dioxide").amount ==
          Approx(0.14656 - 0.004 * 44.009 / 12.011).epsilon(1e-9));
    CHECK(test::flow(first.recipe->outputs, scenario.model, "heat").amount == 1.0);
}

TEST_CASE("A later override starts from the one before it", "[load][override]") {
    const test::World world;
    world.write("study/boiler.yaml", boiler);
    const auto scenario = world.scenario("include: [boiler.yaml]\n");
    const auto& second = scenario.facilities.at("boiler_a").overrides[1];
    CHECK(test::flow(second.recipe->inputs, scenario.model, "oxygen").amount ==
          Approx(0.1).epsilon(1e-12));
    // 0.1 t oxygen burn 0.037537 t carbon: the CO2 follows, and C and O stay as they were.
    model::Process process = scenario.model.processes.at("boiler");
    const auto nominal = model::closure(process, scenario.model);
    process.inputs = second.recipe->inputs;
    process.outputs = second.recipe->outputs;
    const auto now = model::closure(process, scenario.model);
    for (const auto element : {model::Element::C, model::Element::O}) {
        const auto e = static_cast<std::size_t>(element);
        CHECK(now.elements_out[e] - now.elements_in[e] ==
              Approx(nominal.elements_out[e] - nominal.elements_in[e]).margin(2e-5));
    }
}

TEST_CASE("The recipe of the library is not touched by an override", "[load][override]") {
    const test::World world;
    world.write("study/boiler.yaml", boiler);
    const auto scenario = world.scenario("include: [boiler.yaml]\n");
    CHECK(
        test::flow(scenario.model.processes.at("boiler").inputs, scenario.model, "carbon").amount ==
        Approx(0.04).epsilon(1e-12));
}
