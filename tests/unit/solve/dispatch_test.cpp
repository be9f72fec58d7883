#include "support/catch.hpp"
#include "support/dispatch_builder.hpp"
#include "support/dispatch_matchers.hpp"
#include <chainsim/base/error.hpp>
#include <chainsim/solve/dispatch.hpp>

#include <string>
#include <vector>

using chainsim::system::BindingKind;
using chainsim::system::Outcome;
using chainsim::test::DispatchBuilder;
using chainsim::test::is;

namespace {

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
