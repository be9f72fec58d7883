#include "support/catch.hpp"
#include "variables.hpp"
#include <chainsim/base/error.hpp>
#include <chainsim/reconcile/solver.hpp>

#include <cmath>

using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using namespace chainsim::reconcile;
using chainsim::test::measured;
using chainsim::test::unmeasured;

SCENARIO("What flows in flows out", "[reconcile]") {
    GIVEN("an inflow of 102 and an outflow of 98, one measured twice as well as the other") {
        Problem problem;
        problem.variables = {measured("in", 102.0, 2.0), measured("out", 98.0, 1.0)};
        problem.conditions = {{"node", {{1.0, 0}, {-1.0, 1}}, 0.0}};
        const auto solution = solve(problem);
        REQUIRE(solution.outcome == Outcome::solved);

        THEN("the difference of 4 is shared as 4 to 1, by variance") {
            CHECK_THAT(solution.estimates[0].value, WithinRel(98.8, 1e-12));
            CHECK_THAT(solution.estimates[1].value, WithinRel(98.8, 1e-12));
        }
        THEN("both are as sure as the weighted mean: 1 / (1/4 + 1)") {
            CHECK_THAT(solution.estimates[0].sigma, WithinRel(std::sqrt(0.8), 1e-12));
            CHECK_THAT(solution.covariance(0, 1), WithinRel(0.8, 1e-12));
        }
        THEN("the statistic is 4^2 / (4 + 1), of one degree of freedom") {
            CHECK_THAT(solution.statistic, WithinRel(3.2, 1e-12));
            CHECK(solution.degrees_of_freedom == 1);
        }
        THEN("each normalised adjustment is 4 / sqrt(5)") {
            CHECK_THAT(solution.estimates[0].normalised, WithinRel(-4.0 / std::sqrt(5.0), 1e-12));
            CHECK_THAT(solution.estimates[1].normalised, WithinRel(4.0 / std::sqrt(5.0), 1e-12));
        }
    }
}

SCENARIO("Variables are told apart by what the conditions say of them", "[reconcile]") {
    GIVEN("two nodes in a row, where a leaves the first unmeasured, and b and c leave the second") {
        // in -> [one] -> a -> [two] -> b, c; in measured, b measured, a and c not; d stands alone
        Problem problem;
        problem.variables = {measured("in", 10.0, 0.1), unmeasured("a"), measured("b", 6.0, 0.1),
                             unmeasured("c"), measured("d", 3.0, 0.2)};
        problem.conditions = {{"one", {{1.0, 0}, {-1.0, 1}}, 0.0},
                              {"two", {{1.0, 1}, {-1.0, 2}, {-1.0, 3}}, 0.0}};
        const auto solution = solve(problem);
        REQUIRE(solution.outcome == Outcome::solved);

        THEN("no measurement is redundant, and the unmeasured are told by them") {
            CHECK(solution.estimates[0].standing == Standing::non_redundant);
            CHECK(solution.estimates[1].standing == Standing::observable);
            CHECK(solution.estimates[2].standing == Standing::non_redundant);
            CHECK(solution.estimates[3].standing == Standing::observable);
            CHECK(solution.estimates[4].standing == Standing::non_redundant);
            CHECK(solution.degrees_of_freedom == 0);
        }
        THEN("their errors add up: c = in - b") {
            CHECK_THAT(solution.estimates[3].value, WithinRel(4.0, 1e-12));
            CHECK_THAT(solution.estimates[3].sigma, WithinRel(std::sqrt(0.02), 1e-12));
            CHECK_THAT(solution.covariance(0, 3), WithinRel(0.01, 1e-12));
        }
    }
    GIVEN("a loop of two unmeasured streams beside a measured pass") {
        Problem problem;
        problem.variables = {measured("in", 10.0, 0.1), measured("out", 10.4, 0.1),
                             unmeasured("round"), unmeasured("back")};
        problem.conditions = {{"one", {{1.0, 0}, {-1.0, 2}, {1.0, 3}, {-1.0, 1}}, 0.0},
                              {"two", {{1.0, 2}, {-1.0, 3}}, 0.0}};
        const auto solution = solve(problem);
        REQUIRE(solution.outcome == Outcome::solved);
        THEN("how much goes round is not told, but in and out are redundant") {
            CHECK(solution.estimates[2].standing == Standing::unobservable);
            CHECK(std::isnan(solution.estimates[2].value));
            CHECK(std::isnan(solution.estimates[3].sigma));
            CHECK(solution.estimates[0].standing == Standing::redundant);
            CHECK_THAT(solution.estimates[0].value, WithinRel(10.2, 1e-12));
            CHECK(solution.covariance.allFinite());
        }
    }
}

