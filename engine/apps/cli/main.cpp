#include "command.hpp"
#include "program.hpp"
#include <chainsim/study/version.hpp>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <string>
#include <utility>
#include <vector>

namespace {

using chainsim::cli::Action;
using chainsim::cli::Exit;
using chainsim::cli::Stop;

constexpr const char* program_name = "chainsim";

int execute(int argc, char** argv) {
    CLI::App program("chainsim simulates the industrial chains of a district.", program_name);
    program.set_version_flag(
        "--version",
        fmt::format("chainsim {} ({})", chainsim::study::version(), chainsim::study::commit()));
    program.require_subcommand(0, 1);
    program.failure_message(CLI::FailureMessage::simple);
    program.footer("Exit codes: 0 done; 1 a hard policy is missed, nothing found, or not the same; "
                   "2 bad input or\n"
                   "usage; 3 no solution; 4 internal error, or a device that fails.\n\n"
                   "Example:\n  chainsim run scenarios/hainan/plan_2025.yaml");
    const std::vector<std::pair<std::string, Action>> commands{
        {"validate", chainsim::cli::add_validate(program)},
        {"run", chainsim::cli::add_run(program)},
        {"check", chainsim::cli::add_check(program)},
        {"trace", chainsim::cli::add_trace(program)},
        {"gaps", chainsim::cli::add_gaps(program)},
        {"outages", chainsim::cli::add_outages(program)},
        {"outlook", chainsim::cli::add_outlook(program)},
        {"budget", chainsim::cli::add_budget(program)},
        {"card", chainsim::cli::add_card(program)},
        {"admit", chainsim::cli::add_admit(program)},
        {"evaluate", chainsim::cli::add_evaluate(program)},
        {"feasibility", chainsim::cli::add_feasibility(program)},
        {"sample", chainsim::cli::add_sample(program)},
        {"sensitivity", chainsim::cli::add_sensitivity(program)},
        {"footprint", chainsim::cli::add_footprint(program)},
        {"reconcile", chainsim::cli::add_reconcile(program)},
        {"optimise", chainsim::cli::add_optimise(program)},
        {"report", chainsim::cli::add_report(program)},
        {"serve", chainsim::cli::add_serve(program)},
        {"compare", chainsim::cli::add_compare(program)},
        {"export", chainsim::cli::add_export(program)},
        {"import", chainsim::cli::add_import(program)},
        {"new", chainsim::cli::add_new(program)},
        {"fields", chainsim::cli::add_fields(program)},
        {"io", chainsim::cli::add_io(program)},
    };
    std::vector<std::string> known;
    known.reserve(commands.size());
    for (const auto& [name, action] : commands) {
        known.push_back(name);
    }
    if (const std::string why = chainsim::cli::wrong_command(argc, argv, known); !why.empty()) {
        throw Stop(Exit::bad_input, why);
    }
    try {
        program.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() == 0) { // --help, --version
            return program.exit(error);
        }
        throw Stop(Exit::bad_input, fmt::format("{} (see --help)", error.what()));
    }
    for (const auto& [name, action] : commands) {
        if (program.got_subcommand(name)) {
            action();
        }
    }
    return static_cast<int>(Exit::done);
}

} // namespace

int main(int argc, char** argv) {
    chainsim::cli::keep_memory();
    try {
        return execute(argc, argv);
    } catch (...) {
        return chainsim::cli::tell(chainsim::cli::failure_in_flight(), program_name);
    }
}
