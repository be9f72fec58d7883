#include "support/catch.hpp"
#include "support/random_systems.hpp"
#include <chainsim/base/error.hpp>
#include <chainsim/linear/lane_solver.hpp>

#include <array>
#include <cmath>
#include <limits>
#include <vector>

using namespace chainsim::linear; // NOLINT(google-build-using-namespace)
using chainsim::vector_isa;
using chainsim::vector_lanes;
using chainsim::VectorIsa;
using chainsim::test::RandomSystem;
using chainsim::test::Sparse;

namespace {

PatternOptions by(Method method) {
    PatternOptions options;
    options.method = method;
    return options;
}

std::vector<Eigen::VectorXd> rights_of(int size) {
    std::vector<Eigen::VectorXd> rights;
    for (unsigned lane = 0; lane < vector_lanes; ++lane) {
        rights.push_back(chainsim::test::random_vector(size, 100 + lane));
    }
    return rights;
}

struct Solved {
    std::vector<double> unknown;
    LaneReports reports;
};

Solved solve(const Pattern& pattern, const std::vector<Sparse>& lanes,
             const std::vector<Eigen::VectorXd>& rights, bool transposed = false,
             VectorIsa isa = vector_isa()) {
    LaneSolver solver(pattern, isa);
    const auto values = chainsim::test::values_in_lanes(pattern, lanes);
    const auto right = chainsim::test::in_lanes(rights);
    Solved solved{.unknown = std::vector<double>(right.size()), .reports = {}};
    solver.factor(values.data());
    solved.reports = transposed ? solver.solve_transposed(right.data(), solved.unknown.data())
                                : solver.solve(right.data(), solved.unknown.data());
    return solved;
}

/// Every lane against a dense solution with full pivoting.
void check_lanes(const Solved& solved, const std::vector<Sparse>& lanes,
                 const std::vector<Eigen::VectorXd>& rights, bool transposed) {
    for (int lane = 0; lane < vector_lanes; ++lane) {
        const auto at = static_cast<std::size_t>(lane);
        const Sparse matrix = transposed ? Sparse(lanes[at].transpose()) : lanes[at];
        INFO("lane " << lane << (transposed ? ", transposed" : ""));
        REQUIRE(solved.reports[at].outcome == LaneOutcome::solved);
        CHECK(solved.reports[at].backward_error <= 1e-12);
        CHECK(chainsim::test::difference(chainsim::test::lane_of(solved.unknown, lane),
                                         chainsim::test::solve_dense(matrix, rights[at])) <= 1e-8);
    }
}

/// [[a, b], [c, d]]
Sparse two_by_two(double a, double b, double c, double d) {
    return chainsim::test::matrix_of(2, {{0, 0, a}, {0, 1, b}, {1, 0, c}, {1, 1, d}});
}

/// Draws of which each is a twentieth of the way of the usual ones from the nominal values.
std::vector<Sparse> near_to(const Sparse& nominal) {
    auto lanes = chainsim::test::drawn(nominal, 7);
    for (auto& lane : lanes) {
        lane = nominal + 0.05 * (lane - nominal);
    }
    return lanes;
}

} // namespace

SCENARIO("Every lane is solved as a dense factor would, by each method", "[linear]") {
    const std::array shapes{
        RandomSystem{},
        RandomSystem{.size = 1, .inputs = 0},
        RandomSystem{.size = 12, .loops = 0.0},
        RandomSystem{.size = 80, .inputs = 5, .loops = 0.5, .by_products = 0.5},
        RandomSystem{.size = 60, .loops = 0.4, .shuffled = true},
    };
    for (const auto& shape : shapes) {
        for (unsigned seed = 0; seed < 4; ++seed) {
            const auto nominal = chainsim::test::random_matrix(shape, seed);
            const auto lanes = chainsim::test::drawn(nominal, seed + 50);
            const auto rights = rights_of(shape.size);
            for (const auto method :
                 {Method::factor, Method::sweeps, Method::krylov, Method::pivot}) {
                if (method == Method::sweeps && shape.shuffled) {
                    continue; // a matching that knows no values is no order for sweeps
                }
                INFO(shape.size << " rows, seed " << seed << ", method "
                                << static_cast<int>(method));
                const Pattern pattern(nominal, by(method));
                REQUIRE(pattern.method() == method);
                for (const bool transposed : {false, true}) {
                    const auto solved = solve(pattern, lanes, rights, transposed);
                    check_lanes(solved, lanes, rights, transposed);
                    for (const auto& report : solved.reports) {
                        CHECK(report.pivoted == (method == Method::pivot));
                        CHECK((report.steps > 0) == (method == Method::krylov));
                    }
                }
            }
        }
    }
}

