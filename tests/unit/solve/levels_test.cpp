#include "support/catch.hpp"
#include "support/dispatch_builder.hpp"
#include <chainsim/solve/detail/levels.hpp>

#include <Eigen/LU>

#include <algorithm>
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
    for (const int size : {1, 2, 13, 64, 65, 120}) {
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

SCENARIO("A small level system that is singular is refused", "[solve][levels]") {
    GIVEN("rows of very different size, one of them nearly the sum of two others") {
        Entries entries = banded(20, {1, 3}, 1);
        const auto add_row = [&](int from, double factor) {
            const auto rows = entries;
            for (const auto& entry : rows) {
                if (entry.row() == from) {
                    entries.emplace_back(19, entry.col(), factor * entry.value());
                }
            }
        };
        entries.erase(std::remove_if(entries.begin(), entries.end(),
                                     [](const auto& entry) { return entry.row() == 19; }),
                      entries.end());
        add_row(3, 1e9 / 3.0);
        add_row(7, 1e-3 * 1e9);
        LevelSolver solver;
        Eigen::VectorXd levels;
        THEN("the difference that rounding leaves is no pivot") {
            CHECK(!solver.solve(20, entries, ones(20), levels));
        }
        THEN("with an entry more it is solved, to the accuracy of its condition") {
            entries.emplace_back(19, 19, 1e9);
            REQUIRE(solver.solve(20, entries, ones(20), levels));
            const auto expected = solve_dense(20, entries);
            CHECK((levels - expected).norm() <= 1e-12 * expected.norm());
        }
    }
}

SCENARIO("The analysis of a pattern is kept, and makes no difference to the answer",
         "[solve][levels]") {
    GIVEN("a solver that has seen a pattern and a solver that has not") {
        LevelSolver kept;
        solve(kept, 80, banded(80, {1, 7}, 1));
        REQUIRE(kept.analyses() == 1);
        WHEN("both solve the pattern with other values") {
            LevelSolver fresh;
            const auto entries = banded(80, {1, 7}, 2);
            THEN("one does not analyse it; they agree to the last bit") {
                CHECK(solve(kept, 80, entries) == solve(fresh, 80, entries));
                CHECK(kept.analyses() == 1);
                CHECK(kept.factorisations() == 2);
            }
        }
        WHEN("a place, or the number of rows, is another") {
            solve(kept, 80, banded(80, {1, 8}, 1));
            solve(kept, 81, banded(81, {1, 7}, 1));
            THEN("each is analysed") { CHECK(kept.analyses() == 3); }
        }
    }
    GIVEN("values with which the matrix is singular") {
        LevelSolver kept;
        auto entries = banded(80, {1}, 1);
        solve(kept, 80, entries);
        auto singular = entries;
        for (auto& entry : singular) {
            entry = {entry.row(), entry.col(), entry.row() == 5 ? 0.0 : entry.value()};
        }
        THEN("it says so, and the pattern is still good for others") {
            Eigen::VectorXd levels;
            CHECK(!kept.solve(80, singular, ones(80), levels));
            CHECK((solve(kept, 80, entries) - solve_dense(80, entries)).norm() <= 1e-12);
            CHECK(kept.analyses() == 1);
        }
    }
}

SCENARIO("Of the patterns of a solver those used last are kept", "[solve][levels]") {
    GIVEN("room for two patterns of 80 x 3 entries") {
        LevelSolver solver(std::size_t{2} * 80 * 3);
        const auto a = banded(80, {1}, 1);
        const auto b = banded(80, {2}, 1);
        const auto c = banded(80, {3}, 1);
        solve(solver, 80, a);
        solve(solver, 80, b);
        solve(solver, 80, a);
        solve(solver, 80, c); // b goes
        REQUIRE(solver.analyses() == 3);
        THEN("the one not used for longest is analysed again") {
            solve(solver, 80, a);
            solve(solver, 80, c);
            CHECK(solver.analyses() == 3);
            solve(solver, 80, b);
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
