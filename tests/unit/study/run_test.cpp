#include "ovens.hpp"
#include "support/catch.hpp"
#include <chainsim/study/run.hpp>

#include <algorithm>
#include <string>
#include <string_view>

using Catch::Matchers::WithinRel;
using chainsim::system::Outcome;
namespace study = chainsim::study;
namespace test = chainsim::test;

namespace {

const study::CommodityBalance& balance(const study::Run& run, const std::string& id) {
    const auto index = run.scenario().model.commodities.find(id).value();
    for (const auto& one : run.year(2025).commodities()) {
        if (one.commodity == index) {
            return one;
        }
    }
    throw std::logic_error("no balance of " + id);
}

} // namespace

SCENARIO("A run holds what each year came to", "[study][run]") {
    GIVEN("two ovens and a tar plant that their tar does not fill") {
        const auto run = study::Study(test::ovens()).run();
        REQUIRE(run.outcome() == Outcome::solved);
        const auto& year = run.year(2025);

        THEN("the ovens run full, and the still on 150 x 0.05 / 1.25 = 6 t") {
            const auto& facilities = run.scenario().facilities;
            CHECK_THAT(year.activity(facilities.find("ovens_a").value()), WithinRel(100.0, 1e-12));
            CHECK_THAT(year.activity(facilities.find("still").value()), WithinRel(6.0, 1e-12));
            CHECK(year.activity(facilities.find("still_2").value()) == 0.0);
        }
        THEN("each commodity is told gross and balances") {
            CHECK_THAT(balance(run, "coal").bought, WithinRel(210.0, 1e-12));
            CHECK_THAT(balance(run, "coal").consumed, WithinRel(210.0, 1e-12));
            CHECK_THAT(balance(run, "tar").produced, WithinRel(7.5, 1e-12));
            CHECK_THAT(balance(run, "tar").consumed, WithinRel(7.5, 1e-12));
            CHECK_THAT(balance(run, "coke").sold, WithinRel(150.0, 1e-12));
            CHECK_THAT(balance(run, "smoke").disposed, WithinRel(52.5, 1e-12));
            for (const auto& one : year.commodities()) {
                CHECK(std::abs(one.produced + one.bought - one.consumed - one.sold - one.disposed -
                               one.final_demand) <= 1e-9);
            }
        }
        THEN("an indicator comes with its unit, and an unknown one is an error of the code") {
            CHECK_THAT(year.indicator("made_coke").in("kt"), WithinRel(0.15, 1e-12));
            CHECK_THROWS_WITH(year.indicator("happiness"),
                              "contract: no indicator 'happiness' in 2025");
            CHECK_THROWS_WITH(run.year(1999), "contract: the run has no year 1999");
        }
        THEN("a plant that is not there yet differs from one that was retired or never runs") {
            auto chain = test::ovens_chain();
            chain.facility("old", "coking", 10.0).retire = 2020;
            chain.facility("shut", "coking", 10.0).availability = 0.0;
            const auto other = study::Study(test::ovens(chain)).run();
            const auto kind = [&](std::string_view id) {
                const auto& columns = other.year(2025).system().layout.columns;
                const auto index = other.scenario().facilities.find(id).value();
                const auto at = std::find(columns.begin(), columns.end(), index) - columns.begin();
                return other.year(2025).solution().binding[static_cast<std::size_t>(at)].kind;
            };
            CHECK(kind("still_2") == chainsim::system::BindingKind::not_built);
            CHECK(kind("old") == chainsim::system::BindingKind::off);
            CHECK(kind("shut") == chainsim::system::BindingKind::off);
        }
        THEN("a trace finds what facilities take and what is used of all") {
            const auto flows = year.flows(run.scenario());
            const auto tar = run.scenario().model.commodities.find("tar").value();
            CHECK_THAT(flows.used[tar.value], WithinRel(7.5, 1e-12));
            CHECK(flows.taken.size() == 5);
        }
    }
}

SCENARIO("A run without a solution says why and shows no results", "[study][run]") {
    GIVEN("a demand for a metal that nobody makes or sells") {
        auto chain = test::ovens_chain();
        chain.commodity("metal");
        chain.market("metal", test::closed_side(), test::closed_side());
        chain.demand("metal", 10.0);
        const auto run = study::Study(test::ovens(chain, {2025, 2030})).run();
        THEN("the outcome, the year and the commodity are named") {
            CHECK(run.outcome() == Outcome::infeasible);
            REQUIRE(run.failure().has_value());
            CHECK(run.failure()->year == 2025);
            CHECK(run.failure()->message ==
                  "no solution in 2025: the demand for metal cannot be met");
            CHECK_THROWS_AS(run.years(), chainsim::ContractError);
            CHECK_THROWS_AS(run.year(2025), chainsim::ContractError);
        }
    }
}
