#include "support/catch.hpp"
#include "support/dispatch_builder.hpp"
#include <chainsim/base/error.hpp>
#include <chainsim/solve/dispatch.hpp>

#include <string>
#include <vector>

using chainsim::system::BindingKind;
using chainsim::system::Outcome;
using chainsim::system::unlimited;
using chainsim::test::DispatchBuilder;

namespace {

auto is(double expected) { return Catch::WithinRel(expected, 1e-12); }
auto is_nothing() { return Catch::WithinAbs(0.0, 1e-12); }

using Names = std::vector<std::string>;

} // namespace

// Chains without shortage.

SCENARIO("A single facility runs at its capacity and buys what it needs", "[solve][dispatch]") {
    GIVEN("a coal washer of 100 t, 1.6 t raw coal each, and coal that nobody makes") {
        auto chain = DispatchBuilder{};
        chain.at_capacity("washer", 100.0, {{"clean_coal", 1.0}, {"raw_coal", -1.6}});
        WHEN("it is solved") {
            const auto run = chain.solve();
            THEN("it makes 100 t, buys 160 t and sells all it makes") {
                REQUIRE(run.outcome() == Outcome::solved);
                CHECK_THAT(run.activity("washer"), is(100.0));
                CHECK_THAT(run.bought("raw_coal"), is(1.6 * 100.0));
                CHECK_THAT(run.sold("clean_coal"), is(100.0));
                CHECK(run.binding("washer") == BindingKind::capacity);
                CHECK(run.residual() <= 1e-12);
            }
        }
    }
    GIVEN("a facility that is not built yet") {
        auto chain = DispatchBuilder{};
        chain.at_capacity("washer", 0.0, {{"clean_coal", 1.0}, {"raw_coal", -1.6}});
        THEN("it does nothing and says why") {
            const auto run = chain.solve();
            REQUIRE(run.outcome() == Outcome::solved);
            CHECK(run.activity("washer") == 0.0);
            CHECK(run.binding("washer") == BindingKind::not_built);
        }
    }
}

SCENARIO("A chain forks where two users take what one makes", "[solve][dispatch]") {
    GIVEN("ovens of 100 t coke, of which iron takes 0.5 t and carbide 0.6 t each") {
        auto chain = DispatchBuilder{};
        chain.at_capacity("ovens", 100.0, {{"coke", 1.0}, {"coal", -1.33}});
        chain.at_capacity("iron", 80.0, {{"pig_iron", 1.0}, {"coke", -0.5}});
        chain.at_capacity("carbide", 50.0, {{"calcium_carbide", 1.0}, {"coke", -0.6}});
        THEN("both run and the coke left over is sold: 100 - 0.5 x 80 - 0.6 x 50") {
            const auto run = chain.solve();
            REQUIRE(run.outcome() == Outcome::solved);
            CHECK_THAT(run.activity("iron"), is(80.0));
            CHECK_THAT(run.activity("carbide"), is(50.0));
            CHECK_THAT(run.sold("coke"), is(100.0 - 0.5 * 80.0 - 0.6 * 50.0));
            CHECK_THAT(run.bought("coal"), is(133.0));
        }
    }
}

SCENARIO("Coproducts come with the product, each to its own user", "[solve][dispatch]") {
    GIVEN("ovens that give 0.04 t tar and 420 m3 gas per t coke") {
        auto chain = DispatchBuilder{};
        chain.at_capacity("ovens", 1000.0,
                          {{"coke", 1.0}, {"coal", -1.33}, {"tar", 0.04}, {"gas", 420.0}});
        chain.on_supply("tar_works", 60.0, {{"pitch", 0.55}, {"tar", -1.0}, {"naphthalene", 0.1}});
        chain.on_supply("methanol", 500.0, {{"methanol", 1.0}, {"gas", -2000.0}});
        THEN("the tar works runs on 40 t tar, methanol on 420000 m3 gas") {
            const auto run = chain.solve();
            REQUIRE(run.outcome() == Outcome::solved);
            CHECK_THAT(run.activity("tar_works"), is(0.04 * 1000.0));
            CHECK_THAT(run.sold("pitch"), is(0.55 * 40.0));
            CHECK_THAT(run.sold("naphthalene"), is(0.1 * 40.0));
            CHECK_THAT(run.activity("methanol"), is(420.0 * 1000.0 / 2000.0));
            CHECK(run.binding("methanol") == BindingKind::feedstock);
            CHECK(run.binding_commodity("methanol") == "gas");
        }
    }
}

