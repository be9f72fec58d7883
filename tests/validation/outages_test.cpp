#include "support/catch.hpp"
#include "support/solved_year.hpp"
#include <chainsim/analysis/outages.hpp>

#include <string>
#include <string_view>
#include <utility>

// Outages of the real district against whole runs of a changed scenario.

namespace {

using Catch::Matchers::WithinRel;
using chainsim::test::solved_plan;
using chainsim::test::SolvedYear;
using chainsim::test::source;
namespace analysis = chainsim::analysis;
namespace model = chainsim::model;

/// The district with that plant off, compiled and solved anew.
SolvedYear without(model::Index<model::Facility> facility, bool retired) {
    auto scenario = solved_plan().scenario();
    auto& one = scenario.facilities[facility];
    if (retired) {
        one.retire = 2025;
    } else {
        one.availability = 0.0;
    }
    return {std::move(scenario), 2025};
}

} // namespace

TEST_CASE("The outages of the plan equal runs with that plant off", "[outages][district]") {
    const auto outages = analysis::outages(solved_plan().scenario(), solved_plan().system(),
                                           solved_plan().solution());
    CHECK_THAT(outages.value_added, WithinRel(solved_plan().indicator("value_added"), 1e-12));
    CHECK(outages.ranked.size() + outages.unsolved.size() > 200);
    const auto& ranked = outages.ranked;
    for (const auto position : {std::size_t{0}, ranked.size() / 2, ranked.size() - 1}) {
        const auto& outage = ranked[position];
        for (const bool retired : {false, true}) {
            const auto run = without(outage.facility, retired);
            INFO(solved_plan().scenario().facilities[outage.facility].id << " retired " << retired);
            CHECK_THAT(outages.value_added - outage.lost_value_added,
                       WithinRel(run.indicator("value_added"), 1e-9));
            CHECK_THAT(outages.gdp - outage.lost_gdp, WithinRel(run.indicator("gdp"), 1e-9));
            CHECK_THAT(outages.energy + outage.energy,
                       WithinRel(run.indicator("energy_total_equivalent"), 1e-9));
            for (const auto& cut : outage.stops) {
                CHECK(run.activity(run.scenario().facilities[cut.facility].id) < 1e-9 * cut.before);
            }
        }
    }
    // What has no solution has none in a run either.
    for (const auto& outage : outages.unsolved) {
        CHECK(without(outage.facility, false).solution().outcome == outage.outcome);
    }
}
