#include "mill.hpp"
#include "support/catch.hpp"
#include "support/near.hpp"
#include <chainsim/analysis/chains.hpp>
#include <chainsim/analysis/gaps.hpp>

#include <algorithm>
#include <cmath>

using namespace chainsim;
using analysis::GapKind;
using test::mill_chain;
using test::Near;
using test::Solved;

namespace {

/// The mill with processes that nobody runs: rolling takes iron, mining makes ore.
test::ChainBuilder with_library() {
    auto chain = mill_chain();
    chain.process("rolling", {{"iron", -1.1}, {"rails", 1.0}});
    chain.process("sintering", {{"fines", -1.2}, {"ore", 1.0}});
    chain.process("filtering", {{"iron", -0.1}, {"cloth", -1.0}, {"filters", 1.0}});
    chain.price("rails", 200.0);
    chain.price("fines", 5.0);
    chain.price("filters", 5000.0);
    chain.price("cloth", 1.0);
    return chain;
}

const analysis::Gap* find(const analysis::Gaps& gaps, GapKind kind,
                          model::Index<model::Commodity> commodity) {
    const auto found = std::find_if(gaps.gaps.begin(), gaps.gaps.end(), [&](const auto& gap) {
        return gap.kind == kind && gap.commodity == commodity;
    });
    return found == gaps.gaps.end() ? nullptr : &*found;
}

} // namespace

SCENARIO("What is sold raw is tried in each process that could take it", "[analysis][gaps]") {
    GIVEN("25 t of iron sold at 100 CNY/t, and rolling: 1.1 t of iron to a tonne of rails at 200") {
        const Solved year(with_library().build());
        const auto gaps = analysis::gaps(year.scenario, 2025, analysis::GapOrder::value);
        const auto* gap = find(gaps, GapKind::surplus, year.commodity("iron"));
        REQUIRE(gap != nullptr);
        THEN("the gap is what is sold") { CHECK_THAT(gap->amount, Near(25.0, 1e-9, "t")); }
        THEN("a second forge is best: 20 t of parts at 300, on steam of gas that is flared now") {
            const auto& best = gap->candidates.front();
            CHECK(best.process == year.process("forging"));
            CHECK_THAT(best.value_added, Near(20.0 * 300.0 - 25.0 * 100.0, 1e-9, "CNY"));
        }
        THEN("rolling takes all of it: 25 / 1.1 t of rails, less the iron that is no longer sold") {
            REQUIRE(gap->candidates.size() == 2);
            const auto& second = gap->candidates.back();
            CHECK(second.process == year.process("rolling"));
            CHECK_THAT(second.activity, Near(25.0 / 1.1, 1e-9, "t"));
            CHECK_THAT(second.closes, Near(25.0, 1e-9, "t"));
            CHECK_THAT(second.value_added, Near(25.0 / 1.1 * 200.0 - 25.0 * 100.0, 1e-9, "CNY"));
        }
        THEN("a process that takes it by the way is no candidate") {
            for (const auto& one : gap->candidates) {
                CHECK(one.process != year.process("filtering"));
            }
        }
    }
}

SCENARIO("What is bought is tried in each process that could make it", "[analysis][gaps]") {
    GIVEN("75 t of ore bought at 10 CNY/t, and sintering of 1.2 t fines at 5 CNY/t") {
        const Solved year(with_library().build());
        const auto gaps = analysis::gaps(year.scenario, 2025);
        const auto* gap = find(gaps, GapKind::bought, year.commodity("ore"));
        REQUIRE(gap != nullptr);
        CHECK_THAT(gap->amount, Near(75.0, 1e-9, "t"));
        const auto& best = gap->candidates.front();
        CHECK(best.process == year.process("sintering"));
        CHECK_THAT(best.value_added, Near(75.0 * (10.0 - 1.2 * 5.0), 1e-9, "CNY"));
        THEN("it takes no energy, so its value per tce is beyond every number") {
            CHECK(std::isinf(best.value_per_tce()));
        }
    }
}