SCENARIO("A product of two variables is a condition", "[reconcile]") {
    GIVEN(
        "a feed of 100 with 30 % salt that splits in a rich and a poor stream, flows unmeasured") {
        // The two-product formula: rich = feed (x - poor) / (rich - poor).
        Problem problem;
        problem.variables = {measured("feed", 100.0, 1.0), measured("x", 0.30, 0.003),
                             unmeasured("rich", 50.0),     measured("x_rich", 0.80, 0.008),
                             unmeasured("poor", 50.0),     measured("x_poor", 0.05, 0.001)};
        problem.conditions = {{"mass", {{1.0, 0}, {-1.0, 2}, {-1.0, 4}}, 0.0},
                              {"salt", {{1.0, 0, 1}, {-1.0, 2, 3}, {-1.0, 4, 5}}, 0.0}};
        const auto solution = solve(problem);
        REQUIRE(solution.outcome == Outcome::solved);
        THEN("the flows are those of the formula") {
            CHECK_THAT(solution.estimates[2].value, WithinRel(100.0 / 3.0, 1e-10));
            CHECK_THAT(solution.estimates[4].value, WithinRel(200.0 / 3.0, 1e-10));
        }
        THEN("the variance is that of its slopes") {
            // rich = F (x - p) / (r - p): dF = 1/3, dx = F / (r-p), dr = -F (x-p) / (r-p)^2,
            // dp = F (x - r) / (r-p)^2
            const double slope_r = 100.0 * 0.25 / (0.75 * 0.75);
            const double slope_p = 100.0 * 0.50 / (0.75 * 0.75);
            const double variance = std::pow(1.0 / 3.0, 2) + std::pow(100.0 / 0.75 * 0.003, 2) +
                                    std::pow(slope_r * 0.008, 2) + std::pow(slope_p * 0.001, 2);
            CHECK_THAT(solution.estimates[2].sigma, WithinRel(std::sqrt(variance), 1e-9));
        }
    }
    GIVEN("a room whose area was measured as well as its sides") {
        Problem problem;
        problem.variables = {measured("a", 4.0, 0.1), measured("b", 5.0, 0.1),
                             measured("area", 21.0, 0.1)};
        problem.conditions = {{"area", {{1.0, 0, 1}, {-1.0, 2}}, 0.0}};
        const auto solution = solve(problem);
        REQUIRE(solution.outcome == Outcome::solved);
        const auto& one = solution.estimates;
        THEN("the condition holds, and the adjustments are along its slopes") {
            CHECK_THAT(one[0].value * one[1].value - one[2].value, WithinAbs(0.0, 1e-9));
            // stationary: d_a : d_b : d_area = b : a : -1 at equal sigmas
            CHECK_THAT(one[0].adjustment / one[2].adjustment, WithinRel(-one[1].value, 1e-8));
            CHECK_THAT(one[1].adjustment / one[2].adjustment, WithinRel(-one[0].value, 1e-8));
        }
    }
}

