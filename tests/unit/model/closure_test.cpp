#include "support/catch.hpp"
#include "support/chain_builder.hpp"
#include <chainsim/model/closure.hpp>

#include <string>
#include <vector>

using namespace chainsim;
using model::Element;

namespace {

// CaO + 3 C -> CaC2 + CO, per t CaC2 (molar mass 40.078 + 2 x 12.011 = 64.100).
constexpr double carbide_mass = 64.100;
constexpr double lime = (40.078 + 15.999) / carbide_mass;
constexpr double carbon = 3.0 * 12.011 / carbide_mass;
constexpr double monoxide = (12.011 + 15.999) / carbide_mass;

/// The carbide furnace with these amounts of carbon in and CO out.
model::Scenario furnace(double carbon_in, double monoxide_out) {
    test::ChainBuilder chain;
    chain.substance("carbide", "CaC2");
    chain.substance("lime", "CaO");
    chain.substance("carbon", "C");
    chain.substance("monoxide", "CO");
    chain.process("furnace", {{"carbide", 1.0},
                              {"lime", -lime},
                              {"carbon", -carbon_in},
                              {"monoxide", monoxide_out, model::FlowKind::coproduct}});
    return chain.build();
}

std::vector<std::string> messages(const std::vector<Diagnostic>& diagnostics) {
    std::vector<std::string> result;
    for (const auto& diagnostic : diagnostics) {
        result.push_back(diagnostic.message);
    }
    return result;
}

std::vector<Diagnostic> check(const model::Scenario& scenario, const char* process) {
    return model::check_closure(scenario.model.processes.at(process), scenario.model.commodities);
}

} // namespace

TEST_CASE("A recipe by its reaction closes in mass and every element", "[model][closure]") {
    const auto scenario = furnace(carbon, monoxide);
    const auto sides = model::closure(scenario.model.processes.at("furnace"), scenario.model);
    CHECK(sides.mass_in == Approx(lime + carbon).epsilon(1e-12));
    CHECK(sides.mass_out == Approx(1.0 + monoxide).epsilon(1e-12));
    CHECK(std::abs(sides.mass_residual()) < 1e-12);
    for (const Element element : {Element::C, Element::O, Element::Ca}) {
        CHECK(std::abs(sides.element_residual(element)) < 1e-12);
    }
    CHECK(check(scenario, "furnace").empty());
}

TEST_CASE("Residuals are signed: out less in", "[model][closure]") {
    // 10 % more carbon goes in than comes out: C out/in - 1 against the larger side.
    const auto scenario = furnace(1.1 * carbon, monoxide);
    const auto sides = model::closure(scenario.model.processes.at("furnace"), scenario.model);
    CHECK(sides.element_residual(Element::C) == Approx(-0.1 / 1.1).epsilon(1e-9));
    CHECK(sides.mass_residual() ==
          Approx((1.0 + monoxide) / (lime + 1.1 * carbon) - 1.0).epsilon(1e-12));
}

TEST_CASE("A recipe that does not close is told with what may be missing", "[model][closure]") {
    const auto found = check(furnace(carbon, 0.0), "furnace");
    // All of the monoxide is missing, 0.4370 t.
    REQUIRE(found.size() == 3);
    CHECK(found[0].message ==
          "recipe 'furnace': 1.437 t go in and 1 t come out (-30.41 %; the limit is 2 %)");
    CHECK(found[0].help ==
          "0.44 t CO out may be missing; or state why under why_open: {mass: ...}");
    CHECK(found[0].field == "processes.furnace");
    CHECK(found[1].message ==
          "recipe 'furnace': 0.5621 t C go in and 0.3748 t come out (-33.33 %; the limit is 3 %)");
    CHECK(found[2].message ==
          "recipe 'furnace': 0.2496 t O go in and 0 t come out (-100.00 %; the limit is 3 %)");
}

TEST_CASE("Common species are proposed for what is missing", "[model][closure]") {
    test::ChainBuilder drying;
    drying.substance("water", "H2O");
    drying.substance("lime", "CaO");
    drying.process("drier", {{"lime", 1.0}, {"water", -0.12}});
    auto scenario = drying.build();
    auto process = scenario.model.processes.at("drier");
    process.inputs.push_back(process.outputs.front()); // the lime goes in as it comes out
    process.inputs.back().kind = model::FlowKind::feedstock;
    const auto found = model::check_closure(process, scenario.model.commodities);
    REQUIRE(!found.empty());
    CHECK(found[0].help ==
          "0.12 t water out may be missing; or state why under why_open: {mass: ...}");
}

TEST_CASE("A stated reason excuses what is open, and only that", "[model][closure]") {
    auto scenario = furnace(carbon, 0.0);
    auto process = scenario.model.processes.at("furnace");
    process.why_open = {{"mass", "the gas is burnt at the mouth"}, {"C", "the same"}};
    const auto found = messages(model::check_closure(process, scenario.model.commodities));
    CHECK(found ==
          std::vector<std::string>{
              "recipe 'furnace': 0.2496 t O go in and 0 t come out (-100.00 %; the limit is 3 %)"});
}

