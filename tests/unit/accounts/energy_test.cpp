#include "solved_accounts.hpp"
#include "support/catch.hpp"
#include "support/chain_builder.hpp"
#include "support/near.hpp"
#include <chainsim/accounts/closure.hpp>

#include <utility>

// The accounts of small districts, worked by hand beside each.

namespace {

using namespace chainsim;
using test::Accounts;
using test::coal_and_power;
using test::coal_per_mwh;
using test::Near;

} // namespace

SCENARIO("A thermal plant enters by the fuel it burns, whether its power stays or leaves",
         "[accounts][energy]") {
    auto chain = coal_and_power();
    chain.process("plant", {{"electricity", 1.0},
                            {"coal", -coal_per_mwh, model::FlowKind::fuel},
                            {"carbon_dioxide", coal_per_mwh * 0.6 * 44.0095 / 12.0107,
                             model::FlowKind::emission}});
    chain.facility("plant_1", "plant", 1e6); // 1 TWh
    chain.market("coal", test::open_side(), test::closed_side());

    WHEN("1 TWh is used in the district") {
        chain.market("electricity", test::closed_side(), test::closed_side());
        chain.demand("electricity", 1e6);
        const Accounts year(chain.build());
        THEN("325 kt of standard coal are consumed, in either value") {
            CHECK_THAT(year["energy_total_calorific"], Near(325e3, 1e-9, "tce"));
            CHECK_THAT(year["energy_total_equivalent"], Near(325e3, 1e-9, "tce"));
        }
        THEN("its carbon left as CO2 of fuel, and no power was bought") {
            // 464,286 t coal x 0.6 t C/t x 44.0095 / 12.0107
            CHECK_THAT(year["co2_fuel"], Near(1'020'740.0, 1e-5, "t"));
            CHECK(year["co2_power"] == 0.0);
            CHECK_THAT(year["co2_total"], Near(year["co2_fuel"], 1e-12, "t"));
        }
    }
    WHEN("1 TWh is exported") {
        chain.market("electricity", test::closed_side(), test::open_side());
        const Accounts year(chain.build());
        THEN("+27 kt stay in equivalent value: 325 - 1 TWh x 0.298") {
            CHECK_THAT(year["energy_total_equivalent"], Near(27e3, 1e-9, "tce"));
        }
        THEN("202.1 kt stay in calorific value: 325 - 1 TWh x 0.1229") {
            CHECK_THAT(year["energy_total_calorific"], Near(202.1e3, 1e-9, "tce"));
        }
        THEN("the exported power takes 0.7 t/MWh out of the power account") {
            CHECK_THAT(year["co2_power"], Near(-0.7e6, 1e-12, "t"));
        }
        THEN("value added is what the power brings less what the coal costs") {
            // 1e6 MWh x 300 - 464,286 t x 500
            CHECK_THAT(year["value_added"], Near(300e6 - 1e6 * coal_per_mwh * 500.0, 1e-9, "CNY"));
            CHECK_THAT(year["revenue"], Near(300e6, 1e-9, "CNY"));
        }
    }
}

SCENARIO("Power that is bought counts at 0.1229 or at its equivalent value", "[accounts][energy]") {
    auto chain = coal_and_power();
    chain.process("mill", {{"flour", 1.0}, {"electricity", -2.0, model::FlowKind::utility}});
    chain.price("flour", 1000.0);
    chain.facility("mill_1", "mill", 1000.0);
    chain.market("electricity", test::open_side(), test::closed_side());
    const Accounts year(chain.build());
    CHECK_THAT(year["energy_total_calorific"], Near(2000.0 * 0.1229, 1e-9, "tce"));
    CHECK_THAT(year["energy_total_equivalent"], Near(2000.0 * 0.298, 1e-9, "tce"));
    CHECK_THAT(year["co2_power"], Near(2000.0 * 0.7, 1e-9, "t"));
    CHECK_THAT(year["value_added"], Near(1000.0 * 1000.0 - 2000.0 * 300.0, 1e-9, "CNY"));
    CHECK_THAT(year["power_used"], Near(2000.0, 1e-12, "MWh"));
}

SCENARIO("Power made from the sun is primary energy at its equivalent value",
         "[accounts][energy]") {
    auto chain = coal_and_power();
    auto& solar = chain.process("solar", {{"electricity", 1.0}});
    chain.facility("solar_1", "solar", 1000.0);
    (void)solar;
    chain.market("electricity", test::closed_side(), test::closed_side());
    chain.demand("electricity", 1000.0);
    auto scenario = chain.build();
    test::make_primary(scenario, "solar", "electricity");
    const Accounts year(std::move(scenario));
    CHECK_THAT(year["energy_total_calorific"], Near(122.9, 1e-9, "tce"));
    CHECK_THAT(year["energy_total_equivalent"], Near(298.0, 1e-9, "tce"));
    CHECK_THAT(year["power_renewable"], Near(1000.0, 1e-12, "MWh"));
    CHECK_THAT(year["power_used"], Near(1000.0, 1e-12, "MWh")); // by those who ask for it
}

SCENARIO("Mined coal enters once, and leaves at its factor when it is sold", "[accounts][energy]") {
    auto chain = coal_and_power();
    chain.process("mine", {{"coal", 1.0}});
    chain.facility("mine_1", "mine", 100.0);
    auto scenario = chain.build();
    test::make_primary(scenario, "mine", "coal");
    const Accounts year(std::move(scenario));
    CHECK(year["energy_total_calorific"] == 0.0); // 70 tce mined, 70 tce sold
    CHECK_THAT(year["made_coal"], Near(100.0, 1e-12, "t"));
    CHECK_THAT(year["sold_coal"], Near(100.0, 1e-12, "t"));
}

SCENARIO("What is delivered within the district is used there and is no export",
         "[accounts][energy]") {
    auto chain = coal_and_power();
    auto& charging = chain.energy("charging");
    charging.standard_coal = test::datum(122.9, "kgce/MWh");
    chain.process("charger", {{"charging", 1.0}, {"electricity", -1.1, model::FlowKind::utility}});
    chain.facility("charger_1", "charger", 1000.0);
    chain.price("charging", 800.0);
    chain.market("electricity", test::open_side(), test::closed_side());
    WHEN("the power goes to vehicles of the district") {
        charging.delivery = model::Delivery::district;
        const Accounts year(chain.build());
        THEN("all that was bought is consumed") {
            CHECK_THAT(year["energy_total_calorific"], Near(1100.0 * 0.1229, 1e-9, "tce"));
            CHECK_THAT(year["energy_total_equivalent"], Near(1100.0 * 0.298, 1e-9, "tce"));
            CHECK_THAT(year["co2_power"], Near(1100.0 * 0.7, 1e-9, "t"));
        }
        THEN("it is a sale all the same, and used here") {
            CHECK_THAT(year["revenue"], Near(1000.0 * 800.0, 1e-9, "CNY"));
            CHECK(year["local_conversion_charging"] == 1.0);
            CHECK_THAT(year["sold_charging"], Near(1000.0, 1e-12, "MWh"));
        }
        THEN("the two ways to each total agree") {
            const auto closure = accounts::closure(year.scenario, year.system, year.solution);
            CHECK(closure.accounts < 1e-12);
        }
    }
    WHEN("it leaves, as any sale does that says nothing else") {
        const Accounts year(chain.build());
        CHECK_THAT(year["energy_total_calorific"], Near(100.0 * 0.1229, 1e-9, "tce"));
        CHECK(year["local_conversion_charging"] == 0.0);
    }
}
