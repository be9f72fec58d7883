#include "commands.hpp"
#include <chainsim/study/version.hpp>

#include <CLI/CLI.hpp>
#include <boost/mpi/environment.hpp>
#include <fmt/format.h>

#include <cstdlib>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace {

using chainsim::cli::Exit;
using chainsim::cli::Stop;
using chainsim::ranks::Action;
using chainsim::ranks::Ranks;

constexpr const char* program_name = "chainsim_mpi";

void execute(int argc, char** argv, const Ranks& ranks) {
    CLI::App program("chainsim_mpi spreads the work of chainsim over the ranks of MPI.",
                     program_name);
    const std::string version =
        fmt::format("chainsim {} ({})", chainsim::study::version(), chainsim::study::commit());
    program.set_version_flag("--version", version);
    program.require_subcommand(0, 1);
    program.failure_message(CLI::FailureMessage::simple);
    program.footer(
        "With more than one rank the first only takes what the others make and all but rests: "
        "start "
        "one rank\nmore than there are cores. Exit codes are those of chainsim.\n\n"
        "Example:\n  mpirun -n 9 chainsim_mpi sample scenarios/hainan/plan_2025.yaml -n 100000");
    const std::vector<std::pair<std::string, Action>> commands{
        {"run", chainsim::ranks::add_run(program)},
        {"sample", chainsim::ranks::add_sample(program)},
    };
    bool is_told = false; // help, version
    ranks.together([&] {
        const auto why = chainsim::cli::wrong_command(argc, argv, {"run", "sample"});
        if (!why.empty()) {
            throw Stop(Exit::bad_input, why);
        }
        try {
            program.parse(argc, argv);
        } catch (const CLI::ParseError& error) {
            if (error.get_exit_code() != 0) {
                throw Stop(Exit::bad_input, fmt::format("{} (see --help)", error.what()));
            }
            is_told = true;
            if (ranks.is_first()) {
                (void)program.exit(error);
            }
        }
    });
    if (is_told) {
        return;
    }
    ranks.check_same(version, "the engine");
    for (const auto& [name, action] : commands) {
        if (program.got_subcommand(name)) {
            action(ranks);
        }
    }
}

/// On the first rank, which tells what failed. -> the exit code of all
Exit execute_as_first(int argc, char** argv, const Ranks& ranks) {
    try {
        execute(argc, argv, ranks);
        return Exit::done;
    } catch (const chainsim::ranks::Ended& error) {
        // Others may be gone, and would be waited for in vain.
        (void)chainsim::cli::tell({Exit::internal, {}, error.what()}, program_name);
        std::_Exit(static_cast<int>(Exit::internal));
    } catch (...) {
        const auto failure = chainsim::cli::failure_in_flight();
        (void)chainsim::cli::tell(failure, program_name);
        return failure.exit;
    }
}

/// On another, of which the first knows every failure but a defect: that ends all.
void execute_as_other(int argc, char** argv, const Ranks& ranks) {
    try {
        execute(argc, argv, ranks);
    } catch (const chainsim::cli::Failed&) {
        return; // was found by all together, and is told by the first
    } catch (...) {
        const int code = chainsim::cli::tell(chainsim::cli::failure_in_flight(), program_name);
        boost::mpi::environment::abort(code);
    }
}

} // namespace

int main(int argc, char** argv) {
    chainsim::cli::keep_memory();
    try {
        // Threads of MPI leave the request to end to this one, which at times awaits it.
        std::optional<chainsim::ranks::HeldEnd> held(std::in_place);
        const boost::mpi::environment environment(argc, argv, boost::mpi::threading::funneled,
                                                  false);
        held.reset();
        const Ranks ranks{boost::mpi::communicator{}};
        if (!ranks.is_first()) {
            execute_as_other(argc, argv, ranks);
            return static_cast<int>(ranks.conclude(Exit::done));
        }
        return static_cast<int>(ranks.conclude(execute_as_first(argc, argv, ranks)));
    } catch (...) {
        return chainsim::cli::tell(chainsim::cli::failure_in_flight(), program_name);
    }
}
