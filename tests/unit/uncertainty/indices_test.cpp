#include "functions.hpp"
#include "support/catch.hpp"
#include "support/near.hpp"
#include <chainsim/base/error.hpp>
#include <chainsim/uncertainty/indices.hpp>

#include <array>
#include <atomic>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <vector>

using chainsim::draws::Method;
using chainsim::parallel::Executor;
using chainsim::test::Coverage;
using chainsim::test::eight_at_once;
using chainsim::test::g_function;
using chainsim::test::g_truth;
using chainsim::test::ishigami;
using chainsim::test::ishigami_truth;
using chainsim::test::linear;
using chainsim::test::Near;
using chainsim::test::no_result;
using chainsim::test::Truth;
using chainsim::uncertainty::Estimate;
using chainsim::uncertainty::FirstOrder;
using chainsim::uncertainty::Interval;
using chainsim::uncertainty::Model;
using chainsim::uncertainty::morris_screening;
using chainsim::uncertainty::MorrisResult;
using chainsim::uncertainty::MorrisSettings;
using chainsim::uncertainty::Problem;
using chainsim::uncertainty::sobol_indices;
using chainsim::uncertainty::SobolResult;
using chainsim::uncertainty::SobolSettings;
using chainsim::uncertainty::WorkerModel;

namespace {

/// All estimates in a row, for a look at every bit.
std::vector<double> figures(const SobolResult& result) {
    std::vector<double> row;
    const auto append = [&](const Estimate& e) {
        row.insert(row.end(), {e.value, e.standard_error, e.low, e.high});
    };
    for (const auto& output : result.outputs) {
        append(output.mean);
        append(output.variance);
        for (std::size_t k = 0; k < output.first.size(); ++k) {
            append(output.first[k]);
            append(output.total[k]);
            row.push_back(static_cast<double>(output.used[k]));
        }
        row.push_back(static_cast<double>(output.lost));
    }
    return row;
}

std::vector<double> figures(const MorrisResult& result) {
    std::vector<double> row;
    for (const auto& output : result.outputs) {
        for (const auto& effect : output) {
            row.insert(row.end(), {effect.mu, effect.sigma, effect.mu_star.value,
                                   effect.mu_star.low, effect.mu_star.high});
        }
    }
    return row;
}

Coverage coverage(const Problem& problem, const Model& model, const Truth& truth,
                  SobolSettings settings, int seeds) {
    Coverage result;
    for (int seed = 1; seed <= seeds; ++seed) {
        settings.seed = static_cast<std::uint64_t>(seed);
        result.count(sobol_indices(problem, model, settings), truth);
    }
    return result;
}

void check_near(const SobolResult& result, const Truth& truth, double tolerance) {
    const auto& output = result.outputs[0];
    CHECK_THAT(output.mean.value, Near(truth.mean, tolerance));
    CHECK_THAT(output.variance.value, Near(truth.variance, tolerance));
    for (std::size_t k = 0; k < truth.first.size(); ++k) {
        CAPTURE(k, output.first[k].low, output.first[k].high, output.total[k].low,
                output.total[k].high);
        CHECK_THAT(output.first[k].value, Near(truth.first[k], 0.0, "", tolerance));
        CHECK_THAT(output.total[k].value, Near(truth.total[k], 0.0, "", tolerance));
        // Twice the half width of an interval that holds 95 of 100.
        CHECK(std::abs(output.first[k].value - truth.first[k]) <=
              output.first[k].high - output.first[k].low);
        CHECK(std::abs(output.total[k].value - truth.total[k]) <=
              output.total[k].high - output.total[k].low);
    }
}

} // namespace

