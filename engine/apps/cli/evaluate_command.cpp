#include "page_command.hpp"
#include <chainsim/study/evaluation.hpp>

#include <CLI/CLI.hpp>

#include <filesystem>
#include <memory>

namespace chainsim::cli {

namespace {

struct EvaluateOptions {
    PageOptions page;
    int year = 0;
    std::filesystem::path actuals;
};

} // namespace

Action add_evaluate(CLI::App& program) {
    auto options =
        std::make_shared<EvaluateOptions>(); // owned by the action that it is returned in
    auto* command = program.add_subcommand(
        "evaluate", "Evaluate a plan in a year: target, due, actual, rate, gap and causes");
    add_year(*command, options->year, "Year to evaluate", true);
    add_actuals_option(*command, options->actuals);
    add_page_options(*command, options->page,
                     "chainsim evaluate scenarios/tutorial/desk_2030.yaml --year 2025 --lang zh");
    return [options] {
        const auto& page = options->page;
        const auto study = open_with_actuals(page.scenario, options->actuals);
        show(page, study::evaluation_page(study, study::evaluate_plan(study, options->year)));
    };
}

} // namespace chainsim::cli
