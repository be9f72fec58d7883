#include "command.hpp"
#include <chainsim/graph/lookup.hpp>
#include <chainsim/study/trace_report.hpp>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <filesystem>
#include <memory>

namespace chainsim::cli {

namespace {

struct Options {
    Common common;
    std::filesystem::path scenario;
    std::string from;
    std::string to;
    int year = 0;
};

void trace(const Options& options) {
    const auto study = study::open(options.scenario);
    const int year = options.year != 0 ? options.year : study.scenario().years.back();
    study::TraceReport report;
    try {
        report = study::trace(study, year, options.from, options.to);
    } catch (const graph::UnknownCommodity& error) {
        throw Stop(Exit::bad_input, error.what());
    }
    if (!options.to.empty() && report.trace.from.id == report.trace.to.id) {
        throw Stop(
            Exit::bad_input,
            fmt::format("'{}' and '{}' are one and the same, {}: name two, or leave --to out "
                        "to list all that it is made into",
                        options.from, options.to, report.trace.from.id));
    }
    if (options.common.json) {
        print(study::trace_json(study, report));
    } else if (!options.common.quiet) {
        print(study::trace_text(study, report, options.common.chosen_language(), terminal_width()));
    }
    if (study::is_absent(report)) {
        throw Stop(Exit::nothing_found,
                   options.to.empty()
                       ? fmt::format("nothing is made of '{}'", options.from)
                       : fmt::format("no chain leads from '{}' to '{}'{}", options.from, options.to,
                                     report.trace.reverse ? ", but one leads back" : ""));
    }
}

} // namespace

Action add_trace(CLI::App& program) {
    auto options = std::make_shared<Options>(); // owned by the action that it is returned in
    auto* command =
        program.add_subcommand("trace", "Tell how two commodities belong together in the chain");
    command->add_option("SCENARIO", options->scenario, "Scenario file, or the folder of a run")
        ->required()
        ->check(CLI::ExistingPath);
    command->add_option("--from", options->from, "Commodity or family: id, alias or name")
        ->required();
    command->add_option("--to", options->to,
                        "Commodity or family; without it, all that is made of --from");
    command->add_option("--year", options->year, "Year (default: the last of the scenario)")
        ->check(CLI::Range(1900, 2200));
    add_common(*command, options->common,
               "chainsim trace scenarios/hainan/plan_2025.yaml --from coal_tar --to 炭黑");
    return [options] { trace(*options); };
}

} // namespace chainsim::cli
