#include "support/catch.hpp"
#include "support/near.hpp"
#include <chainsim/draws/marginal.hpp>

#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/triangular.hpp>
#include <boost/math/quadrature/tanh_sinh.hpp>

#include <cmath>
#include <utility>
#include <vector>

using chainsim::draws::check_marginal;
using chainsim::draws::Marginal;
using chainsim::draws::mean;
using chainsim::draws::quantile;
using chainsim::draws::sd;
using chainsim::draws::Shape;
using chainsim::test::Near;

namespace {

/// Mean and standard deviation as integrals of the quantile, each half apart: it may have a bend.
std::pair<double, double> integrated(const Marginal& marginal) {
    boost::math::quadrature::tanh_sinh<double> rule;
    const double bend = marginal.shape == Shape::triangular && marginal.high > marginal.low
                            ? (marginal.value - marginal.low) / (marginal.high - marginal.low)
                            : 0.5;
    const auto over = [&](auto function) {
        double sum = 0.0;
        for (const auto& [from, to] : {std::pair(0.0, bend), std::pair(bend, 1.0)}) {
            sum += from < to ? rule.integrate(function, from, to) : 0.0;
        }
        return sum;
    };
    const double first = over([&](double u) { return quantile(marginal, u); });
    const double second = over([&](double u) {
        const double away = quantile(marginal, u) - first;
        return away * away;
    });
    return {first, std::sqrt(second)};
}

} // namespace

TEST_CASE("Mean and standard deviation are the integrals of the quantile", "[draws][marginal]") {
    const std::vector<Marginal> marginals{{Shape::uniform, 0.0, -2.0, 5.0},
                                          {Shape::triangular, 1.0, -2.0, 5.0},
                                          {Shape::triangular, -2.0, -2.0, 5.0},
                                          {Shape::triangular, 5.0, -2.0, 5.0},
                                          {Shape::pert, 1.0, -2.0, 5.0},
                                          {Shape::pert, 0.1, 0.0, 9.0},
                                          {Shape::normal, 10.0, 8.0, 12.0},
                                          {Shape::normal, 10.0, 9.0, 14.0},
                                          {Shape::normal, 1.0, 0.1, 4.0},
                                          {Shape::normal, -1.0, -4.0, 0.0},
                                          {Shape::normal, 3.0, 3.0, 4.0},
                                          {Shape::lognormal, 10.0, 8.0, 12.0},
                                          {Shape::lognormal, 10.0, 9.9999, 10.001},
                                          {Shape::lognormal, 1.0, 0.01, 1000.0},
                                          {Shape::lognormal, 3.0, 3.0, 4.0}};
    for (const auto& marginal : marginals) {
        INFO("shape " << static_cast<int>(marginal.shape) << " value " << marginal.value << " low "
                      << marginal.low << " high " << marginal.high);
        const auto [first, deviation] = integrated(marginal);
        CHECK_THAT(mean(marginal), Near(first, 1e-11));
        CHECK_THAT(sd(marginal), Near(deviation, 1e-9));
    }
}

TEST_CASE("Quantiles are those of the distributions of Boost.Math", "[draws][marginal]") {
    const Marginal triangular{Shape::triangular, 1.0, -2.0, 5.0};
    const Marginal pert{Shape::pert, 1.0, -2.0, 5.0};
    const boost::math::triangular_distribution<> triangle(-2.0, 1.0, 5.0);
    const boost::math::beta_distribution<> beta(1.0 + 4.0 * 3.0 / 7.0, 1.0 + 4.0 * 4.0 / 7.0);
    for (const double u : {1e-9, 0.001, 0.2, 3.0 / 7.0, 0.5, 0.9, 0.99999}) {
        CHECK_THAT(quantile(triangular, u), Near(boost::math::quantile(triangle, u), 1e-12));
        CHECK_THAT(boost::math::cdf(beta, (quantile(pert, u) + 2.0) / 7.0), Near(u, 1e-12));
    }
}

TEST_CASE("A range of a normal holds the middle 95 % around its median", "[draws][marginal]") {
    for (const Marginal& marginal :
         {Marginal{Shape::normal, 10.0, 8.0, 12.0}, Marginal{Shape::normal, 10.0, 9.0, 14.0},
          Marginal{Shape::lognormal, 10.0, 8.0, 12.0},
          Marginal{Shape::lognormal, 10.0, 9.0, 30.0}}) {
        CHECK_THAT(quantile(marginal, 0.5), Near(10.0, 1e-15));
        // Truncation moves these inwards, of a range that leans to one side by up to 2 % of it.
        const double width = marginal.high - marginal.low;
        CHECK_THAT(quantile(marginal, 0.025), Near(marginal.low, 0.0, "", 0.02 * width));
        CHECK_THAT(quantile(marginal, 0.975), Near(marginal.high, 0.0, "", 0.02 * width));
    }
}