SCENARIO("A system that is not productive is solved by factors", "[linear]") {
    for (unsigned seed = 0; seed < 5; ++seed) {
        INFO("seed " << seed);
        const auto nominal = chainsim::test::random_matrix(
            {.size = 50, .inputs = 4, .loops = 0.6, .use = 12.0}, seed);
        const auto lanes = chainsim::test::drawn(nominal, seed);
        const auto rights = rights_of(50);
        const Pattern pattern(nominal);
        CHECK(pattern.method() == Method::factor);
        check_lanes(solve(pattern, lanes, rights), lanes, rights, false);
    }
}

SCENARIO("A lane whose pivots vanish is done again with pivoting, its neighbours are not",
         "[linear]") {
    // The order is chosen for the nominal values, of which the diagonal dominates.
    constexpr int size = 20;
    chainsim::test::RandomNumbers random(1);
    std::vector<Eigen::Triplet<double>> entries;
    for (int column = 0; column < size; ++column) {
        for (int row = 0; row < size; ++row) {
            entries.emplace_back(row, column, row == column ? 30.0 : random.between(-1.0, 1.0));
        }
    }
    const auto nominal = chainsim::test::matrix_of(size, entries);
    std::vector<Sparse> lanes(vector_lanes, nominal);
    for (int k = 0; k < size; ++k) {
        lanes[2].coeffRef(k, k) = 1e-20; // a pivot that multiplies all others
        lanes[5].coeffRef(k, k) = 0.0;
    }
    const Pattern pattern(nominal, by(Method::factor));
    const auto rights = rights_of(size);
    for (const bool transposed : {false, true}) {
        const auto solved = solve(pattern, lanes, rights, transposed);
        check_lanes(solved, lanes, rights, transposed);
        for (std::size_t lane = 0; lane < vector_lanes; ++lane) {
            CHECK(solved.reports[lane].pivoted == (lane == 2 || lane == 5));
        }
    }
}

SCENARIO("A lane that loses half its digits is refined, without pivoting", "[linear]") {
    std::vector<Sparse> lanes(vector_lanes, two_by_two(1.0, 1.0, 0.5, 2.0));
    lanes[3] = two_by_two(1e-8, 1.0, 1.0, 1.0);
    lanes[4] = two_by_two(1.0, 1.0, 1.0, 1e-8);
    const Pattern pattern(lanes[0], by(Method::factor));
    const auto rights = rights_of(2);
    const auto solved = solve(pattern, lanes, rights);
    check_lanes(solved, lanes, rights, false);
    for (const auto& report : solved.reports) {
        CHECK_FALSE(report.pivoted);
    }
}

SCENARIO("A lane whose passes do not come to rest is done again with pivoting", "[linear]") {
    std::vector<Sparse> lanes(vector_lanes, two_by_two(1.0, -0.3, -0.3, 1.0));
    lanes[3] = two_by_two(1.0, -3.0, -3.0, 1.0);
    const Pattern pattern(lanes[0], by(Method::sweeps));
    REQUIRE(pattern.method() == Method::sweeps);
    const auto rights = rights_of(2);
    for (const bool transposed : {false, true}) {
        const auto solved = solve(pattern, lanes, rights, transposed);
        check_lanes(solved, lanes, rights, transposed);
        for (std::size_t lane = 0; lane < vector_lanes; ++lane) {
            CHECK(solved.reports[lane].pivoted == (lane == 3));
        }
    }
}

