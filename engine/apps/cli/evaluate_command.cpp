#include "page_command.hpp"
#include <chainsim/study/evaluation.hpp>

#include <CLI/CLI.hpp>

#include <filesystem>
#include <memory>
#include <optional>

namespace chainsim::cli {

namespace {

struct EvaluateOptions {
    PageOptions page;
    int year = 0;
    std::filesystem::path actuals;
};

} // namespace

Action add_evaluate(CLI::App& program) {
    constexpr int first_year = 1900;
    constexpr int last_year = 2200;
    auto options =
        std::make_shared<EvaluateOptions>(); // owned by the action that it is returned in
    auto* command = program.add_subcommand(
        "evaluate", "Evaluate a plan in a year: target, due, actual, rate, gap and causes");
    command->add_option("--year", options->year, "Year to evaluate")
        ->required()
        ->check(CLI::Range(first_year, last_year));
    command
        ->add_option("--actuals", options->actuals,
                     "CSV of the statistics (default: actuals.csv beside the scenario, if there)")
        ->check(CLI::ExistingFile);
    add_page_options(*command, options->page,
                     "chainsim evaluate scenarios/tutorial/desk_2030.yaml --year 2025 --lang zh");
    return [options] {
        const auto& page = options->page;
        const auto study = study::open(page.scenario);
        const auto beside = page.scenario.parent_path() / "actuals.csv";
        const auto file = !options->actuals.empty()         ? options->actuals
                          : std::filesystem::exists(beside) ? beside
                                                            : std::filesystem::path{};
        std::optional<study::Actuals> actuals;
        if (!file.empty()) {
            actuals = study::read_actuals(file, study.scenario());
        }
        show(page,
             study::evaluation_page(study, study::evaluate_plan(study, actuals, options->year)));
    };
}

} // namespace chainsim::cli
