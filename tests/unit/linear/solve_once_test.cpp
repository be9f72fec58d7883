#include "support/catch.hpp"
#include "support/random_systems.hpp"
#include <chainsim/base/error.hpp>
#include <chainsim/linear/solve_once.hpp>

#include <vector>

using namespace chainsim::linear; // NOLINT(google-build-using-namespace)
using chainsim::test::matrix_of;

SCENARIO("One system is solved as a dense factor would", "[linear]") {
    const std::vector<chainsim::test::RandomSystem> shapes{
        {}, {.size = 1, .inputs = 0}, {.size = 200, .inputs = 6, .loops = 0.5}};
    for (const auto& shape : shapes) {
        for (unsigned seed = 0; seed < 5; ++seed) {
            const auto matrix = chainsim::test::random_matrix(shape, seed);
            const auto right = chainsim::test::random_vector(shape.size, seed);
            const auto solution = solve_once(matrix, right);
            REQUIRE(solution.report.outcome == LaneOutcome::solved);
            CHECK_FALSE(solution.report.pivoted);
            CHECK(solution.report.backward_error <= 1e-12);
            CHECK(chainsim::test::difference(solution.unknown,
                                             chainsim::test::solve_dense(matrix, right)) <= 1e-9);
        }
    }
}

SCENARIO("Only what the right-hand side reaches is worked on", "[linear]") {
    const auto matrix = matrix_of(
        4, {{0, 0, 1.0}, {1, 1, 2.0}, {0, 1, -0.5}, {2, 2, 1.0}, {1, 2, -1.0}, {3, 3, 1.0}});
    Eigen::VectorXd right = Eigen::VectorXd::Zero(4);
    right[1] = 4.0;
    const auto solution = solve_once(matrix, right);
    CHECK(solution.reached == 2);
    CHECK(solution.unknown == Eigen::Vector4d(1.0, 2.0, 0.0, 0.0));
    const auto nothing = solve_once(matrix, Eigen::VectorXd::Zero(4));
    CHECK(nothing.reached == 0);
    CHECK(nothing.unknown == Eigen::VectorXd::Zero(4));
}

SCENARIO("What passes cannot solve is solved with pivoting", "[linear]") {
    for (const auto& wanted : std::vector<chainsim::test::RandomSystem>{
             {.size = 50, .inputs = 4, .loops = 0.6, .use = 12.0},
             {.size = 50, .loops = 0.6, .shuffled = true}}) {
        const auto matrix = chainsim::test::random_matrix(wanted, 2);
        const auto right = chainsim::test::random_vector(wanted.size, 3);
        const auto solution = solve_once(matrix, right);
        REQUIRE(solution.report.outcome == LaneOutcome::solved);
        CHECK(solution.report.pivoted);
        CHECK(chainsim::test::difference(solution.unknown,
                                         chainsim::test::solve_dense(matrix, right)) <= 1e-8);
    }
}

SCENARIO("A singular system has no solution", "[linear]") {
    for (const double last : {1.0, std::numeric_limits<double>::quiet_NaN()}) {
        const auto solution =
            solve_once(matrix_of(2, {{0, 0, 1.0}, {0, 1, 1.0}, {1, 0, 1.0}, {1, 1, last}}),
                       Eigen::Vector2d(1.0, 2.0));
        CHECK(solution.report.outcome == LaneOutcome::singular);
        CHECK(solution.unknown.array().isNaN().all());
    }
    CHECK_THROWS_AS(solve_once(matrix_of(2, {}), Eigen::Vector3d(1.0, 2.0, 3.0)),
                    chainsim::ContractError);
}
