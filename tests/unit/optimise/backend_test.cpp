#include "support/backends.hpp"
#include "support/catch.hpp"
#include "support/random_programs.hpp"
#include <chainsim/base/diagnostic.hpp>
#include <chainsim/base/error.hpp>
#include <chainsim/optimise/backend.hpp>
#include <chainsim/optimise/certificate.hpp>

#include <atomic>
#include <chrono>
#include <cmath>
#include <random>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

// What `backend.hpp` promises, of every solver that is built in.

using namespace chainsim::optimise; // NOLINT(google-build-using-namespace)
using chainsim::test::random_program;
using chainsim::test::solvers;

namespace {

/// The least a x + y of x in 0 .. 10 and y >= 0 with x + y >= 2.5 (and at most `most`).
Program two(double cost, bool is_integer, double most = infinity) {
    ProgramBuilder builder;
    builder.add_column("x", 0.0, 10.0, cost, is_integer);
    builder.add_column("y", 0.0, infinity, 1.0);
    builder.add_row("demand", 2.5, most);
    builder.add(0, 0, 1.0);
    builder.add(0, 1, 1.0);
    return builder.build("two", false);
}

/// Market split (Cornuejols & Dawande 1999, A class of hard small 0-1 programs, INFORMS Journal on
/// Computing 11, 205-210): four rows are to be met by thirty binaries, and what they miss is paid
/// for. Any choice is a point, and no solver proves its best in a minute.
Program market_split(double constant = 0.0, bool is_maximised = false) {
    std::mt19937 engine(3);
    std::uniform_int_distribution<int> share(0, 99);
    const double sign = is_maximised ? -1.0 : 1.0;
    ProgramBuilder builder;
    constexpr int retailers = 30;
    for (int k = 0; k < retailers; ++k) {
        builder.add_column("to" + std::to_string(k), 0.0, 1.0, 0.0, true);
    }
    for (int row = 0; row < 4; ++row) {
        builder.add_row("product" + std::to_string(row), 0.0, 0.0);
        int sum = 0;
        for (int k = 0; k < retailers; ++k) {
            const int value = share(engine);
            sum += value;
            builder.add(row, k, value);
        }
        const double half = sum / 2; // of what is whole
        builder.set_row_bounds(row, half, half);
        for (const double way : {1.0, -1.0}) {
            const int missed = builder.add_column(
                "missed" + std::to_string(row) + (way > 0.0 ? "+" : "-"), 0.0, infinity, sign);
            builder.add(row, missed, way);
        }
    }
    builder.add_constant(constant);
    return builder.build("market split", is_maximised);
}

double seconds_since(std::chrono::steady_clock::time_point begin) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

/// By branching over all choices of at most twelve integers of few values: slow, and independent.
double best_by_all(Program program, const std::string& solver) {
    for (std::size_t column = 0; column < program.cost.size(); ++column) {
        if (program.is_integer[column] == 0) {
            continue;
        }
        program.is_integer[column] = 0;
        const double sense = program.is_maximised ? -1.0 : 1.0;
        double best = infinity;
        const double lower = program.lower[column];
        const double upper = program.upper[column];
        for (double value = lower; value <= upper; value += 1.0) {
            program.lower[column] = value;
            program.upper[column] = value;
            best = std::min(best, sense * best_by_all(program, solver));
        }
        return sense * best;
    }
    const auto answer = make_backend(solver)->solve(program, {});
    CAPTURE(to_string(answer.status), answer.message);
    REQUIRE((answer.status == Status::optimal || answer.status == Status::infeasible));
    return answer.status == Status::optimal ? answer.objective
                                            : (program.is_maximised ? -infinity : infinity);
}

} // namespace

SCENARIO("A solver is chosen by its name, or by a command", "[optimise][backend]") {
    CHECK(make_backend("cbc")->name().starts_with("CBC "));
    CHECK(make_backend("glpsol --freemps {mps} -w {solution}")->name() == "glpsol (external)");
    const std::string help = "\n  help:  write cbc, highs, or the command of another one, with "
                             "{mps} and {solution} for its files";
    CHECK_THROWS_WITH(make_backend("gurobi"), "error: unknown solver 'gurobi'" + help);
    CHECK_THROWS_WITH(make_backend("HiGHS"),
                      "error: unknown solver 'HiGHS'; did you mean 'highs'?" + help);
    // A command is one that should name its files.
    CHECK_THROWS_WITH(make_backend("glpsol --freemps {mps}"),
                      Catch::Contains("the command of the solver has no {solution}"));
    CHECK_THROWS_WITH(make_backend("gurobi_cl model.mps"),
                      Catch::Contains("the command of the solver has no {mps}"));
    CHECK_THROWS_WITH(make_backend(""), Catch::Contains("the command of the solver is empty"));
    if (has_highs()) {
        CHECK(make_backend("highs")->name().starts_with("HiGHS "));
        return;
    }
    WARN("HiGHS is not in this build: what is tested of it is left out");
    CHECK_THROWS_AS(make_highs(), chainsim::Unavailable);
    CHECK_THROWS_WITH(
        make_backend("highs"),
        "HiGHS is not in this build: it was not found when chainsim was configured, or "
        "CHAINSIM_WITH_HIGHS was OFF; install HiGHS (https://highs.dev), configure with "
        "-DCHAINSIM_WITH_HIGHS=ON and its folder in CMAKE_PREFIX_PATH, and build again");
}

