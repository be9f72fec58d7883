#include "support/catch.hpp"
#include "support/random_systems.hpp"
#include <chainsim/base/error.hpp>
#include <chainsim/linear/pattern.hpp>

#include <algorithm>
#include <vector>

using namespace chainsim::linear; // NOLINT(google-build-using-namespace)
using chainsim::test::matrix_of;

SCENARIO("The analysis finds loops and says why it chose", "[linear]") {
    // 0 and 2 need each other; 1 needs 0; 3 needs nothing.
    const auto matrix = matrix_of(4, {{0, 0, 1.0},
                                      {2, 0, -0.4},
                                      {0, 2, -0.5},
                                      {2, 2, 1.0},
                                      {1, 1, 1.0},
                                      {0, 1, -0.3},
                                      {3, 3, 1.0}});
    const Pattern pattern(matrix);
    CHECK(pattern.structure().size == 4);
    CHECK(pattern.structure().entries == 7);
    CHECK(pattern.structure().blocks == 3);
    CHECK(pattern.structure().largest_block == 2);
    CHECK(pattern.method() == Method::factor);
    CHECK_THAT(pattern.reason(), Catch::StartsWith("factor: 3 loops or rows, the largest of 2;"));
    auto order = pattern.entry_order();
    std::sort(order.begin(), order.end());
    CHECK(order == std::vector{0, 1, 2, 3, 4, 5, 6});
}

SCENARIO("A large loop with much fill is left to sweeps, or to GMRES with a stale factor",
         "[linear]") {
    chainsim::test::RandomSystem wanted{.size = 400, .inputs = 8, .loops = 0.3};
    const Pattern productive(chainsim::test::random_matrix(wanted, 1));
    CHECK(productive.method() == Method::sweeps);
    CHECK(productive.structure().sweep_products < productive.structure().factor_products);
    wanted.use = 20.0;
    const Pattern not_productive(chainsim::test::random_matrix(wanted, 1));
    CHECK(not_productive.method() == Method::krylov);
    CHECK(not_productive.structure().krylov_products < not_productive.structure().factor_products);
    CHECK_THAT(not_productive.reason(),
               Catch::StartsWith("krylov") && Catch::EndsWith("sweeps do not converge"));
    chainsim::linear::PatternOptions one_matrix;
    one_matrix.work = chainsim::linear::Work::new_right_sides;
    const Pattern base(chainsim::test::random_matrix(wanted, 1), one_matrix);
    CHECK(base.method() == Method::factor); // paid for once
}

SCENARIO("Nominal values that are singular leave every system to pivoting", "[linear]") {
    const Pattern pattern(matrix_of(2, {{0, 0, 1.0}, {0, 1, 1.0}, {1, 0, 1.0}, {1, 1, 1.0}}));
    CHECK(pattern.method() == Method::pivot);
    CHECK(pattern.reason() == "pivot: the nominal values are singular");
}

SCENARIO("A matrix that is no square matrix is refused", "[linear]") {
    CHECK_THROWS_AS(Pattern(Pattern::Matrix(2, 3)), chainsim::ContractError);
    CHECK_THROWS_AS(Pattern(Pattern::Matrix(0, 0)), chainsim::ContractError);
    PatternOptions options;
    options.tolerance = 0.0;
    CHECK_THROWS_AS(Pattern(matrix_of(1, {{0, 0, 1.0}}), options), chainsim::ContractError);
}
