#include "random_networks.hpp"
#include "support/catch.hpp"
#include <chainsim/base/error.hpp>
#include <chainsim/reconcile/gross_errors.hpp>

#include <cmath>

using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using namespace chainsim::reconcile;
using chainsim::test::random_network;

TEST_CASE("Critical values are those of tables", "[reconcile][tests]") {
    // Two-sided 5 % of the normal distribution: 1.959964; chi-squared, 95 %, 3 degrees: 7.814728.
    // Source  NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.1 and 1.3.6.7.4.
    CHECK_THAT(critical_value({0.05, Correction::none}, 20), WithinAbs(1.959964, 5e-7));
    // Bonferroni: 5 % / 10 two-sided is the quantile of 0.9975: 2.807034.
    CHECK_THAT(critical_value({0.05, Correction::bonferroni}, 10), WithinAbs(2.807034, 5e-7));
    // Sidak: 1 - 0.95^(1/10) = 0.0051162 is a little wider.
    CHECK(critical_value({0.05, Correction::sidak}, 10) < 2.807034);
    CHECK_THAT(critical_value({0.05, Correction::sidak}, 10), WithinAbs(2.800, 5e-4));
    CHECK_THAT(critical_value({0.05, Correction::sidak}, 1), WithinAbs(1.959964, 5e-7));
    Solution solution;
    solution.statistic = 7.9;
    solution.degrees_of_freedom = 3;
    const auto test = global_test(solution, 0.05);
    CHECK_THAT(test.critical, WithinAbs(7.814728, 5e-7));
    CHECK_FALSE(test.passed);
    CHECK(test.probability < 0.05);
    CHECK_THROWS_AS(global_test(solution, 0.0), chainsim::ContractError);
    CHECK_THROWS_AS(critical_value({1.0, Correction::none}, 1), chainsim::ContractError);
}

TEST_CASE("Where nothing is redundant nothing is tested", "[reconcile][tests]") {
    Problem problem;
    Variable one;
    one.id = "alone";
    one.measured = 1.0;
    one.sigma = 0.1;
    problem.variables = {one};
    const auto solution = solve(problem);
    CHECK(global_test(solution, 0.05).passed);
    CHECK(tested(solution) == 0);
    CHECK(eliminate(problem, solution, {}).suspects.empty());
}

TEST_CASE("A planted gross error is named, and what it should be is estimated",
          "[reconcile][tests][property]") {
    int found = 0;
    int planted = 0;
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        auto network = random_network(seed);
        const auto j = static_cast<std::size_t>(seed) % network.problem.variables.size();
        auto& hit = network.problem.variables[j];
        const auto before = solve(network.problem);
        // One that other measurements tell about as well as it does itself.
        if (before.estimates[j].sigma > 0.8 * hit.sigma) {
            continue;
        }
        ++planted;
        hit.measured = *hit.measured + 30.0 * hit.sigma;
        const auto solution = solve(network.problem);
        CHECK_FALSE(global_test(solution, 0.05).passed);
        const auto elimination = eliminate(network.problem, solution, {});
        INFO("seed " << seed);
        REQUIRE_FALSE(elimination.suspects.empty());
        const auto& first = elimination.suspects.front();
        const auto index = static_cast<int>(j);
        const bool is_it = first.variable == index ||
                           std::find(first.equivalents.begin(), first.equivalents.end(), index) !=
                               first.equivalents.end();
        found += is_it ? 1 : 0;
        if (first.variable == index) {
            CHECK_THAT(first.estimate,
                       WithinAbs(network.truth(static_cast<Eigen::Index>(j)), 6.0 * first.sigma));
        }
    }
    REQUIRE(planted >= 10);
    CHECK(found == planted);
}

TEST_CASE("Meters in a row cannot be told apart, and that is said", "[reconcile][tests]") {
    // in -> [one] -> middle -> [two] -> out, and nothing else: with two meters, either may be off.
    Problem problem;
    for (const char* id : {"b", "a"}) {
        Variable one;
        one.id = id;
        one.measured = id[0] == 'a' ? 10.0 : 12.0;
        one.sigma = 0.1;
        problem.variables.push_back(one);
    }
    problem.conditions = {{"node", {{1.0, 0}, {-1.0, 1}}, 0.0}};
    const auto elimination = eliminate(problem, solve(problem), {});
    REQUIRE(elimination.suspects.size() == 1);
    CHECK(problem.variables[static_cast<std::size_t>(elimination.suspects[0].variable)].id == "a");
    CHECK(elimination.suspects[0].equivalents == std::vector<int>{0});
    CHECK_THAT(elimination.suspects[0].estimate, WithinRel(12.0, 1e-12));
}

TEST_CASE("False alarms are as rare as the level says", "[reconcile][tests][property]") {
    auto network = random_network(3);
    std::mt19937_64 generator(11);
    constexpr int repetitions = 2000;
    int alarms = 0;
    int failures = 0;
    SolverOptions options;
    options.with_covariance = false;
    for (int r = 0; r < repetitions; ++r) {
        chainsim::test::measure(network, generator);
        const auto solution = solve(network.problem, options);
        alarms += eliminate(network.problem, solution, {}).suspects.empty() ? 0 : 1;
        failures += global_test(solution, 0.05).passed ? 0 : 1;
    }
    // The measurement tests are dependent: Sidak's level is an upper bound. The other is exact,
    // but for the errors, which are sums of twelve uniform ones: tails a little short.
    CHECK(alarms <= repetitions * 6 / 100);
    CHECK(failures <= repetitions * 7 / 100);
    CHECK(failures >= repetitions * 3 / 100);
}
