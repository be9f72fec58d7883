#include "solved_accounts.hpp"
#include "support/catch.hpp"
#include "support/chain_builder.hpp"
#include "support/near.hpp"
#include <chainsim/accounts/indicators.hpp>

// The accounts of small districts, worked by hand beside each.

namespace {

using namespace chainsim;
using test::Accounts;
using test::coal_and_power;
using test::Near;

} // namespace

SCENARIO("An indicator is no surer than the capacity and the load that it rests on",
         "[accounts][confidence]") {
    auto chain = coal_and_power();
    chain.process("mine", {{"coal", 1.0}});
    auto& mine = chain.facility("mine_1", "mine", 100.0);
    mine.availability_confidence = model::Confidence::estimate;
    const Accounts year(chain.build());
    const auto shares = accounts::confidence_shares(year.scenario, year.system, year.solution);
    for (const auto* id : {"made_coal", "sold_coal", "revenue", "value_added"}) {
        CAPTURE(id);
        CHECK_THAT(shares.at(id)[static_cast<std::size_t>(model::Confidence::estimate)],
                   Near(1.0, 1e-12));
    }
}

SCENARIO("What passes through a plant weighs no more than what it brings",
         "[accounts][confidence]") {
    // 1,000 t of coal are washed to 950 t, on an assumed capacity; the rest of the economy burns
    // 50 tce that are known. Of the total of 85 tce, 35 are lost in washing: 50 t x 0.7.
    auto chain = coal_and_power();
    auto& washed = chain.commodity("washed_coal");
    washed.energy_product = true;
    washed.standard_coal = test::datum(700.0, "kgce/t");
    chain.process("washing", {{"washed_coal", 1.0}, {"coal", -1000.0 / 950.0}});
    chain.price("washed_coal", 600.0);
    chain.facility("washery", "washing", 950.0).capacity.provenance.confidence =
        model::Confidence::assumption;
    chain.market("coal", test::open_side(), test::closed_side());
    auto scenario = chain.build();
    scenario.region.rest_of_economy.emplace("energy_calorific",
                                            model::Path(test::datum(50.0, "tce/a")));
    const Accounts year(std::move(scenario));
    CHECK_THAT(year["energy_total_calorific"], Near(85.0, 1e-12, "tce"));
    const auto shares = accounts::confidence_shares(year.scenario, year.system, year.solution)
                            .at("energy_total_calorific");
    CHECK_THAT(shares[static_cast<std::size_t>(model::Confidence::assumption)],
               Near(35.0 / 85.0, 1e-12));
    CHECK_THAT(shares[static_cast<std::size_t>(model::Confidence::known)],
               Near(50.0 / 85.0, 1e-12));
}

SCENARIO("Confidence has shares that sum to 1 where an indicator is zero, and for ratios",
         "[accounts][confidence]") {
    auto chain = coal_and_power();
    chain.process("mine", {{"coal", 1.0}});
    chain.process("idle", {{"slag", 1.0}, {"coal", -1.0}});
    chain.price("slag", 10.0);
    chain.facility("mine_1", "mine", 100.0);
    auto& idle = chain.facility("idle_1", "idle", 50.0);
    idle.driver = model::Driver::on_demand; // and nobody asks
    idle.capacity.provenance.confidence = model::Confidence::estimate;
    chain.market("slag", test::closed_side(), test::closed_side());
    const Accounts year(chain.build());
    const auto shares = accounts::confidence_shares(year.scenario, year.system, year.solution);
    THEN("what is not made is as sure as the plant that could make it") {
        REQUIRE(year["made_slag"] == 0.0);
        CHECK(shares.at("made_slag")[static_cast<std::size_t>(model::Confidence::estimate)] == 1.0);
    }
    THEN("every indicator that has shares has whole ones, ratios included") {
        REQUIRE(shares.contains("local_conversion_coal"));
        for (const auto& [id, one] : shares) {
            CAPTURE(id);
            double total = 0.0;
            for (const double share : one) {
                total += share;
            }
            CHECK_THAT(total, Near(1.0, 1e-12));
        }
    }
    THEN("an indicator that nothing could move has none") {
        CHECK_FALSE(shares.contains("power_renewable"));
    }
}
