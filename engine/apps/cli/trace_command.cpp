#include "command.hpp"
#include <chainsim/graph/lookup.hpp>
#include <chainsim/study/trace_report.hpp>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <memory>

namespace chainsim::cli {

namespace {

struct TraceOptions {
    YearQuestion question;
    std::string from;
    std::string to;
};

void trace(const TraceOptions& options) {
    const auto study = study::open(options.question.scenario);
    const int year = options.question.year_of(study);
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
    answer(
        options.question.common, [&] { return study::trace_json(study, report); },
        [&](table::Language language, std::size_t width) {
            return study::trace_text(study, report, language, width);
        });
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
    auto options = std::make_shared<TraceOptions>(); // owned by the action that it is returned in
    auto* command =
        program.add_subcommand("trace", "Tell how two commodities belong together in the chain");
    add_year_question(*command, options->question);
    command->add_option("--from", options->from, "Commodity or family: id, alias or name")
        ->required();
    command->add_option("--to", options->to,
                        "Commodity or family; without it, all that is made of --from");
    add_common(*command, options->question.common,
               "chainsim trace scenarios/hainan/plan_2025.yaml --from coal_tar --to 炭黑");
    return [options] { trace(*options); };
}

} // namespace chainsim::cli
