#include "solved_accounts.hpp"
#include "support/catch.hpp"
#include "support/chain_builder.hpp"
#include "support/near.hpp"
#include <chainsim/accounts/closure.hpp>

#include <string>

// The accounts of small districts, worked by hand beside each.

namespace {

using namespace chainsim;
using test::Accounts;
using test::ChainBuilder;
using test::coal_and_power;
using test::Near;

} // namespace

SCENARIO("A gas that is flared is consumed, and its carbon is CO2 of fuel", "[accounts][carbon]") {
    auto chain = coal_and_power();
    auto& gas = chain.commodity("gas");
    gas.energy_product = true;
    gas.standard_coal = test::datum(600.0, "kgce/t");
    gas.trade = model::Trade::internal;
    gas.sink = model::Sink::flare;
    chain.process("oven", {{"coke", 1.0}, {"gas", 0.2}, {"coal", -1.4}});
    chain.price("coke", 2000.0);
    chain.facility("oven_1", "oven", 1000.0);
    chain.market("coal", test::open_side(), test::closed_side());
    const Accounts year(chain.build());
    THEN("1,400 t of coal at 0.7 tce are consumed: coke is no energy product here") {
        CHECK_THAT(year["energy_total_calorific"], Near(980.0, 1e-9, "tce"));
    }
    THEN("200 t of gas, all carbon here, leave 733 t of CO2") {
        CHECK_THAT(year["co2_fuel"], Near(200.0 * 44.0095 / 12.0107, 1e-9, "t"));
    }
    THEN("none of the gas is converted in the district") {
        CHECK(year["local_conversion_gas"] == 0.0);
    }
}

SCENARIO("What a recipe releases beyond the carbon of its fuel is CO2 of the process",
         "[accounts][carbon]") {
    auto chain = coal_and_power();
    chain.process("kiln", {{"lime", 1.0},
                           {"coal", -0.1, model::FlowKind::fuel},
                           {"carbon_dioxide", 1.0, model::FlowKind::emission}});
    chain.price("lime", 300.0);
    chain.facility("kiln_1", "kiln", 100.0);
    chain.market("coal", test::open_side(), test::closed_side());
    const Accounts year(chain.build());
    const double fuel = 100.0 * 0.1 * 0.6 * 44.0095 / 12.0107;
    CHECK_THAT(year["co2_fuel"], Near(fuel, 1e-9, "t"));
    CHECK_THAT(year["co2_process"], Near(100.0 - fuel, 1e-9, "t"));
}

namespace {

/// A furnace that makes 0.4 t of gas, all carbon here, per t of carbide from 1 t of coke.
ChainBuilder carbide_furnace(bool process_carbon) {
    auto chain = coal_and_power();
    auto& gas = chain.commodity("furnace_gas");
    gas.energy_product = true;
    gas.standard_coal = test::datum(350.0, "kgce/t");
    gas.trade = model::Trade::internal;
    gas.sink = model::Sink::flare;
    gas.process_carbon = process_carbon;
    chain.process("furnace", {{"carbide", 1.0}, {"furnace_gas", 0.4}, {"coke", -1.0}});
    chain.price("carbide", 3000.0);
    chain.price("coke", 1500.0);
    chain.facility("furnace_1", "furnace", 1000.0);
    return chain;
}

} // namespace

SCENARIO("The carbon of a process stays CO2 of processes where its gas is burnt or flared",
         "[accounts][carbon]") {
    constexpr double all = 400.0 * 44.0095 / 12.0107; // t CO2 of 400 t of gas
    GIVEN("a boiler that burns 300 of the 400 t, and a flare for the rest") {
        for (const bool process_carbon : {true, false}) {
            auto chain = carbide_furnace(process_carbon);
            chain.process("boiler",
                          {{"heat", 10.0},
                           {"furnace_gas", -1.0, model::FlowKind::fuel},
                           {"carbon_dioxide", 44.0095 / 12.0107, model::FlowKind::emission}});
            chain.price("heat", 1.0);
            chain.facility("boiler_1", "boiler", 3000.0);
            const Accounts year(chain.build());
            THEN("all of it is CO2 of processes if the gas says so, and of fuels if not: " +
                 std::string(process_carbon ? "process" : "fuel")) {
                CHECK_THAT(year["co2_process"], Near(process_carbon ? all : 0.0, 1e-9, "t", 1e-9));
                CHECK_THAT(year["co2_fuel"], Near(process_carbon ? 0.0 : all, 1e-9, "t", 1e-9));
                CHECK_THAT(year["co2_total"], Near(all, 1e-9, "t"));
            }
        }
    }
    GIVEN("a boiler that burns it together with coal") {
        auto chain = carbide_furnace(true);
        chain.process("boiler",
                      {{"heat", 10.0},
                       {"furnace_gas", -1.0, model::FlowKind::fuel},
                       {"coal", -1.0, model::FlowKind::fuel},
                       {"carbon_dioxide", 1.6 * 44.0095 / 12.0107, model::FlowKind::emission}});
        chain.price("heat", 1.0);
        chain.facility("boiler_1", "boiler", 4000.0);
        chain.market("coal", test::open_side(), test::closed_side());
        const Accounts year(chain.build());
        THEN("only the 60 % carbon of the coal is CO2 of fuels") {
            CHECK_THAT(year["co2_fuel"], Near(400.0 * 0.6 * 44.0095 / 12.0107, 1e-9, "t"));
            CHECK_THAT(year["co2_process"], Near(all, 1e-9, "t"));
        }
    }
}

SCENARIO("Fuel delivered within the district is burnt there", "[accounts][carbon]") {
    auto chain = coal_and_power();
    auto& gas = chain.commodity("gas");
    gas.energy_product = true;
    gas.standard_coal = test::datum(1500.0, "kgce/t");
    gas.delivery = model::Delivery::district;
    chain.process("station", {{"gas", 1.0}, {"pipeline_gas", -1.0}});
    chain.price("gas", 3000.0);
    chain.price("pipeline_gas", 2000.0);
    chain.facility("station_1", "station", 100.0);
    const Accounts year(chain.build());
    CHECK_THAT(year["co2_fuel"], Near(100.0 * 44.0095 / 12.0107, 1e-9, "t")); // all carbon here
    CHECK(accounts::closure(year.scenario, year.system, year.solution).accounts < 1e-12);
}
