#include "support/catch.hpp"
#include "tables.hpp"
#include <chainsim/input_output/ras.hpp>

#include <random>

using namespace chainsim::input_output;
using chainsim::test::largest;

TEST_CASE("A table that has its totals stays as it is", "[input_output][ras]") {
    const Eigen::MatrixXd flows{{1.0, 2.0}, {3.0, 4.0}};
    const auto result = balance(Matrix(flows), flows.rowwise().sum(), flows.colwise().sum());
    CHECK(result.outcome == BalanceOutcome::balanced);
    CHECK(result.rounds == 1);
    CHECK(largest(result.values.dense() - flows) < 1e-12);
}

TEST_CASE("Balanced tables have their totals, the zeros and the form r Z s",
          "[input_output][ras][property]") {
    std::mt19937 generator(7);
    std::uniform_real_distribution<double> draw(0.1, 1.0);
    for (int round = 0; round < 10; ++round) {
        Eigen::MatrixXd flows = Eigen::MatrixXd::NullaryExpr(8, 6, [&] { return draw(generator); });
        flows(2, 3) = 0.0;
        // Totals of another table with the same zero: they can be had.
        Eigen::MatrixXd other = Eigen::MatrixXd::NullaryExpr(8, 6, [&] { return draw(generator); });
        other(2, 3) = 0.0;
        const Eigen::VectorXd rows = other.rowwise().sum();
        const Eigen::VectorXd columns = other.colwise().sum();
        const auto dense = balance(Matrix(flows), rows, columns);
        REQUIRE(dense.outcome == BalanceOutcome::balanced);
        const auto& values = dense.values.dense();
        CHECK(largest(values.rowwise().sum() - rows) < 1e-8);
        CHECK(largest(values.colwise().sum().transpose() - columns) < 1e-8);
        CHECK(values(2, 3) == 0.0);
        CHECK(largest(dense.row_factors.asDiagonal() * flows * dense.column_factors.asDiagonal() -
                      values) < 1e-12);
        Matrix::Sparse entries = flows.sparseView();
        const auto sparse = balance(Matrix(std::move(entries)), rows, columns);
        CHECK(largest(Eigen::MatrixXd(sparse.values.sparse()) - values) < 1e-12);
    }
}

TEST_CASE("Negative entries keep their sign, and shrink where the row grows",
          "[input_output][ras]") {
    const Eigen::MatrixXd flows{{7.0, 3.0, 5.0, -3.0}, {2.0, 9.0, 8.0, 1.0}, {-2.0, 0.0, 2.0, 1.0}};
    const auto result = balance(Matrix(flows), Eigen::Vector3d(15.0, 26.0, -1.0),
                                Eigen::Vector4d(9.0, 16.0, 17.0, -2.0));
    REQUIRE(result.outcome == BalanceOutcome::balanced);
    CHECK(result.has_negative);
    const auto& values = result.values.dense();
    CHECK(largest(values.rowwise().sum() - Eigen::Vector3d(15.0, 26.0, -1.0)) < 1e-7);
    for (Eigen::Index i = 0; i < 3; ++i) {
        for (Eigen::Index j = 0; j < 4; ++j) {
            // What makes it the nearest table: log(z / z0) is a sum of a row's and a column's part,
            // with the sign of the entry.
            const double factor = result.row_factors[i] * result.column_factors[j];
            const double expected = flows(i, j) > 0.0 ? flows(i, j) * factor : flows(i, j) / factor;
            CHECK(values(i, j) == Approx(expected).margin(1e-12));
        }
    }
}

TEST_CASE("Rows of negative entries alone can be balanced", "[input_output][ras]") {
    const Eigen::MatrixXd flows{{-1.0, -2.0}, {5.0, 6.0}};
    const auto result =
        balance(Matrix(flows), Eigen::Vector2d(-4.0, 12.0), Eigen::Vector2d(4.0, 4.0));
    REQUIRE(result.outcome == BalanceOutcome::balanced);
    CHECK(result.values.dense().row(0).sum() == Approx(-4.0));
    CHECK(result.values.dense().col(1).sum() == Approx(4.0));
}

TEST_CASE("What cannot be balanced is told, and where", "[input_output][ras]") {
    const Eigen::MatrixXd flows{{1.0, 2.0}, {0.0, 0.0}};
    SECTION("totals that differ") {
        const auto result =
            balance(Matrix(flows), Eigen::Vector2d(3.0, 1.0), Eigen::Vector2d(1.0, 2.0));
        CHECK(result.outcome == BalanceOutcome::totals_differ);
    }
    SECTION("a row without entries") {
        const auto result =
            balance(Matrix(flows), Eigen::Vector2d(3.0, 1.0), Eigen::Vector2d(2.0, 2.0));
        CHECK(result.outcome == BalanceOutcome::impossible);
        CHECK(result.rows == std::vector<Eigen::Index>{1});
    }
    SECTION("a sign that no entry has") {
        const auto result =
            balance(Matrix(flows), Eigen::Vector2d(3.0, -1.0), Eigen::Vector2d(1.0, 1.0));
        CHECK(result.outcome == BalanceOutcome::impossible);
    }
    SECTION("zeros that leave no table") {
        // Row 2 may only use column 1, which is to have less than the row.
        const Eigen::MatrixXd corner{{1.0, 1.0}, {1.0, 0.0}};
        const auto result = balance(Matrix(corner), Eigen::Vector2d(1.0, 3.0),
                                    Eigen::Vector2d(2.0, 2.0), {.most_rounds = 200});
        CHECK(result.outcome == BalanceOutcome::not_converged);
        CHECK_FALSE(result.rows.empty());
        CHECK(result.worst > 0.1);
    }
}

TEST_CASE("A total of zero empties its row", "[input_output][ras]") {
    const Eigen::MatrixXd flows{{1.0, 2.0}, {3.0, 4.0}};
    const auto result =
        balance(Matrix(flows), Eigen::Vector2d(0.0, 10.0), Eigen::Vector2d(4.0, 6.0));
    REQUIRE(result.outcome == BalanceOutcome::balanced);
    CHECK(largest(result.values.dense().row(0)) < 1e-8);
    CHECK(result.values.dense()(1, 0) == Approx(4.0));
}
