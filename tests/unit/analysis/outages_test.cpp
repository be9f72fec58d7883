#include "mill.hpp"
#include "support/catch.hpp"
#include <chainsim/analysis/outages.hpp>
#include <chainsim/base/error.hpp>

#include <algorithm>
#include <string>

using Catch::Matchers::WithinRel;
using chainsim::test::Solved;
namespace analysis = chainsim::analysis;
namespace test = chainsim::test;

namespace {

const analysis::Outage& outage_of(const analysis::Outages& outages, const Solved& year,
                                  const std::string& facility) {
    const auto found =
        std::find_if(outages.ranked.begin(), outages.ranked.end(), [&](const auto& outage) {
            return outage.facility == year.facility(facility);
        });
    REQUIRE(found != outages.ranked.end());
    return *found;
}

} // namespace

SCENARIO("The outage of a plant costs what the district no longer earns", "[analysis][outages]") {
    GIVEN("a mill of 50 t iron, of which a forge makes 25 t into 20 t of parts") {
        const Solved year(test::mill_chain().build());
        const auto outages = analysis::outages(year.scenario, year.system, year.solution);

        // 25 t iron x 100 + 20 t parts x 300 - 75 t ore x 10
        THEN("the district earns 7750 CNY with nothing off") {
            CHECK_THAT(outages.value_added, WithinRel(7750.0, 1e-12));
            CHECK_THAT(outages.gdp, WithinRel(7750.0, 1e-12));
        }
        THEN("plants are ranked by what their loss costs") {
            REQUIRE(outages.ranked.size() == 3);
            CHECK(outages.ranked[0].facility == year.facility("mill"));
            CHECK(outages.unsolved.empty());
        }
        THEN("without the mill all stands still and all is lost") {
            const auto& mill = outage_of(outages, year, "mill");
            CHECK_THAT(mill.lost_value_added, WithinRel(7750.0, 1e-12));
            CHECK(mill.activity == 50.0);
            REQUIRE(mill.stops.size() == 2);
            CHECK(mill.stops[0].facility == year.facility("forge")); // which earns more
            CHECK(mill.stops[0].before == 20.0);
            CHECK(mill.stops[0].after == 0.0);
            CHECK(mill.flared.empty());
            REQUIRE(mill.sold_less.size() == 2);
            CHECK(mill.sold_less[0].commodity == year.commodity("parts"));
            CHECK_THAT(mill.sold_less[0].value, WithinRel(6000.0, 1e-12));
        }
        THEN("without the forge iron is sold raw, and the gas of its steam is flared") {
            // 20 x 300 less 25 x 100
            const auto& forge = outage_of(outages, year, "forge");
            CHECK_THAT(forge.lost_value_added, WithinRel(3500.0, 1e-12));
            REQUIRE(forge.stops.size() == 1);
            CHECK(forge.stops[0].facility == year.facility("boiler"));
            REQUIRE(forge.flared.size() == 1);
            CHECK(forge.flared[0].commodity == year.commodity("gas"));
            CHECK_THAT(forge.flared[0].amount, WithinRel(2.0, 1e-12));
            CHECK(forge.bought.empty());
        }
    }
}

TEST_CASE("An outage is the run of the same year with that plant's availability at none",
          "[analysis][outages]") {
    const Solved year(test::mill_chain().build());
    const auto outages = analysis::outages(year.scenario, year.system, year.solution);
    for (const std::string id : {"mill", "boiler", "forge"}) {
        INFO(id);
        auto chain = test::mill_chain();
        const double capacity = id == "mill" ? 50.0 : id == "boiler" ? 6.0 : 20.0;
        const std::string process = id == "mill"     ? "milling"
                                    : id == "boiler" ? "boiling"
                                                     : "forging";
        auto& facility = chain.facility(id, process, capacity);
        facility.availability = 0.0;
        const Solved off(chain.build());
        CHECK_THAT(outages.value_added - outage_of(outages, year, id).lost_value_added,
                   WithinRel(off.indicator("value_added"), 1e-12));
    }
}

TEST_CASE("What a plant halves is told apart from what it stops", "[analysis][outages]") {
    auto chain = test::mill_chain();
    chain.facility("mill_2", "milling", 11.0); // alone: 8.8 t of parts, less than half
    const Solved year(chain.build());
    const auto outages = analysis::outages(year.scenario, year.system, year.solution);
    const auto& mill = outage_of(outages, year, "mill");
    CHECK(mill.stops.empty());
    REQUIRE(mill.reduced.size() == 2);
    CHECK(mill.reduced[0].facility == year.facility("forge"));
    CHECK_THAT(mill.reduced[0].after, WithinRel(8.8, 1e-12));
}

TEST_CASE("What must be bought instead is told with its cost", "[analysis][outages]") {
    auto chain = test::mill_chain();
    chain.market("iron", test::open_side(), std::nullopt);
    chain.market("steam", test::open_side(), std::nullopt);
    const Solved year(chain.build());
    const auto outages = analysis::outages(year.scenario, year.system, year.solution);
    const auto& mill = outage_of(outages, year, "mill");
    REQUIRE(mill.bought.size() == 2); // and 2 t of steam, now that there is no gas
    CHECK(mill.bought[0].commodity == year.commodity("iron"));
    CHECK_THAT(mill.bought[0].value, WithinRel(2500.0, 1e-12));
    CHECK_THAT(mill.bought[1].value, WithinRel(10.0, 1e-12));
}

TEST_CASE("An outage without a solution is named, and is no failure", "[analysis][outages]") {
    auto chain = test::mill_chain();
    chain.demand("parts", 15.0);
    const Solved year(chain.build());
    const auto outages = analysis::outages(year.scenario, year.system, year.solution);
    REQUIRE(outages.unsolved.size() == 3);
    for (const auto& outage : outages.unsolved) {
        CHECK(outage.outcome == chainsim::system::Outcome::infeasible);
    }
}

TEST_CASE("Plants that stand still cannot be lost", "[analysis][outages]") {
    auto chain = test::mill_chain();
    chain.facility("spare", "forging", 5.0).start = 2030;
    const Solved year(chain.build());
    const auto outages = analysis::outages(year.scenario, year.system, year.solution);
    CHECK(outages.ranked.size() == 3);
}

TEST_CASE("Energy that the models do not count is not known", "[analysis][outages]") {
    auto chain = test::mill_chain();
    chain.process("lighting", {{"power", -1.0}, {"light", 1.0}});
    chain.energy("power");
    chain.facility("lamps", "lighting", 1.0);
    const Solved year(chain.build()); // no factor for the equivalent value of power
    const auto outages = analysis::outages(year.scenario, year.system, year.solution);
    CHECK(std::isnan(outages.energy));
    CHECK(std::isnan(outages.ranked.front().energy));
}

TEST_CASE("A solution of another system is refused", "[analysis][outages]") {
    const Solved year(test::mill_chain().build());
    CHECK_THROWS_AS(analysis::outages(year.scenario, year.system, chainsim::system::Solution{}),
                    chainsim::ContractError);
}
