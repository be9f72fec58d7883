#pragma once

#include "support/backends.hpp"
#include "support/catch.hpp"
#include <chainsim/optimise/certificate.hpp>
#include <chainsim/optimise/mps.hpp>

#include <string>

namespace chainsim::test {

/// The optimum of a published program by a back end: to the last digits, and not believed before
/// its point, and the duals of a linear program, prove it.
inline optimise::Answer solved(const optimise::Program& program, const std::string& solver) {
    optimise::SolveOptions options;
    options.gap = 1e-9;
    options.seconds = 300.0;
    const auto backend = optimise::make_backend(solver);
    auto answer = backend->solve(program, options);
    optimise::check(program, options, answer);
    CAPTURE(program.name, solver, answer.message);
    REQUIRE(answer.status == optimise::Status::optimal);
    CHECK(answer.violation <= 1e-7);
    if (program.integers() == 0) {
        const auto proven = optimise::dual_bound(program, answer.row_duals);
        REQUIRE(proven.has_value());
        CHECK_THAT(*proven, Catch::WithinRel(answer.objective, 1e-8));
    }
    // What other solvers would read has the same optimum, as a minimum.
    const auto read = optimise::parse_mps(optimise::to_mps(program), program.name);
    const auto again = backend->solve(read, options);
    REQUIRE(again.status == optimise::Status::optimal);
    CHECK_THAT(program.is_maximised ? -again.objective : again.objective,
               Catch::WithinRel(answer.objective, 1e-8));
    return answer;
}

} // namespace chainsim::test
