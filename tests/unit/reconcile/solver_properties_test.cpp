#include "random_networks.hpp"
#include "support/catch.hpp"
#include <chainsim/reconcile/solver.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using namespace chainsim::reconcile;
using chainsim::test::random_network;
using chainsim::test::RandomNetworkOptions;

namespace {

constexpr std::uint64_t first_seed = 20260;
constexpr int networks = 40;

RandomNetworkOptions some_unmeasured() {
    RandomNetworkOptions options;
    options.unmeasured = 0.3;
    options.nodes = 8;
    options.extra = 10;
    return options;
}

double worst_condition(const Problem& problem, const Solution& solution) {
    double worst = 0.0;
    for (const auto& condition : problem.conditions) {
        double sum = condition.constant;
        double size = std::abs(condition.constant);
        for (const auto& term : condition.terms) {
            const double value =
                term.factor * solution.estimates[static_cast<std::size_t>(term.first)].value;
            sum += value;
            size += std::abs(value);
        }
        if (std::isfinite(sum)) { // of conditions whose variables are all known
            worst = std::max(worst, std::abs(sum) / size);
        }
    }
    return worst;
}

} // namespace

TEST_CASE("Reconciled flows balance at every node", "[reconcile][property]") {
    for (int i = 0; i < networks; ++i) {
        const auto seed = first_seed + static_cast<std::uint64_t>(i);
        const auto network = random_network(seed, some_unmeasured());
        const auto solution = solve(network.problem);
        INFO("seed " << seed);
        REQUIRE(solution.outcome == Outcome::solved);
        CHECK(worst_condition(network.problem, solution) <= 1e-10);
    }
}

TEST_CASE("They are those of one dense system of all conditions", "[reconcile][property]") {
    for (int i = 0; i < networks; ++i) {
        const auto seed = first_seed + static_cast<std::uint64_t>(i);
        const auto network = random_network(seed, some_unmeasured());
        const auto solution = solve(network.problem);
        const auto dense = chainsim::test::dense_answer(network.problem);
        INFO("seed " << seed);
        for (std::size_t j = 0; j < solution.estimates.size(); ++j) {
            if (std::isfinite(solution.estimates[j].value)) {
                CHECK_THAT(solution.estimates[j].value,
                           WithinRel(dense(static_cast<Eigen::Index>(j)), 1e-8));
            }
        }
    }
}

TEST_CASE("The order of variables and conditions has no say", "[reconcile][property]") {
    for (int i = 0; i < networks; ++i) {
        const auto seed = first_seed + static_cast<std::uint64_t>(i);
        const auto network = random_network(seed, some_unmeasured());
        const auto count = network.problem.variables.size();
        std::vector<int> place(count);
        std::iota(place.begin(), place.end(), 0);
        std::mt19937_64 generator(seed);
        std::shuffle(place.begin(), place.end(), generator);
        Problem other = network.problem;
        for (std::size_t j = 0; j < count; ++j) {
            other.variables[static_cast<std::size_t>(place[j])] = network.problem.variables[j];
        }
        for (auto& condition : other.conditions) {
            for (auto& term : condition.terms) {
                term.first = place[static_cast<std::size_t>(term.first)];
            }
            std::reverse(condition.terms.begin(), condition.terms.end());
        }
        std::reverse(other.conditions.begin(), other.conditions.end());
        const auto a = solve(network.problem);
        const auto b = solve(other);
        INFO("seed " << seed);
        for (std::size_t j = 0; j < count; ++j) {
            const auto& one = a.estimates[j];
            const auto& same = b.estimates[static_cast<std::size_t>(place[j])];
            CHECK(one.standing == same.standing);
            if (std::isfinite(one.value)) {
                CHECK_THAT(one.value, WithinRel(same.value, 1e-9));
                CHECK_THAT(one.sigma, WithinRel(same.sigma, 1e-8));
            }
        }
    }
}

TEST_CASE("Uncertainties all larger by one factor leave the adjustments as they are",
          "[reconcile][property]") {
    for (int i = 0; i < networks; ++i) {
        const auto seed = first_seed + static_cast<std::uint64_t>(i);
        const auto network = random_network(seed, some_unmeasured());
        Problem wider = network.problem;
        for (auto& one : wider.variables) {
            one.sigma *= 7.0;
        }
        const auto a = solve(network.problem);
        const auto b = solve(wider);
        INFO("seed " << seed);
        CHECK_THAT(b.statistic, WithinRel(a.statistic / 49.0, 1e-8));
        for (std::size_t j = 0; j < a.estimates.size(); ++j) {
            const auto& one = a.estimates[j];
            if (std::isfinite(one.value)) {
                CHECK_THAT(b.estimates[j].value, WithinRel(one.value, 1e-9));
                CHECK_THAT(b.estimates[j].sigma, WithinRel(7.0 * one.sigma, 1e-8));
            }
        }
    }
}

