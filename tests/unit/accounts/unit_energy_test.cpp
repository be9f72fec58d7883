#include "solved_accounts.hpp"
#include <chainsim/accounts/unit_energy.hpp>

#include <string>
#include <utility>
#include <vector>

// Ovens take 1.4 t of coal of 0.7 tce (980 kgce) and 30 kWh for 1 t of hot coke, which counts 900
// kgce, and give 40 m3 of gas of 0.5 kgce. Quenching takes 1.05 t of hot coke for 1 t of coke:
// dry, with 10 kWh and 1 GJ of steam at 34 kgce to show for it, or wet, with nothing.
// In the boundary: 1.05 x (980 + 0.03 x 122.9 - 20) + 0.01 x 122.9 - 34 - 900 per t of coke.

using Catch::Matchers::WithinRel;
using chainsim::model::FlowKind;
using chainsim::test::Accounts;
using chainsim::test::datum;
namespace accounts = chainsim::accounts;
namespace model = chainsim::model;
namespace test = chainsim::test;

namespace {

constexpr double power = 122.9;                             // kgce/MWh
constexpr double ovens = 980.0 + 0.03 * power - 40.0 * 0.5; // per t of hot coke, before that
constexpr double wet = 1.05 * ovens - 900.0;                // per t of coke
constexpr double dry = 1.05 * ovens + 0.01 * power - 34.0 - 900.0;

test::ChainBuilder works() {
    auto chain = test::coal_and_power();
    const auto carrier = [&](const std::string& id, double kgce, const std::string& unit) {
        auto& one = chain.commodity(id);
        one.energy_product = true;
        one.unit = chainsim::units::Unit::parse(unit);
        one.standard_coal = datum(kgce, "kgce/" + unit);
        chain.price(id, 100.0);
    };
    for (const char* coke : {"hot_coke", "coke"}) {
        carrier(coke, 900.0, "t");
    }
    carrier("gas", 0.5, "m3");
    carrier("steam", 34.0, "GJ");
    chain.commodity("steam").phase = model::Phase::energy;
    chain.process("ovens", {{"coal", -1.4},
                            {"electricity", -0.03, FlowKind::utility},
                            {"hot_coke", 1.0},
                            {"gas", 40.0, FlowKind::coproduct}});
    for (const char* quenching : {"dry", "wet"}) {
        std::vector<test::FlowSpec> flows{{"hot_coke", -1.05}, {"coke", 1.0}};
        if (quenching == std::string("dry")) {
            flows.push_back({"electricity", -0.01, FlowKind::utility});
            flows.push_back({"steam", 1.0, FlowKind::byproduct});
        }
        chain.process(quenching, flows).driver = model::Driver::on_supply;
    }
    for (const char* bought : {"coal", "electricity"}) {
        chain.market(bought, test::open_side(), test::closed_side());
    }
    chain.market("hot_coke", test::closed_side(), test::closed_side());
    return chain;
}

model::Scenario judged(const test::ChainBuilder& chain) {
    auto scenario = chain.build();
    const auto process = [&](const char* id) { return scenario.model.processes.find(id).value(); };
    const auto hot = scenario.model.commodities.find("hot_coke").value();
    for (std::uint32_t i = 0; i < scenario.facilities.size(); ++i) {
        auto& facility = scenario.facilities[model::Index<model::Facility>{i}];
        if (facility.process != process("ovens")) {
            facility.driver = model::Driver::on_supply;
            facility.driving_feed = hot;
        }
    }
    model::UnitStandard standard;
    standard.id = "coke";
    standard.unit = chainsim::units::Unit::parse("kgce/t");
    standard.plants.makers = {process("ovens")};
    standard.plants.steps = {{hot, true, {process("dry"), process("wet")}}};
    standard.plants.products = {{scenario.model.commodities.find("coke").value(), 1.0}};
    standard.electricity = datum(0.1229, "kgce/kWh");
    scenario.model.unit_standards = model::Registry<model::UnitStandard>({standard});
    return scenario;
}

std::vector<double> values(const Accounts& year) {
    std::vector<double> result;
    for (const auto& one : accounts::unit_energies(year.scenario, year.system, year.solution)) {
        result.push_back(one.value);
    }
    return result;
}

} // namespace

TEST_CASE("A plant is counted with the steps of its boundary", "[accounts][unit_energy]") {
    auto chain = works();
    chain.facility("battery", "ovens", 105.0);
    chain.facility("tower", "dry", 100.0);
    const Accounts year(judged(chain));
    const auto all = accounts::unit_energies(year.scenario, year.system, year.solution);
    REQUIRE(all.size() == 1);
    CHECK_THAT(all[0].value, WithinRel(dry, 1e-9));
    CHECK_THAT(all[0].made, WithinRel(100.0, 1e-9));
    REQUIRE(all[0].leaves_through.size() == 1);
    CHECK(year.scenario.model.processes[all[0].leaves_through[0].first].id == "dry");
    CHECK_THAT(all[0].leaves_through[0].second, WithinRel(1.0, 1e-12));
}

