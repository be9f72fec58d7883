#include "command.hpp"
#include <chainsim/study/gap_report.hpp>

#include <CLI/CLI.hpp>

#include <cstddef>
#include <memory>
#include <string>

namespace chainsim::cli {

namespace {

struct GapsOptions {
    YearQuestion question;
    std::size_t top = 0;
    std::string by = "value_per_tce";
};

void gaps(const GapsOptions& options) {
    const auto study = study::open(options.question.scenario);
    const int year = options.question.year_of(study);
    const auto order = study::to_gap_order(options.by); // one of the three, as the parser saw to
    const auto report = study::gaps(study, year, order.value_or(analysis::GapOrder::value_per_tce));
    if (report.failure) {
        throw Stop(Exit::no_solution, report.failure->message);
    }
    answer(
        options.question.common, [&] { return study::gaps_json(study, report, options.top); },
        [&](table::Language language, std::size_t width) {
            return study::gaps_text(study, report, language, width, options.top);
        });
}

} // namespace

Action add_gaps(CLI::App& program) {
    auto options = std::make_shared<GapsOptions>(); // owned by the action that it is returned in
    auto* command = program.add_subcommand(
        "gaps", "Find what leaves raw or is bought while a process could take or make it");
    add_year_question(*command, options->question);
    command->add_option("--by", options->by, "Rank by value_per_tce, value or tonnage")
        ->check(CLI::IsMember({"value_per_tce", "value", "tonnage"}))
        ->capture_default_str();
    command
        ->add_option("--top", options->top,
                     "Most gaps to show (default: 15 of each kind in a table, all with --json)")
        ->check(CLI::PositiveNumber);
    add_common(*command, options->question.common,
               "chainsim gaps scenarios/hainan/plan_2025.yaml --by value --lang zh");
    return [options] { gaps(*options); };
}

} // namespace chainsim::cli
