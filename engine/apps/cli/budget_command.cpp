#include "page_command.hpp"
#include <chainsim/study/budget.hpp>

#include <CLI/CLI.hpp>

#include <memory>

namespace chainsim::cli {

Action add_budget(CLI::App& program) {
    auto options = std::make_shared<PageOptions>(); // owned by the action that it is returned in
    auto* command = program.add_subcommand(
        "budget", "Tell what of the energy and carbon budget each year leaves, project by project");
    add_page_options(*command, *options,
                     "chainsim budget scenarios/tutorial/desk_2030.yaml --lang zh");
    return [options] {
        const auto study = study::open(options->scenario);
        show(*options, study::budget_page(study, study::budgets(study)));
    };
}

} // namespace chainsim::cli
