#include "support/catch.hpp"
#include "support/dispatch_builder.hpp"
#include <chainsim/solve/detail/iterate.hpp>
#include <chainsim/solve/detail/settle.hpp>
#include <chainsim/solve/detail/verdict.hpp>
#include <chainsim/solve/dispatch.hpp>

#include <vector>

namespace detail = chainsim::solve::detail;
using chainsim::system::Outcome;
using chainsim::system::unlimited;
using chainsim::test::DispatchBuilder;

namespace {

/// 60 t of gas for a plant that would take 100 t; rows 0: gas, 1: resin, 2: water.
chainsim::system::Equations short_of_gas() {
    DispatchBuilder chain;
    chain.at_capacity("ovens", 60.0, {{"gas", 1.0}});
    chain.at_capacity("plant", 100.0, {{"resin", 1.0}, {"gas", -1.0}, {"water", -2.0}});
    return chain.equations();
}

} // namespace

SCENARIO("Rows that do not balance are no answer, whatever the iteration says",
         "[solve][verdict]") {
    const auto equations = short_of_gas();
    const detail::Valves valves(equations);
    detail::LevelSolver solver;
    detail::Iterate iterate(valves, solver);
    GIVEN("valves that were never set, and the claim that they stand") {
        const auto solution = detail::read_solution(iterate, true);
        THEN("it is not converged: 40 t of gas are missing, and 100 t of resin go nowhere") {
            CHECK(solution.outcome == Outcome::not_converged);
            CHECK(solution.residual == 1.0);
            CHECK(solution.culprit_rows == std::vector<int>{0, 1});
            CHECK(solution.culprit_columns == std::vector<int>{1});
        }
    }
    GIVEN("valves that stand") {
        int count = 0;
        REQUIRE(detail::settle(iterate, 1e-12, 100, count));
        THEN("it is solved, and nobody is to blame") {
            const auto solution = detail::read_solution(iterate, true);
            CHECK(solution.outcome == Outcome::solved);
            CHECK(solution.residual <= 1e-12);
            CHECK(solution.culprit_rows.empty());
            CHECK(solution.culprit_columns.empty());
        }
        THEN("it is not converged if the iteration says so") {
            const auto solution = detail::read_solution(iterate, false);
            CHECK(solution.outcome == Outcome::not_converged);
            CHECK(solution.culprit_rows.empty());
        }
    }
}

SCENARIO("Where nothing moves and yet there is no answer, the deadlock is named",
         "[solve][verdict]") {
    GIVEN("a furnace and brickworks, each of which needs a little of the other, at a standstill") {
        DispatchBuilder chain;
        chain.at_capacity("bakery", 10.0, {{"bread", 1.0}, {"flour", -0.8}});
        chain.at_capacity("furnace", 100.0, {{"iron", 1.0}, {"brick", -0.1}});
        chain.at_capacity("brickworks", 50.0, {{"brick", 1.0}, {"iron", -0.2}});
        const auto equations = chain.equations();
        const detail::Valves valves(equations);
        detail::LevelSolver solver;
        detail::Iterate iterate(valves, solver);
        std::vector<double> limits; // users at rest
        for (int e = 0; e < equations.net.nonZeros(); ++e) {
            limits.push_back(equations.net.valuePtr()[e] < 0.0 ? 0.0 : unlimited);
        }
        iterate.start_from(limits);
        int count = 0;
        REQUIRE(detail::settle(iterate, 1e-12, 100, count));
        THEN("no path out of it means that it did not converge, because of these two") {
            const auto solution = detail::read_solution(iterate, false);
            CHECK(solution.outcome == Outcome::not_converged);
            CHECK(solution.culprit_columns == std::vector<int>{1, 2});
            CHECK(solution.culprit_rows.empty());
        }
    }
}

SCENARIO("A dispatch that is stopped too early does not call itself solved", "[solve][verdict]") {
    GIVEN("a ring of two rationed gases, and a tolerance of a whole capacity") {
        DispatchBuilder chain;
        chain.at_capacity("well", 10.0, {{"gas", 1.0}});
        chain.at_capacity("there", 100.0, {{"steam", 0.9}, {"gas", -1.0}});
        chain.at_capacity("back", 100.0, {{"gas", 0.9}, {"steam", -1.0}});
        chain.at_capacity("user", 30.0, {{"resin", 1.0}, {"gas", -1.0}});
        const auto equations = chain.equations();
        THEN("it says that it did not converge, and at which rows") {
            const auto rough = chainsim::solve::Dispatch(equations, {.tolerance = 1.0}).solve();
            CHECK(rough.outcome == Outcome::not_converged);
            CHECK(rough.residual > 1e-9);
            CHECK(!rough.culprit_rows.empty());
            CHECK(chainsim::solve::Dispatch(equations).solve().outcome == Outcome::solved);
        }
    }
}
