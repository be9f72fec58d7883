#include "support/catch.hpp"
#include "support/dispatch_builder.hpp"
#include "support/dispatch_matchers.hpp"

using chainsim::system::BindingKind;
using chainsim::system::Outcome;
using chainsim::test::DispatchBuilder;
using chainsim::test::is;
using chainsim::test::is_nothing;

SCENARIO("Users of one priority share a short commodity pro rata to their targets",
         "[solve][dispatch]") {
    GIVEN("60 t hydrogen for two users at capacity that would take 40 t and 80 t") {
        auto chain = DispatchBuilder{};
        chain.at_capacity("electrolysis", 60.0, {{"hydrogen", 1.0}});
        chain.at_capacity("ammonia", 80.0, {{"ammonia", 1.0}, {"hydrogen", -0.5}});
        chain.at_capacity("hydrotreater", 40.0, {{"naphtha", 1.0}, {"hydrogen", -2.0}});
        THEN("each runs at 60 / (0.5 x 80 + 2 x 40) of its capacity") {
            const auto run = chain.solve();
            REQUIRE(run.outcome() == Outcome::solved);
            const double share = 60.0 / (0.5 * 80.0 + 2.0 * 40.0);
            CHECK_THAT(run.activity("ammonia"), is(80.0 * share));
            CHECK_THAT(run.activity("hydrotreater"), is(40.0 * share));
            CHECK(run.binding("ammonia") == BindingKind::feedstock);
            CHECK(run.binding_commodity("ammonia") == "hydrogen");
            CHECK_THAT(run.sold("hydrogen"), is_nothing());
        }
        THEN("the shortage is what they would still take: 120 - 60") {
            CHECK_THAT(chain.solve().shortage("hydrogen"), is(120.0 - 60.0));
        }
    }
}

SCENARIO("A short commodity goes by ascending priority", "[solve][dispatch]") {
    GIVEN("60 t hydrogen, a first user of 40 t and a second of 80 t") {
        auto chain = DispatchBuilder{};
        chain.at_capacity("electrolysis", 60.0, {{"hydrogen", 1.0}});
        chain.at_capacity("second", 40.0, {{"naphtha", 1.0}, {"hydrogen", -2.0, 2}});
        chain.at_capacity("first", 80.0, {{"ammonia", 1.0}, {"hydrogen", -0.5, 1}});
        THEN("the first runs in full, the second on the 20 t left") {
            const auto run = chain.solve();
            REQUIRE(run.outcome() == Outcome::solved);
            CHECK_THAT(run.activity("first"), is(80.0));
            CHECK(run.binding("first") == BindingKind::capacity);
            CHECK_THAT(run.activity("second"), is((60.0 - 0.5 * 80.0) / 2.0));
            CHECK(run.binding("second") == BindingKind::feedstock);
        }
    }
    GIVEN("less than even the first user needs") {
        auto chain = DispatchBuilder{};
        chain.at_capacity("electrolysis", 30.0, {{"hydrogen", 1.0}});
        chain.at_capacity("first", 80.0, {{"ammonia", 1.0}, {"hydrogen", -0.5, 1}});
        chain.at_capacity("second", 40.0, {{"naphtha", 1.0}, {"hydrogen", -2.0, 2}});
        THEN("the second stands still for want of hydrogen") {
            const auto run = chain.solve();
            REQUIRE(run.outcome() == Outcome::solved);
            CHECK_THAT(run.activity("first"), is(30.0 / 0.5));
            CHECK(run.activity("second") == 0.0);
            CHECK(run.binding("second") == BindingKind::feedstock);
            CHECK(run.binding_commodity("second") == "hydrogen");
        }
    }
}

SCENARIO("What one user cannot take passes to the others of its priority", "[solve][dispatch]") {
    GIVEN("90 t gas for three equal users of 60 t, of which one has acid for 10 t only") {
        auto chain = DispatchBuilder{};
        chain.at_capacity("ovens", 90.0, {{"gas", 1.0}});
        chain.at_capacity("acid_plant", 10.0, {{"acid", 1.0}});
        chain.at_capacity("sulphate", 60.0, {{"sulphate", 1.0}, {"gas", -1.0}, {"acid", -1.0}});
        chain.at_capacity("methanol", 60.0, {{"methanol", 1.0}, {"gas", -1.0}});
        chain.at_capacity("ammonia", 60.0, {{"ammonia", 1.0}, {"gas", -1.0}});
        THEN("it takes 10 t, and the others 40 t each instead of 30 t") {
            const auto run = chain.solve();
            REQUIRE(run.outcome() == Outcome::solved);
            CHECK_THAT(run.activity("sulphate"), is(10.0));
            CHECK(run.binding_commodity("sulphate") == "acid");
            CHECK_THAT(run.activity("methanol"), is((90.0 - 10.0) / 2.0));
            CHECK_THAT(run.activity("ammonia"), is((90.0 - 10.0) / 2.0));
            CHECK(run.binding_commodity("ammonia") == "gas");
        }
    }
}

