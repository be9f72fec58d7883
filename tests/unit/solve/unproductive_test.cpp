#include "support/catch.hpp"
#include "support/dispatch_builder.hpp"
#include <chainsim/solve/detail/unproductive.hpp>

#include <cstddef>
#include <vector>

namespace {

using chainsim::solve::detail::is_unproductive;
using chainsim::test::Random;

/// Two plants that feed each other: the first makes 1 of row 0 and takes `a` of row 1, the second
/// makes 1 of row 1 and takes `b` of row 0. What comes round is 1 / (a b) of what went out.
bool loop_of_two(double a, double b) { return is_unproductive(2, 2, {1.0, -b, -a, 1.0}); }

} // namespace

SCENARIO("A loop is unproductive if it takes more than it makes", "[solve][unproductive]") {
    GIVEN("two plants that feed each other") {
        THEN("they run as long as less is taken than made, by hand: a b < 1") {
            CHECK_FALSE(loop_of_two(0.5, 1.0));
            CHECK_FALSE(loop_of_two(0.9, 1.0));
            CHECK_FALSE(loop_of_two(20.0, 0.04));
        }
        THEN("beyond that they cannot") {
            CHECK(loop_of_two(2.0, 1.0));
            CHECK(loop_of_two(1.1, 1.0));
            CHECK(loop_of_two(20.0, 0.06));
        }
        THEN("units of measure do not matter") {
            CHECK(is_unproductive(2, 2, {1e6, -1e6, -1.2e-3, 1e-3}));
            CHECK_FALSE(is_unproductive(2, 2, {1e6, -1e6, -0.8e-3, 1e-3}));
            CHECK(is_unproductive(2, 2, {1e6, -1e-6, -1.2e6, 1e-6}));
        }
        THEN("at the very edge nothing is claimed") { CHECK_FALSE(loop_of_two(1.0, 1.0)); }
    }
    GIVEN("a third plant that makes one of the rows from outside") {
        THEN("the loop is productive whatever it takes") {
            CHECK_FALSE(is_unproductive(2, 3, {1.0, -2.0, 1.0, -2.0, 1.0, 0.0}));
        }
    }
    GIVEN("nothing") {
        THEN("it is not unproductive") {
            CHECK_FALSE(is_unproductive(0, 0, {}));
            CHECK_FALSE(is_unproductive(0, 2, {}));
        }
    }
}

SCENARIO("Loops made around a proof are told by it", "[solve][unproductive]") {
    GIVEN("random rows and columns, pushed below nothing at hidden prices, or above it at hidden "
          "activities") {
        int wrong_below = 0;
        int wrong_above = 0;
        constexpr unsigned matrices = 200;
        for (unsigned seed = 1; seed <= matrices; ++seed) {
            Random random(seed);
            const auto rows = static_cast<std::size_t>(2 + random.below(6));
            const auto columns = static_cast<std::size_t>(2 + random.below(6));
            std::vector<double> net(rows * columns);
            for (auto& entry : net) {
                entry = random.chance(0.6) ? random.between(-1.0, 1.0) : 0.0;
            }
            std::vector<double> price(rows);
            std::vector<double> activity(columns);
            for (auto* shares : {&price, &activity}) {
                for (auto& share : *shares) {
                    share = random.between(0.2, 1.0);
                }
            }
            // Whatever a column brings at the prices is taken off it, and somewhat more.
            auto below = net;
            for (std::size_t j = 0; j < columns; ++j) {
                double brings = 0.0;
                for (std::size_t i = 0; i < rows; ++i) {
                    brings += net[i * columns + j] * price[i];
                }
                below[j] -= (brings + 0.1) / price[0];
            }
            auto above = net;
            for (std::size_t i = 0; i < rows; ++i) {
                double made = 0.0;
                for (std::size_t j = 0; j < columns; ++j) {
                    made += net[i * columns + j] * activity[j];
                }
                above[i * columns] += (0.1 - made) / activity[0];
            }
            const auto height = static_cast<int>(rows);
            const auto width = static_cast<int>(columns);
            wrong_below += is_unproductive(height, width, below) ? 0 : 1;
            wrong_above += is_unproductive(height, width, above) ? 1 : 0;
        }
        THEN("what can run is never called unproductive, and what cannot nearly always is") {
            CHECK(wrong_above == 0);
            CHECK(wrong_below <= static_cast<int>(matrices) / 50);
        }
    }
}