TEST_CASE("Formulas for test functions give the published figures", "[uncertainty][indices]") {
    // Saltelli et al., "Global Sensitivity Analysis. The Primer" (2008), of a = 7 and b = 0.1.
    const auto truth = ishigami_truth();
    CHECK_THAT(truth.variance, Near(13.8446, 1e-5));
    CHECK_THAT(truth.first[0], Near(0.3139, 2e-4));
    CHECK_THAT(truth.first[1], Near(0.4424, 2e-4));
    CHECK_THAT(truth.total[0], Near(0.5576, 2e-4));
    CHECK_THAT(truth.total[2], Near(0.2437, 2e-4));
    const auto g = g_truth();
    CHECK_THAT(g.first[0], Near(0.7162, 2e-4));
    CHECK_THAT(g.total[0], Near(0.7871, 2e-4));
}

TEST_CASE("Estimates are those of the formulas, written out", "[uncertainty][indices]") {
    // Eight base points in each of four replicates: each replicate asks for A, B, AB_0 and AB_1.
    std::vector<std::array<double, 8>> asked;
    const Model recorded = [&](const double* points, double* results) {
        asked.emplace_back();
        for (std::size_t lane = 0; lane < 8; ++lane) {
            asked.back()[lane] = results[lane] = std::exp(3.0 * points[lane] * points[8 + lane]);
        }
    };
    SobolSettings settings;
    settings.n = 32;
    settings.replicates = 4;
    settings.method = Method::random;
    const auto output = sobol_indices({2, 1}, recorded, settings).outputs[0];
    REQUIRE(asked.size() == 16);

    constexpr std::size_t none = 4;
    const auto estimate = [&](std::size_t without) {
        double number = 0.0;
        double mean = 0.0;
        double variance = 0.0;
        const auto over = [&](auto function) {
            for (std::size_t r = 0; r < 4; ++r) {
                for (std::size_t i = 0; i < 8 && r != without; ++i) {
                    function(asked[4 * r][i], asked[4 * r + 1][i], asked[4 * r + 3][i]);
                }
            }
        };
        over([&](double a, double b, double) {
            number += 1.0;
            mean += a + b;
        });
        mean /= 2.0 * number;
        std::array<double, 2> sums{};
        over([&](double a, double b, double ab) {
            variance += ((a - mean) * (a - mean) + (b - mean) * (b - mean)) / (2.0 * number - 1.0);
            sums[0] += (b - mean) * (ab - a) / number;
            sums[1] += (a - ab) * (a - ab) / number / 2.0;
        });
        return std::array<double, 4>{mean, variance, sums[0] / variance, sums[1] / variance};
    };
    const std::array<Estimate, 4> given{output.mean, output.variance, output.first[1],
                                        output.total[1]};
    for (std::size_t s = 0; s < 4; ++s) {
        CAPTURE(s);
        CHECK_THAT(given[s].value, Near(estimate(none)[s], 1e-12));
        double mean = 0.0;
        double squares = 0.0;
        for (std::size_t r = 0; r < 4; ++r) {
            mean += estimate(r)[s] / 4.0;
        }
        for (std::size_t r = 0; r < 4; ++r) {
            squares += std::pow(estimate(r)[s] - mean, 2);
        }
        const double error = std::sqrt(squares * 3.0 / 4.0);
        CHECK_THAT(given[s].standard_error, Near(error, 1e-10));
        // Student's t of three degrees of freedom, from a table.
        CHECK_THAT(given[s].high - given[s].value, Near(3.182446 * error, 1e-6));
        CHECK_THAT(given[s].value - given[s].low, Near(3.182446 * error, 1e-6));
    }
}

TEST_CASE("Indices of the Ishigami function are the analytic ones", "[uncertainty][indices]") {
    SobolSettings settings;
    settings.n = 16384;
    const auto method = GENERATE(Method::sobol, Method::latin_hypercube, Method::random);
    settings.method = method;
    settings.first_order = GENERATE(FirstOrder::saltelli, FirstOrder::jansen);
    const auto result = sobol_indices({3, 1}, ishigami(), settings);
    CHECK(result.evaluations == 81920);
    CHECK(result.outputs[0].base_points == 16384);
    check_near(result, ishigami_truth(), method == Method::sobol ? 0.006 : 0.03);
}

TEST_CASE("Indices of the g-function are the analytic ones", "[uncertainty][indices]") {
    SobolSettings settings;
    settings.n = 16384;
    check_near(sobol_indices({8, 1}, g_function(), settings), g_truth(), 0.005);
}

