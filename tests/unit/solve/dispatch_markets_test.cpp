#include "support/catch.hpp"
#include "support/dispatch_builder.hpp"
#include "support/dispatch_matchers.hpp"

using chainsim::system::BindingKind;
using chainsim::system::Outcome;
using chainsim::system::unlimited;
using chainsim::test::DispatchBuilder;
using chainsim::test::is;
using chainsim::test::is_nothing;

// Purchase and sale.

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
