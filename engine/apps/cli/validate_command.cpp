#include "command.hpp"
#include <chainsim/study/validation.hpp>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <filesystem>
#include <memory>
#include <set>
#include <vector>

namespace chainsim::cli {

namespace {

struct ValidateOptions {
    Common common;
    std::vector<std::filesystem::path> paths;
};

void validate(const ValidateOptions& options) {
    const auto found = study::validate(options.paths);
    if (options.common.json) {
        print(study::validation_json(found));
    } else if (!options.common.quiet) {
        print(study::validation_text(found, options.common.chosen_language(), terminal_width()));
    }
    if (found.problems.empty()) {
        return;
    }
    std::set<std::string> files;
    for (const auto& problem : found.problems) {
        files.insert(problem.where.file);
        tell(options.common, to_string(problem));
    }
    throw Stop(Exit::bad_input, fmt::format("{} problem{} in {} file{}", found.problems.size(),
                                            found.problems.size() == 1 ? "" : "s", files.size(),
                                            files.size() == 1 ? "" : "s"));
}

} // namespace

Action add_validate(CLI::App& program) {
    auto options =
        std::make_shared<ValidateOptions>(); // owned by the action that it is returned in
    auto* command = program.add_subcommand(
        "validate",
        "Read models and scenarios, report every problem, print the closure of recipes");
    command
        ->add_option("PATH", options->paths,
                     "Folders or files of models and scenarios, or folders of runs")
        ->required()
        ->check(CLI::ExistingPath);
    add_common(*command, options->common, "chainsim validate models scenarios");
    return [options] { validate(*options); };
}

} // namespace chainsim::cli
