#include "solved_accounts.hpp"
#include <chainsim/accounts/unit_water.hpp>

#include <string>
#include <utility>
#include <vector>

// A furnace makes 100 t of iron a year from ore, gives 0.4 t of slag and 0.002 t of SO2 per t, and
// lets 5 m3 of gas go to the flare (20 GJ per 1000 m3, 1 % sulphur by mass, 0.5 t per 1000 m3). A
// road maker takes 25 t of slag a year, and the rest is dumped.

using Catch::Matchers::WithinRel;
using chainsim::test::Accounts;
using chainsim::test::datum;
namespace accounts = chainsim::accounts;
namespace model = chainsim::model;
namespace test = chainsim::test;
using model::EmissionAmount;
using model::FlowKind;

namespace {

template <class Record>
model::Index<Record> find(const model::Registry<Record>& records, const std::string& id) {
    if (const auto found = records.find(id)) {
        return *found;
    }
    FAIL("there is no " << id);
    return {};
}

test::ChainBuilder furnace_and_road() {
    test::ChainBuilder chain;
    auto& slag = chain.commodity("slag");
    slag.trade = model::Trade::waste;
    slag.sink = model::Sink::dispose;
    slag.disposal_cost = datum(10.0, "CNY/t");
    slag.solid_waste = model::SolidWaste::general;
    auto& dioxide = chain.substance("sulphur_dioxide", "SO2", model::Phase::gas);
    dioxide.trade = model::Trade::free;
    dioxide.sink = model::Sink::emit;
    dioxide.pollutant = model::Pollutant::so2;
    auto& gas = chain.commodity("gas");
    gas.unit = chainsim::units::Unit::parse("1000 m3");
    gas.phase = model::Phase::gas;
    gas.mass = 0.5;
    gas.lhv = 20.0;
    gas.composition = {};
    gas.composition[static_cast<std::size_t>(model::Element::S)] = 0.01;
    gas.composition[static_cast<std::size_t>(model::Element::C)] = 0.99;
    gas.trade = model::Trade::internal;
    gas.sink = model::Sink::flare;
    chain.process("smelting", {{"ore", -1.5},
                               {"iron", 1.0},
                               {"slag", 0.4, FlowKind::waste},
                               {"sulphur_dioxide", 0.002, FlowKind::emission},
                               {"gas", 0.005, FlowKind::byproduct}});
    chain.process("paving", {{"slag", -0.5}, {"gravel", 1.0}});
    chain.facility("furnace", "smelting", 100.0);
    chain.facility("road", "paving", 50.0);
    chain.market("ore", test::open_side(), test::closed_side());
    chain.market("slag", test::closed_side(), test::closed_side());
    for (const char* traded : {"ore", "iron", "gravel"}) {
        chain.price(traded, 100.0);
    }
    return chain;
}

EmissionAmount figure(double value, const std::string& unit, double in_tonnes) {
    return {EmissionAmount::Way::figure, in_tonnes, datum(value, unit)};
}

model::EmissionLevel level(const std::string& id, int from, EmissionAmount so2, double nox) {
    model::EmissionLevel one;
    one.id = id;
    one.from = from;
    one.amounts[0] = std::move(so2);
    one.amounts[1] = figure(nox, "kg/t", nox / 1000.0);
    one.amounts[2] = figure(0.0, "kg/t", 0.0);
    one.amounts[3] = figure(0.0, "kg/t", 0.0);
    return one;
}

/// Smelting: 0.5 kg of NOx per t, and 0.2 from 2028 on, of new plants from 2024 on; SO2 as the
/// recipe. Flares: SO2 of their sulphur, 0.03 kg of NOx per GJ.
model::Scenario with_factors(const test::ChainBuilder& chain) {
    auto scenario = chain.build();
    model::EmissionFactor smelting;
    smelting.id = "smelting";
    smelting.processes = {find(scenario.model.processes, "smelting")};
    smelting.levels = {level("special", 2015, {EmissionAmount::Way::recipe, 0.0, {}}, 0.5),
                       level("ultra_low", 2028, {EmissionAmount::Way::recipe, 0.0, {}}, 0.2)};
    smelting.levels[1].new_from = 2024;
    model::EmissionFactor paving;
    paving.id = "paving";
    paving.processes = {find(scenario.model.processes, "paving")};
    paving.none = "cold";
    model::EmissionFactor flares;
    flares.id = "flares";
    flares.flares = true;
    flares.levels = {level("burnt", 2015, {EmissionAmount::Way::sulphur, 0.0, {}}, 0.03)};
    std::vector<model::EmissionFactor> all{smelting, paving, flares};
    scenario.model.emission_factors = model::Registry(std::move(all));
    return scenario;
}

} // namespace