SCENARIO("A chain that feeds on itself still makes exactly what is asked", "[solve][dispatch]") {
    GIVEN("a mill using 1.6 t ore per t steel, and a mine using 0.02 t steel per t ore") {
        auto chain = DispatchBuilder{};
        chain.on_demand("mill", 1000.0, {{"steel", 1.0}, {"ore", -1.6}});
        chain.on_demand("mine", 1000.0, {{"ore", 1.0}, {"steel", -0.02}});
        chain.trade("steel", {.demand = 100.0});
        THEN("the mill also makes what the mine wears out: 100 / (1 - 1.6 x 0.02)") {
            const auto run = chain.solve();
            REQUIRE(run.outcome() == Outcome::solved);
            CHECK_THAT(run.activity("mill"), is(100.0 / (1.0 - 1.6 * 0.02)));
            CHECK_THAT(run.activity("mine"), is(1.6 * 100.0 / (1.0 - 1.6 * 0.02)));
            CHECK(run.binding("mill") == BindingKind::demand);
            CHECK(run.binding_commodity("mill") == "steel");
            CHECK(run.residual() <= 1e-12);
        }
    }
}

SCENARIO("Steam and power need each other and are solved together", "[solve][dispatch]") {
    GIVEN("a boiler of 0.02 MWh per t steam, a turbine of 4 t steam per MWh") {
        // s = 100 + 4 p, p = 10 + 0.02 s  =>  s (1 - 0.08) = 100 + 40
        const double steam = 140.0 / 0.92;
        const double power = 10.0 + 0.02 * steam;
        auto chain = DispatchBuilder{};
        chain.on_demand("boiler", 500.0, {{"steam", 1.0}, {"power", -0.02}, {"coal", -0.12}});
        chain.on_demand("turbine", 50.0, {{"power", 1.0}, {"steam", -4.0}});
        WHEN("100 t of steam and 10 MWh are asked for") {
            chain.trade("steam", {.demand = 100.0});
            chain.trade("power", {.demand = 10.0});
            THEN("both loads follow from two equations with two unknowns") {
                const auto run = chain.solve();
                REQUIRE(run.outcome() == Outcome::solved);
                CHECK_THAT(run.activity("boiler"), is(steam));
                CHECK_THAT(run.activity("turbine"), is(power));
                CHECK_THAT(run.bought("coal"), is(0.12 * steam));
            }
        }
    }
}

SCENARIO("A loop that sustains itself is found running, not standing still", "[solve][dispatch]") {
    GIVEN("a furnace and a converter at capacity, each of which needs a little of the other") {
        auto chain = DispatchBuilder{};
        chain.at_capacity("furnace", 100.0, {{"iron", 1.0}, {"slag_brick", -0.1}});
        chain.at_capacity("brickworks", 50.0, {{"slag_brick", 1.0}, {"iron", -0.2}});
        THEN("standing still would balance too, but full capacity does and is the answer") {
            const auto run = chain.solve();
            REQUIRE(run.outcome() == Outcome::solved);
            CHECK_THAT(run.activity("furnace"), is(100.0));
            CHECK_THAT(run.activity("brickworks"), is(50.0));
            CHECK_THAT(run.sold("iron"), is(100.0 - 0.2 * 50.0));
            CHECK_THAT(run.sold("slag_brick"), is(50.0 - 0.1 * 100.0));
        }
        THEN("a start from standstill finds the same") {
            const auto run =
                chain.solve_from({.user_level = {0.0, 0.0}, .maker_level = {0.0, 0.0}});
            REQUIRE(run.outcome() == Outcome::solved);
            CHECK_THAT(run.activity("furnace"), is(100.0));
            CHECK_THAT(run.activity("brickworks"), is(50.0));
        }
    }
}

