#include "support/backends.hpp"
#include "support/catch.hpp"
#include "support/random_programs.hpp"
#include <chainsim/base/error.hpp>
#include <chainsim/optimise/certificate.hpp>

#include <random>

using namespace chainsim::optimise; // NOLINT(google-build-using-namespace)
using chainsim::test::random_program;

namespace {

/// maximise 3 x + 5 y: x <= 4, 2 y <= 12, 3 x + 2 y <= 18 (Hillier & Lieberman, Wyndor Glass): 36
/// at (2, 6), with duals 0, 3/2 and 1.
Program glass(bool has_integers = false) {
    ProgramBuilder builder;
    builder.add_column("doors", 0.0, infinity, 3.0, has_integers);
    builder.add_column("windows", 0.0, infinity, 5.0);
    builder.add_row("plant_1", -infinity, 4.0);
    builder.add_row("plant_2", -infinity, 12.0);
    builder.add_row("plant_3", -infinity, 18.0);
    builder.add(0, 0, 1.0);
    builder.add(1, 1, 2.0);
    builder.add(2, 0, 3.0);
    builder.add(2, 1, 2.0);
    return builder.build("glass", true);
}

Answer glass_answer() {
    Answer answer;
    answer.status = Status::optimal;
    answer.point = {2.0, 6.0};
    answer.bound = 36.0;
    answer.row_duals = {0.0, 1.5, 1.0};
    return answer;
}

} // namespace

SCENARIO("A certificate says what a point breaks, and by how much", "[optimise][certificate]") {
    const auto program = glass(true);
    GIVEN("the optimum") {
        const auto certificate = certify(program, {2.0, 6.0});
        CHECK(certificate.violation() == 0.0);
        CHECK(certificate.worst_row == -1);
        CHECK(certificate.worst_column == -1);
        CHECK(certificate.objective == 36.0);
    }
    GIVEN("a point beyond a row") {
        const auto certificate = certify(program, {2.0, 6.5});
        // 2 x 6.5 is one more than 12; the largest product of the row is 13.
        CHECK(certificate.worst_row == 1);
        CHECK(certificate.row_violation == Approx(1.0 / (1.0 + 12.0 + 13.0)));
        CHECK(certificate.bound_violation == 0.0);
    }
    GIVEN("a point below its bound, and not whole") {
        const auto certificate = certify(program, {-0.25, 0.0});
        CHECK(certificate.bound_violation == Approx(0.25 / 1.25));
        CHECK(certificate.integrality_violation == 0.25);
        CHECK(certificate.worst_column == 0);
        CHECK(certificate.row_violation == 0.0);
    }
    GIVEN("what is no number") {
        CHECK(certify(program, {std::nan(""), 0.0}).violation() == infinity);
        CHECK(certify(program, {0.0, infinity}).violation() == infinity);
    }
    CHECK_THROWS_AS(certify(program, {1.0}), chainsim::ContractError);
}

SCENARIO("Duals prove a bound, whoever claims them", "[optimise][certificate]") {
    const auto program = glass();
    CHECK(dual_bound(program, {0.0, 1.5, 1.0}) == 36.0);
    // 4 x 3 + 12 x 2.5 by the duals of the first two rows alone.
    CHECK(dual_bound(program, {3.0, 2.5, 0.0}) == 42.0);
    // A reduced cost of 5 at an infinite bound, and a dual at one.
    CHECK_FALSE(dual_bound(program, {3.0, 0.0, 0.0}).has_value());
    CHECK_FALSE(dual_bound(program, {0.0, 1.5, -1.0}).has_value());
    // Within the tolerance neither matters.
    CHECK(dual_bound(program, {-1e-8, 1.5, 1.0}).value() == Approx(36.0));
    CHECK(dual_bound(program, {0.0, 1.5 - 1e-8, 1.0}).value() == Approx(36.0));
    CHECK_THROWS_AS(dual_bound(program, {1.0}), chainsim::ContractError);
}

SCENARIO("The duals of a solver prove its optimum, and any others prove less",
         "[optimise][certificate]") {
    const auto backend = make_backend(GENERATE(from_range(chainsim::test::solvers())));
    CAPTURE(backend->name());
    std::mt19937 engine(5);
    std::normal_distribution<double> noise(0.0, 0.3);
    for (unsigned seed = 0; seed < 60; ++seed) {
        const auto program = random_program(
            {.rows = 10, .columns = 14, .has_integers = false, .is_maximised = seed % 2 == 0},
            seed);
        const auto answer = backend->solve(program, {});
        REQUIRE(answer.status == Status::optimal);
        const auto bound = dual_bound(program, answer.row_duals);
        CAPTURE(seed);
        REQUIRE(bound.has_value());
        CHECK_THAT(*bound, Catch::WithinAbs(answer.objective, 1e-7));
        CHECK(certify(program, answer.point).violation() <= 1e-7);
        auto other = answer.row_duals;
        for (auto& dual : other) {
            dual += noise(engine);
        }
        if (const auto weaker = dual_bound(program, other)) {
            const double sign = program.is_maximised ? -1.0 : 1.0;
            CHECK(sign * (*weaker - answer.objective) <= 1e-9);
        }
    }
}

SCENARIO("A claim that holds stands, one that does not is taken back", "[optimise][certificate]") {
    const auto program = glass();
    const SolveOptions options;
    auto answer = glass_answer();
    answer.objective = 99.0;
    WHEN("it holds") {
        check(program, options, answer);
        CHECK(answer.status == Status::optimal);
        CHECK(answer.objective == 36.0);
        CHECK(answer.violation == 0.0);
        CHECK(answer.message.empty());
    }
    WHEN("the point breaks a row") {
        answer.point = {2.0, 6.5};
        check(program, options, answer);
        CHECK(answer.status == Status::failed);
        CHECK(answer.message == "the claimed point breaks row 'plant_2' by 0.0385, scaled");
    }
    WHEN("a column is below its bound") {
        answer.point = {-0.5, 6.0};
        check(program, options, answer);
        CHECK(answer.status == Status::failed);
        CHECK(answer.message == "the claimed point breaks column 'doors' by 0.333, scaled");
    }
    WHEN("a point is worse than the optimum") {
        answer.point = {4.0, 3.0};
        answer.bound = 27.0;
        check(program, options, answer);
        CHECK(answer.status == Status::failed);
        CHECK(answer.message == "the duals of the claimed optimum 27 prove 36 only");
    }
    WHEN("the duals prove nothing") {
        answer.row_duals = {0.0, 0.0, 0.0};
        check(program, options, answer);
        CHECK(answer.status == Status::failed);
        CHECK(answer.message == "the duals of the claimed optimum prove no bound");
    }
    WHEN("it is better than its bound") {
        answer.bound = 35.0;
        check(program, options, answer);
        CHECK(answer.status == Status::failed);
        CHECK(answer.message == "the point comes to 36, better than the bound 35 on all points");
    }
    WHEN("there is no point") {
        answer.point.clear();
        check(program, options, answer);
        CHECK(answer.status == Status::failed);
        CHECK(answer.message == "a point is claimed and none is given");
    }
    WHEN("the bound is far") {
        answer.bound = 40.0;
        answer.row_duals.clear();
        check(glass(true), options, answer);
        CHECK(answer.status == Status::feasible);
        CHECK(answer.message == "called optimal at 36, and better than 40 is not ruled out");
    }
    WHEN("it claims no point") {
        answer.status = Status::infeasible;
        answer.point.clear();
        check(program, options, answer);
        CHECK(answer.status == Status::infeasible);
    }
}
