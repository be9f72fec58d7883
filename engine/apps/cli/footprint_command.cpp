#include "page_command.hpp"
#include <chainsim/graph/lookup.hpp>
#include <chainsim/study/footprint.hpp>

#include <CLI/CLI.hpp>

#include <memory>
#include <string>

namespace chainsim::cli {

namespace {

struct FootprintArguments {
    PageOptions page;
    std::string allocation = "substitution";
    double smallest = 1.0; // per cent
    study::FootprintRequest request;
};

void show_footprint(FootprintArguments& arguments) {
    constexpr double per_cent = 100.0;
    auto& request = arguments.request;
    request.allocation =
        footprint::to_allocation(arguments.allocation)
            .value_or(footprint::Allocation::substitution); // the option takes no other word
    request.tree.smallest = arguments.smallest / per_cent;
    const auto study = study::open(arguments.page.scenario);
    study::FootprintReport report;
    try {
        report = study::footprint(study, request);
    } catch (const graph::UnknownCommodity& error) {
        throw Stop(Exit::bad_input, error.what());
    }
    const auto& options = arguments.page;
    if (options.common.json && options.cell.empty() && options.output.empty()) {
        answer(
            options.common, [&] { return study::footprint_json(study, report); },
            [](table::Language, std::size_t) { return std::string(); });
        return;
    }
    show(options, study::footprint_page(study, report));
}

} // namespace

Action add_footprint(CLI::App& program) {
    auto arguments = std::make_shared<FootprintArguments>(); // owned by the action
    auto& request = arguments->request;
    auto* command = program.add_subcommand(
        "footprint", "Tell what a unit of a commodity takes and burdens, from cradle to gate");
    command->add_option("--of", request.commodity, "Commodity: id, alias or name")
        ->required()
        ->check(refuse_empty);
    command
        ->add_option("--allocation", arguments->allocation,
                     "How coproducts share: substitution (default), mass, energy, economic, carbon")
        ->check(CLI::IsMember({"substitution", "mass", "energy", "economic", "carbon"}));
    command
        ->add_option("--burden", request.burden,
                     "What the tree tells of: energy (default), co2, water, cost, or an id")
        ->check(refuse_empty);
    command
        ->add_option("--route", request.routes,
                     "Ways to set against each other: processes or plants, or bought")
        ->delimiter(',');
    add_year(*command, request.year, "Year (default: the last of the scenario)");
    command->add_option("--paths", request.paths, "Ways to list (default: 10)")
        ->check(CLI::Range(1, 1000));
    command->add_option("--depth", request.tree.depth, "Levels of the tree (default: 6)")
        ->check(CLI::Range(1, 50));
    command
        ->add_option("--smallest", arguments->smallest,
                     "Per cent of the whole below which parts are not shown (default: 1)")
        ->check(CLI::Range(0.0, 100.0));
    add_page_options(*command, arguments->page,
                     "chainsim footprint scenarios/hainan/plan_2025.yaml --of pvc --burden co2");
    return [arguments] { show_footprint(*arguments); };
}

} // namespace chainsim::cli
