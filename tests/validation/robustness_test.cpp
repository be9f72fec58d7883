#include "support/catch.hpp"
#include "support/dispatch_verifier.hpp"
#include "support/solved_year.hpp"
#include <chainsim/solve/dispatch.hpp>
#include <chainsim/system/solution.hpp>

#include <Eigen/Core>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

// The plan where something that nearly all use is short, or something is missing: a shortage of
// fresh water goes round through cooling, waste water, reclaimed water, steam and power at once.

namespace {

using chainsim::system::BindingKind;
using chainsim::system::Equations;
using chainsim::system::Outcome;
using chainsim::system::Solution;
using chainsim::system::System;
using chainsim::test::solved_plan;
using chainsim::test::SolvedYear;
using chainsim::test::source;

const std::string& name_of(int column) {
    const auto facility = solved_plan().system().layout.columns[static_cast<std::size_t>(column)];
    return solved_plan().scenario().facilities[facility].id;
}

int column_of(std::string_view facility) {
    const auto& layout = solved_plan().system().layout;
    const auto index = solved_plan().scenario().facilities.find(facility);
    REQUIRE(index.has_value());
    const auto found = std::find(layout.columns.begin(), layout.columns.end(), *index);
    REQUIRE(found != layout.columns.end());
    return static_cast<int>(found - layout.columns.begin());
}

/// The largest difference of two activities, as a share of what the plan has.
double difference(const Eigen::VectorXd& a, const Eigen::VectorXd& b) {
    const auto& capacity = solved_plan().system().equations.capacity;
    double worst = 0.0;
    for (int f = 0; f < capacity.size(); ++f) {
        worst = capacity[f] > 0.0 ? std::max(worst, std::abs(a[f] - b[f]) / capacity[f]) : worst;
    }
    return worst;
}

void check_answer(const Solution& run) {
    CHECK(run.outcome == Outcome::solved);
    CHECK(run.residual < 1e-9);
}

} // namespace

TEST_CASE("The plan settles however short of river water it is", "[robustness][district]") {
    auto equations = solved_plan().system().equations;
    const std::array intakes{column_of("water_yellow_river"), column_of("water_yellow_river_2")};
    double use = 0.0;
    double full = 0.0;
    for (const int f : intakes) {
        use += solved_plan().solution().activity[f];
        full += equations.capacity[f];
    }
    const Eigen::VectorXd capacity = equations.capacity;
    chainsim::solve::Dispatch kept(equations);
    for (const double share : {0.2, 0.4, 0.6, 0.8, 0.95}) {
        INFO("water for " << 100.0 * share << " % of the plan's use");
        for (const int f : intakes) {
            equations.capacity[f] = capacity[f] * share * use / full;
        }
        const auto run = kept.solve();
        check_answer(run);
        // What there is of it is used: the answer is not some lower one, where loops stand still.
        for (const int f : intakes) {
            CHECK(run.binding[static_cast<std::size_t>(f)].kind == BindingKind::capacity);
        }
        for (const auto& violation : chainsim::test::find_violations(
                 equations, run, chainsim::test::find_targets(equations))) {
            FAIL_CHECK(violation);
        }
        CHECK(difference(chainsim::solve::Dispatch(equations).solve().activity, run.activity) ==
              0.0);
    }
    equations.capacity = capacity;
    CHECK(difference(kept.solve().activity, solved_plan().solution().activity) == 0.0);
}

TEST_CASE("The plan settles whichever facility is missing", "[robustness][district]") {
    auto equations = solved_plan().system().equations;
    chainsim::solve::Dispatch kept(equations);
    for (int f = 0; f < equations.columns(); ++f) {
        INFO(name_of(f));
        const double capacity = equations.capacity[f];
        equations.capacity[f] = 0.0;
        const auto run = kept.solve();
        check_answer(run);
        CHECK(run.activity[f] == 0.0);
        equations.capacity[f] = capacity;
    }
    CHECK(difference(kept.solve().activity, solved_plan().solution().activity) == 0.0);
}