TEST_CASE("Energy is not made", "[model][closure]") {
    test::ChainBuilder chain;
    chain.substance("fuel", "C").lhv = 30.0;
    chain.substance("dioxide", "CO2", model::Phase::gas);
    chain.substance("oxygen", "O2", model::Phase::gas);
    chain.energy("power").lhv = 3.6;
    // 0.1 t C with 3 GJ cannot give 1 MWh of 3.6 GJ.
    chain.process("engine", {{"power", 1.0},
                             {"fuel", -0.1},
                             {"oxygen", -0.1 * 31.998 / 12.011},
                             {"dioxide", 0.1 * 44.009 / 12.011}});
    auto scenario = chain.build();
    CHECK(messages(check(scenario, "engine")) ==
          std::vector<std::string>{
              "recipe 'engine': 3 GJ go in and 3.6 GJ come out; energy is not made"});
    auto process = scenario.model.processes.at("engine");
    process.chemical_heat = 0.6; // stated heat counts as put in
    CHECK(model::check_closure(process, scenario.model.commodities).empty());
    CHECK(model::closure(process, scenario.model).energy_excess() == 0.0);
}

TEST_CASE("Sensible heat of a hot fuel counts, other reference states do not", "[model][closure]") {
    model::Commodity coke;
    coke.lhv = 28.5;
    coke.enthalpy = 30.0;
    coke.composition[static_cast<std::size_t>(Element::C)] = 1.0;
    CHECK(model::energy_content(coke) == 30.0);
    model::Commodity chloride = coke;
    chloride.composition[static_cast<std::size_t>(Element::Cl)] = 0.5;
    CHECK(model::energy_content(chloride) == 28.5);
    model::Commodity water;
    water.enthalpy = -2.44;
    CHECK(model::energy_content(water) == 0.0);
    model::Commodity peroxide;
    peroxide.enthalpy = 1.6;
    CHECK(model::energy_content(peroxide) == 0.0);
}

TEST_CASE("Traces are judged against the whole mass", "[model][closure]") {
    test::ChainBuilder chain;
    chain.substance("carbon", "C");
    chain.substance("salt", "NaCl");
    chain.process("store", {{"salt", 0.0001}, {"carbon", -1.0}});
    auto scenario = chain.build();
    auto process = scenario.model.processes.at("store");
    process.outputs.push_back(process.inputs.front());
    const auto sides = model::closure(process, scenario.model);
    CHECK(sides.is_trace(Element::Na));
    CHECK(sides.element_residual(Element::Na) == Approx(0.0001 * 22.990 / 58.44).epsilon(1e-3));
    CHECK(model::check_closure(process, scenario.model.commodities).empty());
}

TEST_CASE("An input below its stoichiometric minimum is refused, whatever excuses there are",
          "[model][closure]") {
    auto scenario = furnace(carbon, monoxide);
    auto process = scenario.model.processes.at("furnace");
    const auto index = scenario.model.commodities.find("lime").value();
    process.why_open = {{"mass", "x"}, {"Ca", "x"}, {"O", "x"}};
    process.minima.push_back(
        {{index}, std::nullopt, 1.01 * lime, "1 CaO per CaC2", {"p.yaml", 7, 3}});
    const auto found = model::check_closure(process, scenario.model.commodities);
    REQUIRE(found.size() == 1);
    CHECK(found[0].message ==
          "recipe 'furnace': takes 0.87484 of lime, below the stoichiometric minimum 0.88358");
    CHECK(found[0].help == "basis: 1 CaO per CaC2");
    CHECK(found[0].where == SourceLocation{"p.yaml", 7, 3});
    process.minima.back() = {{index}, Element::Ca, 0.62, "Ca of CaC2", {}};
    // 0.87484 t CaO hold 0.87484 x 40.078 / 56.077 = 0.62524 t Ca.
    CHECK(model::check_closure(process, scenario.model.commodities).empty());
    process.minima.back().amount = 0.63;
    CHECK(model::check_closure(process, scenario.model.commodities).size() == 1);
}

TEST_CASE("A reaction in formulas must balance", "[model][closure]") {
    auto scenario = furnace(carbon, monoxide);
    auto process = scenario.model.processes.at("furnace");
    process.reactions = {"CaO + 3 C -> CaC2 + CO", "lime and coke make carbide",
                         "CaO + 2 C -> CaC2 + CO"};
    CHECK(messages(model::check_closure(process, scenario.model.commodities)) ==
          std::vector<std::string>{
              "recipe 'furnace': the reaction 'CaO + 2 C -> CaC2 + CO' does not balance: C 1 "
              "more on the right"});
}