TEST_CASE("Normals end where the range widened by half ends", "[draws][marginal]") {
    const Marginal wide{Shape::normal, 10.0, 8.0, 12.0};
    CHECK_THAT(quantile(wide, 0.0), Near(6.0, 1e-12));
    CHECK_THAT(quantile(wide, 1.0), Near(14.0, 1e-12));
    // 1 - 2 or less would change the sign; the median stays.
    const Marginal positive{Shape::normal, 2.0, 1.0, 5.0};
    CHECK_THAT(quantile(positive, 0.0), Near(0.0, 0.0, "", 1e-12));
    CHECK_THAT(quantile(positive, 0.5), Near(2.0, 1e-15));
    CHECK_THAT(quantile(positive, 1.0), Near(7.0, 1e-12));
    const Marginal negative{Shape::normal, -2.0, -5.0, -1.0};
    CHECK_THAT(quantile(negative, 1.0), Near(0.0, 0.0, "", 1e-12));
    // A range that holds both signs may reach further into either.
    const Marginal both{Shape::normal, 0.0, -1.0, 1.0};
    CHECK_THAT(quantile(both, 0.0), Near(-2.0, 1e-12));
    const Marginal logarithms{Shape::lognormal, 20.0, 10.0, 40.0};
    CHECK_THAT(quantile(logarithms, 0.0), Near(5.0, 1e-12));
    CHECK_THAT(quantile(logarithms, 1.0), Near(80.0, 1e-12));
}

TEST_CASE("A discrete marginal takes its points by their weights", "[draws][marginal]") {
    const Marginal marginal{Shape::discrete,     0.0, 0.0, 0.0, {5.0, 1.0, 9.0, 3.0},
                            {1.0, 2.0, 0.0, 1.0}};
    CHECK(quantile(marginal, 0.0) == 1.0);
    CHECK(quantile(marginal, 0.4999) == 1.0);
    CHECK(quantile(marginal, 0.5) == 3.0);
    CHECK(quantile(marginal, 0.75) == 5.0);
    CHECK(quantile(marginal, 1.0) == 5.0);
    CHECK(mean(marginal) == 2.5);
    CHECK_THAT(sd(marginal), Near(std::sqrt(11.0 / 4.0), 1e-15));
}

TEST_CASE("A range of no width is a constant", "[draws][marginal]") {
    for (const auto shape :
         {Shape::uniform, Shape::triangular, Shape::normal, Shape::lognormal, Shape::pert}) {
        const Marginal marginal{shape, 3.0, 3.0, 3.0};
        for (const double u : {0.0, 0.3, 0.5, 1.0}) {
            CHECK(quantile(marginal, u) == 3.0);
        }
        CHECK(mean(marginal) == 3.0);
        CHECK(sd(marginal) == 0.0);
    }
}

TEST_CASE("What is no distribution is refused by name", "[draws][marginal]") {
    CHECK_THROWS_WITH(check_marginal({Shape::pert, 5.0, 1.0, 4.0}, "yield"),
                      "yield: value 5 and range 1 .. 4; the range is finite and holds the value");
    CHECK_THROWS_WITH(check_marginal({Shape::uniform, 0.0, 4.0, 1.0}, "yield"),
                      "yield: value 0 and range 4 .. 1; the range is finite and holds the value");
    CHECK_THROWS_WITH(check_marginal({Shape::lognormal, 1.0, 0.0, 4.0}, "yield"),
                      "yield: lognormal from 0; a lognormal distribution is positive");
    CHECK_THROWS_WITH(check_marginal({Shape::lognormal, 1.0, 1e-60, 1e60}, "yield"),
                      "yield: lognormal from 1e-60 to 1e+60; the ratio is at most 1e+100");
    CHECK_THROWS_WITH(check_marginal({Shape::discrete, 0, 0, 0, {1.0, 2.0}, {1.0}}, "yield"),
                      "yield: 2 points and 1 weights; a discrete distribution has as many of one "
                      "as of the other, and at least one");
    CHECK_THROWS_WITH(check_marginal({Shape::discrete, 0, 0, 0, {1.0, 2.0}, {1.0, -1.0}}, "yield"),
                      "yield: points are finite, weights are not negative and not all of them 0");
    CHECK_NOTHROW(check_marginal({Shape::uniform, 9.0, 1.0, 4.0}, "yield"));
    CHECK_THROWS_WITH(quantile({Shape::uniform, 0.0, 0.0, 1.0}, 1.5),
                      "contract: a share of draws is not within 0 .. 1");
}
