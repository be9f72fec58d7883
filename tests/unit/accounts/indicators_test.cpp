#include "solved_accounts.hpp"
#include "support/catch.hpp"
#include "support/chain_builder.hpp"
#include "support/near.hpp"
#include <chainsim/accounts/closure.hpp>

#include <algorithm>
#include <string>
#include <utility>

// The accounts of small districts, worked by hand beside each.

namespace {

using namespace chainsim;
using test::Accounts;
using test::coal_and_power;
using test::factor;
using test::Near;

} // namespace

SCENARIO("A total says whether it covers more than the modelled plants", "[accounts]") {
    const auto name_of = [](const Accounts& year, const std::string& id) {
        const auto& info = year.system.indicators.info;
        const auto found =
            std::find_if(info.begin(), info.end(), [&](const auto& one) { return one.id == id; });
        REQUIRE(found != info.end());
        return found->name;
    };
    auto chain = coal_and_power();
    chain.process("mill", {{"flour", 1.0}, {"fresh_water", -2.0, model::FlowKind::utility}});
    chain.process("works", {{"fresh_water", 1.0}, {"river", -1.0}});
    chain.price("flour", 1000.0);
    chain.price("fresh_water", 1.0);
    chain.facility("mill_1", "mill", 100.0);
    chain.facility("works_1", "works", 1000.0).driver = model::Driver::on_demand;
    chain.market("fresh_water", test::closed_side(), test::closed_side());
    WHEN("the region says nothing of the rest") {
        const Accounts year(chain.build());
        CHECK_THAT(year["fresh_water"], Near(200.0, 1e-9));
        CHECK(name_of(year, "fresh_water").zh == "新鲜水用量(仅模型内企业)");
        CHECK(name_of(year, "co2_total").en == "CO2, total (modelled plants only)");
    }
    WHEN("the region states what lies outside") {
        auto scenario = chain.build();
        auto& rest = scenario.region.rest_of_economy;
        rest.emplace("fresh_water", model::Path(test::datum(1000.0, "m3/a")));
        rest.emplace("co2", model::Path(test::datum(50.0, "t/a")));
        const Accounts year(std::move(scenario));
        CHECK_THAT(year["fresh_water"], Near(1200.0, 1e-9));
        CHECK_THAT(year["co2_total"], Near(50.0, 1e-9, "t"));
        CHECK(name_of(year, "fresh_water").zh == "新鲜水用量");
        CHECK(name_of(year, "co2_total").en == "CO2, total");
        CHECK(accounts::closure(year.scenario, year.system, year.solution).accounts < 1e-12);
    }
}

SCENARIO("GDP of the base year is value added and the rest", "[accounts][money]") {
    auto chain = coal_and_power();
    chain.process("plant", {{"electricity", 1.0}, {"coal", -0.5, model::FlowKind::fuel}});
    chain.facility("plant_1", "plant", 1000.0);
    auto sell = test::open_side();
    sell.price = model::Path(test::datum(250.0, "CNY/MWh")); // the market's own price
    chain.market("electricity", test::closed_side(), sell);
    chain.market("coal", test::open_side(), test::closed_side());
    auto scenario = chain.build();
    scenario.region.base_year = 2025;
    scenario.region.rest_of_economy.emplace("gdp", model::Path(test::datum(1e6, "CNY/a")));
    const Accounts year(std::move(scenario));
    CHECK_THAT(year["value_added"], Near(1000.0 * 250.0 - 500.0 * 500.0, 1e-9, "CNY", 1e-6));
    CHECK_THAT(year["gdp"], Near(1e6 + year["value_added"], 1e-12, "CNY"));
}

SCENARIO("A total that lacks its factor is left out, never counted as zero", "[accounts]") {
    auto chain = coal_and_power();
    chain.process("mill", {{"flour", 1.0}, {"electricity", -2.0, model::FlowKind::utility}});
    chain.price("flour", 1000.0);
    chain.facility("mill_1", "mill", 1000.0);
    chain.market("electricity", test::open_side(), test::closed_side());
    const Accounts year(chain.build(), {factor("unrelated", 1.0, "1")});
    CHECK(year.find("energy_total_calorific").has_value());
    CHECK_FALSE(year.find("energy_total_equivalent").has_value());
    CHECK_FALSE(year.find("co2_power").has_value());
    CHECK_FALSE(year.find("co2_total").has_value());
}

SCENARIO("A district and a recipe count the same energy in a commodity", "[accounts][closure]") {
    auto chain = coal_and_power();
    chain.commodity("coal").lhv = 20.0;
    auto& salt = chain.substance("salt", "NaCl");
    salt.enthalpy = 30.0; // of another reference state, and no heat that is carried on
    chain.process("works", {{"salt", 1.0}, {"coal", -1.0}});
    chain.price("salt", 100.0);
    chain.facility("works_1", "works", 100.0);
    chain.market("coal", test::open_side(), test::closed_side());
    const Accounts year(chain.build());
    CHECK(accounts::closure(year.scenario, year.system, year.solution).energy == 0.0);
}
