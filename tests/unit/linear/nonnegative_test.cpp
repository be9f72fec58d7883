#include "support/catch.hpp"
#include <chainsim/linear/nonnegative.hpp>

#include <Eigen/Core>

#include <random>

using chainsim::linear::least_distance;
using chainsim::linear::nonnegative_least_squares;

namespace {

Eigen::MatrixXd random_matrix(Eigen::Index rows, Eigen::Index columns, unsigned seed) {
    std::mt19937 generator(seed);
    std::uniform_real_distribution<double> draw(-1.0, 1.0);
    return Eigen::MatrixXd::NullaryExpr(rows, columns, [&] { return draw(generator); });
}

} // namespace

TEST_CASE("Nonnegative least squares leave out what would be negative", "[linear]") {
    // The line through (1, 1), (2, 0) has the slope -1: held at 0, the constant is the mean.
    const Eigen::MatrixXd a{{1.0, 1.0}, {1.0, 2.0}};
    const Eigen::VectorXd z = nonnegative_least_squares(a, Eigen::Vector2d(1.0, 0.0));
    CHECK(z(0) == Approx(0.5));
    CHECK(z(1) == 0.0);
}

TEST_CASE("Nonnegative least squares fulfil the conditions of Karush, Kuhn and Tucker",
          "[linear][property]") {
    for (unsigned seed = 0; seed < 50; ++seed) {
        const auto a = random_matrix(12, 8, seed);
        const Eigen::VectorXd b = random_matrix(12, 1, seed + 100);
        const Eigen::VectorXd z = nonnegative_least_squares(a, b);
        const Eigen::VectorXd gradient = a.transpose() * (b - a * z);
        INFO("seed " << seed);
        CHECK(z.minCoeff() >= 0.0);
        CHECK(gradient.maxCoeff() < 1e-12);
        CHECK(gradient.cwiseProduct(z).cwiseAbs().maxCoeff() < 1e-12);
    }
}

TEST_CASE("The shortest way into a corner, along one side, and to nowhere", "[linear]") {
    const Eigen::MatrixXd sides = Eigen::Matrix2d::Identity();
    const auto corner = least_distance(sides, Eigen::Vector2d(3.0, 4.0));
    REQUIRE(corner);
    CHECK((corner->point - Eigen::Vector2d(3.0, 4.0)).norm() < 1e-12);
    const auto side = least_distance(sides, Eigen::Vector2d(3.0, -4.0));
    REQUIRE(side);
    CHECK((side->point - Eigen::Vector2d(3.0, 0.0)).norm() < 1e-12);
    CHECK(side->multipliers(1) == 0.0);
    const auto here = least_distance(sides, Eigen::Vector2d(-1.0, -1.0));
    REQUIRE(here);
    CHECK(here->point.norm() == 0.0);
    CHECK_FALSE(
        least_distance(Eigen::MatrixXd{{1.0, 0.0}, {-1.0, 0.0}}, Eigen::Vector2d(2.0, -1.0)));
}

TEST_CASE("A shortest way keeps all rows and is pulled by those that it meets alone",
          "[linear][property]") {
    for (unsigned seed = 0; seed < 50; ++seed) {
        auto rows = random_matrix(10, 6, seed);
        rows.rowwise().normalize();
        const Eigen::VectorXd inside = random_matrix(6, 1, seed + 100);
        const Eigen::VectorXd right =
            rows * inside - random_matrix(10, 1, seed + 200).cwiseAbs(); // `inside` keeps all
        const auto way = least_distance(rows, right);
        INFO("seed " << seed);
        REQUIRE(way);
        const Eigen::VectorXd room = rows * way->point - right;
        CHECK(room.minCoeff() > -1e-10);
        CHECK(way->multipliers.minCoeff() >= 0.0);
        CHECK(way->multipliers.cwiseProduct(room).cwiseAbs().maxCoeff() < 1e-9);
        CHECK((rows.transpose() * way->multipliers - way->point).norm() < 1e-9);
        CHECK(way->point.norm() <= inside.norm() + 1e-12);
    }
}
