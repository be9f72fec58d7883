#include "page_command.hpp"
#include <chainsim/study/card.hpp>

#include <CLI/CLI.hpp>

#include <memory>
#include <optional>
#include <string>

namespace chainsim::cli {

namespace {

struct CardOptions {
    PageOptions page;
    std::string project;
    int year = 0; ///< 0: as the card chooses
};

} // namespace

Action add_card(CLI::App& program) {
    auto options = std::make_shared<CardOptions>(); // owned by the action that it is returned in
    auto* command = program.add_subcommand(
        "card", "Fill the energy-review card of a project: access, energy, carbon, water, money");
    command->add_option("--project", options->project, "Id or name of the project")
        ->required()
        ->check(refuse_empty);
    add_year(*command, options->year,
             "Year to review (default: the last of a period in which it runs)");
    add_page_options(*command, options->page,
                     "chainsim card scenarios/tutorial/desk_2030.yaml --project gas_to_methanol "
                     "-o card.html --lang zh");
    return [options] {
        const auto study = study::open(options->page.scenario);
        show(options->page,
             study::card_page(study, options->project,
                              options->year == 0 ? std::nullopt : std::optional(options->year)));
    };
}

} // namespace chainsim::cli
