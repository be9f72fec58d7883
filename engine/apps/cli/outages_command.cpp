#include "command.hpp"
#include <chainsim/study/outage_report.hpp>

#include <CLI/CLI.hpp>

#include <cstddef>
#include <filesystem>
#include <memory>

namespace chainsim::cli {

namespace {

struct Options {
    Common common;
    std::filesystem::path scenario;
    int year = 0;
    std::size_t top = 0;
};

void outages(const Options& options) {
    const auto study = study::open(options.scenario);
    const int year = options.year != 0 ? options.year : study.scenario().years.back();
    const auto report = study::outages(study, year);
    if (report.failure) {
        throw Stop(Exit::no_solution, report.failure->message);
    }
    if (options.common.json) {
        print(study::outages_json(study, report, options.top));
    } else if (!options.common.quiet) {
        print(study::outages_text(study, report, options.common.chosen_language(), terminal_width(),
                                  options.top));
    }
}

} // namespace

Action add_outages(CLI::App& program) {
    auto options = std::make_shared<Options>(); // owned by the action that it is returned in
    auto* command = program.add_subcommand(
        "outages", "Take each running facility off for a year and tell what its loss costs");
    command->add_option("SCENARIO", options->scenario, "Scenario file, or the folder of a run")
        ->required()
        ->check(CLI::ExistingPath);
    command->add_option("--year", options->year, "Year (default: the last of the scenario)")
        ->check(CLI::Range(1900, 2200));
    command
        ->add_option("--top", options->top,
                     "Most outages to show (default: 20 in a table, all with --json)")
        ->check(CLI::PositiveNumber);
    add_common(*command, options->common,
               "chainsim outages scenarios/hainan/plan_2025.yaml --top 10 --lang zh");
    return [options] { outages(*options); };
}

} // namespace chainsim::cli