SCENARIO("Duals are what a unit of the binding bound brings", "[optimise][backend]") {
    const auto backend = make_backend(GENERATE(from_range(solvers())));
    CAPTURE(backend->name());
    const bool is_maximised = GENERATE(false, true);
    const double sign = is_maximised ? -1.0 : 1.0;
    // 2 x + 3 y of x + y >= 4, x <= 3, x - y <= 1: at (2.5, 1.5); the same as a maximum of its
    // negative. A unit more of demand is half a unit of each: 2.5. One more of the difference: 1/2
    // more of x and less of y: -1/2.
    ProgramBuilder builder;
    builder.add_column("x", 0.0, 3.0, sign * 2.0);
    builder.add_column("y", 0.0, infinity, sign * 3.0);
    builder.add_row("demand", 4.0, infinity);
    builder.add_row("difference", -infinity, 1.0);
    builder.add(0, 0, 1.0);
    builder.add(0, 1, 1.0);
    builder.add(1, 0, 1.0);
    builder.add(1, 1, -1.0);
    builder.add_constant(sign * 7.0);
    auto program = builder.build("duals", is_maximised);
    auto answer = backend->solve(program, {});
    REQUIRE(answer.status == Status::optimal);
    CHECK(answer.solver == backend->name());
    CHECK_THAT(answer.objective, Catch::WithinAbs(sign * (7.0 + 9.5), 1e-9));
    CHECK_THAT(answer.bound, Catch::WithinAbs(answer.objective, 1e-9));
    REQUIRE(answer.row_duals.size() == 2);
    CHECK_THAT(answer.row_duals[0], Catch::WithinAbs(sign * 2.5, 1e-9));
    CHECK_THAT(answer.row_duals[1], Catch::WithinAbs(sign * -0.5, 1e-9));
    REQUIRE(answer.reduced_costs.size() == 2);
    CHECK_THAT(answer.reduced_costs[0], Catch::WithinAbs(0.0, 1e-9));
    CHECK_THAT(answer.reduced_costs[1], Catch::WithinAbs(0.0, 1e-9));
    // With x at most 2 it is that bound that binds, at (2, 2): a unit more of x saves 3 - 2.
    program.upper[0] = 2.0;
    answer = backend->solve(program, {});
    REQUIRE(answer.status == Status::optimal);
    CHECK_THAT(answer.row_duals[0], Catch::WithinAbs(sign * 3.0, 1e-9));
    CHECK_THAT(answer.row_duals[1], Catch::WithinAbs(0.0, 1e-9));
    CHECK_THAT(answer.reduced_costs[0], Catch::WithinAbs(sign * -1.0, 1e-9));
}

SCENARIO("Programs without a point and without an end are told apart", "[optimise][backend]") {
    const auto backend = make_backend(GENERATE(from_range(solvers())));
    const bool is_integer = GENERATE(false, true);
    CAPTURE(backend->name(), is_integer);
    CHECK(backend->solve(two(1.0, is_integer), {}).status == Status::optimal);
    auto none = two(1.0, is_integer, 12.0);
    none.row_lower[0] = 11.0;
    none.upper[1] = 0.5;
    auto answer = backend->solve(none, {});
    CHECK(answer.status == Status::infeasible);
    CHECK(answer.point.empty());
    CHECK(answer.bound == infinity);
    auto endless = two(1.0, is_integer);
    endless.cost[1] = -1.0;
    answer = backend->solve(endless, {});
    CHECK(answer.status == Status::unbounded);
    CHECK(answer.point.empty());
    CHECK(answer.bound == -infinity);
    // A cost without end along a column that no row holds, and no point at all.
    ProgramBuilder builder;
    builder.add_column("x", 0.0, 1.0, 1.0, is_integer);
    builder.add_column("y", 0.0, 1.0, 1.0);
    builder.add_column("free", -infinity, infinity, -1.0);
    builder.add_row("sum", 3.0, infinity);
    builder.add(0, 0, 1.0);
    builder.add(0, 1, 1.0);
    CHECK(backend->solve(builder.build("neither", false), {}).status == Status::infeasible);
}