SCENARIO("What a plant lets others make closes the gap as well", "[analysis][gaps]") {
    GIVEN("works on 100 MWh, of which an engine makes 30 of the gas that boilers leave, and 70 are "
          "bought") {
        test::ChainBuilder chain("works");
        chain.energy("power");
        auto& steam = chain.commodity("steam");
        steam.phase = model::Phase::energy;
        steam.trade = model::Trade::internal;
        chain.process("working", {{"scrap", -1.0},
                                  {"power", -1.0, model::FlowKind::utility},
                                  {"steam", -0.2, model::FlowKind::utility},
                                  {"goods", 1.0},
                                  {"gas", 0.5}});
        chain.process("boiling", {{"gas", -1.0, model::FlowKind::fuel}, {"steam", 1.0}});
        chain.process("engine", {{"gas", -1.0, model::FlowKind::fuel}, {"power", 1.0}});
        chain.process("cogeneration",
                      {{"coal", -0.5, model::FlowKind::fuel}, {"power", 1.0}, {"steam", 0.1}});
        auto& gas = chain.commodity("gas");
        gas.phase = model::Phase::gas;
        gas.trade = model::Trade::internal;
        gas.sink = model::Sink::flare;
        chain.facility("works", "working", 100.0);
        chain.facility("boiler", "boiling", 20.0).driver = model::Driver::on_demand;
        auto& engine = chain.facility("engine", "engine", 60.0);
        engine.driver = model::Driver::on_demand;
        engine.priority = 200; // the gas goes to the boiler first
        for (const char* bought : {"scrap", "power", "coal"}) {
            chain.market(bought, test::open_side(), std::nullopt);
            chain.price(bought, 100.0);
        }
        chain.price("goods", 1000.0);
        const Solved year(chain.build());
        const auto gaps = analysis::gaps(year.scenario, 2025);
        const auto* gap = find(gaps, GapKind::bought, year.commodity("power"));
        REQUIRE(gap != nullptr);
        CHECK_THAT(gap->amount, Near(70.0, 1e-9, "MWh"));
        const auto& best = gap->candidates.front();
        REQUIRE(best.process == year.process("cogeneration"));
        THEN("a tenth of what it makes comes as steam, and so much more gas goes to the engine") {
            CHECK_THAT(best.activity, Near(70.0 / 1.1, 1e-9, "MWh"));
        }
        THEN("nothing is bought any more: it closes the gap whole") {
            CHECK_THAT(best.closes, Near(70.0, 1e-9, "MWh"));
        }
    }
}

SCENARIO("A product of a list counts if what the step before it names goes into it",
         "[analysis][chains]") {
    GIVEN("a list of ore, iron and parts, and one that has parts made of cloth, and rails") {
        auto scenario = with_library().build();
        model::Chain one;
        one.id = "a";
        one.name = {"铁", "iron"};
        one.kind = "product_list";
        one.steps = {{"ore"}, {"iron"}, {"parts"}};
        model::Chain other = one;
        other.id = "b";
        other.steps = {{"cloth"}, {"parts", "rails"}};
        scenario.model.chains = model::Registry<model::Chain>({one, other});
        const Solved year(std::move(scenario));
        graph::YearFlows flows;
        flows.used.assign(year.scenario.model.commodities.size(), 0.0);
        flows.used[year.commodity("ore").value] = 75.0;
        flows.used[year.commodity("iron").value] = 50.0;
        flows.taken.push_back({year.facility("mill"), year.commodity("ore"), 75.0});
        flows.taken.push_back({year.facility("forge"), year.commodity("iron"), 25.0});
        const auto progress =
            analysis::chain_progress(year.scenario, year.system, year.solution, flows);
        REQUIRE(progress.size() == 2);
        THEN("ore goes into iron and iron into parts") {
            REQUIRE(progress[0].products.size() == 2);
            CHECK(progress[0].products[0].along);
            CHECK(progress[0].products[1].along);
            CHECK(progress[0].realised == 2);
        }
        THEN("parts are made, but not of cloth, and rails not at all") {
            const auto& products = progress[1].products;
            REQUIRE(products.size() == 2);
            CHECK(products[0].made);
            CHECK_FALSE(products[0].along);
            CHECK_FALSE(products[1].made);
            CHECK_FALSE(products[1].along);
            CHECK(progress[1].realised == 0);
        }
    }
}

SCENARIO("The district is the same before and after the trials", "[analysis][gaps]") {
    const Solved year(with_library().build());
    const auto gaps = analysis::gaps(year.scenario, 2025);
    CHECK_THAT(gaps.value_added, Near(year.indicator("value_added"), 1e-9, "CNY"));
    CHECK(gaps.tried >= 2);
}