SCENARIO("Where factors fill in, a lane is done again with that of the nominal values",
         "[linear]") {
    const chainsim::test::RandomSystem shape{.size = 400, .inputs = 8, .loops = 0.3};
    auto fierce = shape;
    fierce.use = 20.0;
    const auto rights = rights_of(shape.size);
    GIVEN("nominal values that sweeps cannot solve") {
        const auto nominal = chainsim::test::random_matrix(fierce, 1);
        const auto lanes = near_to(nominal);
        const Pattern pattern(nominal);
        REQUIRE(pattern.method() == Method::krylov);
        THEN("every lane takes some steps, and none pivots") {
            for (const bool transposed : {false, true}) {
                const auto solved = solve(pattern, lanes, rights, transposed);
                check_lanes(solved, lanes, rights, transposed);
                for (const auto& report : solved.reports) {
                    CHECK((report.steps > 0 && report.steps < 40));
                    CHECK_FALSE(report.pivoted);
                }
            }
        }
    }
    GIVEN("sweeps, and one lane that they cannot solve") {
        const auto nominal = chainsim::test::random_matrix(shape, 1);
        auto lanes = chainsim::test::drawn(nominal, 7);
        const Pattern pattern(nominal, by(Method::sweeps));
        for (int k = 0; k < lanes[3].nonZeros(); ++k) {
            auto& value = lanes[3].valuePtr()[k];
            value *= value < 0.0 ? 4.0 : 1.0;
        }
        const auto solved = solve(pattern, lanes, rights);
        THEN("it alone is, with steps or if these fail with pivoting") {
            check_lanes(solved, lanes, rights, false);
            for (std::size_t lane = 0; lane < vector_lanes; ++lane) {
                CHECK((solved.reports[lane].steps > 0) == (lane == 3));
            }
        }
    }
    GIVEN("a lane that has nothing to do with the nominal values") {
        const auto nominal = chainsim::test::random_matrix(fierce, 1);
        auto lanes = near_to(nominal);
        for (int k = 0; k < lanes[5].nonZeros(); ++k) {
            lanes[5].valuePtr()[k] = std::sin(1.0 + k * k);
        }
        const Pattern pattern(nominal);
        const auto solved = solve(pattern, lanes, rights);
        THEN("the stale factor does not help, and it is done with pivoting") {
            check_lanes(solved, lanes, rights, false);
            for (std::size_t lane = 0; lane < vector_lanes; ++lane) {
                CHECK(solved.reports[lane].pivoted == (lane == 5));
            }
        }
    }
}

SCENARIO("A singular lane is reported and has no numbers", "[linear]") {
    std::vector<Sparse> lanes(vector_lanes, two_by_two(1.0, -0.3, -0.3, 1.0));
    lanes[1] = two_by_two(1.0, 1.0, 1.0, 1.0);
    lanes[4] = two_by_two(1.0, -0.3, std::numeric_limits<double>::quiet_NaN(), 1.0);
    lanes[7] = two_by_two(0.1 + 0.2, 0.3, 1.0, 1.0); // singular but for rounding
    const auto rights = rights_of(2);
    for (const auto method : {Method::factor, Method::sweeps, Method::krylov, Method::pivot}) {
        const Pattern pattern(lanes[0], by(method));
        const auto solved = solve(pattern, lanes, rights);
        for (int lane = 0; lane < vector_lanes; ++lane) {
            const bool singular = lane == 1 || lane == 4 || lane == 7;
            INFO("method " << static_cast<int>(method) << ", lane " << lane);
            CHECK((solved.reports[static_cast<std::size_t>(lane)].outcome ==
                   LaneOutcome::singular) == singular);
            CHECK(chainsim::test::lane_of(solved.unknown, lane).array().isNaN().all() == singular);
        }
    }
}

SCENARIO("A pattern that no values make regular is reported in every lane", "[linear]") {
    const auto matrix =
        chainsim::test::matrix_of(3, {{0, 0, 1.0}, {1, 0, 1.0}, {2, 1, 1.0}, {2, 2, 1.0}});
    const Pattern pattern(matrix);
    const auto solved = solve(pattern, std::vector<Sparse>(vector_lanes, matrix), rights_of(3));
    for (const auto& report : solved.reports) {
        CHECK(report.outcome == LaneOutcome::singular);
    }
}

SCENARIO("Every instruction set gives the same bytes", "[linear]") {
    std::vector<VectorIsa> others;
    for (const auto isa : {VectorIsa::avx2, VectorIsa::avx512}) {
        if (isa <= vector_isa()) {
            others.push_back(isa);
        }
    }
    const auto nominal = chainsim::test::random_matrix(
        {.size = 80, .inputs = 5, .loops = 0.5, .by_products = 0.5}, 7);
    const auto lanes = chainsim::test::drawn(nominal, 8);
    const auto rights = rights_of(80);
    for (const auto method : {Method::factor, Method::sweeps}) {
        const Pattern pattern(nominal, by(method));
        for (const bool transposed : {false, true}) {
            const auto baseline = solve(pattern, lanes, rights, transposed, VectorIsa::baseline);
            for (const auto isa : others) {
                CHECK(solve(pattern, lanes, rights, transposed, isa).unknown == baseline.unknown);
            }
        }
    }
}