TEST_CASE("Units change numbers and nothing else", "[reconcile][property]") {
    for (int i = 0; i < networks; ++i) {
        const auto seed = first_seed + static_cast<std::uint64_t>(i);
        const auto network = random_network(seed, some_unmeasured());
        Problem other = network.problem;
        std::vector<double> unit;
        for (std::size_t j = 0; j < other.variables.size(); ++j) {
            auto& one = other.variables[j];
            unit.push_back(std::pow(10.0, static_cast<double>(j % 7) - 3.0));
            if (one.measured) {
                one.measured = *one.measured / unit[j];
                one.sigma /= unit[j];
            }
            one.start /= unit[j];
        }
        for (auto& condition : other.conditions) {
            for (auto& term : condition.terms) {
                term.factor *= unit[static_cast<std::size_t>(term.first)];
            }
        }
        const auto a = solve(network.problem);
        const auto b = solve(other);
        INFO("seed " << seed);
        CHECK(a.degrees_of_freedom == b.degrees_of_freedom);
        for (std::size_t j = 0; j < a.estimates.size(); ++j) {
            CHECK(a.estimates[j].standing == b.estimates[j].standing);
            if (std::isfinite(a.estimates[j].value)) {
                CHECK_THAT(b.estimates[j].value * unit[j], WithinRel(a.estimates[j].value, 1e-8));
            }
        }
    }
}

TEST_CASE("No measurement is less sure than before", "[reconcile][property]") {
    for (int i = 0; i < networks; ++i) {
        const auto seed = first_seed + static_cast<std::uint64_t>(i);
        const auto network = random_network(seed, some_unmeasured());
        const auto solution = solve(network.problem);
        INFO("seed " << seed);
        for (std::size_t j = 0; j < solution.estimates.size(); ++j) {
            const auto& variable = network.problem.variables[j];
            const auto& one = solution.estimates[j];
            if (one.standing == Standing::redundant) {
                CHECK(one.sigma < variable.sigma);
            } else if (one.standing == Standing::non_redundant) {
                CHECK_THAT(one.sigma, WithinRel(variable.sigma, 1e-9));
                CHECK_THAT(one.value, WithinRel(*variable.measured, 1e-12));
            }
        }
    }
}

TEST_CASE("A measurement is redundant exactly where it could be done without",
          "[reconcile][property]") {
    for (int i = 0; i < networks; ++i) {
        const auto seed = first_seed + static_cast<std::uint64_t>(i);
        const auto network = random_network(seed, some_unmeasured());
        const auto solution = solve(network.problem);
        INFO("seed " << seed);
        for (std::size_t j = 0; j < solution.estimates.size(); ++j) {
            if (!network.problem.variables[j].measured) {
                continue;
            }
            Problem less = network.problem;
            less.variables[j].measured.reset();
            less.variables[j].sigma = 0.0;
            const auto left = solve(less).estimates[j].standing;
            CHECK((solution.estimates[j].standing == Standing::redundant) ==
                  (left == Standing::observable));
        }
    }
}

TEST_CASE("The covariance is that of many repetitions", "[reconcile][property]") {
    auto network = random_network(first_seed, some_unmeasured());
    const auto solution = solve(network.problem);
    REQUIRE(solution.outcome == Outcome::solved);
    constexpr int repetitions = 4000;
    std::mt19937_64 generator(7);
    const auto count = static_cast<Eigen::Index>(solution.estimates.size());
    Eigen::MatrixXd sum = Eigen::MatrixXd::Zero(count, count);
    double statistic = 0.0;
    SolverOptions options;
    options.with_covariance = false;
    for (int r = 0; r < repetitions; ++r) {
        chainsim::test::measure(network, generator);
        const auto one = solve(network.problem, options);
        Eigen::VectorXd error(count);
        for (Eigen::Index j = 0; j < count; ++j) {
            const double value = one.estimates[static_cast<std::size_t>(j)].value;
            error(j) = std::isfinite(value) ? value - network.truth(j) : 0.0;
        }
        sum += error * error.transpose();
        statistic += one.statistic;
    }
    sum /= repetitions;
    // 4000 draws tell a variance to 2.2 % (one standard deviation), a correlation to 0.016.
    for (Eigen::Index j = 0; j < count; ++j) {
        const double variance = solution.covariance(j, j);
        CHECK_THAT(sum(j, j), WithinAbs(variance, 0.1 * variance + 1e-12));
        for (Eigen::Index k = 0; k < j; ++k) {
            const double size = std::sqrt(variance * solution.covariance(k, k));
            CHECK_THAT(sum(j, k), WithinAbs(solution.covariance(j, k), 0.08 * size + 1e-12));
        }
    }
    // The mean of a chi-squared variable is its degrees of freedom, its variance twice that.
    const double freedom = solution.degrees_of_freedom;
    CHECK_THAT(statistic / repetitions,
               WithinAbs(freedom, 4.0 * std::sqrt(2.0 * freedom / repetitions)));
}