TEST_CASE("Factors of several parameters have the effect of all of these",
          "[uncertainty][indices]") {
    SobolSettings settings;
    settings.n = 4096;
    const auto result = sobol_indices({4, 1, {{0, 3}, {2}, {1}}}, linear(), settings);
    check_near(result,
               {1e6 + 5.0,
                30.0 / 12.0,
                {17.0 / 30.0, 9.0 / 30.0, 4.0 / 30.0},
                {17.0 / 30.0, 9.0 / 30.0, 4.0 / 30.0}},
               0.001);
    CHECK(result.evaluations == 20480);

    SECTION("those that interact are of first order together") {
        const auto truth = ishigami_truth();
        const auto of_pair = sobol_indices({3, 1, {{0, 2}, {1}}}, ishigami(), settings);
        check_near(of_pair,
                   {3.5,
                    truth.variance,
                    {truth.total[0], truth.first[1]},
                    {truth.total[0], truth.total[1]}},
                   0.015);
    }
    SECTION("and one with all parameters is all there is") {
        const auto all = sobol_indices({4, 1, {{0, 1, 2, 3}}}, linear(), settings);
        CHECK_THAT(all.outputs[0].first[0].value, Near(1.0, 0.01));
        CHECK_THAT(all.outputs[0].total[0].value, Near(1.0, 0.01));
    }
    SECTION("a parameter in no factor has its share of the variance all the same") {
        const auto some = sobol_indices({4, 1, {{1}}}, linear(), settings);
        CHECK_THAT(some.outputs[0].variance.value, Near(2.5, 0.001));
        CHECK_THAT(some.outputs[0].total[0].value, Near(4.0 / 30.0, 0.005));
    }
}

TEST_CASE("Hundreds of parameters are told apart, beyond those that matter",
          "[uncertainty][indices]") {
    // Sixty factors of five, of effects 1, 1/2, 1/3 ...: of variances 1, 1/4, 1/9 ...
    Problem problem{300, 1, {}};
    for (int k = 0; k < 60; ++k) {
        problem.factors.push_back({5 * k, 5 * k + 1, 5 * k + 2, 5 * k + 3, 5 * k + 4});
    }
    const auto model = eight_at_once(300, [](const std::vector<double>& u) {
        double sum = 0.0;
        for (std::size_t p = 0; p < u.size(); ++p) {
            const std::size_t factor = p / 5;
            sum += u[p] / static_cast<double>(factor + 1);
        }
        return sum;
    });
    SobolSettings settings;
    settings.n = 8192;
    settings.replicates = 4;
    const auto output = sobol_indices(problem, model, settings).outputs[0];
    double sum = 0.0;
    for (int k = 1; k <= 60; ++k) {
        sum += 1.0 / (k * k);
    }
    for (std::size_t k = 0; k < 60; ++k) {
        CAPTURE(k);
        const double truth = 1.0 / static_cast<double>((k + 1) * (k + 1)) / sum;
        CHECK_THAT(output.first[k].value, Near(truth, 0.0, "", 0.02));
        CHECK_THAT(output.total[k].value, Near(truth, 0.1));
    }
}

TEST_CASE("Intervals hold the truth in about 95 of 100 seeds", "[uncertainty][indices]") {
    const auto truth = ishigami_truth();
    SobolSettings settings;
    SECTION("with Student's t over scrambled sequences") {
        settings.n = 4096;
        const auto ishigamis = coverage({3, 1}, ishigami(), truth, settings, 200);
        const auto gs = coverage({8, 1}, g_function(), g_truth(), settings, 100);
        CAPTURE(ishigamis.share(), gs.share());
        CHECK_THAT(ishigamis.share(), Near(0.95, 0.0, "", 0.025));
        CHECK_THAT(gs.share(), Near(0.95, 0.0, "", 0.03));
    }
    SECTION("with a Latin hypercube, and at random") {
        settings.n = 2048;
        settings.method = GENERATE(Method::latin_hypercube, Method::random);
        const auto ishigamis = coverage({3, 1}, ishigami(), truth, settings, 200);
        CAPTURE(settings.method);
        CHECK_THAT(ishigamis.share(), Near(0.95, 0.0, "", 0.025));
    }
    SECTION("with the bootstrap of many replicates") {
        settings.n = 2048;
        settings.method = Method::random;
        settings.replicates = 128;
        settings.interval = Interval::bootstrap;
        const auto ishigamis = coverage({3, 1}, ishigami(), truth, settings, 200);
        CHECK_THAT(ishigamis.share(), Near(0.95, 0.0, "", 0.025));
    }
}