// Shortage.

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

SCENARIO("A shortage passes down the chain", "[solve][dispatch]") {
    GIVEN("gas for half the methanol that half the olefins are made of") {
        auto chain = DispatchBuilder{};
        chain.at_capacity("ovens", 100.0, {{"gas", 1.0}});
        chain.at_capacity("methanol", 100.0, {{"methanol", 1.0}, {"gas", -2.0}});
        chain.at_capacity("olefins", 40.0, {{"olefins", 1.0}, {"methanol", -2.5}, {"steam", -3.0}});
        THEN("100 / 2 t methanol gives 50 / 2.5 t olefins, and steam is bought for those only") {
            const auto run = chain.solve();
            REQUIRE(run.outcome() == Outcome::solved);
            CHECK_THAT(run.activity("methanol"), is(100.0 / 2.0));
            CHECK_THAT(run.activity("olefins"), is(100.0 / 2.0 / 2.5));
            CHECK_THAT(run.bought("steam"), is(3.0 * 20.0));
            CHECK(run.binding_commodity("olefins") == "methanol");
        }
    }
}

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

// Drivers.

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

// Markets.

SCENARIO("Purchase comes after local supply", "[solve][dispatch]") {
    GIVEN("a power plant on demand of 60 MWh, a grid without limit, and a user of 100 MWh") {
        auto chain = DispatchBuilder{};
        chain.on_demand("power_plant", 60.0, {{"power", 1.0}, {"coal", -0.3}});
        chain.at_capacity("smelter", 50.0, {{"silicon", 1.0}, {"power", -2.0}});
        chain.trade("power", {.buy = unlimited});
        THEN("the plant runs in full and the grid gives 100 - 60") {
            const auto run = chain.solve();
            REQUIRE(run.outcome() == Outcome::solved);
            CHECK_THAT(run.activity("power_plant"), is(60.0));
            CHECK_THAT(run.bought("power"), is(2.0 * 50.0 - 60.0));
            CHECK(run.binding("power_plant") == BindingKind::capacity);
            CHECK(run.binding("smelter") == BindingKind::capacity);
        }
    }
}

SCENARIO("Purchase that ranks earlier comes before makers on demand", "[solve][dispatch]") {
    GIVEN("the same plant, but a contract for 70 MWh that ranks before it") {
        auto chain = DispatchBuilder{};
        chain.on_demand("power_plant", 60.0, {{"power", 1.0}, {"coal", -0.3}});
        chain.at_capacity("smelter", 50.0, {{"silicon", 1.0}, {"power", -2.0}});
        chain.trade("power", {.buy = 70.0, .buy_first = true});
        THEN("70 MWh is bought and the plant makes 100 - 70") {
            const auto run = chain.solve();
            REQUIRE(run.outcome() == Outcome::solved);
            CHECK_THAT(run.bought("power"), is(70.0));
            CHECK_THAT(run.activity("power_plant"), is(2.0 * 50.0 - 70.0));
            CHECK(run.binding("power_plant") == BindingKind::demand);
        }
    }
    GIVEN("a contract without limit, and by-product power of 30 MWh") {
        auto chain = DispatchBuilder{};
        chain.on_demand("power_plant", 60.0, {{"power", 1.0}, {"coal", -0.3}});
        chain.at_capacity("waste_heat", 30.0, {{"cement", 1.0}, {"power", 1.0}});
        chain.at_capacity("smelter", 50.0, {{"silicon", 1.0}, {"power", -2.0}});
        chain.trade("power", {.buy = unlimited, .buy_first = true});
        THEN("by-product comes first, the contract gives 100 - 30, the plant stands still") {
            const auto run = chain.solve();
            REQUIRE(run.outcome() == Outcome::solved);
            CHECK_THAT(run.bought("power"), is(70.0));
            CHECK(run.activity("power_plant") == 0.0);
        }
    }
}