TEST_CASE("Pollutants count by factor, by recipe and by what is flared", "[accounts]") {
    const Accounts accounts(with_factors(furnace_and_road()));
    const double flared = 100.0 * 0.005; // 1000 m3
    CHECK_THAT(accounts["nox"], WithinRel(100.0 * 0.0005 + flared * 20.0 * 0.00003, 1e-12));
    // 64.0638 / 32.065 t of SO2 per t of sulphur
    CHECK_THAT(accounts["so2"],
               WithinRel(100.0 * 0.002 + flared * 0.5 * 0.01 * 64.0638 / 32.065, 1e-12));
    CHECK(accounts["pm"] == 0.0);
}

TEST_CASE("A factor per unit of what is taken follows what is taken", "[accounts]") {
    auto scenario = with_factors(furnace_and_road());
    auto& factors = scenario.model.emission_factors;
    factors[find(factors, "smelting")].per = scenario.model.commodities.find("ore");
    const Accounts accounts(std::move(scenario));
    CHECK_THAT(accounts["nox"], WithinRel(150.0 * 0.0005 + 0.5 * 20.0 * 0.00003, 1e-12));
}

TEST_CASE("New plants keep a level earlier than plants that stand", "[accounts]") {
    const auto scenario = with_factors(furnace_and_road());
    const auto& factor = scenario.model.emission_factors.at("smelting");
    CHECK(factor.level_in(2010, std::nullopt).id == "special"); // nothing older is known
    CHECK(factor.level_in(2027, std::nullopt).id == "special");
    CHECK(factor.level_in(2027, 2023).id == "special");
    CHECK(factor.level_in(2027, 2024).id == "ultra_low");
    CHECK(factor.level_in(2028, std::nullopt).id == "ultra_low");
}

TEST_CASE("Without factors there are no pollutants, and without waste no waste", "[accounts]") {
    const Accounts accounts(test::coal_and_power().build());
    for (const char* id : {"so2", "nox", "pm", "voc", "solid_waste", "hazardous_waste"}) {
        CHECK_FALSE(accounts.find(id));
    }
}

TEST_CASE("Solid waste is what plants give, and used is what plants take", "[accounts]") {
    const Accounts accounts(furnace_and_road().build());
    CHECK_THAT(accounts["solid_waste"], WithinRel(40.0, 1e-12));
    CHECK_THAT(accounts["solid_waste_used"], WithinRel(25.0, 1e-12));
    CHECK_THAT(accounts["solid_waste_use_rate"], WithinRel(25.0 / 40.0, 1e-12));
    CHECK_FALSE(accounts.find("hazardous_waste"));
}

TEST_CASE("A plant that prepares waste generates none", "[accounts]") {
    auto chain = furnace_and_road();
    auto& dry = chain.commodity("dry_slag");
    dry.trade = model::Trade::waste;
    dry.sink = model::Sink::dispose;
    dry.disposal_cost = datum(10.0, "CNY/t");
    dry.solid_waste = model::SolidWaste::general;
    chain.market("dry_slag", test::closed_side(), test::closed_side());
    auto& drying = chain.process("drying", {{"slag", -1.25}, {"dry_slag", 1.0}});
    drying.driver = model::Driver::on_supply;
    chain.process("paving", {{"dry_slag", -0.4}, {"gravel", 1.0}});
    chain.facility("drier", "drying", 100.0);
    auto scenario = chain.build();
    auto& process = scenario.model.processes[find(scenario.model.processes, "drying")];
    process.driving_feed = scenario.model.commodities.find("slag");
    const Accounts accounts(std::move(scenario));
    // 40 t of slag become 32 t that is dry: 20 t of it are paved with and 12 t dumped.
    CHECK_THAT(accounts["solid_waste"], WithinRel(40.0, 1e-12));
    CHECK_THAT(accounts["solid_waste_used"], WithinRel(28.0, 1e-12));
}