SCENARIO("What a priority cannot take passes to the next one", "[solve][dispatch]") {
    GIVEN("90 t gas, a first user of 60 t that has acid for 10 t, and a second user of 100 t") {
        auto chain = DispatchBuilder{};
        chain.at_capacity("ovens", 90.0, {{"gas", 1.0}});
        chain.at_capacity("acid_plant", 10.0, {{"acid", 1.0}});
        chain.at_capacity("first", 60.0, {{"sulphate", 1.0}, {"gas", -1.0, 1}, {"acid", -1.0}});
        chain.at_capacity("second", 100.0, {{"methanol", 1.0}, {"gas", -1.0, 2}});
        THEN("the second has 90 - 10") {
            const auto run = chain.solve();
            REQUIRE(run.outcome() == Outcome::solved);
            CHECK_THAT(run.activity("first"), is(10.0));
            CHECK_THAT(run.activity("second"), is(80.0));
        }
    }
}

SCENARIO("A facility runs on the scarcest of its inputs and leaves the rest of the others",
         "[solve][dispatch]") {
    GIVEN("carbide that needs 0.6 t coke and 1 t lime, with 30 t coke and 40 t lime at hand") {
        auto chain = DispatchBuilder{};
        chain.at_capacity("ovens", 30.0, {{"coke", 1.0}});
        chain.at_capacity("kiln", 40.0, {{"lime", 1.0}});
        chain.at_capacity("furnace", 100.0, {{"carbide", 1.0}, {"coke", -0.6}, {"lime", -1.0}});
        THEN("lime allows 40, coke 50: it makes 40 and 30 - 24 t coke is sold") {
            const auto run = chain.solve();
            REQUIRE(run.outcome() == Outcome::solved);
            CHECK_THAT(run.activity("furnace"), is(40.0));
            CHECK(run.binding("furnace") == BindingKind::feedstock);
            CHECK(run.binding_commodity("furnace") == "lime");
            CHECK_THAT(run.sold("coke"), is(30.0 - 0.6 * 40.0));
            CHECK_THAT(run.shortage("coke"), is_nothing());
        }
    }
}

// Targets, by which a shortage is shared.

SCENARIO("The target of a user on demand is its share of demand, not its capacity",
         "[solve][dispatch]") {
    GIVEN(
        "60 t steam for a plant at capacity of 40 t and a drier on demand that could take 200 t") {
        // The drier is asked for 80 t only; that, not its 200 t, is its weight: 40 : 80.
        auto chain = DispatchBuilder{};
        chain.at_capacity("boiler", 60.0, {{"steam", 1.0}});
        chain.at_capacity("plant", 40.0, {{"resin", 1.0}, {"steam", -1.0}});
        chain.on_demand("drier", 200.0, {{"dry_salt", 1.0}, {"steam", -1.0}});
        chain.at_capacity("cell", 80.0, {{"chlorine", 1.0}, {"dry_salt", -1.0}});
        THEN("the plant has 60 x 40 / 120, the drier 60 x 80 / 120, and the cell runs on that") {
            const auto run = chain.solve();
            REQUIRE(run.outcome() == Outcome::solved);
            CHECK_THAT(run.activity("plant"), is(20.0));
            CHECK_THAT(run.activity("drier"), is(40.0));
            CHECK_THAT(run.activity("cell"), is(40.0));
            CHECK(run.binding_commodity("drier") == "steam");
            CHECK(run.binding_commodity("cell") == "dry_salt");
        }
    }
}