SCENARIO("Where purchase ranks first, makers on demand do not work for the market",
         "[solve][dispatch]") {
    GIVEN("waste heat power of 30 MWh, a user of 20 MWh, a contract that ranks first, a market") {
        auto chain = DispatchBuilder{};
        chain.on_demand("power_plant", 60.0, {{"power", 1.0}, {"coal", -0.3}});
        chain.at_capacity("waste_heat", 30.0, {{"cement", 1.0}, {"power", 1.0}});
        chain.at_capacity("smelter", 10.0, {{"silicon", 1.0}, {"power", -2.0}});
        chain.trade("power", {.buy = 100.0, .sell = 25.0, .buy_first = true});
        THEN("nothing is bought, the market takes the surplus of 10 MWh, the plant stands still") {
            const auto run = chain.solve();
            REQUIRE(run.outcome() == Outcome::solved);
            CHECK(run.activity("power_plant") == 0.0);
            CHECK_THAT(run.bought("power"), is_nothing());
            CHECK_THAT(run.sold("power"), is(30.0 - 20.0));
        }
    }
}

SCENARIO("A limited purchase is used up before anyone is short", "[solve][dispatch]") {
    GIVEN("30 t coke made, 20 t to be bought, and 80 t that a furnace would take") {
        auto chain = DispatchBuilder{};
        chain.at_capacity("ovens", 30.0, {{"coke", 1.0}});
        chain.at_capacity("furnace", 80.0, {{"iron", 1.0}, {"coke", -1.0}});
        chain.trade("coke", {.buy = 20.0});
        THEN("the furnace runs at 30 + 20 and is short of 30") {
            const auto run = chain.solve();
            REQUIRE(run.outcome() == Outcome::solved);
            CHECK_THAT(run.activity("furnace"), is(50.0));
            CHECK_THAT(run.bought("coke"), is(20.0));
            CHECK_THAT(run.sold("coke"), is_nothing());
            CHECK_THAT(run.shortage("coke"), is(80.0 - 50.0));
            CHECK(run.binding("furnace") == BindingKind::feedstock);
        }
    }
}

SCENARIO("A finite market is demand, an unlimited sale is not", "[solve][dispatch]") {
    auto chain = DispatchBuilder{};
    chain.on_demand("kiln", 100.0, {{"lime", 1.0}, {"stone", -1.8}});
    chain.at_capacity("carbide", 20.0, {{"carbide", 1.0}, {"lime", -1.0}});
    GIVEN("a kiln on demand, an internal use of 20 t and a market for 35 t") {
        chain.trade("lime", {.sell = 35.0});
        THEN("it makes 20 + 35") {
            const auto run = chain.solve();
            REQUIRE(run.outcome() == Outcome::solved);
            CHECK_THAT(run.activity("kiln"), is(20.0 + 35.0));
            CHECK_THAT(run.sold("lime"), is(35.0));
        }
    }
    GIVEN("the same kiln and an unlimited sale") {
        chain.trade("lime", {.sell = unlimited});
        THEN("it makes the 20 t used inside and sells nothing") {
            const auto run = chain.solve();
            REQUIRE(run.outcome() == Outcome::solved);
            CHECK_THAT(run.activity("kiln"), is(20.0));
            CHECK_THAT(run.sold("lime"), is_nothing());
        }
    }
    GIVEN("a facility at capacity and an unlimited sale") {
        auto open = DispatchBuilder{};
        open.at_capacity("kiln", 100.0, {{"lime", 1.0}, {"stone", -1.8}});
        THEN("it makes for the open market") { CHECK_THAT(open.solve().sold("lime"), is(100.0)); }
    }
}

