#include "support/catch.hpp"
#include "support/dispatch_builder.hpp"
#include "support/dispatch_matchers.hpp"

using chainsim::system::BindingKind;
using chainsim::system::Outcome;
using chainsim::test::DispatchBuilder;
using chainsim::test::is;

SCENARIO("Makers on demand share demand pro rata to capacity", "[solve][dispatch]") {
    GIVEN("two boilers of 60 t and 40 t, and 50 t asked for") {
        auto chain = DispatchBuilder{};
        chain.on_demand("large", 60.0, {{"steam", 1.0}, {"coal", -0.12}});
        chain.on_demand("small", 40.0, {{"steam", 1.0}, {"coal", -0.15}});
        chain.trade("steam", {.demand = 50.0});
        THEN("each runs at 50 / (60 + 40)") {
            const auto run = chain.solve();
            REQUIRE(run.outcome() == Outcome::solved);
            CHECK_THAT(run.activity("large"), is(30.0));
            CHECK_THAT(run.activity("small"), is(20.0));
            CHECK_THAT(run.bought("coal"), is(0.12 * 30.0 + 0.15 * 20.0));
            CHECK(run.binding("small") == BindingKind::demand);
        }
    }
}

SCENARIO("What a maker on demand could make beyond its target claims nothing",
         "[solve][dispatch]") {
    GIVEN("ovens heated by their own gas, which need water; 30 t raw water, of which a farm wants "
          "25") {
        // Water is wanted for 100 t coke: 0.1 x 100 t, of 1.02 t raw water each. The works and the
        // farm share pro rata to 10.2 and 25, however large the works is.
        const auto run_with = [](double works) {
            auto chain = DispatchBuilder{};
            chain.at_capacity(
                "ovens", 100.0,
                {{"coke", 1.0}, {"coal", -1.33}, {"gas", 1.0}, {"heat", -0.4}, {"water", -0.1}});
            chain.on_demand("burners", 1e6, {{"heat", 1.0}, {"gas", -1.0}});
            chain.on_demand("water_works", works, {{"water", 1.0}, {"raw_water", -1.02}});
            chain.at_capacity("spring", 30.0, {{"raw_water", 1.0}});
            chain.at_capacity("farm", 25.0, {{"wheat", 1.0}, {"raw_water", -1.0}});
            return chain.solve();
        };
        const double share = 30.0 / (1.02 * 0.1 * 100.0 + 25.0);
        for (const double works : {12.0, 1e3, 1e9}) {
            WHEN("the works could make " + std::to_string(works) + " t") {
                const auto run = run_with(works);
                THEN("all run at 30 / 35.2, and the loop of ovens and burners with them") {
                    REQUIRE(run.outcome() == Outcome::solved);
                    CHECK_THAT(run.activity("ovens"), is(100.0 * share));
                    CHECK_THAT(run.activity("farm"), is(25.0 * share));
                    CHECK_THAT(run.activity("burners"), is(0.4 * 100.0 * share));
                    CHECK_THAT(run.activity("water_works"), is(0.1 * 100.0 * share));
                    CHECK(run.binding_commodity("ovens") == "water");
                }
            }
        }
    }
}

SCENARIO("Makers on demand are called by ascending priority", "[solve][dispatch]") {
    GIVEN("waste heat of 60 t called first and a boiler of 100 t called second") {
        auto chain = DispatchBuilder{};
        chain.on_demand("boiler", 100.0, {{"steam", 1.0, 2}, {"coal", -0.12}});
        chain.on_demand("waste_heat", 60.0, {{"steam", 1.0, 1}, {"flue_gas", -5.0}});
        WHEN("50 t is asked for") {
            chain.trade("steam", {.demand = 50.0});
            THEN("the first does it all and the boiler stands still for want of demand") {
                const auto run = chain.solve();
                REQUIRE(run.outcome() == Outcome::solved);
                CHECK_THAT(run.activity("waste_heat"), is(50.0));
                CHECK(run.activity("boiler") == 0.0);
                CHECK(run.binding("boiler") == BindingKind::demand);
            }
        }
        WHEN("80 t is asked for") {
            chain.trade("steam", {.demand = 80.0});
            THEN("the boiler makes the last 20 t") {
                const auto run = chain.solve();
                REQUIRE(run.outcome() == Outcome::solved);
                CHECK_THAT(run.activity("waste_heat"), is(60.0));
                CHECK(run.binding("waste_heat") == BindingKind::capacity);
                CHECK_THAT(run.activity("boiler"), is(80.0 - 60.0));
            }
        }
    }
}

