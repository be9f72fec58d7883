#include "page_command.hpp"
#include <chainsim/study/card.hpp>

#include <CLI/CLI.hpp>

#include <memory>
#include <string>

namespace chainsim::cli {

namespace {

struct CardOptions {
    PageOptions page;
    std::string project;
};

} // namespace

Action add_card(CLI::App& program) {
    auto options = std::make_shared<CardOptions>(); // owned by the action that it is returned in
    auto* command = program.add_subcommand(
        "card", "Fill the energy-review card of a project: access, energy, carbon, water, money");
    command->add_option("--project", options->project, "Id of the project")
        ->required()
        ->check(refuse_empty);
    add_page_options(*command, options->page,
                     "chainsim card scenarios/tutorial/desk_2030.yaml --project gas_to_methanol "
                     "-o card.html --lang zh");
    return [options] {
        const auto study = study::open(options->page.scenario);
        show(options->page, study::card_page(study, options->project));
    };
}

} // namespace chainsim::cli
