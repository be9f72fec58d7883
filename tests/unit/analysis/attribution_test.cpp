#include "support/catch.hpp"
#include <chainsim/analysis/attribution.hpp>
#include <chainsim/base/error.hpp>

#include <cmath>
#include <cstddef>
#include <vector>

using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using chainsim::analysis::attribute;
using chainsim::analysis::Attribution;
using chainsim::analysis::AttributionOptions;
using chainsim::analysis::Coalition;

namespace {

using Value = std::optional<std::vector<double>>;

/// What all shares of a figure come to.
double sum(const Attribution& attribution, std::size_t figure = 0) {
    double total = 0.0;
    for (const auto& share : attribution.share) {
        total += share[figure];
    }
    return total;
}

/// Each player has a weight; a coalition is worth the square of its weights' sum. By the formula
/// the share of a player is its weight times the sum of all weights.
constexpr std::size_t many = 14;

double weight(std::size_t player) { return 1.0 + 0.5 * static_cast<double>(player); }

Value square(const Coalition& coalition) {
    double total = 0.0;
    for (std::size_t i = 0; i < many; ++i) {
        total += coalition.has(i) ? weight(i) : 0.0;
    }
    return std::vector{total * total};
}

AttributionOptions sampled(std::size_t orders, std::uint64_t seed = 1) {
    return {.exact_players = 0, .orders = orders, .seed = seed};
}

} // namespace

TEST_CASE("The one right glove is worth more than either left one", "[analysis][attribution]") {
    // Players 0 and 1 have a left glove each, 2 the right one; a pair is worth 1. Of the six orders
    // the right glove completes a pair in four, and each left one in one.
    const auto gloves = [](const Coalition& coalition) -> Value {
        return std::vector{coalition.has(2) && (coalition.has(0) || coalition.has(1)) ? 1.0 : 0.0};
    };
    const auto shares = attribute(3, gloves);
    CHECK(shares.exact);
    CHECK(shares.coalitions == 8);
    CHECK_THAT(shares.share[0][0], WithinRel(1.0 / 6.0, 1e-12));
    CHECK_THAT(shares.share[1][0], WithinRel(1.0 / 6.0, 1e-12));
    CHECK_THAT(shares.share[2][0], WithinRel(4.0 / 6.0, 1e-12));
    CHECK(shares.error[2][0] == 0.0);
}

TEST_CASE("A player gets what it adds where no other matters to it", "[analysis][attribution]") {
    // Two figures at once; the second counts the players.
    const auto additive = [](const Coalition& coalition) -> Value {
        double worth = 7.0; // of nobody
        double count = 0.0;
        for (std::size_t i = 0; i < 4; ++i) {
            worth += coalition.has(i) ? 10.0 * static_cast<double>(i) - 5.0 : 0.0;
            count += coalition.has(i) ? 1.0 : 0.0;
        }
        return std::vector{worth, count};
    };
    for (const auto& options : {AttributionOptions{}, sampled(6)}) {
        const auto shares = attribute(4, additive, options);
        for (std::size_t i = 0; i < 4; ++i) {
            CHECK_THAT(shares.share[i][0], WithinAbs(10.0 * static_cast<double>(i) - 5.0, 1e-12));
            CHECK_THAT(shares.share[i][1], WithinAbs(1.0, 1e-12));
            CHECK_THAT(shares.error[i][0], WithinAbs(0.0, 1e-12));
        }
    }
}

TEST_CASE("Three who bring 80, 56 and 70 alone share as worked by hand",
          "[analysis][attribution]") {
    // v(0) = 80, v(1) = 56, v(2) = 70, v(01) = 80, v(02) = 85, v(12) = 72, v(012) = 90.
    // Player 0: (2 x 80 + (80 - 56) + (85 - 70) + 2 x (90 - 72)) / 6 = 235 / 6
    // Player 1: (2 x 56 + (80 - 80) + (72 - 70) + 2 x (90 - 85)) / 6 = 124 / 6
    // Player 2: (2 x 70 + (85 - 80) + (72 - 56) + 2 x (90 - 80)) / 6 = 181 / 6
    const auto taxi = [](const Coalition& coalition) -> Value {
        const double worth[] = {0.0, 80.0, 56.0, 80.0, 70.0, 85.0, 72.0, 90.0};
        return std::vector{worth[(coalition.has(0) ? 1 : 0) + (coalition.has(1) ? 2 : 0) +
                                 (coalition.has(2) ? 4 : 0)]};
    };
    const auto shares = attribute(3, taxi);
    CHECK_THAT(shares.share[0][0], WithinRel(235.0 / 6.0, 1e-12));
    CHECK_THAT(shares.share[1][0], WithinRel(124.0 / 6.0, 1e-12));
    CHECK_THAT(shares.share[2][0], WithinRel(181.0 / 6.0, 1e-12));
}

TEST_CASE("Shares do not depend on how the players are numbered", "[analysis][attribution]") {
    const auto game = [](bool a, bool b, bool c) {
        return (a ? 3.0 : 0.0) + (a && b ? 5.0 : 0.0) + (b && c ? -2.0 : 0.0) +
               (a && b && c ? 6.0 : 0.0);
    };
    const auto forward = attribute(3, [&](const Coalition& x) -> Value {
        return std::vector{game(x.has(0), x.has(1), x.has(2))};
    });
    const auto backward = attribute(3, [&](const Coalition& x) -> Value {
        return std::vector{game(x.has(2), x.has(1), x.has(0))};
    });
    for (std::size_t i = 0; i < 3; ++i) {
        CHECK_THAT(forward.share[i][0], WithinAbs(backward.share[2 - i][0], 1e-12));
    }
    // 3 + 5/2 + 6/3, 5/2 - 2/2 + 6/3, -2/2 + 6/3
    CHECK_THAT(forward.share[0][0], WithinRel(7.5, 1e-12));
    CHECK_THAT(forward.share[1][0], WithinRel(3.5, 1e-12));
    CHECK_THAT(forward.share[2][0], WithinRel(1.0, 1e-12));
}