SCENARIO("The links of a chain are there, possible or absent", "[analysis][chains]") {
    auto chain = with_library();
    auto scenario = chain.build();
    model::Chain one;
    one.id = "ore_to_rails";
    one.name = {"矿石—钢轨", "ore to rails"};
    one.kind = "chain";
    one.steps = {{"ore"}, {"iron"}, {"rails"}, {"cloth"}};
    scenario.model.chains = model::Registry<model::Chain>({one});
    const Solved year(std::move(scenario));
    graph::YearFlows flows;
    flows.used.assign(year.scenario.model.commodities.size(), 0.0);
    flows.used[year.commodity("ore").value] = 75.0;
    flows.used[year.commodity("iron").value] = 50.0;
    flows.taken.push_back({year.facility("mill"), year.commodity("ore"), 75.0});
    flows.taken.push_back({year.facility("forge"), year.commodity("iron"), 25.0});
    const auto progress =
        analysis::chain_progress(year.scenario, year.system, year.solution, flows);
    REQUIRE(progress.size() == 1);
    const auto& steps = progress[0].steps;
    REQUIRE(steps.size() == 3);
    CHECK(steps[0][0].state == analysis::LinkState::realised);
    REQUIRE(steps[0][0].facilities.size() == 1);
    CHECK(steps[0][0].facilities[0].facility == year.facility("mill"));
    CHECK(steps[0][0].facilities[0].part == 1.0);
    CHECK(steps[1][0].state == analysis::LinkState::possible);
    CHECK(steps[1][0].missing == std::vector{year.process("rolling")});
    CHECK(steps[2][0].state == analysis::LinkState::absent);
    CHECK(progress[0].realised == 1);
    CHECK(progress[0].reached == 1);
    const auto& products = progress[0].products;
    REQUIRE(products.size() == 3); // what comes after the ore
    CHECK(products[0].id == "iron");
    CHECK(products[0].made);
    CHECK_FALSE(products[1].made);
    CHECK_FALSE(products[2].made);
}

SCENARIO("A list of products counts what is made, and who makes it", "[analysis][chains]") {
    GIVEN("iron and parts, which run, rails that no one makes, and a family of both") {
        auto scenario = with_library().build();
        model::Family metal;
        metal.id = "metal_goods";
        metal.members = {"rails", "parts"};
        scenario.model.families = model::Registry<model::Family>({metal});
        model::Chain one;
        one.id = "goods";
        one.name = {"产品", "goods"};
        one.kind = "product_list";
        one.steps = {{"iron", "rails", "metal_goods"}};
        scenario.model.chains = model::Registry<model::Chain>({one});
        const Solved year(std::move(scenario));
        graph::YearFlows flows;
        flows.used.assign(year.scenario.model.commodities.size(), 0.0);
        const auto progress =
            analysis::chain_progress(year.scenario, year.system, year.solution, flows);
        REQUIRE(progress.size() == 1);
        THEN("the family is there by its parts") {
            const auto& products = progress[0].products;
            REQUIRE(products.size() == 3);
            CHECK(products[0].made);
            CHECK_FALSE(products[1].made);
            CHECK(products[2].made);
        }
        THEN("mill and forge count whole: 50 t x 85 and 20 t x 174.5, as they are priced") {
            CHECK(progress[0].facilities.size() == 2);
            CHECK_THAT(progress[0].value_added, Near(50.0 * 85.0 + 20.0 * 174.5, 1e-9, "CNY"));
        }
        THEN("it has no links") { CHECK(progress[0].steps.empty()); }
    }
}

SCENARIO("A plant that serves several chains counts in each by what goes on there",
         "[analysis][chains]") {
    GIVEN("iron of 50 t, of which 25 t go into parts and 25 t are sold") {
        auto scenario = mill_chain().build();
        model::Chain one;
        one.id = "ore_to_parts";
        one.name = {"矿石—零件", "ore to parts"};
        one.kind = "chain";
        one.steps = {{"ore"}, {"parts"}};
        scenario.model.chains = model::Registry<model::Chain>({one});
        const Solved year(std::move(scenario));
        graph::YearFlows flows;
        flows.used.assign(year.scenario.model.commodities.size(), 0.0);
        flows.used[year.commodity("ore").value] = 75.0;
        flows.used[year.commodity("iron").value] = 50.0;
        flows.taken.push_back({year.facility("mill"), year.commodity("ore"), 75.0});
        flows.taken.push_back({year.facility("forge"), year.commodity("iron"), 25.0});
        const auto progress =
            analysis::chain_progress(year.scenario, year.system, year.solution, flows);
        THEN("the mill counts by half, the forge whole") {
            const auto& carriers = progress[0].facilities;
            REQUIRE(carriers.size() == 2);
            for (const auto& [facility, part] : carriers) {
                CHECK(part == Approx(facility == year.facility("mill") ? 0.5 : 1.0));
            }
        }
        THEN("value added: half of 50 t x (100 - 1.5 x 10), and 20 t x (300 - 125 - 0.1 x 5)") {
            CHECK_THAT(progress[0].value_added,
                       Near(0.5 * 50.0 * 85.0 + 20.0 * (300.0 - 125.0 - 0.5), 1e-9, "CNY"));
        }
    }
}
