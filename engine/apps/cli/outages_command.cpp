#include "command.hpp"
#include <chainsim/study/outage_report.hpp>

#include <CLI/CLI.hpp>

#include <cstddef>
#include <memory>

namespace chainsim::cli {

namespace {

struct OutagesOptions {
    YearQuestion question;
    std::size_t top = 0;
};

void outages(const OutagesOptions& options) {
    const auto study = study::open(options.question.scenario);
    const int year = options.question.year_of(study);
    const auto report = study::outages(study, year);
    if (report.failure) {
        throw Stop(Exit::no_solution, report.failure->message);
    }
    answer(
        options.question.common, [&] { return study::outages_json(study, report, options.top); },
        [&](table::Language language, std::size_t width) {
            return study::outages_text(study, report, language, width, options.top);
        });
}

} // namespace

Action add_outages(CLI::App& program) {
    auto options = std::make_shared<OutagesOptions>(); // owned by the action that it is returned in
    auto* command = program.add_subcommand(
        "outages", "Take each running facility off for a year and tell what its loss costs");
    add_year_question(*command, options->question);
    command
        ->add_option("--top", options->top,
                     "Most outages to show (default: 20 in a table, all with --json)")
        ->check(CLI::PositiveNumber);
    add_common(*command, options->question.common,
               "chainsim outages scenarios/hainan/plan_2025.yaml --top 10 --lang zh");
    return [options] { outages(*options); };
}

} // namespace chainsim::cli