SCENARIO("Nothing is bought in order to be sold", "[solve][dispatch]") {
    GIVEN("coke that may be bought and sold, 30 t made and 20 t used") {
        auto chain = DispatchBuilder{};
        chain.at_capacity("ovens", 30.0, {{"coke", 1.0}});
        chain.at_capacity("furnace", 20.0, {{"iron", 1.0}, {"coke", -1.0}});
        chain.trade("coke", {.buy = unlimited, .sell = 50.0});
        THEN("the 10 t left are sold and none is bought") {
            const auto run = chain.solve();
            REQUIRE(run.outcome() == Outcome::solved);
            CHECK_THAT(run.sold("coke"), is(10.0));
            CHECK_THAT(run.bought("coke"), is_nothing());
        }
    }
}

// Surplus.

SCENARIO("A surplus goes to sale, then to the sink", "[solve][dispatch]") {
    GIVEN("100 t slag, a user of 20 t, a market for 30 t and a dump") {
        auto chain = DispatchBuilder{};
        chain.at_capacity("furnace", 100.0, {{"iron", 1.0}, {"slag", 1.0}});
        chain.at_capacity("cement", 40.0, {{"cement", 1.0}, {"slag", -0.5}});
        chain.trade("slag", {.sell = 30.0, .sink = true});
        THEN("30 t is sold and 100 - 20 - 30 disposed of") {
            const auto run = chain.solve();
            REQUIRE(run.outcome() == Outcome::solved);
            CHECK_THAT(run.activity("furnace"), is(100.0));
            CHECK_THAT(run.sold("slag"), is(30.0));
            CHECK_THAT(run.disposed("slag"), is(100.0 - 20.0 - 30.0));
        }
    }
    GIVEN("an unlimited sale and a dump") {
        auto chain = DispatchBuilder{};
        chain.at_capacity("furnace", 100.0, {{"iron", 1.0}, {"slag", 1.0}});
        chain.trade("slag", {.sell = unlimited, .sink = true});
        THEN("all is sold and nothing disposed of") {
            const auto run = chain.solve();
            CHECK_THAT(run.sold("slag"), is(100.0));
            CHECK_THAT(run.disposed("slag"), is_nothing());
        }
    }
}

SCENARIO("Without sale or sink a surplus holds its maker back", "[solve][dispatch]") {
    GIVEN("cells that make 1 t chlorine per t caustic, and users of 60 t chlorine") {
        auto chain = DispatchBuilder{};
        chain.at_capacity("cells", 100.0, {{"caustic", 1.0}, {"chlorine", 1.0}, {"salt", -1.6}});
        chain.at_capacity("vinyl", 120.0, {{"vinyl", 1.0}, {"chlorine", -0.5}});
        chain.trade("chlorine", {.sell = 0.0});
        THEN("the cells run at 60 and say that chlorine holds them") {
            const auto run = chain.solve();
            REQUIRE(run.outcome() == Outcome::solved);
            CHECK_THAT(run.activity("cells"), is(0.5 * 120.0));
            CHECK(run.binding("cells") == BindingKind::surplus);
            CHECK(run.binding_commodity("cells") == "chlorine");
            CHECK(run.binding("vinyl") == BindingKind::capacity);
            CHECK_THAT(run.sold("caustic"), is(60.0));
            CHECK_THAT(run.bought("salt"), is(1.6 * 60.0));
        }
    }
    GIVEN("a market for 10 t chlorine besides") {
        auto chain = DispatchBuilder{};
        chain.at_capacity("cells", 100.0, {{"caustic", 1.0}, {"chlorine", 1.0}, {"salt", -1.6}});
        chain.at_capacity("vinyl", 120.0, {{"vinyl", 1.0}, {"chlorine", -0.5}});
        chain.trade("chlorine", {.sell = 10.0});
        THEN("the market fills first: the cells run at 60 + 10") {
            const auto run = chain.solve();
            CHECK_THAT(run.activity("cells"), is(70.0));
            CHECK_THAT(run.sold("chlorine"), is(10.0));
        }
    }
}