SCENARIO("Correlated errors move together", "[reconcile]") {
    GIVEN("two meters of one make beside a third, which measures their sum") {
        Problem problem;
        problem.variables = {measured("a", 10.0, 1.0), measured("b", 20.0, 1.0),
                             measured("sum", 33.0, 1.0)};
        problem.conditions = {{"sum", {{1.0, 0}, {1.0, 1}, {-1.0, 2}}, 0.0}};
        problem.correlations = {{0, 1, 0.5}};
        const auto solution = solve(problem);
        REQUIRE(solution.outcome == Outcome::solved);
        THEN("V A' = (1.5, 1.5, -1), A V A' = 4: they take 3/4 of the 3 by 1.5 each") {
            CHECK_THAT(solution.estimates[0].adjustment, WithinRel(1.125, 1e-12));
            CHECK_THAT(solution.estimates[1].adjustment, WithinRel(1.125, 1e-12));
            CHECK_THAT(solution.estimates[2].adjustment, WithinRel(-0.75, 1e-12));
            CHECK_THAT(solution.statistic, WithinRel(9.0 / 4.0, 1e-12));
        }
        THEN("V - V A' A V / 4") {
            CHECK_THAT(solution.covariance(0, 0), WithinRel(1.0 - 1.5 * 1.5 / 4.0, 1e-12));
            CHECK_THAT(solution.covariance(0, 1), WithinAbs(0.5 - 1.5 * 1.5 / 4.0, 1e-12));
        }
    }
    GIVEN("correlations that no errors can have") {
        Problem problem;
        problem.variables = {measured("a", 1.0, 1.0), measured("b", 1.0, 1.0),
                             measured("c", 1.0, 1.0)};
        problem.correlations = {{0, 1, 0.9}, {1, 2, 0.9}, {0, 2, -0.9}};
        THEN("they are refused") {
            CHECK_FALSE(is_possible(problem));
            CHECK_THROWS_AS(solve(problem), chainsim::ContractError);
        }
    }
}

SCENARIO("What cannot be is an outcome, not an error", "[reconcile]") {
    GIVEN("two exact figures that contradict each other") {
        Problem problem;
        problem.variables = {measured("in", 10.0, 0.0), measured("out", 11.0, 0.0)};
        problem.conditions = {{"node", {{1.0, 0}, {-1.0, 1}}, 0.0}};
        const auto solution = solve(problem);
        THEN("the condition is named, and there are no estimates") {
            CHECK(solution.outcome == Outcome::inconsistent);
            CHECK_THAT(solution.message, Catch::Matchers::Contains("'node'"));
            CHECK(solution.estimates.empty());
        }
    }
    GIVEN("a condition that says the same as another") {
        Problem problem;
        problem.variables = {measured("in", 10.0, 1.0), measured("out", 11.0, 1.0)};
        problem.conditions = {{"node", {{1.0, 0}, {-1.0, 1}}, 0.0},
                              {"again", {{-3.0, 0}, {3.0, 1}}, 0.0}};
        const auto solution = solve(problem);
        THEN("it changes nothing and counts once") {
            REQUIRE(solution.outcome == Outcome::solved);
            CHECK(solution.degrees_of_freedom == 1);
            CHECK_THAT(solution.estimates[0].value, WithinRel(10.5, 1e-12));
        }
    }
    GIVEN("products that have no real solution: a b = -1 with both above zero") {
        Problem problem;
        problem.variables = {measured("a", 1.0, 0.1), measured("b", 1.0, 0.1)};
        problem.variables[0].lower = problem.variables[1].lower = 0.0;
        problem.conditions = {{"product", {{1.0, 0, 1}}, 1.0}};
        THEN("it is not solved, and does not run for ever") {
            CHECK(solve(problem).outcome != Outcome::solved);
        }
    }
    GIVEN("nothing at all") {
        THEN("nothing is what comes out") {
            const auto solution = solve({});
            CHECK(solution.outcome == Outcome::solved);
            CHECK(solution.estimates.empty());
        }
    }
}

SCENARIO("What the code promises of a problem is checked", "[reconcile]") {
    Problem problem;
    problem.variables = {measured("in", 10.0, -1.0)};
    CHECK_THROWS_WITH(solve(problem), Catch::Matchers::Contains("'in'"));
    problem.variables[0].sigma = 1.0;
    problem.conditions = {{"node", {{1.0, 3}}, 0.0}};
    CHECK_THROWS_WITH(solve(problem), Catch::Matchers::Contains("'node'"));
    problem.conditions.clear();
    problem.variables[0].lower = 2.0;
    problem.variables[0].upper = 1.0;
    CHECK_THROWS_WITH(solve(problem), Catch::Matchers::Contains("cross"));
}
