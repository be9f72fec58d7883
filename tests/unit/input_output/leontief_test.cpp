#include "support/catch.hpp"
#include "tables.hpp"
#include <chainsim/input_output/leontief.hpp>

using Catch::Matchers::Contains;
using chainsim::input_output::ghosh_inverse;
using chainsim::input_output::Leontief;
using chainsim::input_output::make_economy;
using chainsim::input_output::Matrix;
using chainsim::input_output::NoAnswer;
using chainsim::test::alone;
using chainsim::test::largest;
using chainsim::test::random_table;

namespace {

chainsim::input_output::IoTable table_of(Eigen::MatrixXd coefficients) {
    chainsim::input_output::IoTable table;
    for (Eigen::Index k = 0; k < coefficients.rows(); ++k) {
        table.sectors.push_back({{}, std::string(1, static_cast<char>('a' + k))});
    }
    table.coefficients = Matrix(std::move(coefficients));
    return table;
}

} // namespace

TEST_CASE("x = L y, and x = A x + y, whatever the table", "[input_output][property]") {
    for (unsigned seed = 1; seed <= 10; ++seed) {
        const auto table = random_table(30 + 7 * seed, seed);
        const Leontief leontief(table.coefficients, alone());
        const Eigen::VectorXd y = table.final_demand.col(0);
        const Eigen::MatrixXd x = leontief.solve(y);
        CHECK(largest(x - leontief.inverse() * y) < 1e-10 * largest(x));
        CHECK(largest(x - table.coefficients.times(x) - y) < 1e-12 * largest(x));
    }
}

TEST_CASE("A sparse table answers as the dense one does", "[input_output][property]") {
    for (unsigned seed = 1; seed <= 10; ++seed) {
        const auto table = random_table(40, seed, 1, 0.8);
        const Leontief dense(table.coefficients, alone());
        const Leontief sparse(chainsim::test::sparse(table).coefficients, alone());
        REQUIRE(sparse.is_sparse());
        CHECK(largest(dense.solve(table.final_demand) - sparse.solve(table.final_demand)) <
              1e-9 * largest(table.output));
        CHECK(largest(dense.solve_transposed(table.intensities) -
                      sparse.solve_transposed(table.intensities)) < 1e-9);
        CHECK(largest(dense.inverse() - sparse.inverse()) < 1e-9);
    }
}

TEST_CASE("Ghosh's inverse is that of I - B, and similar to Leontief's",
          "[input_output][property]") {
    for (unsigned seed = 1; seed <= 5; ++seed) {
        const auto table = random_table(25, seed);
        const auto& x = table.output;
        const Eigen::MatrixXd flows = table.coefficients.dense() * x.asDiagonal();
        const Eigen::MatrixXd allocation = x.cwiseInverse().asDiagonal() * flows;
        const Eigen::MatrixXd expected = (Eigen::MatrixXd::Identity(25, 25) - allocation).inverse();
        const Leontief leontief(table.coefficients, alone());
        CHECK(largest(ghosh_inverse(leontief.inverse(), x) - expected) < 1e-9);
    }
}

TEST_CASE("Sectors that use up what they make are named", "[input_output]") {
    // b and c together: 0.2 x 0.2 + ... b needs 2 of c, c needs 0.6 of b; a is innocent.
    Eigen::MatrixXd loop{{0.1, 0.0, 0.0}, {0.1, 0.0, 0.6}, {0.0, 2.0, 0.0}};
    CHECK_THROWS_WITH(make_economy(table_of(loop), alone()),
                      "unproductive: 'b', 'c' use up at least as much of their own output as "
                      "they make");
    // Exactly all of it: I - A has no inverse.
    Eigen::MatrixXd even{{0.1, 0.0}, {0.3, 1.0}};
    CHECK_THROWS_WITH(make_economy(table_of(even), alone()),
                      "unproductive: 'b' uses up at least as much of its own output as it makes");
    // Column sums above 1 are no fault where units differ.
    Eigen::MatrixXd units{{0.0, 0.001}, {400.0, 0.0}};
    CHECK_NOTHROW(make_economy(table_of(units), alone()));
    CHECK_THROWS_AS(make_economy(chainsim::test::sparse(table_of(loop)), alone()), NoAnswer);
}

TEST_CASE("A long loop that grows slowly is unproductive as well", "[input_output]") {
    constexpr Eigen::Index size = 200;
    Eigen::MatrixXd ring = Eigen::MatrixXd::Zero(size, size);
    for (Eigen::Index k = 0; k < size; ++k) { // 1.02 in the mean, and uneven
        ring(k, (k + 1) % size) = 1.02 * (k % 2 == 0 ? 2.0 : 0.5);
    }
    CHECK_THROWS_AS(make_economy(table_of(ring), alone()), NoAnswer);
    CHECK_NOTHROW(make_economy(table_of(ring * 0.95), alone()));
}

TEST_CASE("The order of the sectors does not matter", "[input_output][property]") {
    const auto table = random_table(20, 3);
    Eigen::PermutationMatrix<Eigen::Dynamic> order(20);
    order.setIdentity();
    std::mt19937 generator(1);
    std::shuffle(order.indices().data(), order.indices().data() + 20, generator);
    const Eigen::MatrixXd moved = order * table.coefficients.dense() * order.transpose();
    const Leontief one(table.coefficients, alone());
    const Leontief other(Matrix(moved), alone());
    CHECK(largest(order * one.inverse() * order.transpose() - other.inverse()) < 1e-12);
}
