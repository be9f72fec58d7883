#include "support/catch.hpp"
#include "support/solved_year.hpp"
#include <chainsim/footprint/footprint.hpp>

#include <string>

using Catch::Matchers::WithinRel;
using chainsim::footprint::Allocation;
namespace footprint = chainsim::footprint;

// Two ways to one total. What leaves the district carries, by any key, all that its plants and
// purchases of the year burden: nothing is lost between them, and nothing counted twice.
TEST_CASE("What the district delivers carries all that it burdens", "[validation][footprint]") {
    const auto& plan = chainsim::test::solved_plan();
    const auto& system = plan.system();
    const auto& solution = plan.solution();
    const auto burdens = footprint::burdens_of(plan.scenario(), system, solution);
    for (const auto allocation :
         {Allocation::mass, Allocation::energy, Allocation::economic, Allocation::carbon}) {
        const footprint::Supply supply(plan.scenario(), system, solution, burdens, allocation);
        const footprint::Footprint all(supply, burdens);
        const Eigen::VectorXd delivered = solution.sold + system.equations.demand;
        Eigen::VectorXd carried = all.intensity() * delivered;
        // And what no product carries: plants of which nobody uses what they make.
        for (const auto& plant : supply.unassigned()) {
            carried += solution.activity[plant.column] * plant.burden;
            for (const auto& [row, amount] : plant.takes) {
                carried += solution.activity[plant.column] * amount * all.intensity().col(row);
            }
        }
        Eigen::VectorXd burdened = burdens.direct * solution.activity +
                                   burdens.bought * solution.bought +
                                   burdens.disposed * solution.disposed;
        for (std::size_t b = 0; b < burdens.info.size(); ++b) {
            INFO(to_string(allocation) << ": " << burdens.info[b].id);
            CHECK_THAT(carried[static_cast<Eigen::Index>(b)],
                       WithinRel(burdened[static_cast<Eigen::Index>(b)], 1e-6));
        }
    }
}