TEST_CASE("Water consumed is what is withdrawn less what is discharged", "[accounts]") {
    test::ChainBuilder chain;
    for (const char* id : {"river", "effluent"}) {
        auto& water = chain.substance(id, "H2O", model::Phase::liquid);
        water.unit = chainsim::units::Unit::parse("m3");
        water.trade = id == std::string("river") ? model::Trade::free : model::Trade::internal;
        water.mass = 1.0;
    }
    chain.commodity("effluent").sink = model::Sink::emit;
    chain.commodity("effluent").returned_water = true;
    chain.process("dyeing", {{"river", -5.0}, {"cloth", 1.0}, {"effluent", 3.0, FlowKind::waste}});
    chain.facility("mill", "dyeing", 10.0);
    chain.price("cloth", 100.0);
    const Accounts accounts(chain.build());
    CHECK_THAT(accounts["water_withdrawn"], WithinRel(50.0, 1e-12));
    CHECK_THAT(accounts["water_returned"], WithinRel(30.0, 1e-12));
    CHECK_THAT(accounts["water_consumed"], WithinRel(20.0, 1e-12));
}

TEST_CASE("Every total of waste and water is reached by a second way", "[accounts]") {
    const Accounts accounts(with_factors(furnace_and_road()));
    const auto& indicators = accounts.system.indicators;
    const auto values = indicators.values(accounts.system.equations, accounts.solution);
    bool is_there = false;
    for (const auto& agreement : indicators.agreements) {
        CAPTURE(agreement.what);
        CHECK_THAT(values[agreement.one], WithinRel(values[agreement.other], 1e-12));
        is_there = is_there || agreement.what == "solid_waste";
    }
    CHECK(is_there);
}

TEST_CASE("Water of a plant is counted with the works that serve it", "[accounts]") {
    // 1 t of cloth takes 2 m3 of water and 100 m3 of cooling water, made up with 0.02 m3 each.
    test::ChainBuilder chain;
    for (const char* id : {"water", "cooling"}) {
        auto& one = chain.commodity(id);
        one.unit = chainsim::units::Unit::parse("m3");
        one.trade = model::Trade::internal;
        chain.price(id, 1.0);
    }
    chain.process("dyeing", {{"wool", -1.0},
                             {"water", -2.0, FlowKind::utility},
                             {"cooling", -100.0, FlowKind::utility},
                             {"cloth", 1.0}});
    chain.process("tower", {{"water", -0.02}, {"cooling", 1.0}}).driver = model::Driver::on_demand;
    chain.facility("mill", "dyeing", 10.0);
    chain.facility("towers", "tower", 1e6);
    chain.market("water", test::open_side(), test::closed_side());
    chain.market("wool", test::open_side(), test::closed_side());
    chain.price("wool", 10.0);
    chain.price("cloth", 100.0);
    auto scenario = chain.build();
    const auto& commodities = scenario.model.commodities;
    model::WaterQuota quota;
    quota.id = "cloth";
    quota.unit = chainsim::units::Unit::parse("m3/t");
    quota.plants.makers = {find(scenario.model.processes, "dyeing")};
    quota.plants.steps = {
        {find(commodities, "cooling"), false, {find(scenario.model.processes, "tower")}}};
    quota.plants.products = {{find(commodities, "cloth"), 1.0}};
    quota.waters = {{find(commodities, "water"), 1.0}};
    scenario.model.water_quotas = model::Registry(std::vector{quota});
    const Accounts accounts(std::move(scenario));
    const auto waters =
        accounts::unit_waters(accounts.scenario, accounts.system, accounts.solution);
    REQUIRE(waters.size() == 1);
    CHECK_THAT(waters.front().value, WithinRel(2.0 + 100.0 * 0.02, 1e-12));
}