TEST_CASE("Points without result are left out with their partners, and counted",
          "[uncertainty][indices]") {
    // The first parameter itself, but nothing where the second is above 0.9.
    const auto broken = [](const std::vector<double>& u) { return u[1] > 0.9 ? no_result : u[0]; };
    SobolSettings settings;
    settings.n = 16384;
    const auto result = sobol_indices({2, 1}, eight_at_once(2, broken), settings);
    const auto& output = result.outputs[0];
    // A and B have results where both second parameters do; AB of the first has that of A, AB of
    // the second that of B.
    CHECK_THAT(static_cast<double>(output.base_points), Near(0.81 * 16384, 0.01));
    CHECK(output.used[0] == output.base_points);
    CHECK(output.used[1] == output.base_points);
    CHECK_THAT(static_cast<double>(output.lost), Near(0.1 * 4 * 16384, 0.01));
    CHECK_THAT(output.first[0].value, Near(1.0, 0.01));
    CHECK_THAT(output.total[0].value, Near(1.0, 0.01));
    CHECK(output.total[1].value == 0.0);
    CHECK_THAT(output.variance.value, Near(1.0 / 12.0, 0.01));

    SECTION("the infinite is no result either, and a point may be lost for one factor alone") {
        const auto corner = [](const std::vector<double>& u) {
            return u[0] > 0.5 && u[1] > 0.5 ? 1.0 / (u[0] - u[0]) : u[0];
        };
        const auto cut = sobol_indices({2, 1}, eight_at_once(2, corner), settings).outputs[0];
        CHECK_THAT(static_cast<double>(cut.base_points), Near(9.0 / 16.0 * 16384, 0.01));
        // Of the nine pairs of quarters that A and B may be in, AB is in the corner for one: high
        // u[1] of A with high u[0] of B.
        CHECK_THAT(static_cast<double>(cut.used[0]), Near(8.0 / 16.0 * 16384, 0.01));
        CHECK(cut.lost > 0);
        CHECK(std::isfinite(cut.first[0].value));
    }
    SECTION("other outputs have all their points") {
        const Model two = [&](const double* points, double* results) {
            eight_at_once(2, broken)(points, results);
            for (std::size_t lane = 0; lane < 8; ++lane) {
                results[8 + lane] = points[lane] + points[8 + lane];
            }
        };
        const auto both = sobol_indices({2, 2}, two, settings);
        CHECK(both.outputs[0].lost == output.lost);
        CHECK(both.outputs[1].lost == 0);
        CHECK(both.outputs[1].base_points == settings.n);
        CHECK_THAT(both.outputs[1].first[1].value, Near(0.5, 0.01));
    }
    SECTION("without any result nothing is said") {
        const auto none = sobol_indices(
            {2, 1}, eight_at_once(2, [](const std::vector<double>&) { return no_result; }),
            settings);
        CHECK(none.outputs[0].lost == 4 * settings.n);
        CHECK(none.outputs[0].base_points == 0);
        CHECK(std::isnan(none.outputs[0].first[0].value));
        CHECK(std::isnan(none.outputs[0].total[1].high));
    }
}

TEST_CASE("What does not vary has no indices", "[uncertainty][indices]") {
    const auto constant = eight_at_once(2, [](const std::vector<double>&) { return 0.1; });
    const auto output = sobol_indices({2, 1}, constant, SobolSettings{}).outputs[0];
    CHECK(output.mean.value == 0.1);
    CHECK(output.variance.value == 0.0);
    CHECK(std::isnan(output.first[0].value));
    CHECK(std::isnan(output.total[0].low));
}

