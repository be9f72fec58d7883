#include "random_networks.hpp"
#include "support/catch.hpp"
#include "variables.hpp"
#include <chainsim/reconcile/solver.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using namespace chainsim::reconcile;
using chainsim::test::measured;

namespace {

/// The answer within bounds by trying every set of bounds as conditions: of those that keep all
/// others, the one with the least sum.
std::optional<double> least_by_trial(const Problem& problem) {
    std::vector<std::pair<int, double>> bounds;
    for (std::size_t j = 0; j < problem.variables.size(); ++j) {
        const auto& one = problem.variables[j];
        if (std::isfinite(one.lower)) {
            bounds.emplace_back(static_cast<int>(j), one.lower);
        }
        if (std::isfinite(one.upper)) {
            bounds.emplace_back(static_cast<int>(j), one.upper);
        }
    }
    std::optional<double> least;
    for (std::size_t set = 0; set < (std::size_t{1} << bounds.size()); ++set) {
        Problem tried = problem;
        for (auto& one : tried.variables) {
            one.lower = -unbounded;
            one.upper = unbounded;
        }
        for (std::size_t b = 0; b < bounds.size(); ++b) {
            if (((set >> b) & 1U) != 0) {
                tried.conditions.push_back(
                    {"bound", {{1.0, bounds[b].first, -1}}, -bounds[b].second});
            }
        }
        const auto solution = solve(tried);
        if (solution.outcome != Outcome::solved) {
            continue;
        }
        bool holds = true;
        for (std::size_t j = 0; j < problem.variables.size(); ++j) {
            const auto& one = problem.variables[j];
            const double value = solution.estimates[j].value;
            holds = holds && value >= one.lower - 1e-7 && value <= one.upper + 1e-7;
        }
        if (holds && (!least || solution.statistic < *least)) {
            least = solution.statistic;
        }
    }
    return least;
}

} // namespace

SCENARIO("No flow leaves its bounds", "[reconcile][bounds]") {
    GIVEN(
        "two streams that leave a node with almost all in the first, and read more than came in") {
        Problem problem;
        problem.variables = {measured("in", 10.0, 1.0), measured("main", 11.0, 1.0),
                             measured("rest", 0.1, 1.0)};
        problem.conditions = {{"node", {{1.0, 0}, {-1.0, 1}, {-1.0, 2}}, 0.0}};
        WHEN("nothing bounds them") {
            const auto solution = solve(problem);
            THEN("the small one becomes negative: 0.1 - 1.1 / 3") {
                CHECK_THAT(solution.estimates[2].value, WithinRel(0.1 - 1.1 / 3.0, 1e-12));
            }
        }
        WHEN("it may not be below zero") {
            problem.variables[2].lower = 0.0;
            const auto solution = solve(problem);
            THEN("it is zero, and the others share the difference") {
                REQUIRE(solution.outcome == Outcome::solved);
                CHECK_THAT(solution.estimates[2].value, WithinAbs(0.0, 1e-12));
                CHECK(solution.estimates[2].bound == -1);
                CHECK_THAT(solution.estimates[0].value, WithinRel(10.5, 1e-12));
            }
        }
        WHEN("bounds leave no room") {
            problem.variables[0].upper = 5.0;
            problem.variables[1].lower = 6.0;
            problem.variables[2].lower = 0.0;
            const auto solution = solve(problem);
            THEN("that is said, with the stream that would leave its bounds") {
                CHECK(solution.outcome == Outcome::inconsistent);
                CHECK_THAT(solution.message, Catch::Matchers::Contains("bound"));
            }
        }
    }
    GIVEN("an unmeasured stream that would have to flow backwards") {
        Problem problem;
        Variable loss;
        loss.id = "loss";
        loss.lower = 0.0;
        loss.start = 1.0;
        problem.variables = {measured("in", 10.0, 1.0), measured("out", 12.0, 1.0), loss};
        problem.conditions = {{"node", {{1.0, 0}, {-1.0, 1}, {-1.0, 2}}, 0.0}};
        const auto solution = solve(problem);
        THEN("it stands at zero, and in and out must agree") {
            REQUIRE(solution.outcome == Outcome::solved);
            CHECK_THAT(solution.estimates[2].value, WithinAbs(0.0, 1e-10));
            CHECK_THAT(solution.estimates[0].value, WithinRel(11.0, 1e-10));
            CHECK(solution.degrees_of_freedom == 1);
        }
    }
}

TEST_CASE("Within bounds the sum is the least of all sets of bounds", "[reconcile][bounds]") {
    for (std::uint64_t seed = 100; seed < 130; ++seed) {
        chainsim::test::RandomNetworkOptions options;
        options.nodes = 3;
        options.extra = 2;
        options.relative = 0.3;
        auto network = chainsim::test::random_network(seed, options);
        auto& variables = network.problem.variables;
        // Bounds that bind some: near the measured values, from either side.
        for (std::size_t j = 0; j < variables.size() && j < 6; ++j) {
            if (j % 2 == 0) {
                variables[j].lower = *variables[j].measured * 0.98;
            } else {
                variables[j].upper = *variables[j].measured * 1.02;
            }
        }
        const auto least = least_by_trial(network.problem);
        const auto solution = solve(network.problem);
        INFO("seed " << seed);
        REQUIRE(least.has_value() == (solution.outcome == Outcome::solved));
        if (least) {
            CHECK_THAT(solution.statistic, WithinAbs(*least, 1e-7 * (1.0 + *least)));
        }
    }
}
