#include "command.hpp"
#include <chainsim/study/exchange.hpp>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <filesystem>
#include <memory>
#include <system_error>

namespace chainsim::cli {

namespace {

namespace fs = std::filesystem;

struct ImportOptions {
    Common common;
    fs::path sheets;
    fs::path target;
};

void import_tables(const ImportOptions& options) {
    const auto named =
        fs::is_directory(options.sheets) ? options.sheets : options.sheets.parent_path();
    std::error_code ignored; // what cannot be looked into, cannot be written either
    if (fs::exists(options.target, ignored) && !fs::is_empty(options.target, ignored)) {
        throw Stop(Exit::bad_input,
                   fmt::format("'{}' is there and holds something: import into a new folder",
                               options.target.string()));
    }
    study::ImportedDistrict imported;
    try {
        imported = study::import_sheets(named.empty() ? fs::path(".") : named, options.target);
    } catch (const IoError& error) {
        throw Stop(Exit::bad_input, error.what());
    }
    tell(options.common, fmt::format("wrote {} files; the scenario is {}", imported.files,
                                     imported.scenario.string()));
}

} // namespace

Action add_import(CLI::App& program) {
    auto options = std::make_shared<ImportOptions>(); // owned by the action that it is returned in
    auto* command = program.add_subcommand(
        "import", "Make a district of tables that `export --format sheets` wrote");
    command->add_option("SHEETS", options->sheets, "Folder of the tables, or its files.csv")
        ->required()
        ->check(CLI::ExistingPath);
    command->add_option("-o,--output", options->target, "New folder for the files")
        ->required()
        ->check(refuse_empty);
    add_common(*command, options->common,
               "chainsim export scenarios/tutorial/base_2025.yaml --format sheets -o tables\n"
               "  chainsim import tables -o mine");
    return [options] { import_tables(*options); };
}

} // namespace chainsim::cli
