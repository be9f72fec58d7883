#include "page_command.hpp"
#include <chainsim/study/report.hpp>

#include <CLI/CLI.hpp>

#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

namespace chainsim::cli {

namespace {

struct ReportOptions {
    PageOptions page;
    std::vector<std::filesystem::path> runs;
    int year = 0; ///< 0: as the report chooses
};

} // namespace

Action add_report(CLI::App& program) {
    auto options = std::make_shared<ReportOptions>(); // owned by the action that it is returned in
    auto* command = program.add_subcommand(
        "report", "Write the two-page report on a run, beside others if they are named");
    command
        ->add_option("RUN", options->runs,
                     "Scenario file, or the folder of a run; further ones are compared with it")
        ->required()
        ->check(CLI::ExistingPath);
    add_year(*command, options->year,
             "Year to report on (default: the last with a target of the dual control)");
    add_form_options(*command, options->page,
                     "chainsim report scenarios/hainan/plan_2025.yaml -o report.html --lang zh");
    return [options] {
        std::vector<study::Study> studies;
        studies.reserve(options->runs.size());
        for (const auto& run : options->runs) {
            studies.push_back(study::open(run));
        }
        show(options->page,
             study::report_page(studies,
                                options->year == 0 ? std::nullopt : std::optional(options->year)));
    };
}

} // namespace chainsim::cli
