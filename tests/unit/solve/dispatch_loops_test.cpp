#include "support/catch.hpp"
#include "support/dispatch_builder.hpp"
#include "support/dispatch_matchers.hpp"

#include <string>
#include <vector>

using chainsim::system::BindingKind;
using chainsim::system::Outcome;
using chainsim::system::unlimited;
using chainsim::test::DispatchBuilder;
using chainsim::test::is;

namespace {

using Names = std::vector<std::string>;

} // namespace

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
        THEN("a start from standstill is led to the same") {
            // With makers free to run but users at rest, each waits for the other.
            for (const double makers : {0.0, 1.0}) {
                const auto run =
                    chain.solve_from({.user_level = {0.0, 0.0}, .maker_level = {makers, makers}});
                REQUIRE(run.outcome() == Outcome::solved);
                CHECK_THAT(run.activity("furnace"), is(100.0));
                CHECK_THAT(run.activity("brickworks"), is(50.0));
            }
        }
    }
}

SCENARIO("Of several answers, the one from full capacity counts", "[solve][dispatch]") {
    GIVEN("a cracker and a gasifier that take the same ore and sell to the same small market") {
        auto chain = DispatchBuilder{};
        chain.at_capacity("mine", 10.0, {{"ore", 1.0}});
        chain.at_capacity("cracker", 10.0, {{"iron", 1.0}, {"ore", -1.0}, {"gas", 0.5, 2}});
        chain.on_supply("gasifier", 20.0, {{"gas", 1.0}, {"ore", -1.0}});
        chain.trade("gas", {.sell = 5.0});
        THEN("the cracker takes all ore, and its gas fills the market") {
            const auto run = chain.solve();
            REQUIRE(run.outcome() == Outcome::solved);
            CHECK_THAT(run.activity("cracker"), is(10.0));
            CHECK(run.activity("gasifier") == 0.0);
            CHECK(run.binding_commodity("gasifier") == "ore");
        }
        THEN("from makers at rest the gasifier fills the market first, and the cracker must wait") {
            const auto run =
                chain.solve_from({.user_level = {1.0, 1.0, 1.0}, .maker_level = {0.0, 0.0, 0.0}});
            REQUIRE(run.outcome() == Outcome::solved);
            CHECK(run.activity("cracker") == 0.0);
            CHECK(run.binding_commodity("cracker") == "gas");
            CHECK_THAT(run.activity("gasifier"), is(5.0));
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

// What has no answer, and what only looks like it.

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