SCENARIO("What a lane gives does not depend on where it is or on its neighbours", "[linear]") {
    const auto nominal = chainsim::test::random_matrix({.size = 60, .loops = 0.5}, 3);
    const auto lanes = chainsim::test::drawn(nominal, 4);
    const auto rights = rights_of(60);
    for (const auto method : {Method::factor, Method::sweeps}) {
        const Pattern pattern(nominal, by(method));
        const auto together = solve(pattern, lanes, rights);
        auto turned_lanes = lanes;
        auto turned_rights = rights;
        std::rotate(turned_lanes.begin(), turned_lanes.begin() + 3, turned_lanes.end());
        std::rotate(turned_rights.begin(), turned_rights.begin() + 3, turned_rights.end());
        const auto turned = solve(pattern, turned_lanes, turned_rights);
        for (int lane = 0; lane < vector_lanes; ++lane) {
            const auto here = chainsim::test::lane_of(together.unknown, lane);
            CHECK(here == chainsim::test::lane_of(turned.unknown, (lane + 5) % vector_lanes));
            const auto at = static_cast<std::size_t>(lane);
            const auto alone = solve(pattern, std::vector<Sparse>(vector_lanes, lanes[at]),
                                     std::vector<Eigen::VectorXd>(vector_lanes, rights[at]));
            CHECK(here == chainsim::test::lane_of(alone.unknown, 0));
        }
    }
}

SCENARIO("A start that is given changes no answer", "[linear]") {
    const auto nominal = chainsim::test::random_matrix({.size = 60, .loops = 0.5}, 3);
    const auto lanes = chainsim::test::drawn(nominal, 4);
    const auto rights = rights_of(60);
    const Pattern pattern(nominal, by(Method::sweeps));
    LaneSolver solver(pattern);
    const auto values = chainsim::test::values_in_lanes(pattern, lanes);
    const auto right = chainsim::test::in_lanes(rights);
    solver.factor(values.data());
    for (const bool transposed : {false, true}) {
        Solved solved{.unknown = std::vector<double>(right.size(), 3.0), .reports = {}};
        solved.reports =
            transposed ? solver.solve_transposed(right.data(), solved.unknown.data(), Start::given)
                       : solver.solve(right.data(), solved.unknown.data(), Start::given);
        check_lanes(solved, lanes, rights, transposed);
    }
}

SCENARIO("Indicators are summed in every lane", "[linear]") {
    const std::array columns{1, 0, 1};
    const std::array weights{2.0, 0.5, 1.0};
    std::vector<double> values(3 * vector_lanes);
    std::vector<double> unknown(2 * vector_lanes);
    for (std::size_t k = 0; k < values.size(); ++k) {
        values[k] = 1.0 + static_cast<double>(k % 5);
    }
    for (std::size_t k = 0; k < unknown.size(); ++k) {
        unknown[k] = 2.0 + static_cast<double>(k % 3);
    }
    std::array<double, vector_lanes> score{};
    score_lanes(3, columns.data(), weights.data(), values.data(), unknown.data(), score);
    std::array<double, vector_lanes> sum{};
    weigh_group(std::vector{1.0, 3.0}, unknown.data(), sum);
    for (std::size_t lane = 0; lane < vector_lanes; ++lane) {
        const double first = unknown[lane];
        const double second = unknown[vector_lanes + lane];
        CHECK(score[lane] == 2.0 * values[lane] * second + 0.5 * values[8 + lane] * first +
                                 values[16 + lane] * second);
        CHECK(sum[lane] == first + 3.0 * second);
    }
    std::array<double, 7> seven{};
    CHECK_THROWS_AS(weigh_group(std::vector{1.0, 3.0}, unknown.data(), seven),
                    chainsim::ContractError);
}

SCENARIO("A solver without values refuses to solve", "[linear]") {
    const Pattern pattern(two_by_two(1.0, -0.3, -0.3, 1.0));
    LaneSolver solver(pattern);
    std::vector<double> vectors(2 * vector_lanes, 1.0);
    CHECK_THROWS_AS(solver.solve(vectors.data(), vectors.data()), chainsim::ContractError);
}
