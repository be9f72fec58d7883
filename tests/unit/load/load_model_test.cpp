#include "support/catch.hpp"
#include "world.hpp"
#include <chainsim/load/load_scenario.hpp>

using namespace chainsim;
using model::Element;
using model::FlowKind;

namespace {

double fraction(const model::Commodity& commodity, Element element) {
    return commodity.composition[static_cast<std::size_t>(element)];
}

} // namespace

TEST_CASE("A commodity is read with everything that follows from its formula", "[load][model]") {
    const test::World world;
    const auto model = load::load_model(world.path("models"));
    const auto& gas = model.commodities.at("furnace_gas");
    CHECK(gas.name.zh == "电石炉气");
    CHECK(gas.unit.text() == "1000 m3");
    CHECK(gas.phase == model::Phase::gas);
    CHECK(gas.mass == 1.25);
    CHECK(fraction(gas, Element::C) == Approx(12.011 / 28.010).epsilon(1e-12));
    CHECK(gas.lhv == Approx(10.1 * 1.25).epsilon(1e-12)); // MJ/kg times t per unit
    CHECK(gas.enthalpy == gas.lhv);
    CHECK(gas.trade == model::Trade::internal);
    CHECK(gas.sink == model::Sink::flare);
    CHECK(gas.provenance.confidence == model::Confidence::known);
    CHECK(gas.provenance.source == "A handbook");
    CHECK(gas.provenance.where.line == 41);
    const auto& power = model.commodities.at("electricity");
    CHECK(power.mass == 0.0);
    CHECK(power.lhv == Approx(3.6).epsilon(1e-12)); // the energy itself
    CHECK(model.commodities.at("quicklime").mass == 1.0);
}

TEST_CASE("A recipe is read in units of account per unit of product", "[load][model]") {
    const test::World world;
    const auto model = load::load_model(world.path("models"));
    const auto& furnace = model.processes.at("carbide_furnace");
    CHECK(model.commodities[furnace.product].id == "calcium_carbide");
    const auto& power = test::flow(furnace.inputs, model, "electricity");
    CHECK(power.amount == Approx(3.25).epsilon(1e-12)); // MWh per t
    CHECK(power.kind == FlowKind::utility);
    CHECK_FALSE(power.closing);
    const auto& gas = test::flow(furnace.outputs, model, "furnace_gas");
    CHECK(gas.amount == Approx(0.34958).epsilon(1e-12)); // 1000 m3 per t
    CHECK(gas.kind == FlowKind::byproduct);
    CHECK(gas.closing);
    const auto& lime = test::flow(furnace.inputs, model, "quicklime");
    REQUIRE(lime.datum.range);
    CHECK(lime.datum.range->first == 0.87);
    CHECK(lime.datum.range->second == 0.95);
    CHECK(lime.datum.provenance.source == "A handbook");
    CHECK(furnace.driver == model::Driver::at_capacity);
}

TEST_CASE("Flows are in order of commodity ids, whatever the order of the file", "[load][model]") {
    const test::World world;
    const auto model = load::load_model(world.path("models"));
    for (const auto& process : model.processes) {
        for (const auto* flows : {&process.inputs, &process.outputs}) {
            for (std::size_t i = 1; i < flows->size(); ++i) {
                CHECK((*flows)[i - 1].commodity < (*flows)[i].commodity);
            }
        }
    }
}

TEST_CASE("Figures have their own confidence and source, or those of the record", "[load][model]") {
    const test::World world;
    world.write("models/more.yaml",
                "format: chainsim.models/1\n"
                "factors:\n"
                "  a: {value: 5 %, confidence: verified, source: \"HANDBOOK, page 3\"}\n"
                "  b:\n"
                "    path: {2020: 1 t/MWh, 2025: {value: 900 kg/MWh, confidence: assumption}}\n"
                "    interpolate: step\n"
                "    range: {2020: [0.9, 1.1]}\n"
                "    distribution: triangular\n"
                "    confidence: known\n"
                "    source: a letter\n");
    const auto model = load::load_model(world.path("models"));
    const auto& a = model.factors.at("a");
    CHECK(a.path.at(2020).in("1") == 0.05);
    CHECK(a.path.ruling(2020).provenance.source ==
          "A handbook, page 3"); // the id stands for its title
    const auto& b = model.factors.at("b").path;
    REQUIRE(b.points().size() == 2);
    CHECK(b.interpolation() == model::Interpolation::step);
    CHECK(b.at(2026).unit().text() == "t/MWh"); // all points in the unit of the first
    CHECK(b.at(2026).number() == Approx(0.9).epsilon(1e-12));
    CHECK(b.ruling(2020).provenance.confidence == model::Confidence::known);
    CHECK(b.ruling(2026).provenance.confidence == model::Confidence::assumption);
    CHECK(b.ruling(2026).provenance.source == "a letter");
    CHECK(b.ruling(2020).distribution == model::Distribution::triangular);
    CHECK_FALSE(b.ruling(2026).range);
    CHECK(b.ruling(2026).provenance.where.line == 5);
}

TEST_CASE("The order of files and records changes nothing", "[load][model]") {
    const test::World world;
    world.write("models/z.yaml", "format: chainsim.models/1\nfactors:\n"
                                 "  b: {value: 1, confidence: known, source: x}\n"
                                 "  a: {value: 2, confidence: known, source: x}\n");
    const auto one = load::load_model(world.path("models"));
    std::filesystem::rename(world.path("models/z.yaml"), world.path("models/a.yaml"));
    const auto other = load::load_model(world.path("models"));
    CHECK(one.factors.ids() == other.factors.ids());
    CHECK(one.commodities.ids() == other.commodities.ids());
    CHECK(one.processes.ids() == other.processes.ids());
}

TEST_CASE("A folder that cannot be read is told by its path", "[load][model]") {
    const test::World world;
    CHECK_THROWS_AS(load::load_model(world.path("nowhere")), IoError);
    CHECK_THROWS_AS(load::load_model(world.path("models/world.yaml")), IoError);
}

TEST_CASE("A folder inside of the models folder is read, a hidden one is not", "[load][model]") {
    const test::World world;
    const std::string factor =
        "format: chainsim.models/1\nfactors:\n  f: {value: 1, confidence: known, source: x}\n";
    world.write("models/a/b/c.yaml", factor);
    world.write("models/.git/x.yaml", factor);
    world.write("models/README.md", "not YAML");
    CHECK(load::load_model(world.path("models")).factors.size() == 1);
}

TEST_CASE("Energy per unit and per mass mean the same heating value", "[load][model]") {
    const test::World world;
    world.write("models/gas.yaml", "format: chainsim.models/1\ncommodities:\n"
                                   "  a: {name: {zh: 甲}, unit: 1000 m3, phase: gas, mass: 0.5 "
                                   "t/(1000 m3), formula: H2, lhv: 20 MJ/kg,"
                                   " trade: free, confidence: known, source: x}\n"
                                   "  b: {name: {zh: 乙}, unit: 1000 m3, phase: gas, mass: 0.5 "
                                   "t/(1000 m3), formula: H2, lhv: 10 MJ/m3,"
                                   " trade: free, confidence: known, source: x}\n");
    const auto model = load::load_model(world.path("models"));
    CHECK(model.commodities.at("a").lhv == Approx(10.0).epsilon(1e-12)); // GJ per 1000 m3
    CHECK(model.commodities.at("b").lhv == Approx(10.0).epsilon(1e-12));
    CHECK(model.commodities.at("a").name.en == "a"); // its id, where no English name is given
}
