#include "support/catch.hpp"
#include "support/random_programs.hpp"
#include "support/scratch.hpp"
#include <chainsim/base/diagnostic.hpp>
#include <chainsim/base/error.hpp>
#include <chainsim/optimise/external_backend.hpp>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <thread>

using namespace chainsim::optimise; // NOLINT(google-build-using-namespace)
using chainsim::test::has_command;
using chainsim::test::random_program;
using chainsim::test::Scratch;

namespace {

const std::vector<std::string> solver_commands{
    "cbc {mps} timeMode elapsed ratio {gap} sec {seconds} solve solu {solution}",
    "glpsol --freemps {mps} --mipgap {gap} --tmlim {seconds} -w {solution}"};

/// A solver that is a shell script of its own: $1 is the program, $2 the solution.
std::string scripted(const Scratch& folder, const std::string& body) {
    const auto path = folder / "a solver";
    std::ofstream(path) << "#!/bin/sh\n" << body;
    std::filesystem::permissions(path, std::filesystem::perms::owner_all);
    return "'" + path.string() + "' {mps} {solution}";
}

/// The least x of at least 3 and at most 10.
Program least_three(bool is_integer = false) {
    ProgramBuilder builder;
    builder.add_column("x", 0.0, 10.0, 1.0, is_integer);
    builder.add_row("least", 2.5, infinity);
    builder.add(0, 0, 1.0);
    return builder.build("three", false);
}

bool has_solve_folders() {
    for (const auto& entry :
         std::filesystem::directory_iterator(std::filesystem::temp_directory_path())) {
        if (entry.path().filename().string().starts_with("chainsim-solve-")) {
            return true;
        }
    }
    return false;
}

} // namespace

SCENARIO("A solver that is installed answers by its command line", "[optimise][external]") {
    for (const auto& command : solver_commands) {
        if (!has_command(command.substr(0, command.find(' ')))) {
            WARN("not installed: " << command);
            continue;
        }
        const auto backend = make_external(command);
        for (unsigned seed = 0; seed < 8; ++seed) {
            const auto program = random_program(
                {.has_integers = seed % 2 == 0, .is_maximised = seed % 4 < 2}, 500 + seed);
            SolveOptions options;
            options.gap = 1e-6;
            options.seconds = 60.0;
            const auto own = make_cbc()->solve(program, options);
            const auto answer = backend->solve(program, options);
            CAPTURE(command, seed, answer.message);
            REQUIRE_FALSE(answer.point.empty());
            CHECK_THAT(answer.objective, Catch::WithinAbs(own.objective, 1e-5));
            CHECK(answer.violation <= 1e-6);
            // The bound is that of the linear relaxation: it proves the optimum of a linear
            // program.
            const double sign = program.is_maximised ? -1.0 : 1.0;
            CHECK(sign * (answer.bound - answer.objective) <= 1e-6);
            CHECK((answer.status == Status::optimal ||
                   (program.integers() > 0 && answer.status == Status::feasible)));
            if (program.integers() == 0) {
                CHECK(answer.status == Status::optimal);
            }
        }
        auto none = least_three();
        none.upper[0] = 2.0;
        CHECK(backend->solve(none, {}).status == Status::infeasible);
        auto endless = least_three();
        endless.upper[0] = infinity;
        endless.cost[0] = -1.0;
        CHECK(backend->solve(endless, {}).status == Status::unbounded);
    }
    CHECK(make_external(solver_commands[0])->name() == "cbc (external)");
}

SCENARIO("What a solver claims is checked", "[optimise][external]") {
    const Scratch folder;
    const auto answer_of = [&folder](const std::string& body, bool is_integer = false) {
        return make_external(scripted(folder, body))->solve(least_three(is_integer), {});
    };
    WHEN("it is right") {
        const auto answer = answer_of("echo 'x 2.5' > \"$2\"");
        CHECK(answer.status == Status::optimal);
        CHECK(answer.objective == 2.5);
        CHECK_THAT(answer.bound, Catch::WithinAbs(2.5, 1e-9));
    }
    WHEN("its point is not the best") {
        CHECK(answer_of("echo 'x 4' > \"$2\"").status == Status::feasible);
    }
    WHEN("it is right, and the relaxation is below") {
        const auto answer =
            answer_of("printf 'Optimal - objective value 3\\n 0 x 3 0\\n' > \"$2\"", true);
        CHECK(answer.status == Status::feasible);
        CHECK(answer.message == "called optimal; the bound 2.5 is that of the linear relaxation");
    }
    WHEN("its point is infeasible") {
        const auto answer = answer_of("echo 'x 2' > \"$2\"");
        CHECK(answer.status == Status::failed);
        CHECK(answer.message.find("row 'least'") != std::string::npos);
    }
    WHEN("it calls infeasible what is not") {
        const auto answer = answer_of("echo 'Infeasible - objective value 0' > \"$2\"");
        CHECK(answer.status == Status::failed);
        CHECK(answer.message == "called infeasible, and it has a point");
    }
    WHEN("it writes nothing") {
        const auto answer = answer_of("echo 'no licence' >&2; exit 3");
        CHECK(answer.status == Status::failed);
        CHECK(answer.message ==
              "a solver (external) wrote no solution; exit code 3; its last words: no licence");
    }
    WHEN("it writes of another program") {
        CHECK_THROWS_AS(answer_of("echo 'z 2' > \"$2\""), chainsim::InputError);
    }
    CHECK_FALSE(has_solve_folders());
}

SCENARIO("A solver is ended when time is up, with what it started", "[optimise][external]") {
    const Scratch folder;
    const auto pids = folder / "pids";
    const auto backend =
        make_external(scripted(folder, "echo $$ > " + pids.string() + "; sleep 100 & echo $! >> " +
                                           pids.string() + "; wait"));
    const auto begin = std::chrono::steady_clock::now();
    std::atomic<bool> interrupt = false;
    Answer answer;
    WHEN("by the clock") {
        SolveOptions options;
        options.seconds = 0.3;
        answer = backend->solve(least_three(), options);
    }
    WHEN("by an interrupt") {
        std::thread hand([&interrupt] {
            std::this_thread::sleep_for(std::chrono::milliseconds(200));
            interrupt = true;
        });
        SolveOptions options;
        options.interrupt = &interrupt;
        answer = backend->solve(least_three(), options);
        hand.join();
    }
    CHECK(answer.status == Status::stopped);
    CHECK(answer.message == "ended before it wrote a solution");
    CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(10));
    std::ifstream file(pids);
    for (int pid = 0; file >> pid;) {
        // Ended, or ended and not yet waited for by whoever adopted it.
        std::ifstream state("/proc/" + std::to_string(pid) + "/stat");
        std::string number;
        std::string name;
        std::string letter;
        state >> number >> name >> letter;
        CHECK((letter.empty() || letter == "Z" || letter == "X"));
    }
}

SCENARIO("A command that cannot be run is refused", "[optimise][external]") {
    CHECK_THROWS_WITH(make_external("cbc {mps}"),
                      "error: the command of the solver has no {solution}\n"
                      "  help:  write for example 'cbc {mps} timeMode elapsed ratio {gap} sec "
                      "{seconds} solve solu "
                      "{solution}'");
    CHECK_THROWS_WITH(make_external(""), Catch::Contains("the command of the solver is empty"));
    CHECK_THROWS_WITH(make_external("'cbc {mps} {solution}"), Catch::Contains("is not closed"));
    CHECK_THROWS_WITH(make_external("no-such-solver {mps} {solution}")->solve(least_three(), {}),
                      "cannot run the solver 'no-such-solver': No such file or directory");
}
