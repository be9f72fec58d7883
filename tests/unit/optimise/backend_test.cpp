#include "support/catch.hpp"
#include "support/random_programs.hpp"
#include <chainsim/optimise/backend.hpp>

using namespace chainsim::optimise; // NOLINT(google-build-using-namespace)
using chainsim::test::random_program;

SCENARIO("A program without a point is known as such where the simplex broke down",
         "[optimise][backend]") {
    // CLP's primal simplex ends in an error here, if it comes after another run.
    auto program = random_program({.rows = 6, .columns = 7, .has_integers = false}, 3000);
    program.lower = {-7.0, -6.25, -3.0, 0.0, -infinity, 2.75, -infinity};
    program.upper = {-7.0, -3.75, -3.0, 0.0, infinity, infinity, infinity};
    CHECK(make_cbc()->solve(program, {}).status == Status::infeasible);
}
