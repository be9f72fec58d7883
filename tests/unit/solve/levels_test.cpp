#include "support/catch.hpp"
#include "support/dispatch_builder.hpp"
#include <chainsim/solve/detail/levels.hpp>

#include <Eigen/LU>

#include <cstddef>
#include <vector>

using chainsim::solve::detail::LevelSolver;
using chainsim::test::Random;

namespace {

using Entries = std::vector<Eigen::Triplet<double>>;

/// A matrix with `offsets` beside the diagonal, which dominates.
Entries banded(int size, const std::vector<int>& offsets, unsigned seed) {
    Random random(seed);
    Entries entries;
    for (int k = 0; k < size; ++k) {
        entries.emplace_back(k, k, random.between(1.0, 2.0));
        entries.emplace_back(k, k, 1.0); // adds up
        for (const int offset : offsets) {
            entries.emplace_back(k, (k + offset) % size, random.between(-0.4, 0.4));
        }
    }
    return entries;
}

Eigen::VectorXd ones(int size) { return Eigen::VectorXd::Ones(size); }

Eigen::VectorXd solve(LevelSolver& solver, int size, const Entries& entries) {
    Eigen::VectorXd levels;
    REQUIRE(solver.solve(size, entries, ones(size), levels));
    return levels;
}

Eigen::VectorXd solve_dense(int size, const Entries& entries) {
    Eigen::MatrixXd dense = Eigen::MatrixXd::Zero(size, size);
    for (const auto& entry : entries) {
        dense(entry.row(), entry.col()) += entry.value();
    }
    return Eigen::FullPivLU<Eigen::MatrixXd>(dense).solve(ones(size));
}

} // namespace

SCENARIO("Level systems are solved as a dense factor would", "[solve][levels]") {
    LevelSolver solver;
    for (const int size : {1, 2, 12, 13, 60}) {
        INFO(size << " rows");
        for (unsigned seed = 0; seed < 5; ++seed) {
            const auto entries = banded(size, {1, 3}, seed);
            const auto levels = solve(solver, size, entries);
            CHECK((levels - solve_dense(size, entries)).norm() <= 1e-12 * levels.norm());
        }
    }
    // The two larger ones are sparse.
    CHECK(solver.analyses() == 2);
    CHECK(solver.factorisations() == 2 * 5);
}

SCENARIO("The analysis of a pattern is kept, and makes no difference to the answer",
         "[solve][levels]") {
    GIVEN("a solver that has seen a pattern and a solver that has not") {
        LevelSolver kept;
        solve(kept, 40, banded(40, {1, 7}, 1));
        REQUIRE(kept.analyses() == 1);
        WHEN("both solve the pattern with other values") {
            LevelSolver fresh;
            const auto entries = banded(40, {1, 7}, 2);
            THEN("one does not analyse it; they agree to the last bit") {
                CHECK(solve(kept, 40, entries) == solve(fresh, 40, entries));
                CHECK(kept.analyses() == 1);
                CHECK(kept.factorisations() == 2);
            }
        }
        WHEN("a place, or the number of rows, is another") {
            solve(kept, 40, banded(40, {1, 8}, 1));
            solve(kept, 41, banded(41, {1, 7}, 1));
            THEN("each is analysed") { CHECK(kept.analyses() == 3); }
        }
    }
    GIVEN("values with which the matrix is singular") {
        LevelSolver kept;
        auto entries = banded(40, {1}, 1);
        solve(kept, 40, entries);
        auto singular = entries;
        for (auto& entry : singular) {
            entry = {entry.row(), entry.col(), entry.row() == 5 ? 0.0 : entry.value()};
        }
        THEN("it says so, and the pattern is still good for others") {
            Eigen::VectorXd levels;
            CHECK(!kept.solve(40, singular, ones(40), levels));
            CHECK((solve(kept, 40, entries) - solve_dense(40, entries)).norm() <= 1e-12);
            CHECK(kept.analyses() == 1);
        }
    }
}

SCENARIO("Of the patterns of a solver those used last are kept", "[solve][levels]") {
    GIVEN("room for two patterns of 40 x 3 entries") {
        LevelSolver solver(std::size_t{2} * 40 * 3);
        const auto a = banded(40, {1}, 1);
        const auto b = banded(40, {2}, 1);
        const auto c = banded(40, {3}, 1);
        solve(solver, 40, a);
        solve(solver, 40, b);
        solve(solver, 40, a);
        solve(solver, 40, c); // b goes
        REQUIRE(solver.analyses() == 3);
        THEN("the one not used for longest is analysed again") {
            solve(solver, 40, a);
            solve(solver, 40, c);
            CHECK(solver.analyses() == 3);
            solve(solver, 40, b);
            CHECK(solver.analyses() == 4);
        }
        THEN("a pattern that is larger than all room is solved too") {
            const auto large = banded(500, {1}, 1);
            CHECK((solve(solver, 500, large) - solve_dense(500, large)).norm() <= 1e-12 * 500);
            solve(solver, 500, large);
            CHECK(solver.analyses() == 4);
        }
    }
}
