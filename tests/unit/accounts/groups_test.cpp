#include "solved_accounts.hpp"
#include "support/catch.hpp"
#include "support/chain_builder.hpp"
#include "support/near.hpp"
#include <chainsim/accounts/facility_carbon.hpp>
#include <chainsim/model/indicator_kinds.hpp>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

// Parks and enterprises of a small district, worked by hand.

namespace {

using namespace chainsim;
using test::Accounts;
using test::factor;
using test::Near;

/// A power plant (1,000 MWh from 500 t of coal, 1,100 t of CO2) and a boiler (2,000 GJ of heat from
/// 100 t, 220 t) that serve two kilns of 100 t of lime, each 4 MWh and 10 GJ per t and 0.8 t of CO2
/// of the stone.
test::ChainBuilder two_kilns() {
    auto chain = test::coal_and_power();
    auto& heat = chain.energy("steam");
    heat.unit = units::Unit::parse("GJ");
    heat.energy_product = true;
    heat.standard_coal = test::datum(34.12, "kgce/GJ");
    heat.trade = model::Trade::internal;
    chain.process("generator", {{"electricity", 1.0},
                                {"coal", -0.5, model::FlowKind::fuel},
                                {"carbon_dioxide", 1.1, model::FlowKind::emission}});
    chain.process("boiler", {{"steam", 1.0},
                             {"coal", -0.05, model::FlowKind::fuel},
                             {"carbon_dioxide", 0.11, model::FlowKind::emission}});
    chain.process("kiln", {{"lime", 1.0},
                           {"electricity", -4.0},
                           {"steam", -10.0},
                           {"carbon_dioxide", 0.8, model::FlowKind::emission}});
    chain.facility("generator_1", "generator", 1000.0).industry = "4411 thermal power";
    chain.facility("boiler_1", "boiler", 2000.0).industry = "4430 heat supply";
    for (const char* id : {"kiln_1", "kiln_2"}) {
        auto& kiln = chain.facility(id, "kiln", 100.0);
        kiln.park = "west";
        kiln.industry = "3012 lime";
        kiln.owner = id;
    }
    chain.market("coal", test::open_side(), test::closed_side());
    chain.market("electricity", test::closed_side(), test::open_side());
    chain.price("lime", 3000.0);
    chain.price("steam", 50.0);
    return chain;
}

model::PlantGroup group(std::string id) {
    model::PlantGroup one;
    one.id = std::move(id);
    return one;
}

Accounts accounts_of(model::Scenario scenario) {
    auto park = group("park");
    park.park = "west";
    auto industry = group("lime");
    industry.industry = "301";
    auto owner = group("owner");
    owner.owner = "kiln_2";
    auto works = group("works");
    works.plants = {"generator_1", "boiler_1"};
    scenario.groups = model::Registry(std::vector{industry, owner, park, works});
    model::CarbonGuideline power;
    power.id = "power";
    power.industries = {"4411"};
    power.deducts_given = false;
    scenario.model.carbon_guidelines = model::Registry(std::vector{power});
    return Accounts(std::move(scenario),
                    {factor("electricity_equivalent", 0.298, "kgce/kWh"),
                     factor("grid_co2", 0.7, "t/MWh"), factor("grid_co2_reporting", 0.58, "t/MWh"),
                     factor("heat_co2", 0.11, "t/GJ")});
}

} // namespace

SCENARIO("Who belongs to a group meets all that it states", "[accounts][groups]") {
    const auto year = accounts_of(two_kilns().build());
    // 200 t of lime: 800 MWh x 0.298 + 2,000 GJ x 0.03412
    CHECK_THAT(year["energy_equivalent_of_park"], Near(238.4 + 68.24, 1e-9, "tce"));
    CHECK_THAT(year["energy_equivalent_of_lime"], Near(238.4 + 68.24, 1e-9, "tce"));
    CHECK_THAT(year["energy_equivalent_of_owner"], Near((238.4 + 68.24) / 2.0, 1e-9, "tce"));
    CHECK_THAT(year["energy_calorific_of_park"], Near(800.0 * 0.1229 + 68.24, 1e-9, "tce"));
    // 600 t of coal less 1,000 MWh and 2,000 GJ given
    CHECK_THAT(year["energy_equivalent_of_works"], Near(420.0 - 298.0 - 68.24, 1e-9, "tce"));
}

