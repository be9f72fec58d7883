#include "support/backends.hpp"
#include "support/catch.hpp"
#include "support/random_programs.hpp"
#include <chainsim/base/error.hpp>
#include <chainsim/optimise/conflict.hpp>

#include <algorithm>
#include <numeric>

using namespace chainsim::optimise; // NOLINT(google-build-using-namespace)
using chainsim::test::solvers;

namespace {

/// A works that must make 100, from a plant of 60 and purchases of at most 25; with a cap on its
/// emissions that is kept, and one on coal, 0.5 for each unit made, of 20.
Program works() {
    ProgramBuilder builder;
    builder.add_column("make", 0.0, infinity, 2.0);
    builder.add_column("buy", 0.0, infinity, 5.0);
    builder.add_row("demand", 100.0, infinity);
    builder.add_row("plant", -infinity, 60.0);
    builder.add_row("market", -infinity, 25.0);
    builder.add_row("emissions", -infinity, 1000.0);
    builder.add_row("coal", -infinity, 20.0);
    builder.add(0, 0, 1.0);
    builder.add(0, 1, 1.0);
    builder.add(1, 0, 1.0);
    builder.add(2, 1, 1.0);
    builder.add(3, 0, 1.5);
    builder.add(4, 0, 0.5);
    return builder.build("works", false);
}

std::vector<int> all_rows(const Program& program) {
    std::vector<int> rows(program.row_names.size());
    std::iota(rows.begin(), rows.end(), 0);
    return rows;
}

bool is_infeasible(Program program, const std::vector<int>& kept, const std::vector<int>& soft) {
    for (const int row : soft) {
        if (std::find(kept.begin(), kept.end(), row) == kept.end()) {
            program.row_lower[static_cast<std::size_t>(row)] = -infinity;
            program.row_upper[static_cast<std::size_t>(row)] = infinity;
        }
    }
    return make_cbc()->solve(program, {}).status == Status::infeasible;
}

} // namespace

SCENARIO("The least that rows must give way is found", "[optimise][conflict]") {
    const auto backend = make_backend(GENERATE(from_range(solvers())));
    GIVEN("all caps may give way") {
        // With 40 of coal's 20 / 0.5 and 25 bought, 35 are missing. Relative to the bounds that
        // costs 35 / 100 of demand, 35 / 25 of the market, or 17.5 / 20 of coal and more.
        const auto relaxation = least_relaxation(*backend, works(), {0, 1, 2, 3, 4}, {});
        REQUIRE(relaxation.has_value());
        CHECK(relaxation->total == Approx(0.35));
        REQUIRE(relaxation->rows.size() == 1);
        CHECK(relaxation->rows.front().first == 0);
        CHECK(relaxation->rows.front().second == Approx(-35.0));
    }
    GIVEN("demand stands") {
        // Coal by 17.5 (0.875) and the plant by 15 (0.25), against 35 / 25 = 1.4 of the market:
        // up to 20 more made only coal gives way, 0.025 each; then the plant's 1 / 60 is added,
        // 0.0417, more than the market's 0.04. So 20 are made and 15 bought.
        const auto relaxation = least_relaxation(*backend, works(), {1, 2, 4}, {});
        REQUIRE(relaxation.has_value());
        CHECK(relaxation->total == Approx(10.0 / 20.0 + 15.0 / 25.0));
        REQUIRE(relaxation->rows.size() == 2);
        CHECK(relaxation->rows[0].first == 2);
        CHECK(relaxation->rows[0].second == Approx(15.0));
        CHECK(relaxation->rows[1].first == 4);
        CHECK(relaxation->rows[1].second == Approx(10.0));
    }
    GIVEN("only what does not help may give way") {
        CHECK_FALSE(least_relaxation(*backend, works(), {3}, {}).has_value());
    }
    GIVEN("a program that has a point") {
        auto program = works();
        program.row_lower[0] = 50.0;
        const auto relaxation = least_relaxation(*backend, program, all_rows(program), {});
        REQUIRE(relaxation.has_value());
        CHECK(relaxation->total == 0.0);
        CHECK(relaxation->rows.empty());
    }
    CHECK_THROWS_AS(least_relaxation(*backend, works(), {5}, {}), chainsim::ContractError);
}

SCENARIO("The rows that contradict each other are named, and no others", "[optimise][conflict]") {
    const auto backend = make_backend(GENERATE(from_range(solvers())));
    // 60 + 25 < 100 already without coal, and 40 + 25 without the plant: two conflicts.
    const auto rows = smallest_conflict(*backend, works(), all_rows(works()), {});
    CHECK((rows == std::vector<int>{0, 1, 2} || rows == std::vector<int>{0, 2, 4}));
    // Where the plant must stand, coal is not needed.
    CHECK(smallest_conflict(*backend, works(), {0, 2, 3}, {}) == std::vector<int>{0, 2});
    // The rows that are not given are enough.
    CHECK(smallest_conflict(*backend, works(), {3}, {}).empty());
    auto program = works();
    program.row_lower[0] = 50.0;
    CHECK(smallest_conflict(*backend, program, all_rows(program), {}).empty());
}

SCENARIO("Wholeness can be in conflict too", "[optimise][conflict]") {
    ProgramBuilder builder;
    builder.add_column("pairs", 0.0, 10.0, 0.0, true);
    builder.add_column("other", 0.0, 10.0, 0.0, true);
    builder.add_row("odd", 5.0, 5.0);
    builder.add_row("few", -infinity, 8.0);
    builder.add(0, 0, 2.0);
    builder.add(0, 1, 4.0);
    builder.add(1, 0, 1.0);
    builder.add(1, 1, 1.0);
    const auto program = builder.build("parity", false);
    const auto backend = make_backend(GENERATE(from_range(solvers())));
    CHECK(smallest_conflict(*backend, program, {0, 1}, {}) == std::vector<int>{0});
}

SCENARIO("A conflict is irreducible", "[optimise][conflict]") {
    const auto backend = make_backend(GENERATE(from_range(solvers())));
    for (unsigned seed = 0; seed < 12; ++seed) {
        auto program = chainsim::test::random_program(
            {.rows = 14, .columns = 10, .has_integers = false}, seed);
        std::vector<int> soft;
        for (std::size_t row = 0; row < program.row_names.size(); ++row) {
            if (program.row_upper[row] != infinity) {
                program.row_upper[row] -= 12.0;
                program.row_lower[row] = -infinity;
            } else if (program.row_lower[row] != -infinity) {
                program.row_lower[row] += 12.0;
            }
            if (row % 5 != 4) {
                soft.push_back(static_cast<int>(row));
            }
        }
        const auto conflict = smallest_conflict(*backend, program, soft, {});
        CAPTURE(seed);
        CHECK(std::is_sorted(conflict.begin(), conflict.end()));
        if (!is_infeasible(program, soft, soft)) {
            CHECK(conflict.empty());
            continue;
        }
        CHECK(is_infeasible(program, conflict, soft));
        for (const int row : conflict) {
            auto without = conflict;
            without.erase(std::find(without.begin(), without.end(), row));
            CHECK_FALSE(is_infeasible(program, without, soft));
        }
    }
}
