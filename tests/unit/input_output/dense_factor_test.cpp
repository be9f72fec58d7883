#include "support/catch.hpp"
#include <chainsim/input_output/dense_factor.hpp>

#include <Eigen/LU>

#include <random>
#include <string>
#include <vector>

using chainsim::input_output::DenseFactor;

namespace {

Eigen::MatrixXd random_matrix(Eigen::Index size, unsigned seed) {
    std::mt19937 generator(seed);
    std::uniform_real_distribution<double> draw(-1.0, 1.0);
    return Eigen::MatrixXd::NullaryExpr(size, size, [&] { return draw(generator); });
}

} // namespace

TEST_CASE("A system of two is solved as by hand", "[input_output]") {
    // 0 x + 2 y = 4, 3 x + 1 y = 5: the rows must change places.
    const DenseFactor factor(Eigen::Matrix2d{{0.0, 2.0}, {3.0, 1.0}});
    REQUIRE_FALSE(factor.dependent());
    const Eigen::MatrixXd x = factor.solve(Eigen::Vector2d(4.0, 5.0));
    CHECK(x(0, 0) == Approx(1.0));
    CHECK(x(1, 0) == Approx(2.0));
    // Transposed: 3 b = 6, 2 a + b = 6.
    const Eigen::MatrixXd u = factor.solve_transposed(Eigen::Vector2d(6.0, 6.0));
    CHECK(u(0, 0) == Approx(2.0));
    CHECK(u(1, 0) == Approx(2.0));
}

TEST_CASE("Factors of every size solve, transpose and invert as Eigen does", "[input_output]") {
    for (const Eigen::Index size : {1, 7, 16, 17, 127, 128, 129, 300, 517}) {
        INFO("size " << size);
        const Eigen::MatrixXd matrix = random_matrix(size, static_cast<unsigned>(size));
        const Eigen::MatrixXd right = random_matrix(size, 1).leftCols(std::min<long>(size, 11));
        const DenseFactor factor(matrix);
        REQUIRE_FALSE(factor.dependent());
        const double scale =
            1e-11 * static_cast<double>(size) * matrix.inverse().cwiseAbs().maxCoeff();
        CHECK((matrix * factor.solve(right) - right).cwiseAbs().maxCoeff() < scale);
        CHECK((matrix.transpose() * factor.solve_transposed(right) - right).cwiseAbs().maxCoeff() <
              scale);
        CHECK((factor.inverse() - matrix.inverse()).cwiseAbs().maxCoeff() < scale);
    }
}

TEST_CASE("A row that depends on others is told", "[input_output]") {
    CHECK(DenseFactor(Eigen::Matrix2d{{1.0, 2.0}, {2.0, 4.0}}).dependent() == 1);
    CHECK(DenseFactor(Eigen::MatrixXd::Zero(3, 3)).dependent() == 0);
    Eigen::MatrixXd matrix = random_matrix(200, 9);
    matrix.row(150) = matrix.row(3) + matrix.row(77);
    CHECK(DenseFactor(matrix).dependent());
}
