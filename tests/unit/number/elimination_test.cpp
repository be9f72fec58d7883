#include "support/catch.hpp"
#include <chainsim/number/elimination.hpp>

#include <Eigen/Dense>

#include <random>
#include <vector>

using chainsim::number::eliminate;
using chainsim::number::MatrixEntry;
using chainsim::number::Number;

TEST_CASE("A sparse system is solved as a dense one is", "[number][elimination]") {
    const int size = GENERATE(1, 2, 7, 40);
    std::mt19937 random(static_cast<unsigned>(size)); // NOLINT(cert-msc51-cpp): the same each time
    std::uniform_real_distribution<double> any(-1.0, 1.0);
    Eigen::MatrixXd dense = Eigen::MatrixXd::Zero(size, size);
    std::vector<MatrixEntry> entries;
    std::vector<Number> right;
    Eigen::VectorXd wanted(size);
    for (int i = 0; i < size; ++i) {
        // A cycle with weak diagonals: pivots must be looked for.
        for (const int j : {i, (i + 1) % size, (i * 7 + 3) % size}) {
            const double value = i == j ? 1e-9 : any(random);
            entries.push_back({i, j, value});
            dense(i, j) += value;
        }
        wanted(i) = any(random);
        right.emplace_back(wanted(i));
    }
    const auto found = eliminate(size, entries, right);
    REQUIRE(found.has_value());
    const Eigen::VectorXd expected = dense.fullPivLu().solve(wanted);
    for (int i = 0; i < size; ++i) {
        CHECK(found.value_or(right)[static_cast<std::size_t>(i)].value() ==
              Approx(expected(i)).epsilon(1e-9));
    }
}

TEST_CASE("A singular system has no answer", "[number][elimination]") {
    const std::vector<MatrixEntry> twice{{0, 0, 1.0}, {0, 1, 2.0}, {1, 0, 2.0}, {1, 1, 4.0}};
    CHECK_FALSE(eliminate(2, twice, {1.0, 2.0}).has_value());
    CHECK_FALSE(eliminate(2, {{0, 0, 1.0}}, {1.0, 2.0}).has_value());
}
