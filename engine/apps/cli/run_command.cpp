#include "command.hpp"
#include <chainsim/study/check_report.hpp>
#include <chainsim/study/run_folder.hpp>
#include <chainsim/study/study.hpp>
#include <chainsim/study/summary.hpp>
#include <chainsim/table/catalogue.hpp>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <filesystem>
#include <memory>
#include <vector>

namespace chainsim::cli {

namespace {

struct RunOptions {
    Common common;
    std::filesystem::path scenario;
    std::filesystem::path target;
    std::vector<int> years;
};

/// Before anything is computed: a target that is refused is a wrong argument, while a device that
/// fails later is none.
void check(const std::filesystem::path& target, const study::Study& study) {
    try {
        study::check_target(target, study.scenario().id);
    } catch (const IoError& error) {
        throw Stop(Exit::bad_input, error.what());
    }
}

void write(const study::Run& run, const std::filesystem::path& target) {
    try {
        study::write_run(run, target);
    } catch (const IoError& error) {
        throw Stop(Exit::internal, error.what());
    }
}

void run(const RunOptions& options) {
    const auto study = study::open(options.scenario, options.years);
    const auto target = options.target.empty() ? std::filesystem::path("runs") / study.scenario().id
                                               : options.target;
    check(target, study);
    const auto run = study.run();
    if (options.common.json) {
        print(study::summary_json(run));
    }
    if (const auto& failure = run.failure()) {
        throw Stop(Exit::no_solution, failure->message);
    }
    write(run, target);
    const auto language = options.common.chosen_language();
    if (!options.common.json && !options.common.quiet) {
        print(study::summary_text(run, language, terminal_width()));
    }
    tell(options.common,
         fmt::format(fmt::runtime(table::say("results", language)), target.string()));
    if (const auto missed = study::missed_hard(run); !missed.empty()) {
        throw Stop(Exit::nothing_found,
                   fmt::format("hard policies missed: {}", fmt::join(missed, ", ")));
    }
}

} // namespace

Action add_run(CLI::App& program) {
    auto options = std::make_shared<RunOptions>(); // owned by the action that it is returned in
    auto* command =
        program.add_subcommand("run", "Solve every year of a scenario and write a run folder");
    command->add_option("SCENARIO", options->scenario, "Scenario file, or the folder of a run")
        ->required()
        ->check(CLI::ExistingPath);
    command->add_option("-o,--output", options->target, "Folder of the run (default: runs/ID)")
        ->check(refuse_empty);
    command->add_option("--years", options->years, "Years to solve instead of the scenario's")
        ->delimiter(',')
        ->check(CLI::Range(1900, 2200));
    add_common(*command, options->common,
               "chainsim run scenarios/hainan/plan_2025.yaml -o runs/plan --years 2020,2025");
    return [options] { run(*options); };
}

} // namespace chainsim::cli
