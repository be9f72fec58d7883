#include "command.hpp"
#include <chainsim/study/starter.hpp>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <filesystem>
#include <memory>
#include <system_error>

namespace chainsim::cli {

namespace {

namespace fs = std::filesystem;

struct NewOptions {
    Common common;
    fs::path target;
    fs::path models;
};

/// The models that belong to this program: those it is installed with, or of the sources that it
/// was built from, in `build/PRESET/chainsim`.
fs::path models_beside_program() {
    std::error_code error;
    const fs::path folder = fs::read_symlink("/proc/self/exe", error).parent_path();
    for (const char* data : {CHAINSIM_DATA_FROM_PROGRAM, "../.."}) {
        fs::path models = (folder / data / "models").lexically_normal();
        if (!error && fs::is_directory(models / "commodities", error)) {
            return models;
        }
        error.clear();
    }
    throw Stop(Exit::bad_input,
               fmt::format("no models beside the program in '{}': name their folder with --models",
                           folder.string()));
}

void write_new(const NewOptions& options) {
    const fs::path models = options.models.empty() ? models_beside_program() : options.models;
    try {
        study::check_starter_target(options.target, models);
    } catch (const IoError& error) {
        throw Stop(Exit::bad_input, error.what());
    }
    study::Starter starter;
    try {
        starter = study::write_starter(options.target, models);
    } catch (const IoError& error) {
        throw Stop(Exit::internal, error.what());
    }
    if (options.common.json) {
        print(study::starter_json(starter));
    } else if (!options.common.quiet) {
        print(study::starter_text(starter, options.common.chosen_language()));
    }
}

} // namespace

Action add_new(CLI::App& program) {
    auto options = std::make_shared<NewOptions>(); // owned by the action that it is returned in
    auto* command = program.add_subcommand(
        "new", "Write a commented starter district, invented, to begin with elsewhere");
    command->add_option("DIR", options->target, "Folder to write, new or empty")
        ->required()
        ->check(refuse_empty);
    command
        ->add_option("--models", options->models,
                     "Folder of the models (default: the one that belongs to the program)")
        ->check(CLI::ExistingDirectory);
    add_common(*command, options->common, "chainsim new districts/mine --lang zh");
    return [options] { write_new(*options); };
}

} // namespace chainsim::cli
