#include "page_command.hpp"
#include <chainsim/study/outlook.hpp>

#include <CLI/CLI.hpp>

#include <filesystem>
#include <memory>
#include <optional>

namespace chainsim::cli {

namespace {

struct OutlookOptions {
    PageOptions page;
    int month = 0;
    int year = 0; ///< 0: the last of the statistics
    std::filesystem::path actuals;
};

void outlook(const OutlookOptions& options) {
    auto study = open_with_actuals(options.page.scenario, options.actuals);
    const auto beside = options.page.scenario.parent_path() / "actuals.csv";
    // An outlook is of the statistics: those beside a scenario that names none are meant.
    if (study.scenario().actuals.file.empty() && std::filesystem::is_regular_file(beside)) {
        study = open_with_actuals(options.page.scenario, beside);
    }
    if (study.scenario().actuals.figures.empty()) {
        throw Stop(Exit::bad_input, "no statistics: write them to 'actuals.csv' beside the "
                                    "scenario, as scenarios/tutorial has it, or name a file by "
                                    "--actuals");
    }
    const auto report = study::outlook(
        study, options.month, options.year == 0 ? std::nullopt : std::optional(options.year));
    show(options.page, study::outlook_page(study, report));
    if (!report.failure.empty()) {
        throw Stop(Exit::no_solution, report.failure);
    }
}

} // namespace

Action add_outlook(CLI::App& program) {
    auto options = std::make_shared<OutlookOptions>(); // owned by the action that it is returned in
    auto* command = program.add_subcommand(
        "outlook", "Tell where the year will end, from the statistics up to a month");
    command->add_option("--month", options->month, "The last month that counts as told")
        ->required()
        ->check(CLI::Range(1, 12));
    add_year(*command, options->year, "Year to tell (default: the last with a month)");
    add_actuals_option(*command, options->actuals);
    add_page_options(*command, options->page,
                     "chainsim outlook scenarios/tutorial/base_2025.yaml --month 9 --lang zh");
    return [options] { outlook(*options); };
}

} // namespace chainsim::cli