SCENARIO("A program without a point is known as such where the simplex broke down",
         "[optimise][backend]") {
    const auto backend = make_backend(GENERATE(from_range(solvers())));
    CAPTURE(backend->name());
    // CLP's primal simplex ends in an error here, if it comes after another run.
    auto program = random_program({.rows = 6, .columns = 7, .has_integers = false}, 3000);
    program.lower = {-7.0, -6.25, -3.0, 0.0, -infinity, 2.75, -infinity};
    program.upper = {-7.0, -3.75, -3.0, 0.0, infinity, infinity, infinity};
    CHECK(backend->solve(program, {}).status == Status::infeasible);
}

SCENARIO("Wholeness alone may leave no point", "[optimise][backend]") {
    const auto backend = make_backend(GENERATE(from_range(solvers())));
    CAPTURE(backend->name());
    ProgramBuilder builder;
    builder.add_column("x", 0.0, 10.0, 1.0, true);
    builder.add_column("y", 0.0, 10.0, 1.0, true);
    builder.add_row("odd", 5.0, 5.0);
    builder.add(0, 0, 2.0);
    builder.add(0, 1, 4.0);
    CHECK(backend->solve(builder.build("odd", false), {}).status == Status::infeasible);
}

SCENARIO("Programs of few rows and columns have answers too", "[optimise][backend]") {
    const auto backend = make_backend(GENERATE(from_range(solvers())));
    CAPTURE(backend->name());
    const bool is_integer = GENERATE(false, true);
    CAPTURE(is_integer);
    ProgramBuilder builder;
    builder.add_column("x", 0.0, 2.5, -1.0, is_integer);
    builder.add_constant(1.0);
    const auto answer = backend->solve(builder.build("no rows", false), {});
    CHECK(answer.status == Status::optimal);
    CHECK(answer.objective == Approx(is_integer ? -1.0 : -1.5));
    // A row that has no columns is kept, or is not.
    ProgramBuilder empty;
    empty.add_row("row", -1.0, 1.0);
    CHECK(backend->solve(empty.build("no columns", false), {}).status == Status::optimal);
    empty.set_row_bounds(0, 1.0, 2.0);
    CHECK(backend->solve(empty.build("no columns", false), {}).status == Status::infeasible);
}

SCENARIO("The best of all choices is found", "[optimise][backend]") {
    const auto solver = GENERATE(from_range(solvers()));
    CAPTURE(solver);
    for (unsigned seed = 0; seed < 40; ++seed) {
        auto program =
            random_program({.rows = 6, .columns = 7, .is_maximised = seed % 2 == 1}, 3000 + seed);
        int integers = 0;
        for (std::size_t column = 0; column < program.cost.size(); ++column) {
            if (program.is_integer[column] == 0) {
                continue;
            }
            if (++integers > 3) {
                program.is_integer[column] = 0; // that all choices can be tried
                continue;
            }
            const double lower = program.lower[column];
            const double upper = program.upper[column];
            program.lower[column] = std::isfinite(lower)   ? lower
                                    : std::isfinite(upper) ? upper - 3.0
                                                           : -1.0;
            program.upper[column] = std::min(upper, program.lower[column] + 3.0);
        }
        CAPTURE(seed);
        const double best = best_by_all(program, solver);
        SolveOptions exact;
        exact.gap = 0.0;
        const auto answer = make_backend(solver)->solve(program, exact);
        if (!std::isfinite(best)) {
            CHECK(answer.status == Status::infeasible);
            continue;
        }
        REQUIRE(answer.status == Status::optimal);
        CHECK_THAT(answer.objective, Catch::WithinAbs(best, 1e-6));
        CHECK_THAT(answer.bound, Catch::WithinAbs(best, 1e-6));
        const auto certificate = certify(program, answer.point);
        CHECK(certificate.violation() <= 1e-7);
        CHECK(certificate.integrality_violation == 0.0);
    }
}

SCENARIO("A gap that is wide enough ends the search", "[optimise][backend]") {
    const auto backend = make_backend(GENERATE(from_range(solvers())));
    CAPTURE(backend->name());
    const double sign = GENERATE(1.0, -1.0);
    // The best is at most a few hundred, and not below zero: of 1e6 that is a thousandth.
    const auto program = market_split(sign * 1e6, sign < 0.0);
    SolveOptions options;
    options.gap = 1e-2;
    options.seconds = 60.0;
    const auto answer = backend->solve(program, options);
    CHECK(answer.status == Status::optimal);
    CHECK(answer.seconds < 30.0); // it needs milliseconds; to the last digit it would take hours
    CHECK(answer.gap() <= 1e-2);
    CHECK(sign * answer.bound >= 1e6 - 1.0);
    CHECK(sign * (answer.objective - answer.bound) >= -1e-3);
}

