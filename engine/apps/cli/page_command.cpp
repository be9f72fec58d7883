#include "page_command.hpp"

#include <chainsim/io/file.hpp>
#include <chainsim/load/load_actuals.hpp>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <cstddef>

namespace chainsim::cli {

void add_page_options(CLI::App& command, PageOptions& options, const std::string& example) {
    command.add_option("SCENARIO", options.scenario, "Scenario file, or the folder of a run")
        ->required()
        ->check(CLI::ExistingPath);
    add_form_options(command, options, example);
}

void add_form_options(CLI::App& command, PageOptions& options, const std::string& example) {
    command
        .add_option("--explain", options.cell,
                    "Tell how one cell was made, by PART.ROW.COLUMN as in the JSON")
        ->check(refuse_empty);
    command
        .add_option("-o,--output", options.output,
                    "Write FILE.html (to print on A4) or FILE.xlsx instead")
        ->check(refuse_empty);
    add_common(command, options.common, example);
}

void add_actuals_option(CLI::App& command, std::filesystem::path& file) {
    command
        .add_option("--actuals", file, "CSV of the statistics (default: what the scenario names)")
        ->check(CLI::ExistingFile);
}

study::Study open_with_actuals(const std::filesystem::path& scenario,
                               const std::filesystem::path& file) {
    auto study = study::open(scenario);
    return file.empty() ? study
                        : study::with_actuals(study, load::load_actuals(file, study.scenario()));
}

void show(const PageOptions& options, const study::Page& page) {
    const auto language = options.common.chosen_language();
    if (!options.cell.empty()) {
        const auto text = study::explain(page, options.cell, language);
        if (!options.common.quiet) {
            print(text);
        }
        return;
    }
    if (!options.output.empty()) {
        const auto kind = options.output.extension();
        if (kind == ".html") {
            io::write_file(options.output, study::page_html(page, language));
        } else if (kind == ".xlsx") {
            study::write_page_workbook(page, options.output, language);
        } else {
            throw Stop(Exit::bad_input,
                       fmt::format("'{}' is neither .html nor .xlsx", options.output.string()));
        }
        tell(options.common, fmt::format("written: {}", options.output.string()));
        if (!options.common.json) {
            return;
        }
    }
    answer(
        options.common, [&] { return study::page_json(page); },
        [&](table::Language chosen, std::size_t width) {
            return study::page_text(page, chosen, width);
        });
}

} // namespace chainsim::cli
