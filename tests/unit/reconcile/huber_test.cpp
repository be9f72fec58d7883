#include "random_networks.hpp"
#include "support/catch.hpp"
#include <chainsim/reconcile/solver.hpp>

#include <algorithm>
#include <cmath>

using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using namespace chainsim::reconcile;
using chainsim::test::random_network;

namespace {

SolverOptions huber() {
    SolverOptions options;
    options.method = Method::huber;
    return options;
}

/// The sum that Huber's method makes least: squares up to the limit, and straight beyond it.
double huber_sum(const Problem& problem, const Eigen::VectorXd& point, double limit) {
    double sum = 0.0;
    for (Eigen::Index j = 0; j < point.size(); ++j) {
        const auto& one = problem.variables[static_cast<std::size_t>(j)];
        const double size = std::abs(point(j) - one.measured.value_or(point(j))) / one.sigma;
        sum += size <= limit ? size * size / 2.0 : limit * (size - limit / 2.0);
    }
    return sum;
}

} // namespace

TEST_CASE("Where no error is large, Huber's method is least squares", "[reconcile][huber]") {
    Problem problem;
    Variable in;
    in.id = "in";
    in.measured = 10.1;
    in.sigma = 0.1;
    Variable out = in;
    out.id = "out";
    out.measured = 10.0;
    problem.variables = {in, out};
    problem.conditions = {{"node", {{1.0, 0}, {-1.0, 1}}, 0.0}};
    const auto a = solve(problem);
    const auto b = solve(problem, huber());
    REQUIRE(b.outcome == Outcome::solved);
    CHECK_THAT(b.estimates[0].value, WithinRel(a.estimates[0].value, 1e-10));
    CHECK(b.estimates[0].weight == 1.0);
}

TEST_CASE("Of three scales that weigh one thing, the one that is far off hardly counts",
          "[reconcile][huber]") {
    // The estimate is the Huber location of 10.0, 10.2 and 20.0: beyond the limit, 20 pulls with
    // c = 1.345 sigma and no more: 2 m - 20.2 = 1.345 -> m = 10.7725, if both others are within.
    Problem problem;
    for (const double value : {10.0, 10.2, 20.0}) {
        Variable one;
        one.id = "scale " + std::to_string(value);
        one.measured = value;
        one.sigma = 1.0;
        problem.variables.push_back(one);
    }
    problem.conditions = {{"same", {{1.0, 0}, {-1.0, 1}}, 0.0},
                          {"also", {{1.0, 1}, {-1.0, 2}}, 0.0}};
    const auto robust = solve(problem, huber());
    REQUIRE(robust.outcome == Outcome::solved);
    CHECK_THAT(robust.estimates[0].value, WithinRel(10.1 + 1.345 / 2.0, 1e-9));
    CHECK_THAT(robust.estimates[2].weight, WithinRel(1.345 / (20.0 - 10.7725), 1e-8));
    CHECK_THAT(solve(problem).estimates[0].value, WithinRel(40.2 / 3.0, 1e-12));
}

TEST_CASE("Huber's sum is least where the method ends", "[reconcile][huber][property]") {
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
        auto network = random_network(seed);
        auto& hit = network.problem.variables[seed % network.problem.variables.size()];
        hit.measured = *hit.measured + 25.0 * hit.sigma;
        const auto solution = solve(network.problem, huber());
        INFO("seed " << seed);
        REQUIRE(solution.outcome == Outcome::solved);
        Eigen::VectorXd point(network.truth.size());
        for (Eigen::Index j = 0; j < point.size(); ++j) {
            point(j) = solution.estimates[static_cast<std::size_t>(j)].value;
        }
        const double least = huber_sum(network.problem, point, huber().huber);
        // Any way between two balanced states keeps the balances: towards the truth, and towards
        // what least squares says.
        const auto squares = solve(network.problem);
        for (const double step : {-0.1, -0.001, 0.001, 0.1}) {
            Eigen::VectorXd towards(point.size());
            for (Eigen::Index j = 0; j < point.size(); ++j) {
                towards(j) = squares.estimates[static_cast<std::size_t>(j)].value;
            }
            CHECK(huber_sum(network.problem, point + step * (network.truth - point),
                            huber().huber) >= least - 1e-9);
            CHECK(huber_sum(network.problem, point + step * (towards - point), huber().huber) >=
                  least - 1e-9);
        }
    }
}

TEST_CASE("One gross error does less harm than under least squares", "[reconcile][huber]") {
    int better = 0;
    int trials = 0;
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        auto network = random_network(seed);
        const auto j = static_cast<std::size_t>(seed) % network.problem.variables.size();
        auto& hit = network.problem.variables[j];
        // Where others tell about it: what stands alone is believed by any method.
        if (solve(network.problem).estimates[j].sigma > 0.8 * hit.sigma) {
            continue;
        }
        ++trials;
        hit.measured = *hit.measured + 30.0 * hit.sigma;
        const auto harm = [&](const Solution& solution) {
            REQUIRE(solution.outcome == Outcome::solved);
            double sum = 0.0;
            for (Eigen::Index k = 0; k < network.truth.size(); ++k) {
                const auto at = static_cast<std::size_t>(k);
                sum += std::pow((solution.estimates[at].value - network.truth(k)) /
                                    network.problem.variables[at].sigma,
                                2);
            }
            return sum;
        };
        better += harm(solve(network.problem, huber())) < harm(solve(network.problem)) ? 1 : 0;
    }
    REQUIRE(trials >= 15);
    CHECK(better == trials);
}