SCENARIO("Value added of a group is at market prices, whoever sells to whom",
         "[accounts][groups]") {
    const auto year = accounts_of(two_kilns().build());
    // 200 x (3,000 - 4 x 300 - 10 x 50)
    CHECK_THAT(year["value_added_of_park"], Near(260'000.0, 1e-9, "CNY"));
    CHECK_THAT(year["energy_intensity_of_park"], Near(306.64 / 26.0, 1e-9, "tce/万元"));
    // all groups that share nothing and leave nothing out make up the district
    CHECK_THAT(year["value_added_of_park"] + year["value_added_of_works"],
               Near(year["value_added"], 1e-9, "CNY"));
}

SCENARIO("An enterprise reports its stacks, and the power and heat that it takes",
         "[accounts][groups]") {
    auto year = accounts_of(two_kilns().build());
    // 160 t of stone, 800 MWh x 0.58, 2,000 GJ x 0.11
    CHECK_THAT(year["co2_enterprise_of_park"], Near(160.0 + 464.0 + 220.0, 1e-9, "t"));
    THEN("a power plant has nothing off for what it supplies, other plants have") {
        // 1,100 of the power plant; the boiler 220 less 2,000 GJ x 0.11
        CHECK_THAT(year["co2_enterprise_of_works"], Near(1100.0, 1e-9, "t"));
    }
    THEN("plant by plant it is the same") {
        const auto plants = accounts::facility_carbon(year.scenario, year.system, year.solution);
        REQUIRE(plants.size() == 4);
        double sum = 0.0;
        for (const auto& one : plants) {
            sum += one.total;
            if (year.scenario.facilities[one.facility].id == "kiln_1") {
                CHECK_THAT(one.direct, Near(80.0, 1e-9, "t"));
                CHECK_THAT(one.power, Near(232.0, 1e-9, "t"));
                CHECK_THAT(one.heat, Near(110.0, 1e-9, "t"));
            }
        }
        CHECK_THAT(sum, Near(1944.0, 1e-9, "t"));
        CHECK_THAT(year["co2_enterprise"], Near(sum, 1e-9, "t"));
    }
    THEN("the second way agrees") {
        const auto values = year.system.indicators.values(year.system.equations, year.solution);
        const auto& checks = year.system.indicators.agreements;
        const auto found = std::find_if(checks.begin(), checks.end(), [](const auto& one) {
            return one.what == "co2_enterprise";
        });
        REQUIRE(found != checks.end());
        CHECK_THAT(values[found->other], Near(values[found->one], 1e-9, "t"));
    }
}

SCENARIO("Energy per a loss is not told", "[accounts][groups]") {
    auto chain = two_kilns();
    chain.price("lime", 1000.0); // less than what goes in
    const auto year = accounts_of(chain.build());
    CHECK(year["value_added_of_park"] < 0.0);
    CHECK_FALSE(year.find("energy_intensity_of_park").has_value());
}

SCENARIO("A group at a price of its market is paid that price", "[accounts][groups]") {
    auto chain = two_kilns();
    auto side = test::open_side();
    side.price = model::Path(test::datum(2500.0, "CNY/t"));
    chain.market("lime", test::closed_side(), side);
    const auto year = accounts_of(chain.build());
    // 200 x (2,500 - 4 x 300 - 10 x 50)
    CHECK_THAT(year["value_added_of_park"], Near(160'000.0, 1e-9, "CNY"));
}

SCENARIO("Whoever is not known to be anything else and makes power is a power plant",
         "[accounts][groups]") {
    auto chain = two_kilns();
    chain.facility("generator_1", "generator", 1000.0).industry = "";
    CHECK_THAT(accounts_of(chain.build())["co2_enterprise_of_works"], Near(1100.0, 1e-9, "t"));
}

SCENARIO("A group is no surer than the equivalent value of power", "[accounts][groups]") {
    auto year = accounts_of(two_kilns().build());
    auto k = test::datum(0.298, "kgce/kWh");
    k.provenance.confidence = model::Confidence::assumption;
    auto factors =
        std::vector(year.scenario.model.factors.begin(), year.scenario.model.factors.end());
    factors.front().path = model::Path(k); // electricity_equivalent is the first
    auto scenario = year.scenario;
    const Accounts assumed(std::move(scenario), std::move(factors));
    const auto shares =
        accounts::confidence_shares(assumed.scenario, assumed.system, assumed.solution);
    // of 238.4 tce of power and 68.24 of heat
    CHECK_THAT(shares.at("energy_equivalent_of_park")
                   .at(static_cast<std::size_t>(model::Confidence::assumption)),
               Near(238.4 / 306.64, 1e-9, "1"));
}

SCENARIO("Without the factor of heat, that is what is told to be missing", "[accounts][groups]") {
    auto scenario = two_kilns().build();
    scenario.model.factors =
        model::Registry(std::vector{factor("grid_co2_reporting", 0.58, "t/MWh")});
    const auto kinds = model::indicator_kinds(scenario.model);
    const auto found = std::find_if(kinds.begin(), kinds.end(),
                                    [](const auto& one) { return one.id == "co2_enterprise"; });
    REQUIRE(found != kinds.end());
    CHECK(found->factor == "heat_co2");
}

SCENARIO("What is flared is shared among those who would make it", "[accounts][groups]") {
    auto chain = two_kilns();
    auto& gas = chain.commodity("gas");
    gas.energy_product = true;
    gas.standard_coal = test::datum(600.0, "kgce/t");
    gas.trade = model::Trade::internal;
    gas.sink = model::Sink::flare;
    chain.process("oven", {{"coke", 1.0}, {"gas", 0.2}, {"coal", -1.4}});
    chain.price("coke", 2000.0);
    chain.facility("oven_1", "oven", 1000.0).park = "west";
    chain.facility("oven_2", "oven", 3000.0);
    const auto year = accounts_of(chain.build());
    // kilns, 1,400 t of coal x 0.7, 200 t of gas made and as much flared
    CHECK_THAT(year["energy_calorific_of_park"], Near(800.0 * 0.1229 + 68.24 + 980.0, 1e-9, "tce"));
    CHECK_THAT(year["co2_enterprise_of_park"], Near(844.0 + 200.0 * 44.0095 / 12.0107, 1e-9, "t"));
}

SCENARIO("Without a factor that its plants need, enterprise CO2 is left out",
         "[accounts][groups]") {
    const Accounts year(two_kilns().build());
    CHECK_FALSE(year.find("co2_enterprise").has_value());
}
