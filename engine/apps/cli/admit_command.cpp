#include "page_command.hpp"
#include <chainsim/study/admission.hpp>

#include <CLI/CLI.hpp>

#include <memory>

namespace chainsim::cli {

Action add_admit(CLI::App& program) {
    auto options = std::make_shared<PageOptions>(); // owned by the action that it is returned in
    auto* command = program.add_subcommand(
        "admit", "Hold projects against the norms of the park, and rank enterprises by their land");
    add_page_options(*command, *options,
                     "chainsim admit scenarios/hainan/plan_2025.yaml --lang zh");
    return [options] {
        const auto study = study::open(options->scenario);
        show(*options, study::admission_page(study::admissions(study)));
    };
}

} // namespace chainsim::cli
