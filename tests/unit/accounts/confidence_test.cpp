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