TEST_CASE("Works without a quenching of their own share the district's by size",
          "[accounts][unit_energy]") {
    auto chain = works();
    chain.facility("battery", "ovens", 105.0);
    chain.facility("tower", "dry", 25.0);
    chain.facility("car", "wet", 75.0);
    CHECK_THAT(values(Accounts(judged(chain))).at(0), WithinRel(0.25 * dry + 0.75 * wet, 1e-9));
}

TEST_CASE("Works with a quenching of their own are counted with it", "[accounts][unit_energy]") {
    auto chain = works();
    chain.facility("battery_a", "ovens", 105.0).owner = "A";
    chain.facility("battery_b", "ovens", 105.0).owner = "B";
    chain.facility("quench_a", "dry", 100.0).owner = "A";
    chain.facility("quench_b", "wet", 100.0).owner = "B";
    const auto both = values(Accounts(judged(chain)));
    REQUIRE(both.size() == 2);
    CHECK_THAT(both[0], WithinRel(dry, 1e-9));
    CHECK_THAT(both[1], WithinRel(wet, 1e-9));
}

TEST_CASE("Gas that is flared was not recovered", "[accounts][unit_energy]") {
    auto chain = works();
    chain.facility("battery", "ovens", 105.0);
    chain.facility("car", "wet", 100.0);
    chain.commodity("gas").sink = model::Sink::flare;
    chain.commodity("gas").trade = model::Trade::internal;
    chain.market("gas", test::closed_side(), test::open_side(2100.0, "m3/a")); // of 4200 m3
    CHECK_THAT(values(Accounts(judged(chain))).at(0), WithinRel(wet + 1.05 * 10.0, 1e-9));
}

TEST_CASE("Where feedstock is left out, neither it counts nor what is made of it",
          "[accounts][unit_energy]") {
    auto chain = works();
    chain.facility("battery", "ovens", 105.0);
    chain.facility("tower", "dry", 100.0);
    auto scenario = judged(chain);
    scenario.model.unit_standards[model::Index<model::UnitStandard>{0}].counts_feedstock = false;
    // Power in, steam out: heat is no feedstock.
    CHECK_THAT(values(Accounts(scenario)).at(0),
               WithinRel(1.05 * 0.03 * power + 0.01 * power - 34.0, 1e-9));
}

TEST_CASE("Where fuels alone count, power is only what is made", "[accounts][unit_energy]") {
    auto chain = test::coal_and_power();
    chain.process("plant", {{"coal", -0.5, FlowKind::fuel},
                            {"electricity", -0.08, FlowKind::utility},
                            {"electricity", 1.0, FlowKind::product}});
    chain.facility("unit_1", "plant", 1000.0);
    chain.market("coal", test::open_side(), test::closed_side());
    chain.market("electricity", test::closed_side(), test::open_side());
    auto scenario = chain.build();
    model::UnitStandard standard;
    standard.id = "power";
    standard.unit = chainsim::units::Unit::parse("gce/kWh");
    standard.plants.makers = {scenario.model.processes.find("plant").value()};
    standard.plants.products = {{scenario.model.commodities.find("electricity").value(), 1.0}};
    scenario.model.unit_standards = model::Registry<model::UnitStandard>({standard});
    // 350 kgce per MWh made, of which 0.92 MWh is supplied.
    CHECK_THAT(values(Accounts(scenario)).at(0), WithinRel(350.0 / 0.92, 1e-9));
}

TEST_CASE("A plant that names its standard is judged by no other", "[accounts][unit_energy]") {
    auto chain = works();
    chain.facility("battery_a", "ovens", 105.0).unit_standard = "small";
    chain.facility("battery_b", "ovens", 105.0);
    chain.facility("car", "wet", 200.0);
    auto scenario = judged(chain);
    auto small = scenario.model.unit_standards.at("coke");
    auto usual = small;
    small.id = "small";
    small.only_named = true;
    scenario.model.unit_standards = model::Registry<model::UnitStandard>({small, usual});
    const Accounts year(std::move(scenario));
    const auto all = accounts::unit_energies(year.scenario, year.system, year.solution);
    REQUIRE(all.size() == 2);
    CHECK(year.scenario.model.unit_standards[all[0].standard].id == "coke");
    CHECK(year.scenario.facilities[all[0].facility].id == "battery_b");
    CHECK(year.scenario.model.unit_standards[all[1].standard].id == "small");
    CHECK(year.scenario.facilities[all[1].facility].id == "battery_a");
}