SCENARIO("A shortage elsewhere lowers demand and its makers follow", "[solve][dispatch]") {
    GIVEN("carbide short of power, lime burnt on demand for it") {
        auto chain = DispatchBuilder{};
        chain.at_capacity("power_plant", 90.0, {{"power", 1.0}});
        chain.at_capacity("carbide", 60.0, {{"carbide", 1.0}, {"power", -3.0}, {"lime", -0.9}});
        chain.on_demand("kiln", 100.0, {{"lime", 1.0}, {"stone", -1.8}});
        THEN("carbide makes 90 / 3 and the kiln burns 0.9 x 30, not 0.9 x 60") {
            const auto run = chain.solve();
            REQUIRE(run.outcome() == Outcome::solved);
            CHECK_THAT(run.activity("carbide"), is(30.0));
            CHECK_THAT(run.activity("kiln"), is(0.9 * 30.0));
            CHECK(run.binding("kiln") == BindingKind::demand);
            CHECK_THAT(run.sold("lime"), is_nothing());
        }
    }
}

SCENARIO("Who has no target is served after those of its priority that have one",
         "[solve][dispatch]") {
    // Were nothing short, the acid plant's steam would serve the drier, and the boiler have no
    // target. Acid is short, so that steam is wanted of the boiler after all: 10 - 4 t.
    auto chain = DispatchBuilder{};
    chain.at_capacity("burner", 4.0, {{"sulphur_dioxide", 1.0}});
    chain.at_capacity("acid_plant", 10.0,
                      {{"acid", 1.0}, {"sulphur_dioxide", -1.0}, {"steam", 1.0}});
    chain.on_demand("boiler", 50.0, {{"steam", 1.0}, {"gas", -1.0}});
    chain.at_capacity("drier", 10.0, {{"dry_salt", 1.0}, {"steam", -1.0}});
    chain.at_capacity("furnace", 40.0, {{"glass", 1.0}, {"gas", -1.0}});
    GIVEN("30 t gas, which the furnace takes whole") {
        chain.at_capacity("ovens", 30.0, {{"gas", 1.0}});
        THEN("the boiler has none, and the drier the acid plant's 4 t") {
            const auto run = chain.solve();
            REQUIRE(run.outcome() == Outcome::solved);
            CHECK_THAT(run.activity("furnace"), is(30.0));
            CHECK(run.activity("boiler") == 0.0);
            CHECK_THAT(run.activity("drier"), is(4.0));
        }
    }
    GIVEN("45 t gas") {
        chain.at_capacity("ovens", 45.0, {{"gas", 1.0}});
        THEN("the boiler has the 5 t that the furnace leaves, of the 6 t that it wants") {
            const auto run = chain.solve();
            REQUIRE(run.outcome() == Outcome::solved);
            CHECK_THAT(run.activity("furnace"), is(40.0));
            CHECK_THAT(run.activity("boiler"), is(45.0 - 40.0));
            CHECK_THAT(run.activity("drier"), is(4.0 + 5.0));
        }
    }
}

SCENARIO("A larger plant may starve itself by the claims of its suppliers", "[solve][dispatch]") {
    // That a facility never runs less because it could run more is no theorem of this dispatch: its
    // targets raise those of its suppliers, which may compete for something short. Shares go by
    // targets, so the supplier that cannot grow loses to the one that can.
    GIVEN("a plant of A and B, both made on demand of 20 t gas; A up to 10 t; B has a market for "
          "10 t") {
        const auto plant_of = [](double capacity) {
            auto chain = DispatchBuilder{};
            chain.at_capacity("ovens", 20.0, {{"gas", 1.0}});
            chain.on_demand("a_works", 10.0, {{"a", 1.0}, {"gas", -1.0}});
            chain.on_demand("b_works", 90.0, {{"b", 1.0}, {"gas", -1.0}});
            chain.at_capacity("plant", capacity, {{"resin", 1.0}, {"a", -1.0}, {"b", -1.0}});
            chain.trade("b", {.sell = 10.0});
            const auto run = chain.solve();
            REQUIRE(run.outcome() == Outcome::solved);
            CHECK(run.binding_commodity("a_works") == "gas");
            return run.activity("plant");
        };
        THEN("at 10 t the targets are 10 and 10 + 10: A has 20 x 10 / (10 + 20) = 20/3 t of gas") {
            CHECK_THAT(plant_of(10.0), is(20.0 * 10.0 / (10.0 + 20.0)));
        }
        THEN("at 20 t they are 10 and 20 + 10: A has 20 x 10 / (10 + 30) = 5 t, and so the plant") {
            CHECK_THAT(plant_of(20.0), is(20.0 * 10.0 / (10.0 + 30.0)));
        }
    }
}
