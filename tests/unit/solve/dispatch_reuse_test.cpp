#include "support/catch.hpp"
#include "support/dispatch_builder.hpp"
#include <chainsim/solve/dispatch.hpp>

#include <cstring>
#include <string>

using chainsim::solve::Dispatch;
using chainsim::system::Equations;
using chainsim::system::Outcome;
using chainsim::system::Solution;
using chainsim::test::DispatchBuilder;
using chainsim::test::Random;

namespace {

bool is_same(const Eigen::VectorXd& a, const Eigen::VectorXd& b) {
    return a.size() == b.size() &&
           std::memcmp(a.data(), b.data(), static_cast<std::size_t>(a.size()) * sizeof(double)) ==
               0;
}

/// To the last bit.
bool is_same(const Solution& a, const Solution& b) {
    return a.outcome == b.outcome && is_same(a.activity, b.activity) &&
           is_same(a.bought, b.bought) && is_same(a.sold, b.sold) &&
           is_same(a.disposed, b.disposed) && is_same(a.shortage, b.shortage) &&
           a.iterations == b.iterations;
}

/// A ring of plants, each of which rations its product among the next one and a user beside it:
/// all levels hang together.
Equations ring(int plants) {
    DispatchBuilder chain;
    const auto name = [plants](const char* what, int k) {
        return what + std::to_string(k % plants);
    };
    for (int k = 0; k < plants; ++k) {
        chain.at_capacity(name("well", k), 10.0 + k % 20, {{name("gas", k), 1.0}});
        chain.at_capacity(name("plant", k), 100.0,
                          {{name("gas", k + 1), 0.4}, {name("gas", k), -1.0}});
        chain.at_capacity(name("user", k), 70.0 + k % 20,
                          {{name("resin", k), 1.0}, {name("gas", k), -1.0}});
    }
    return chain.equations();
}

} // namespace

SCENARIO("A dispatch that is kept analyses a pattern of non-zeros once", "[solve][dispatch]") {
    GIVEN("a ring of 80 plants, all short of gas") {
        auto equations = ring(80);
        Dispatch kept(equations);
        const auto first = kept.solve();
        REQUIRE(first.outcome == Outcome::solved);
        const auto then = kept.counts();
        REQUIRE(then.analyses > 0);
        WHEN("it is solved again") {
            const auto second = kept.solve();
            THEN("nothing is analysed, the values are factorised, the answer is the same") {
                CHECK(kept.counts().analyses == then.analyses);
                CHECK(kept.counts().factorisations == 2 * then.factorisations);
                CHECK(is_same(first, second));
            }
        }
        WHEN("every capacity and coefficient is a little different") {
            Random random(1);
            for (int k = 0; k < equations.net.nonZeros(); ++k) {
                equations.net.valuePtr()[k] *= random.between(0.99, 1.01);
            }
            for (int f = 0; f < equations.columns(); ++f) {
                equations.capacity[f] *= random.between(0.99, 1.01);
            }
            const auto other = kept.solve();
            THEN("nothing is analysed, and the answer is that of a new dispatch") {
                CHECK(kept.counts().analyses == then.analyses);
                CHECK(kept.counts().factorisations > then.factorisations);
                CHECK(!is_same(first, other));
                CHECK(is_same(Dispatch(equations).solve(), other));
            }
        }
    }
}

SCENARIO("A dispatch that is kept reads the equations as they stand", "[solve][dispatch]") {
    GIVEN("a dispatch over chains drawn at random, and figures that are drawn again") {
        for (unsigned seed = 0; seed < 40; ++seed) {
            auto equations = chainsim::test::random_equations({}, seed);
            Dispatch kept(equations);
            Random random(seed);
            for (int draw = 0; draw < 5; ++draw) {
                for (int k = 0; k < equations.net.nonZeros(); ++k) {
                    equations.net.valuePtr()[k] *= random.between(0.8, 1.2);
                }
                equations.capacity *= random.between(0.8, 1.2);
                equations.demand *= random.between(0.5, 1.2);
                INFO("seed " << seed << ", draw " << draw);
                CHECK(is_same(Dispatch(equations).solve(), kept.solve()));
            }
        }
    }
    GIVEN("one whose equations become those of another chain") {
        auto equations = chainsim::test::random_equations({}, 1);
        Dispatch kept(equations);
        const auto first = kept.solve();
        THEN("it solves that") {
            equations = chainsim::test::random_equations({.facilities = 30, .commodities = 20}, 2);
            CHECK(is_same(Dispatch(equations).solve(), kept.solve()));
            equations = chainsim::test::random_equations({}, 1);
            CHECK(is_same(first, kept.solve()));
        }
    }
    GIVEN("a user whose priority, driver or only input changes") {
        auto equations = chainsim::test::random_equations({}, 3);
        Dispatch kept(equations);
        const auto first = kept.solve();
        THEN("it is served by the new rule") {
            equations.priority.assign(equations.priority.size(), 1);
            CHECK(is_same(Dispatch(equations).solve(), kept.solve()));
            equations.driver.assign(equations.driver.size(),
                                    chainsim::system::ColumnDriver::at_capacity);
            CHECK(is_same(Dispatch(equations).solve(), kept.solve()));
            equations.net.valuePtr()[1] = 0.0;
            CHECK(is_same(Dispatch(equations).solve(), kept.solve()));
            equations.net.valuePtr()[1] = 0.5;
            CHECK(is_same(Dispatch(equations).solve(), kept.solve()));
        }
    }
}
