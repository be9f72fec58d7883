#include "random_networks.hpp"
#include "support/catch.hpp"
#include "variables.hpp"
#include <chainsim/reconcile/solver.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <random>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

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

namespace {

/// Variables of a network as it is written by who knows little: measured or not, within bounds or
/// not, some flows nil; the truth keeps all.
Problem hard_network(std::uint64_t seed, bool is_far) {
    chainsim::test::RandomNetworkOptions options;
    options.nodes = 2 + static_cast<int>(seed % 3);
    options.extra = 2;
    options.unmeasured = 0.35;
    options.relative = 0.1;
    auto network = chainsim::test::random_network(seed, options);
    std::mt19937_64 generator(seed + 1000);
    const auto share = [&] { return static_cast<double>(generator() % 1000U) / 1000.0; };
    for (Eigen::Index j = 0; j < network.truth.size(); ++j) {
        auto& one = network.problem.variables[static_cast<std::size_t>(j)];
        const double truth = network.truth(j);
        one.lower = 0.0;
        if (share() < 0.5) {
            one.lower = truth * (0.9 + 0.1 * share());
            one.upper = truth * (1.0 + 0.1 * share());
        }
        if (is_far && one.measured) { // measured where the bounds do not let it be
            one.measured = *one.measured * (3.0 * share() - 0.5);
        }
    }
    return network.problem;
}

} // namespace

TEST_CASE("Where some values keep all bounds, the solver finds the best of them",
          "[reconcile][bounds]") {
#ifdef CHAINSIM_SANITIZED
    constexpr std::uint64_t networks = 60; // thirty times as slow
#else
    constexpr std::uint64_t networks = 300;
#endif
    std::uint64_t compared = 0;
    for (std::uint64_t seed = 0; seed < networks; ++seed) {
        const bool is_far = seed % 2 == 1;
        const auto problem = hard_network(seed, is_far);
        INFO("seed " << seed);
        const auto solution = solve(problem);
        INFO(solution.message);
        REQUIRE(solution.outcome == Outcome::solved);
        for (std::size_t j = 0; j < problem.variables.size(); ++j) {
            const auto& one = problem.variables[j];
            const auto& estimate = solution.estimates[j];
            if (estimate.standing == Standing::unobservable) {
                CHECK(std::isnan(estimate.value));
                continue;
            }
            CHECK(estimate.value >= one.lower - 1e-6);
            CHECK(estimate.value <= one.upper + 1e-6);
        }
        const auto bounds = std::count_if(problem.variables.begin(), problem.variables.end(),
                                          [](const auto& one) { return std::isfinite(one.upper); });
        constexpr std::size_t tried_at_most = 11;
        const auto sides = problem.variables.size() + static_cast<std::size_t>(bounds);
        if (sides <= tried_at_most) {
            ++compared;
            const auto least = least_by_trial(problem);
            REQUIRE(least.has_value());
            CHECK_THAT(solution.statistic, WithinAbs(*least, 1e-6 * (1.0 + *least)));
        }
    }
    CHECK(compared >= networks / 3); // with all sets of bounds, one by one
}

TEST_CASE("A unit that stands still is no contradiction", "[reconcile][bounds]") {
    Problem problem;
    problem.variables = {measured("a", 0.1, 0.1), measured("b", 0.2, 0.1), {}};
    problem.variables[0].upper = 0.0;
    for (auto& one : problem.variables) {
        one.lower = 0.0;
        one.start = 1.0;
    }
    problem.variables[2].id = "c";
    problem.conditions = {{"node", {{1.0, 0}, {-1.0, 1}, {-1.0, 2}}, 0.0}};
    const auto solution = solve(problem);
    REQUIRE(solution.outcome == Outcome::solved);
    for (const auto& one : solution.estimates) {
        CHECK_THAT(one.value, WithinAbs(0.0, 1e-9));
    }
}

TEST_CASE("Bounds that only together leave room are found", "[reconcile][bounds]") {
    // s2 comes in; s0, s1 and s3 go out: 19 = 19 + 0 + 0 is all that is left.
    Problem problem;
    problem.variables = {measured("s0", 44.0, 1.0), {}, {}, measured("s3", -8.0, 0.1)};
    const std::vector<std::pair<double, double>> bounds{
        {19.0, 22.0}, {0.0, 2.0}, {17.0, 21.0}, {0.0, 3.0}};
    for (std::size_t j = 0; j < 4; ++j) {
        auto& one = problem.variables[j];
        one.id = "s" + std::to_string(j);
        one.start = 10.0;
        std::tie(one.lower, one.upper) = bounds[j];
    }
    problem.conditions = {{"node", {{-1.0, 0}, {-1.0, 1}, {1.0, 2}, {-1.0, 3}}, 0.0}};
    const auto solution = solve(problem);
    REQUIRE(solution.outcome == Outcome::solved);
    CHECK_THAT(solution.estimates[0].value, WithinRel(21.0, 1e-9)); // as near to 44 as s2 lets it
    CHECK_THAT(solution.estimates[3].value, WithinAbs(0.0, 1e-9));
}

TEST_CASE("What conditions tell alone, beyond a bound, is refused", "[reconcile][bounds]") {
    Problem problem;
    problem.variables = {measured("a", 4.5, 1.0), {}};
    problem.variables[0].upper = 4.0;
    problem.variables[1].id = "b";
    problem.variables[1].start = 1.0;
    problem.conditions = {{"a is 5", {{1.0, 0}}, -5.0}, {"b is a", {{1.0, 0}, {-1.0, 1}}, 0.0}};
    const auto refused = solve(problem);
    CHECK(refused.outcome == Outcome::inconsistent);
    CHECK_THAT(refused.message, Catch::Matchers::Contains("'a' would have to be 5"));
    problem.variables[0].upper = 5.0;
    CHECK(solve(problem).outcome == Outcome::solved);
}

TEST_CASE("What nothing tells is not told by a bound that it happens to meet",
          "[reconcile][bounds]") {
    // x goes in, b goes in, a goes out: a = x + b for any b that is not below zero.
    for (const double start : {1.0, 100.0, 1e-3}) {
        Problem problem;
        problem.variables = {measured("x", 100.0, 1.0), {}, {}};
        problem.variables[1].id = "b";
        problem.variables[2].id = "a";
        for (auto& one : problem.variables) {
            one.lower = 0.0;
            one.start = start;
        }
        problem.conditions = {{"node", {{1.0, 0}, {1.0, 1}, {-1.0, 2}}, 0.0}};
        const auto solution = solve(problem);
        REQUIRE(solution.outcome == Outcome::solved);
        CHECK(solution.estimates[1].standing == Standing::unobservable);
        CHECK(solution.estimates[2].standing == Standing::unobservable);
        CHECK(solution.estimates[0].value == 100.0);
    }
}
