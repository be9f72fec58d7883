#include "command.hpp"
#include <chainsim/base/diagnostic.hpp>
#include <chainsim/base/nearest.hpp>
#include <chainsim/study/study.hpp>
#include <chainsim/study/version.hpp>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace {

using chainsim::cli::Action;
using chainsim::cli::Exit;

/// The last line on standard error: one line, whatever the message holds.
int stop(Exit exit, std::string_view why) {
    const std::string line = fmt::format("chainsim: {}\n", why.substr(0, why.find('\n')));
    (void)std::fputs(line.c_str(), stderr); // where else could a failure be told
    return static_cast<int>(exit);
}

/// What is wrong with the input, whole, and its count as the last line.
int stop(const chainsim::InputError& error) {
    (void)std::fputs(fmt::format("{}\n", error.what()).c_str(), stderr);
    const std::size_t count = error.diagnostics().size();
    return stop(Exit::bad_input,
                fmt::format("{} problem{} in the input", count, count == 1 ? "" : "s"));
}

/// What is wrong with the first word, which should be a command; empty if nothing is.
std::string wrong_command(int argc, char** argv, const std::vector<std::string>& known) {
    if (argc < 2) {
        return fmt::format("name a command: {} (see --help)", fmt::join(known, ", "));
    }
    const std::string word = argv[1];
    if (word.starts_with('-') || std::find(known.begin(), known.end(), word) != known.end()) {
        return {};
    }
    const std::string near = chainsim::nearest(word, known);
    return fmt::format("unknown command '{}'; {}", word,
                       near.empty() ? fmt::format("known are {}", fmt::join(known, ", "))
                                    : fmt::format("did you mean '{}'?", near));
}

int execute(int argc, char** argv) {
    CLI::App program("chainsim simulates the industrial chains of a district.", "chainsim");
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
        {"report", chainsim::cli::add_report(program)},
        {"compare", chainsim::cli::add_compare(program)},
        {"export", chainsim::cli::add_export(program)},
        {"new", chainsim::cli::add_new(program)},
        {"fields", chainsim::cli::add_fields(program)},
    };
    std::vector<std::string> known;
    known.reserve(commands.size());
    for (const auto& [name, action] : commands) {
        known.push_back(name);
    }
    if (const std::string why = wrong_command(argc, argv, known); !why.empty()) {
        return stop(Exit::bad_input, why);
    }
    try {
        program.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() == 0) { // --help, --version
            return program.exit(error);
        }
        return stop(Exit::bad_input, fmt::format("{} (see --help)", error.what()));
    }
    for (const auto& [name, action] : commands) {
        if (program.got_subcommand(name)) {
            action();
        }
    }
    return static_cast<int>(Exit::done);
}

/// Keeps memory once it was had. A run builds large tables and texts and drops them again; given
/// back to the system and fetched anew page by page, that was half of the time of a pathway.
void keep_memory() {
#ifdef __GLIBC__
    constexpr int grow_by = 64 << 20;
    constexpr int never = 1 << 30;
    // NOLINTBEGIN(concurrency-mt-unsafe): there is one thread yet
    (void)mallopt(M_TOP_PAD, grow_by);
    (void)mallopt(M_MMAP_THRESHOLD, never);
    (void)mallopt(M_TRIM_THRESHOLD, never);
    // NOLINTEND(concurrency-mt-unsafe)
#endif
}

} // namespace

int main(int argc, char** argv) {
    keep_memory();
    try {
        return execute(argc, argv);
    } catch (const chainsim::cli::Stop& error) {
        return stop(error.exit(), error.what());
    } catch (const chainsim::InputError& error) {
        return stop(error);
    } catch (const chainsim::study::NoSolution& error) {
        return stop(Exit::no_solution, error.what());
    } catch (const chainsim::IoError& error) {
        return stop(Exit::bad_input, error.what());
    } catch (const std::exception& error) {
        return stop(Exit::internal, fmt::format("internal error: {}", error.what()));
    } catch (...) {
        return stop(Exit::internal, "internal error");
    }
}