SCENARIO("Makers on demand are held back before any by-product goes to waste",
         "[solve][dispatch]") {
    GIVEN("by-product hydrogen of 40 t, a reformer on demand, a market for 10 t, a user of 20 t") {
        auto chain = DispatchBuilder{};
        chain.at_capacity("cells", 40.0, {{"caustic", 1.0}, {"hydrogen", 1.0}});
        chain.on_demand("reformer", 50.0, {{"hydrogen", 1.0}, {"natural_gas", -3.0}});
        chain.at_capacity("peroxide", 20.0, {{"peroxide", 1.0}, {"hydrogen", -1.0}});
        chain.trade("hydrogen", {.sell = 10.0, .sink = true});
        THEN("the reformer stands still, the market is full and 40 - 20 - 10 is vented") {
            const auto run = chain.solve();
            REQUIRE(run.outcome() == Outcome::solved);
            CHECK(run.activity("reformer") == 0.0);
            CHECK(run.binding("reformer") == BindingKind::demand);
            CHECK_THAT(run.sold("hydrogen"), is(10.0));
            CHECK_THAT(run.disposed("hydrogen"), is(10.0));
        }
    }
}

SCENARIO("A maker on demand is held back by a by-product that nobody takes", "[solve][dispatch]") {
    GIVEN("a generator asked for 100 m3 acetylene, whose slurry finds one user of 60 t") {
        auto chain = DispatchBuilder{};
        chain.on_demand("generator", 500.0,
                        {{"acetylene", 1.0}, {"carbide", -3.0}, {"slurry", 1.0}});
        chain.at_capacity("brick", 60.0, {{"brick", 1.0}, {"slurry", -1.0}});
        chain.at_capacity("vinyl", 100.0, {{"vinyl", 1.0}, {"acetylene", -1.0}});
        chain.trade("slurry", {.sell = 0.0});
        THEN("it makes 60, bound by slurry, and vinyl is short of acetylene") {
            const auto run = chain.solve();
            REQUIRE(run.outcome() == Outcome::solved);
            CHECK_THAT(run.activity("generator"), is(60.0));
            CHECK(run.binding("generator") == BindingKind::surplus);
            CHECK(run.binding_commodity("generator") == "slurry");
            CHECK_THAT(run.activity("vinyl"), is(60.0));
            CHECK(run.binding_commodity("vinyl") == "acetylene");
        }
    }
}

