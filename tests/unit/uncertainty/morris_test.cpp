#include "functions.hpp"
#include "support/catch.hpp"
#include "support/near.hpp"
#include <chainsim/uncertainty/indices.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

using chainsim::test::Coverage;
using chainsim::test::eight_at_once;
using chainsim::test::Near;
using chainsim::test::no_result;
using chainsim::uncertainty::Model;
using chainsim::uncertainty::morris_screening;
using chainsim::uncertainty::MorrisSettings;
using chainsim::uncertainty::Placement;

TEST_CASE("Elementary effects of a linear function are its slopes", "[uncertainty][morris]") {
    MorrisSettings settings;
    settings.trajectories = 20;
    settings.placement = GENERATE(Placement::middles, Placement::ends);
    settings.levels = GENERATE(2, 4, 8);
    const auto model = eight_at_once(
        3, [](const std::vector<double>& u) { return 5.0 + u[0] - 3.0 * u[1] + 0.0 * u[2]; });
    const auto result = morris_screening({3, 1}, model, settings);
    CHECK(result.evaluations == 80);
    const std::array<double, 3> slopes{1.0, -3.0, 0.0};
    for (std::size_t k = 0; k < 3; ++k) {
        const auto& effect = result.outputs[0][k];
        CAPTURE(k);
        CHECK_THAT(effect.mu, Near(slopes[k], 1e-12, "", 1e-12));
        CHECK_THAT(effect.sigma, Near(0.0, 0.0, "", 1e-12));
        CHECK_THAT(effect.mu_star.value, Near(std::abs(slopes[k]), 1e-12, "", 1e-12));
        CHECK_THAT(effect.mu_star.low, Near(std::abs(slopes[k]), 1e-12, "", 1e-12));
        CHECK_THAT(effect.mu_star.high, Near(std::abs(slopes[k]), 1e-12, "", 1e-12));
        CHECK(effect.used == 20);
    }
}

TEST_CASE("Elementary effects show interaction, and the interval of mu* holds it",
          "[uncertainty][morris]") {
    // f = (u0 - 1/2) (u1 - 1/2): the effect of u0 is u1 - 1/2, on four levels at middles one of
    // -3/8, -1/8, 1/8, 3/8: mu 0, mu* 1/4, sigma sqrt(5) / 8.
    const auto model =
        eight_at_once(2, [](const std::vector<double>& u) { return (u[0] - 0.5) * (u[1] - 0.5); });
    MorrisSettings settings;
    settings.trajectories = 4000;
    const auto many = morris_screening({2, 1}, model, settings).outputs[0];
    for (const auto& effect : many) {
        CHECK_THAT(effect.mu, Near(0.0, 0.0, "", 0.015));
        CHECK_THAT(effect.sigma, Near(std::sqrt(5.0) / 8.0, 0.02));
        CHECK_THAT(effect.mu_star.value, Near(0.25, 0.03));
    }
    settings.placement = Placement::ends; // -1/2, -1/6, 1/6, 1/2
    const auto wide = morris_screening({2, 1}, model, settings).outputs[0];
    CHECK_THAT(wide[0].mu_star.value, Near(1.0 / 3.0, 0.03));

    settings.placement = Placement::middles;
    settings.trajectories = 64;
    Coverage held;
    for (int seed = 1; seed <= 300; ++seed) {
        settings.seed = static_cast<std::uint64_t>(seed);
        const auto result = morris_screening({2, 1}, model, settings);
        for (const auto& effect : result.outputs[0]) {
            held.count(effect.mu_star, 0.25);
        }
    }
    CHECK_THAT(held.share(), Near(0.945, 0.0, "", 0.03));
}

TEST_CASE("Screening takes factors of several parameters, and steps without result",
          "[uncertainty][morris]") {
    // Opposite effects must not hide each other: |4 (+-1/2) - 4 (+-1/2)| / (1/2) is 0 or 8.
    const auto model = eight_at_once(4, [](const std::vector<double>& u) {
        return u[3] > 0.8 ? no_result : 4.0 * u[0] - 4.0 * u[1] + u[2];
    });
    MorrisSettings settings;
    settings.trajectories = 1000;
    const auto result = morris_screening({4, 1, {{0, 1}, {2}, {3}}}, model, settings);
    const auto& effects = result.outputs[0];
    CHECK_THAT(effects[0].mu_star.value, Near(4.0, 0.1));
    CHECK(std::isnan(effects[0].mu));
    CHECK_THAT(effects[1].mu, Near(1.0, 1e-12));
    // One of the four levels of u[3] has no result; its own step touches it every second time.
    CHECK_THAT(static_cast<double>(effects[1].used), Near(750.0, 0.08));
    CHECK_THAT(static_cast<double>(effects[2].used), Near(500.0, 0.1));
    CHECK_THAT(static_cast<double>(result.lost[0]), Near(1000.0, 0.1));
}

TEST_CASE("Trajectories change one factor after the other, in an order of their own",
          "[uncertainty][morris]") {
    std::vector<std::array<std::array<double, 8>, 3>> asked; // [step][parameter][trajectory]
    const Model recorded = [&](const double* points, double* results) {
        asked.emplace_back();
        for (std::size_t lane = 0; lane < 8; ++lane) {
            for (std::size_t p = 0; p < 3; ++p) {
                asked.back()[p][lane] = points[p * 8 + lane];
            }
            results[lane] = no_result;
        }
    };
    MorrisSettings settings;
    settings.trajectories = 20;
    const auto result = morris_screening({3, 1}, recorded, settings);
    REQUIRE(asked.size() == 12); // three times eight trajectories, the last four for nothing
    CHECK(result.lost[0] == 80);
    CHECK(result.outputs[0][1].used == 0);
    CHECK(std::isnan(result.outputs[0][1].mu_star.low));

    std::array<int, 3> began{};
    for (std::size_t block = 0; block < 12; block += 4) {
        for (std::size_t lane = 0; lane < 8; ++lane) {
            std::array<int, 3> changed{};
            for (std::size_t step = block; step < block + 3; ++step) {
                int changes = 0;
                for (std::size_t p = 0; p < 3; ++p) {
                    const double change = asked[step + 1][p][lane] - asked[step][p][lane];
                    if (change != 0.0) {
                        CHECK_THAT(std::abs(change), Near(0.5, 1e-15));
                        ++changes;
                        ++changed[p];
                        began[p] += step == block ? 1 : 0;
                    }
                }
                CHECK(changes == 1);
            }
            CHECK(changed == std::array<int, 3>{1, 1, 1});
        }
    }
    for (const int times : began) {
        CHECK(times > 2);
        CHECK(times < 16);
    }
}