SCENARIO("A search ends when it is told to, with its best point", "[optimise][backend]") {
    const auto backend = make_backend(GENERATE(from_range(solvers())));
    CAPTURE(backend->name());
    const auto program = market_split(100.0);
    SolveOptions options;
    options.gap = 0.0;
    std::atomic<bool> interrupt{false};
    std::thread hand;
    const auto begin = std::chrono::steady_clock::now();
    WHEN("by the clock") { options.seconds = 1.0; }
    WHEN("by an interrupt") {
        options.interrupt = &interrupt;
        hand = std::thread([&interrupt] {
            std::this_thread::sleep_for(std::chrono::seconds(1));
            interrupt = true;
        });
    }
    const auto answer = backend->solve(program, options);
    if (hand.joinable()) {
        hand.join();
    }
    CHECK(seconds_since(begin) < 30.0);
    CHECK(answer.status == Status::feasible);
    CHECK(certify(program, answer.point).violation() <= 1e-7);
    CHECK(answer.objective == Approx(program.objective(answer.point)));
    CHECK(answer.bound >= 100.0 - 1e-6);
    CHECK(answer.bound <= answer.objective);
}

SCENARIO("How far a search has come is told while it runs", "[optimise][backend]") {
    const auto backend = make_backend(GENERATE(from_range(solvers())));
    CAPTURE(backend->name());
    const double sign = GENERATE(1.0, -1.0);
    const auto program = market_split(sign * 1000.0, sign < 0.0);
    SolveOptions options;
    options.gap = 0.0;
    options.seconds = 1.0;
    std::vector<Progress> told;
    const auto self = std::this_thread::get_id();
    bool is_of_this_thread = true;
    options.progress = [&](const Progress& progress) {
        told.push_back(progress);
        is_of_this_thread = is_of_this_thread && std::this_thread::get_id() == self;
    };
    const auto answer = backend->solve(program, options);
    REQUIRE(!told.empty());
    CHECK(is_of_this_thread);
    for (const auto& one : told) {
        if (one.objective && std::isfinite(one.bound)) {
            CHECK(sign * (*one.objective - one.bound) >= -1e-6);
        }
    }
    const auto& last = told.back();
    REQUIRE(last.objective.has_value());
    // In the program's own sense, and with its constant.
    CHECK(sign * *last.objective >= 1000.0 - 1e-6);
    CHECK(sign * (answer.objective - *last.objective) <= 1e-6);
    CHECK(last.nodes >= 0);
    CHECK(last.seconds > 0.0);
}

SCENARIO("A point to begin from is not lost, and a bad one does no harm", "[optimise][backend]") {
    const auto backend = make_backend(GENERATE(from_range(solvers())));
    CAPTURE(backend->name());
    GIVEN("a search that ends at once") {
        const auto program = market_split();
        SolveOptions options;
        options.seconds = 1.0;
        const auto before = backend->solve(program, options);
        REQUIRE(!before.point.empty());
        options.start = before.point;
        options.seconds = 0.2;
        const auto after = backend->solve(program, options);
        CHECK((after.status == Status::feasible || after.status == Status::optimal));
        CHECK(after.objective <= before.objective + 1e-6);
    }
    GIVEN("points that cannot be") {
        const auto program = two(0.5, true);
        const std::vector<std::vector<double>> starts{
            {11.0, 0.0}, {-1.0, 0.0}, {std::nan(""), 1.0}, {infinity, 0.0}, {0.0, -5.0}, {1.0}};
        SolveOptions options;
        options.gap = 0.0;
        for (const auto& start : starts) {
            options.start = start;
            const auto answer = backend->solve(program, options);
            REQUIRE(answer.status == Status::optimal);
            CHECK_THAT(answer.objective, Catch::WithinAbs(1.5, 1e-9)); // 3 x 0.5, or 2 and 0.5
        }
    }
}

SCENARIO("HiGHS ends by what a listener throws", "[optimise][backend]") {
    if (!has_highs()) {
        return;
    }
    SolveOptions options;
    options.seconds = 20.0;
    options.progress = [](const Progress&) { throw std::runtime_error("enough"); };
    CHECK_THROWS_WITH(make_highs()->solve(market_split(), options), "enough");
}
