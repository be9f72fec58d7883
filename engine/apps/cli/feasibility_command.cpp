#include "page_command.hpp"
#include <chainsim/study/feasibility.hpp>

#include <CLI/CLI.hpp>

#include <memory>
#include <optional>

namespace chainsim::cli {

namespace {

struct FeasibilityOptions {
    PageOptions page;
    int year = 0; ///< 0: the last of the scenario
};

} // namespace

Action add_feasibility(CLI::App& program) {
    auto options =
        std::make_shared<FeasibilityOptions>(); // owned by the action that it is returned in
    auto* command = program.add_subcommand(
        "feasibility",
        "Tell whether load, freight, land, storage and labour of the projects are there");
    add_year(*command, options->year, "Year to look at (default: the last)");
    add_page_options(*command, options->page,
                     "chainsim feasibility scenarios/tutorial/desk_2030.yaml --lang zh");
    return [options] {
        const auto study = study::open(options->page.scenario);
        const auto found = study::feasibility(
            study, options->year == 0 ? std::nullopt : std::optional(options->year));
        show(options->page, study::feasibility_page(study, found));
    };
}

} // namespace chainsim::cli