TEST_CASE("Every coalition is asked for once, in order", "[analysis][attribution]") {
    for (const auto& options : {AttributionOptions{}, AttributionOptions{.orders = 20}}) {
        const std::size_t players = options.orders == 20 ? many : 5;
        std::vector<Coalition> asked;
        const auto shares = attribute(
            players,
            [&](const Coalition& x) -> Value {
                asked.push_back(x);
                return std::vector{1.0};
            },
            options);
        CHECK(asked.size() == shares.coalitions);
        // Where orders are drawn, nobody and all come first: without them there is no question.
        for (std::size_t i = shares.exact ? 1 : 3; i < asked.size(); ++i) {
            CHECK(asked[i - 1] < asked[i]);
        }
    }
}

TEST_CASE("Drawn orders agree with the formula within their own error", "[analysis][attribution]") {
    double all = 0.0;
    for (std::size_t i = 0; i < many; ++i) {
        all += weight(i);
    }
    std::size_t outside = 0;
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        // Every order and its reverse add up to the share here: alone, pairs would have no error.
        const auto game = [](const Coalition& x) -> Value {
            auto worth = square(x);
            worth->push_back((*worth)[0] * std::sqrt((*worth)[0])); // the cube: pairs do err
            return worth;
        };
        const auto shares = attribute(many, game, {.orders = 60, .seed = seed});
        CHECK_FALSE(shares.exact);
        CHECK(shares.orders == 60);
        CHECK_THAT(sum(shares, 0), WithinRel(all * all, 1e-12));
        CHECK_THAT(sum(shares, 1), WithinRel(all * all * all, 1e-12));
        double squares = 0.0;
        for (std::size_t i = 0; i < many; ++i) {
            CHECK_THAT(shares.share[i][0], WithinRel(weight(i) * all, 1e-12));
            squares += weight(i) * weight(i);
        }
        for (std::size_t i = 0; i < many; ++i) {
            // Of the cube of a sum, w_i gets w_i^3 + 3/2 sum_j (w_i^2 w_j + w_i w_j^2)
            // + 2 sum_(j<k) w_i w_j w_k.
            const double w = weight(i);
            const double others = all - w;
            const double other_squares = squares - w * w;
            const double exact = w * w * w + 1.5 * (w * w * others + w * other_squares) +
                                 w * (others * others - other_squares);
            CHECK(shares.error[i][1] > 0.0);
            outside += std::abs(shares.share[i][1] - exact) > 3.0 * shares.error[i][1] ? 1 : 0;
        }
    }
    // Of 280 shares, three standard errors of 30 pairs leave out 0.5 %, 1.5 in the mean.
    CHECK(outside <= 8);
}

TEST_CASE("The same seed draws the same orders, another one others", "[analysis][attribution]") {
    const auto game = [](const Coalition& x) -> Value {
        return std::vector{x.has(0) && x.has(3) && !x.has(5) ? 1.0 : 0.0};
    };
    const auto one = attribute(many, game, sampled(10, 7));
    CHECK(one.share == attribute(many, game, sampled(10, 7)).share);
    CHECK(one.share != attribute(many, game, sampled(10, 8)).share);
}

TEST_CASE("Orders that meet a coalition without worth are left out and counted",
          "[analysis][attribution]") {
    // Player 1 cannot be there without player 0: half of all orders remain, those in which 0 comes
    // first. The reverse of each is out.
    const auto game = [](const Coalition& x) -> Value {
        if (x.has(1) && !x.has(0)) {
            return std::nullopt;
        }
        return std::vector{(x.has(0) ? 1.0 : 0.0) + (x.has(1) ? 2.0 : 0.0) +
                           (x.has(2) ? 4.0 : 0.0)};
    };
    const auto shares = attribute(3, game, {.orders = 40});
    CHECK_FALSE(shares.exact);
    CHECK(shares.unsolved == 2);
    CHECK(shares.skipped == 20);
    CHECK(shares.orders == 20);
    CHECK_THAT(shares.share[0][0], WithinRel(1.0, 1e-12));
    CHECK_THAT(shares.share[1][0], WithinRel(2.0, 1e-12));
    CHECK_THAT(sum(shares), WithinRel(7.0, 1e-12));
}

TEST_CASE("Where no order can be followed there are no shares", "[analysis][attribution]") {
    // Two that can only come together.
    const auto game = [](const Coalition& x) -> Value {
        return x.has(0) == x.has(1) ? Value(std::vector{x.has(0) ? 1.0 : 0.0}) : std::nullopt;
    };
    const auto shares = attribute(2, game, {.orders = 10});
    CHECK(shares.orders == 0);
    CHECK(shares.skipped == 10);
    CHECK(shares.share.empty());
}

TEST_CASE("Nobody to share among, and nothing to share, are told apart",
          "[analysis][attribution]") {
    const auto alone = attribute(0, [](const Coalition&) -> Value { return std::vector{3.0}; });
    CHECK(alone.exact);
    CHECK(alone.share.empty());
    CHECK_THROWS_AS(attribute(2, [](const Coalition&) -> Value { return std::nullopt; }),
                    chainsim::ContractError);
}
