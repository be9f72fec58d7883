#include "solved_accounts.hpp"
#include "support/catch.hpp"
#include "support/chain_builder.hpp"
#include "support/near.hpp"

// The accounts of small districts, worked by hand beside each.

namespace {

using namespace chainsim;
using test::Accounts;
using test::coal_and_power;
using test::coal_per_mwh;
using test::Near;

} // namespace

SCENARIO("Power that is only passed on is not made", "[accounts][chain]") {
    auto chain = coal_and_power();
    chain.energy("grid_power");
    chain.price("grid_power", 250.0);
    chain.process("plant", {{"electricity", 1.0},
                            {"electricity", -0.08, model::FlowKind::utility},
                            {"coal", -coal_per_mwh, model::FlowKind::fuel}});
    chain.process("feed_in", {{"electricity", 1.0}, {"grid_power", -1.03}});
    chain.facility("plant_1", "plant", 1000.0);
    auto& feed = chain.facility("feed_in_1", "feed_in", 500.0);
    feed.driver = model::Driver::at_capacity;
    chain.market("coal", test::open_side(), test::closed_side());
    chain.market("grid_power", test::open_side(), test::closed_side());
    chain.market("electricity", test::closed_side(), test::open_side());
    const Accounts year(chain.build());
    THEN("the plant's 1,000 MWh are made, gross of the 80 that it uses itself") {
        CHECK_THAT(year["made_electricity"], Near(1000.0, 1e-12, "MWh"));
    }
    THEN("what was fed in is sold with the rest") {
        CHECK_THAT(year["sold_electricity"], Near(1420.0, 1e-12, "MWh"));
    }
}

SCENARIO("Mines are counted by what they dig and by what they could dig", "[accounts][chain]") {
    auto chain = coal_and_power();
    chain.commodity("raw_coal").energy_product = true;
    chain.price("raw_coal", 300.0);
    chain.process("mining", {{"raw_coal", 1.0}});
    chain.facility("mine_1", "mining", 1000.0).availability = 0.7;
    chain.facility("mine_2", "mining", 500.0).retire = 2025;
    auto scenario = chain.build();
    test::make_primary(scenario, "mining", "raw_coal");
    const Accounts year(std::move(scenario));
    CHECK_THAT(year["coal_mined"], Near(700.0, 1e-12, "t"));
    CHECK_THAT(year["coal_mining_capacity"], Near(1000.0, 1e-12, "t"));
}

SCENARIO("Water is counted by the source that it is taken from", "[accounts][water]") {
    auto chain = coal_and_power();
    for (const char* id : {"river", "shaft", "fresh_water"}) {
        auto& water = chain.commodity(id);
        water.unit = units::Unit::parse("m3");
        water.phase = model::Phase::liquid;
        water.trade = model::Trade::free;
    }
    chain.commodity("fresh_water").trade = model::Trade::internal;
    chain.process("intake", {{"fresh_water", 1.0}, {"river", -1.06}});
    chain.process("drainage", {{"fresh_water", 1.0}, {"shaft", -1.1}});
    chain.process("works", {{"goods", 1.0}, {"fresh_water", -10.0}});
    chain.price("goods", 100.0);
    chain.facility("drainage_1", "drainage", 400.0).driver = model::Driver::on_demand;
    auto& intake = chain.facility("intake_1", "intake", 1000.0);
    intake.driver = model::Driver::on_demand;
    intake.priority = 6; // after the drainage
    chain.facility("works_1", "works", 90.0);
    const Accounts year(chain.build());
    CHECK_THAT(year["fresh_water"], Near(900.0, 1e-12, "m3"));
    CHECK_THAT(year["water_taken_shaft"], Near(440.0, 1e-12, "m3"));
    CHECK_THAT(year["water_taken_river"], Near(530.0, 1e-12, "m3"));
}

SCENARIO("A recipe that takes more of a commodity than it gives makes none of it",
         "[accounts][chain]") {
    auto chain = coal_and_power();
    chain.process("maker", {{"chlorine", 1.0}, {"salt", -1.6}});
    chain.process("liquefier", {{"liquid_chlorine", 1.0}, {"chlorine", -1.02}, {"chlorine", 0.02}});
    chain.price("chlorine", 200.0);
    chain.price("liquid_chlorine", 300.0);
    chain.price("salt", 100.0);
    chain.facility("maker_1", "maker", 1000.0);
    chain.facility("liquefier_1", "liquefier", 400.0);
    const Accounts year(chain.build());
    CHECK_THAT(year["made_chlorine"], Near(1000.0, 1e-12, "t"));
    // 400 t used up, what comes back counted neither way; 600 sold
    CHECK_THAT(year["local_conversion_chlorine"], Near(0.4, 1e-12));
}