TEST_CASE("Each number of threads gives the same bytes", "[uncertainty][indices]") {
    const Executor one(1);
    const Executor two(2);
    std::atomic<int> misplaced = 0;
    const auto g = g_function();
    const WorkerModel model = [&](int worker, const double* points, double* results) {
        misplaced += worker < 0 || worker >= 2 ? 1 : 0;
        g(points, results);
        for (std::size_t lane = 0; lane < 8; ++lane) {
            results[8 + lane] = points[lane] < 0.01 ? no_result : results[lane] * points[lane];
        }
    };
    SobolSettings settings;
    settings.n = std::int64_t{60} * 20; // the last eight of a replicate are not full
    settings.replicates = 60;
    settings.interval = GENERATE(Interval::student, Interval::bootstrap);
    const Problem problem{8, 2};
    const auto single = sobol_indices(problem, model, settings, one);
    CHECK(single.outputs[0].base_points == 1200);
    CHECK(single.outputs[1].lost > 0);
    CHECK(figures(single) == figures(sobol_indices(problem, model, settings, two)));
    const auto screened = morris_screening(problem, model, MorrisSettings{}, one);
    CHECK(figures(screened) == figures(morris_screening(problem, model, MorrisSettings{}, two)));
    CHECK(misplaced == 0);

    settings.seed = 2;
    CHECK(figures(single) != figures(sobol_indices(problem, model, settings, one)));
}

TEST_CASE("What cannot be asked is refused", "[uncertainty][indices]") {
    const auto ask = [](const Problem& problem, auto change) {
        SobolSettings settings;
        change(settings);
        return sobol_indices(problem, linear(), settings);
    };
    const auto as_it_is = [](SobolSettings&) {};
    CHECK_NOTHROW(ask({4, 1}, as_it_is));
    CHECK_THROWS_AS(ask({0, 1}, as_it_is), chainsim::ContractError);
    CHECK_THROWS_AS(ask({4, 0}, as_it_is), chainsim::ContractError);
    CHECK_THROWS_AS(ask({4, 1, {{0}, {}}}, as_it_is), chainsim::ContractError);
    CHECK_THROWS_AS(ask({4, 1, {{4}}}, as_it_is), chainsim::ContractError);
    CHECK_THROWS_AS(ask({4, 1, {{-1}}}, as_it_is), chainsim::ContractError);
    CHECK_THROWS_AS(ask({4, 1, {{2, 1, 2}}}, as_it_is), chainsim::ContractError);
    CHECK_THROWS_AS(ask({4, 1}, [](auto& s) { s.n = 1001; }), chainsim::ContractError);
    CHECK_THROWS_AS(ask({4, 1}, [](auto& s) { s.n = 0; }), chainsim::ContractError);
    CHECK_THROWS_AS(ask({4, 1}, [](auto& s) { s.replicates = 1; }), chainsim::ContractError);
    CHECK_THROWS_AS(ask({4, 1}, [](auto& s) { s.resamples = 0; }), chainsim::ContractError);
    CHECK_THROWS_AS(sobol_indices({4, 1}, Model{}, SobolSettings{}), chainsim::ContractError);
    CHECK_THROWS_AS(morris_screening({4, 1}, Model{}, MorrisSettings{}), chainsim::ContractError);
    MorrisSettings odd;
    odd.levels = 5;
    CHECK_THROWS_AS(morris_screening({4, 1}, linear(), odd), chainsim::ContractError);
    MorrisSettings alone;
    alone.trajectories = 1;
    CHECK_THROWS_AS(morris_screening({4, 1}, linear(), alone), chainsim::ContractError);

    const Model failing = [](const double*, double*) { throw std::runtime_error("burst"); };
    CHECK_THROWS_WITH(sobol_indices({4, 1}, failing, SobolSettings{}), "burst");
}
