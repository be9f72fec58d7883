#include "support/catch.hpp"
#include "support/random_programs.hpp"
#include "support/scratch.hpp"
#include <chainsim/base/error.hpp>
#include <chainsim/optimise/backend.hpp>
#include <chainsim/optimise/mps.hpp>

#include <chrono>
#include <fstream>
#include <string>

using namespace chainsim::optimise; // NOLINT(google-build-using-namespace)
using chainsim::test::random_program;

namespace {

Program every_bound() {
    ProgramBuilder builder;
    builder.add_column("plain", 0.0, infinity, 1.0);
    builder.add_column("free", -infinity, infinity, -2.5);
    builder.add_column("fixed", 3.0, 3.0);
    builder.add_column("below", -infinity, -4.0, 1e-7);
    builder.add_column("count", 0.0, infinity, 2.0, true);
    builder.add_column("switch", 0.0, 1.0, 0.0, true);
    builder.add_column("range", -2.0, 1e6, 0.1);
    builder.add_row("most", -infinity, 8.0);
    builder.add_row("least", 0.5, infinity);
    builder.add_row("equal", -3.0, -3.0);
    builder.add_row("between", 0.1, 0.3);
    builder.add_row("any", -infinity, infinity);
    builder.add(0, 0, 1.0);
    builder.add(1, 1, 1.0 / 3.0);
    builder.add(2, 0, -1.0);
    builder.add(3, 4, 2.0);
    builder.add(4, 6, 1.0);
    builder.add_constant(12.0);
    return builder.build("every bound", false);
}

void check_equal(const Program& left, const Program& right) {
    CHECK(left.column_names == right.column_names);
    CHECK(left.row_names == right.row_names);
    CHECK(left.lower == right.lower);
    CHECK(left.upper == right.upper);
    CHECK(left.row_lower == right.row_lower);
    CHECK(left.row_upper == right.row_upper);
    CHECK(left.cost == right.cost);
    CHECK(left.constant == right.constant);
    CHECK(left.is_integer == right.is_integer);
    REQUIRE(left.matrix.nonZeros() == right.matrix.nonZeros());
    CHECK((left.matrix - right.matrix).norm() == 0.0);
}

/// What a solver writes of a program in a file; the objective is recomputed from that.
double solved_by(const std::string& command, const Program& program, double& violation) {
    const chainsim::test::Scratch folder;
    const auto mps = folder / "program.mps";
    const auto solution = folder / "solution";
    std::ofstream(mps) << to_mps(program);
    std::string line = command;
    line.replace(line.find("{mps}"), 5, mps.string());
    line.replace(line.find("{solution}"), 10, solution.string());
    REQUIRE(std::system((line + " > /dev/null").c_str()) == 0); // NOLINT(cert-env33-c)
    std::ifstream file(solution);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    CHECK(claimed_status(text) == Status::optimal);
    const auto point = parse_solution(text, program, "solution");
    violation = 0.0;
    for (std::size_t column = 0; column < point.size(); ++column) {
        violation = std::max({violation, program.lower[column] - point[column],
                              point[column] - program.upper[column]});
    }
    return program.objective(point);
}

} // namespace

SCENARIO("A program is written as free MPS that says each bound", "[optimise][mps]") {
    CHECK(to_mps(every_bound()) == R"(NAME every_bound FREE
ROWS
 N objective
 L most
 G least
 E equal
 G between
 N any
COLUMNS
 plain objective 1
 plain most 1
 plain equal -1
 free objective -2.5
 free least 0.3333333333333333
 fixed objective 0
 below objective 1e-07
 MARKER1 'MARKER' 'INTORG'
 count objective 2
 count between 2
 switch objective 0
 MARKER2 'MARKER' 'INTEND'
 range objective 0.1
 range any 1
RHS
 RHS objective -12
 RHS most 8
 RHS least 0.5
 RHS equal -3
 RHS between 0.1
RANGES
 RANGE between 0.19999999999999998
BOUNDS
 FR BOUND free
 FX BOUND fixed 3
 MI BOUND below
 UP BOUND below -4
 LO BOUND count 0
 PL BOUND count
 LO BOUND switch 0
 UP BOUND switch 1
 LO BOUND range -2
 UP BOUND range 1000000
ENDATA
)");
}

SCENARIO("What is maximised is written as the least of its negative", "[optimise][mps]") {
    ProgramBuilder builder;
    builder.add_column("x", 0.0, 4.0, 3.0);
    builder.add_constant(5.0);
    builder.add_row("objective", -infinity, 2.0);
    builder.add(0, 0, 1.0);
    const auto text = to_mps(builder.build("", true));
    CHECK(text == R"(* Maximised: what is minimised here is the negative of the objective.
NAME program FREE
ROWS
 N objective_
 L objective
COLUMNS
 x objective_ -3
 x objective 1
RHS
 RHS objective_ 5
 RHS objective 2
BOUNDS
 UP BOUND x 4
ENDATA
)");
}

