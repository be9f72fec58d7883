#include "support/catch.hpp"
#include "support/solved_year.hpp"
#include <chainsim/analysis/gaps.hpp>

#include <string>
#include <utility>
#include <vector>

// Gaps of the real district against whole runs of a scenario with the plant in it.

using namespace chainsim;
using Catch::Matchers::WithinAbs;
using chainsim::test::solved_plan;
using test::SolvedYear;
using test::source;

namespace {

/// The district with the plant that was tried, as a planner would write it into the scenario.
SolvedYear with_plant(const analysis::Gap& gap, const analysis::Candidate& candidate) {
    auto scenario = solved_plan().scenario();
    const auto& process = scenario.model.processes[candidate.process];
    const auto yearly =
        scenario.model.commodities[process.product].unit.per(units::Unit::parse("a"));
    model::Facility plant;
    plant.id = "tried";
    plant.process = candidate.process;
    plant.capacity.value = units::Quantity(candidate.capacity, yearly);
    plant.priority = 1000;
    plant.driver = gap.kind == analysis::GapKind::surplus ? model::Driver::on_supply
                                                          : model::Driver::on_demand;
    if (gap.kind == analysis::GapKind::surplus) {
        plant.driving_feed = gap.commodity;
    }
    std::vector<model::Facility> all(scenario.facilities.begin(), scenario.facilities.end());
    all.push_back(std::move(plant));
    scenario.facilities = model::Registry<model::Facility>(std::move(all));
    return {std::move(scenario), 2025};
}

} // namespace

TEST_CASE("What closes a gap equals a run with that plant", "[gaps][district]") {
    const auto gaps = analysis::gaps(solved_plan().scenario(), 2025, analysis::GapOrder::value);
    const double base = solved_plan().indicator("value_added");
    const double energy = solved_plan().indicator("energy_total_equivalent");
    int checked = 0;
    for (const auto& gap : gaps.gaps) {
        const auto& best = gap.candidates.front();
        if (best.outcome != system::Outcome::solved || !best.let_in.empty() || checked == 6) {
            continue;
        }
        INFO(solved_plan().scenario().model.processes[best.process].id);
        const auto run = with_plant(gap, best);
        CHECK_THAT(run.indicator("value_added") - base, WithinAbs(best.value_added, 1e-9 * base));
        CHECK_THAT(run.indicator("energy_total_equivalent") - energy,
                   WithinAbs(best.energy, 1e-9 * energy));
        ++checked;
    }
    CHECK(checked == 6);
}
