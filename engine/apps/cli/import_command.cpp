#include "command.hpp"
#include <chainsim/io/file.hpp>
#include <chainsim/sheets/sheets.hpp>
#include <chainsim/study/study.hpp>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <filesystem>
#include <memory>
#include <system_error>
#include <utility>

namespace chainsim::cli {

namespace {

namespace fs = std::filesystem;

struct ImportOptions {
    Common common;
    fs::path sheets;
    fs::path target;
};

/// A folder that is gone when nobody has moved it to its place.
class Draft {
public:
    explicit Draft(fs::path folder) : folder_(std::move(folder)) {
        fs::remove_all(folder_);
        fs::create_directories(folder_);
    }
    ~Draft() {
        std::error_code ignored; // what is left behind is in nobody's way
        fs::remove_all(folder_, ignored);
    }
    Draft(const Draft&) = delete;
    Draft& operator=(const Draft&) = delete;
    Draft(Draft&&) = delete;
    Draft& operator=(Draft&&) = delete;

    [[nodiscard]] const fs::path& folder() const { return folder_; }
    void move_to(const fs::path& place) const { fs::rename(folder_, place); }

private:
    fs::path folder_;
};

/// Written beside the target, read as any scenario is, and put in its place if nothing is wrong.
void import_sheets(const ImportOptions& options) {
    const auto folder =
        fs::is_directory(options.sheets) ? options.sheets : options.sheets.parent_path();
    if (fs::exists(options.target) && !fs::is_empty(options.target)) {
        throw Stop(Exit::bad_input,
                   fmt::format("'{}' is there and holds something: import into a new folder",
                               options.target.string()));
    }
    const auto imported = sheets::from_sheets(folder.empty() ? fs::path(".") : folder);
    try {
        auto beside = fs::absolute(options.target).lexically_normal();
        if (!beside.has_filename()) { // "mine/"
            beside = beside.parent_path();
        }
        const auto target = beside;
        const Draft draft(beside += ".part");
        for (const auto& file : imported.files) {
            const auto path = draft.folder() / file.path;
            fs::create_directories(path.parent_path());
            io::write_file(path, file.text);
        }
        try {
            (void)study::open(draft.folder() / imported.main_input); // whether it can be read
        } catch (const InputError& error) {
            throw InputError(imported.of_cells(error.diagnostics()));
        }
        fs::remove(target); // an empty folder
        draft.move_to(target);
    } catch (const fs::filesystem_error& error) {
        throw Stop(Exit::internal, fmt::format("cannot write '{}': {}", options.target.string(),
                                               error.code().message()));
    }
    tell(options.common, fmt::format("wrote {} files; the scenario is {}", imported.files.size(),
                                     (options.target / imported.main_input).string()));
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
    return [options] { import_sheets(*options); };
}

} // namespace chainsim::cli