SCENARIO("Of several makers held back, the last called goes first", "[solve][dispatch]") {
    GIVEN("two lines of 60 t by-product each, priorities 1 and 2, and 80 t taken") {
        auto chain = DispatchBuilder{};
        chain.at_capacity("second", 60.0, {{"resin", 1.0}, {"acid", 1.0, 2}});
        chain.at_capacity("first", 60.0, {{"fibre", 1.0}, {"acid", 1.0, 1}});
        chain.at_capacity("phosphate", 80.0, {{"phosphate", 1.0}, {"acid", -1.0}});
        chain.trade("acid", {.sell = 0.0});
        THEN("the first runs in full, the second at 80 - 60") {
            const auto run = chain.solve();
            REQUIRE(run.outcome() == Outcome::solved);
            CHECK_THAT(run.activity("first"), is(60.0));
            CHECK_THAT(run.activity("second"), is(20.0));
            CHECK(run.binding("second") == BindingKind::surplus);
        }
    }
    GIVEN("the same lines of 60 t and 20 t in one priority, and 40 t taken") {
        auto chain = DispatchBuilder{};
        chain.at_capacity("large", 60.0, {{"resin", 1.0}, {"acid", 1.0}});
        chain.at_capacity("small", 20.0, {{"fibre", 1.0}, {"acid", 1.0}});
        chain.at_capacity("phosphate", 40.0, {{"phosphate", 1.0}, {"acid", -1.0}});
        chain.trade("acid", {.sell = 0.0});
        THEN("both run at 40 / 80 of their capacity") {
            const auto run = chain.solve();
            REQUIRE(run.outcome() == Outcome::solved);
            CHECK_THAT(run.activity("large"), is(30.0));
            CHECK_THAT(run.activity("small"), is(10.0));
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

SCENARIO("Facilities do not stand still because each waits for the other", "[solve][dispatch]") {
    GIVEN("ovens and a kiln whose gas only a reducer takes, which has what coke the kiln leaves") {
        // At full capacity the kiln takes all coke (0.25 x 62 > 10), the reducer stands still,
        // nobody takes gas, and ovens and kiln could wait for the reducer for ever.
        auto chain = DispatchBuilder{};
        chain.at_capacity("ovens", 10.0, {{"coke", 1.0}, {"gas", 0.35, 1}});
        chain.at_capacity("kiln", 62.0, {{"lime", 1.0}, {"coke", -0.25}, {"gas", 1.0, 2}});
        chain.on_supply("reducer", 90.0, {{"iron", 1.0}, {"coke", -1.0}, {"gas", -1.0}});
        chain.trade("gas", {.sell = 0.0});
        THEN(
            "they run: 10 - 0.25 k coke is left, as much as 0.35 x 10 + k gas, so k = 6.5 / 1.25") {
            const auto run = chain.solve();
            REQUIRE(run.outcome() == Outcome::solved);
            CHECK_THAT(run.activity("ovens"), is(10.0));
            CHECK_THAT(run.activity("kiln"), is(6.5 / 1.25));
            CHECK_THAT(run.activity("reducer"), is(10.0 - 0.25 * 6.5 / 1.25));
            CHECK(run.binding("kiln") == BindingKind::surplus);
            CHECK(run.binding_commodity("reducer") == "coke");
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

// Demand, and what has no answer.

SCENARIO("Stated demand is served before all users", "[solve][dispatch]") {
    GIVEN("100 t coke, 70 t promised outside and a furnace that would take 50 t") {
        auto chain = DispatchBuilder{};
        chain.at_capacity("ovens", 100.0, {{"coke", 1.0}});
        chain.at_capacity("furnace", 50.0, {{"iron", 1.0}, {"coke", -1.0}});
        chain.trade("coke", {.demand = 70.0});
        THEN("the furnace has 100 - 70") {
            const auto run = chain.solve();
            REQUIRE(run.outcome() == Outcome::solved);
            CHECK_THAT(run.activity("furnace"), is(30.0));
            CHECK(run.binding("furnace") == BindingKind::feedstock);
        }
    }
}

SCENARIO("A demand that cannot be met is named", "[solve][dispatch]") {
    GIVEN("ovens of 100 t and 120 t asked for") {
        auto chain = DispatchBuilder{};
        chain.at_capacity("ovens", 100.0, {{"coke", 1.0}, {"coal", -1.33}});
        chain.trade("coke", {.demand = 120.0});
        THEN("there is no solution, because of coke") {
            const auto run = chain.solve();
            CHECK(run.outcome() == Outcome::infeasible);
            CHECK(run.blamed_commodities() == Names{"coke"});
        }
    }
    GIVEN("100 t asked for, of which 30 t can be bought") {
        auto chain = DispatchBuilder{};
        chain.at_capacity("ovens", 70.0, {{"coke", 1.0}, {"coal", -1.33}});
        chain.trade("coke", {.buy = 30.0, .demand = 100.0});
        THEN("that is just enough") {
            const auto run = chain.solve();
            REQUIRE(run.outcome() == Outcome::solved);
            CHECK_THAT(run.bought("coke"), is(30.0));
        }
    }
}

SCENARIO("A loop that uses more of its own output than it makes is named", "[solve][dispatch]") {
    GIVEN("a mill using 1.6 t ore per t steel, and a mine using 0.7 t steel per t ore") {
        auto chain = DispatchBuilder{};
        chain.at_capacity("mill", 100.0, {{"steel", 1.0}, {"ore", -1.6}});
        chain.at_capacity("mine", 100.0, {{"ore", 1.0}, {"steel", -0.7}});
        chain.at_capacity("bakery", 10.0, {{"bread", 1.0}, {"flour", -0.8}});
        THEN("1.6 x 0.7 > 1: mill and mine are named, the bakery is not") {
            const auto run = chain.solve();
            CHECK(run.outcome() == Outcome::unproductive);
            CHECK(run.blamed_facilities() == Names{"mill", "mine"});
        }
    }
    GIVEN("the same loop on demand, with 10 t steel asked for") {
        auto chain = DispatchBuilder{};
        chain.on_demand("mill", 100.0, {{"steel", 1.0}, {"ore", -1.6}});
        chain.on_demand("mine", 100.0, {{"ore", 1.0}, {"steel", -0.7}});
        chain.trade("steel", {.demand = 10.0});
        THEN("the loop is named, and the demand that it cannot meet") {
            const auto run = chain.solve();
            CHECK(run.outcome() == Outcome::unproductive);
            CHECK(run.blamed_facilities() == Names{"mill", "mine"});
            CHECK(run.blamed_commodities() == Names{"steel"});
        }
    }
    GIVEN("the same loop with steel to be bought") {
        auto chain = DispatchBuilder{};
        chain.at_capacity("mill", 112.0, {{"steel", 1.0}, {"ore", -1.6}});
        chain.at_capacity("mine", 100.0, {{"ore", 1.0}, {"steel", -0.7}});
        chain.trade("steel", {.buy = unlimited});
        THEN("it runs: 100 t ore give 62.5 t steel, and 0.7 x 100 - 62.5 is bought") {
            const auto run = chain.solve();
            REQUIRE(run.outcome() == Outcome::solved);
            CHECK_THAT(run.activity("mine"), is(100.0));
            CHECK_THAT(run.activity("mill"), is(100.0 / 1.6));
            CHECK_THAT(run.bought("steel"), is(0.7 * 100.0 - 62.5));
        }
    }
    GIVEN("a facility that consumes more of its own product than it makes") {
        auto chain = DispatchBuilder{};
        chain.at_capacity("auxiliary_power", 10.0, {{"power", -0.1}, {"coal", -0.5}});
        chain.trade("power", {.buy = unlimited});
        THEN("it is named") {
            const auto run = chain.solve();
            CHECK(run.outcome() == Outcome::unproductive);
            CHECK(run.blamed_facilities() == Names{"auxiliary_power"});
        }
    }
}

SCENARIO("Standing still for want of an outside supply is not an unproductive loop",
         "[solve][dispatch]") {
    GIVEN("a plant whose feed is made only by a plant that is not built") {
        auto chain = DispatchBuilder{};
        chain.at_capacity("future_ovens", 0.0, {{"gas", 1.0}});
        chain.at_capacity("methanol", 100.0, {{"methanol", 1.0}, {"gas", -2.0}});
        THEN("it is solved, at zero, for want of gas") {
            const auto run = chain.solve();
            REQUIRE(run.outcome() == Outcome::solved);
            CHECK(run.activity("methanol") == 0.0);
            CHECK(run.binding("methanol") == BindingKind::feedstock);
            CHECK(run.binding_commodity("methanol") == "gas");
        }
    }
}

SCENARIO("A start that does not fit the equations is refused", "[solve][dispatch]") {
    GIVEN("one commodity and a start for two") {
        auto chain = DispatchBuilder{};
        chain.at_capacity("ovens", 100.0, {{"coke", 1.0}});
        THEN("the solver says so") {
            CHECK_THROWS_AS(chain.solve_from({.user_level = {1.0, 1.0}, .maker_level = {1.0, 1.0}}),
                            chainsim::ContractError);
        }
    }
    GIVEN("equations with a driver too many") {
        auto chain = DispatchBuilder{};
        chain.at_capacity("ovens", 100.0, {{"coke", 1.0}});
        auto equations = chain.equations();
        equations.driver.push_back(chainsim::system::ColumnDriver::on_demand);
        THEN("they are refused before anything is solved") {
            CHECK_THROWS_AS(chainsim::solve::Dispatch(equations), chainsim::ContractError);
        }
    }
}