SCENARIO("A program reads back as the same program", "[optimise][mps]") {
    auto program = every_bound();
    const auto read = parse_mps(to_mps(program), "every.mps");
    // A row without bounds is one of type N, and these are not read.
    CHECK(read.rows() == 4);
    for (unsigned seed = 0; seed < 200; ++seed) {
        program = random_program({.rows = 6, .columns = 9}, seed);
        for (std::size_t row = 0; row < program.row_names.size(); ++row) {
            if (program.row_lower[row] == -infinity && program.row_upper[row] == infinity) {
                program.row_upper[row] = 1e6;
            }
        }
        check_equal(parse_mps(to_mps(program), "random.mps"), program);
    }
}

SCENARIO("Names that cannot stand in a file are refused", "[optimise][mps]") {
    for (const auto& name :
         {std::string(), std::string("two words"), std::string(256, 'x'), std::string("$price"),
          std::string("*star"), std::string("tab\t"), std::string("'MARKER'")}) {
        CHECK_FALSE(is_mps_name(name));
        ProgramBuilder builder;
        builder.add_column(name, 0.0, 1.0);
        CHECK_THROWS_AS(to_mps(builder.build("p", false)), chainsim::ContractError);
    }
    CHECK(is_mps_name("build.sinter_1+2-3@2030"));
    CHECK(is_mps_name(std::string(255, 'x')));
    CHECK(is_mps_name("高炉.2030"));
    ProgramBuilder builder;
    builder.add_column("x", 0.0, 1.0);
    builder.add_column("x", 0.0, 1.0);
    CHECK_THROWS_WITH(to_mps(builder.build("p", false)), "contract: two columns are called 'x'");
}

SCENARIO("Two solvers read the same optimum from what is written", "[optimise][mps]") {
    if (!chainsim::test::has_command("cbc") || !chainsim::test::has_command("glpsol")) {
        WARN("cbc or glpsol is not installed: what they read is not tested");
        return;
    }
    for (unsigned seed = 0; seed < 24; ++seed) {
        const auto program = random_program(
            {.has_integers = seed % 3 != 0, .is_maximised = seed % 2 == 1}, 1000 + seed);
        SolveOptions exact;
        exact.gap = 0.0;
        const auto answer = make_cbc()->solve(program, exact);
        REQUIRE(answer.status == Status::optimal);
        double violation = 0.0;
        const double cbc = solved_by("cbc {mps} ratio 0 solve solu {solution}", program, violation);
        CHECK(violation <= 1e-6);
        const double glpsol = solved_by("glpsol --freemps {mps} -w {solution}", program, violation);
        CHECK(violation <= 1e-6);
        CAPTURE(seed);
        // What is whole may be off by a millionth in what they write.
        CHECK_THAT(cbc, Catch::WithinAbs(answer.objective, 1e-5));
        CHECK_THAT(glpsol, Catch::WithinAbs(answer.objective, 1e-5));
    }
}

SCENARIO("A large program is written and read in no time", "[optimise][mps]") {
    ProgramBuilder builder;
    for (int row = 0; row < 8000; ++row) {
        builder.add_row("balance.commodity." + std::to_string(row), 0.0, 0.1 * row + 1.0);
    }
    for (int column = 0; column < 20000; ++column) {
        builder.add_column("run.process." + std::to_string(column), 0.0, infinity, 0.37 * column,
                           column % 10 == 0);
        for (int k = 0; k < 5; ++k) {
            builder.add((column * 7 + k * 1601) % 8000, column, 1.0 / (1.0 + column + k));
        }
    }
    const auto program = builder.build("large", false);
    const auto begin = std::chrono::steady_clock::now();
    const auto text = to_mps(program);
    const auto middle = std::chrono::steady_clock::now();
    const auto read = parse_mps(text, "large.mps");
    const auto end = std::chrono::steady_clock::now();
    check_equal(read, program);
    // Some 0.03 s and 0.06 s here; the bound is against what is not linear, on a busy machine.
    INFO("written in " << std::chrono::duration<double>(middle - begin).count() << " s, read in "
                       << std::chrono::duration<double>(end - middle).count() << " s");
    CHECK(std::chrono::duration<double>(end - begin).count() < 2.0);
}

SCENARIO("Solvers that differ in the sign of a constant agree where it is a column",
         "[optimise][mps]") {
    ProgramBuilder builder;
    builder.add_column("constant", 2.0, 4.0, 3.0);
    builder.add_constant(5.0);
    builder.add_row("any", -infinity, 9.0);
    builder.add(0, 0, 1.0);
    const auto program = with_constant_as_column(builder.build("", false));
    CHECK(program.column_names == std::vector<std::string>{"constant", "constant_"});
    CHECK(program.constant == 0.0);
    CHECK(program.objective({2.0, 1.0}) == 11.0);
    CHECK(to_mps(program).find("RHS objective") == std::string::npos);
    CHECK(make_cbc()->solve(program, {}).objective == 11.0);
}