SCENARIO("What a maker on demand cannot make, another of its priority makes", "[solve][dispatch]") {
    GIVEN("two equal kilns of 50 t, one of them with stone for 10 t, and 60 t asked for") {
        auto chain = DispatchBuilder{};
        chain.at_capacity("quarry", 10.0, {{"stone", 1.0}});
        chain.on_demand("starved", 50.0, {{"lime", 1.0}, {"stone", -1.0}});
        chain.on_demand("supplied", 50.0, {{"lime", 1.0}, {"limestone", -1.8}});
        chain.trade("lime", {.demand = 60.0});
        THEN("the other makes 60 - 10 instead of half of 60") {
            const auto run = chain.solve();
            REQUIRE(run.outcome() == Outcome::solved);
            CHECK_THAT(run.activity("starved"), is(10.0));
            CHECK(run.binding_commodity("starved") == "stone");
            CHECK_THAT(run.activity("supplied"), is(50.0));
        }
    }
}

SCENARIO("By-products serve demand before makers on demand are called", "[solve][dispatch]") {
    GIVEN("30 t steam as a by-product, a boiler on demand, and 50 t asked for") {
        auto chain = DispatchBuilder{};
        chain.at_capacity("acid_plant", 60.0, {{"acid", 1.0}, {"sulphur", -0.33}, {"steam", 0.5}});
        chain.on_demand("boiler", 100.0, {{"steam", 1.0}, {"coal", -0.12}});
        chain.trade("steam", {.demand = 50.0});
        THEN("the boiler makes 50 - 0.5 x 60") {
            const auto run = chain.solve();
            REQUIRE(run.outcome() == Outcome::solved);
            CHECK_THAT(run.activity("boiler"), is(50.0 - 0.5 * 60.0));
        }
    }
    GIVEN("more by-product than is asked for") {
        auto chain = DispatchBuilder{};
        chain.at_capacity("acid_plant", 60.0, {{"acid", 1.0}, {"sulphur", -0.33}, {"steam", 0.5}});
        chain.on_demand("boiler", 100.0, {{"steam", 1.0}, {"coal", -0.12}});
        chain.trade("steam", {.demand = 25.0});
        THEN("the boiler stands still and the rest is sold: 30 - 25") {
            const auto run = chain.solve();
            REQUIRE(run.outcome() == Outcome::solved);
            CHECK(run.activity("boiler") == 0.0);
            CHECK_THAT(run.sold("steam"), is(30.0 - 25.0));
        }
    }
}

SCENARIO("A facility on supply takes what the others leave of its driving feed",
         "[solve][dispatch]") {
    GIVEN("100 t gas, of which heating takes 30 t; methanol on supply has the smaller number") {
        auto chain = DispatchBuilder{};
        chain.at_capacity("ovens", 100.0, {{"gas", 1.0}});
        chain.on_supply("methanol", 90.0, {{"methanol", 1.0}, {"gas", -1.0, 1}});
        chain.at_capacity("heating", 30.0, {{"heat", 1.0}, {"gas", -1.0, 3}});
        THEN("methanol runs on 100 - 30 all the same") {
            const auto run = chain.solve();
            REQUIRE(run.outcome() == Outcome::solved);
            CHECK_THAT(run.activity("heating"), is(30.0));
            CHECK_THAT(run.activity("methanol"), is(70.0));
            CHECK(run.binding("methanol") == BindingKind::feedstock);
            CHECK(run.binding_commodity("methanol") == "gas");
        }
    }
    GIVEN("two on supply of 90 t and 30 t behind it") {
        auto chain = DispatchBuilder{};
        chain.at_capacity("ovens", 100.0, {{"gas", 1.0}});
        chain.on_supply("methanol", 90.0, {{"methanol", 1.0}, {"gas", -1.0}});
        chain.on_supply("natural_gas", 30.0, {{"lng", 1.0}, {"gas", -1.0}});
        chain.on_demand("heating", 300.0, {{"heat", 1.0}, {"gas", -1.0}});
        chain.trade("heat", {.demand = 40.0});
        THEN("they share the 60 t left pro rata to capacity: 60 x 90 / 120 and 60 x 30 / 120") {
            const auto run = chain.solve();
            REQUIRE(run.outcome() == Outcome::solved);
            CHECK_THAT(run.activity("heating"), is(40.0));
            CHECK_THAT(run.activity("methanol"), is(45.0));
            CHECK_THAT(run.activity("natural_gas"), is(15.0));
        }
    }
    GIVEN("two on supply with priorities among them") {
        auto chain = DispatchBuilder{};
        chain.at_capacity("ovens", 100.0, {{"gas", 1.0}});
        chain.on_supply("second", 90.0, {{"methanol", 1.0}, {"gas", -1.0, 2}});
        chain.on_supply("first", 30.0, {{"lng", 1.0}, {"gas", -1.0, 1}});
        THEN("the first is served in full, the second has 100 - 30") {
            const auto run = chain.solve();
            REQUIRE(run.outcome() == Outcome::solved);
            CHECK_THAT(run.activity("first"), is(30.0));
            CHECK_THAT(run.activity("second"), is(70.0));
        }
    }
}
