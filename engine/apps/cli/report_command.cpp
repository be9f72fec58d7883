#include "page_command.hpp"
#include <chainsim/io/file.hpp>
#include <chainsim/study/report.hpp>
#include <chainsim/view/folders_view.hpp>
#include <chainsim/view/view.hpp>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

namespace chainsim::cli {

namespace {

namespace fs = std::filesystem;

struct ReportOptions {
    PageOptions page;
    std::vector<fs::path> runs;
    int year = 0; ///< 0: as the report chooses
    bool two_pages = false;
};

/// Scenarios and runs apart from folders of plans and of draws.
view::ViewRequest request_of(const ReportOptions& options) {
    view::ViewRequest request;
    for (const auto& path : options.runs) {
        switch (fs::is_directory(path) ? view::kind_of(path) : view::FolderKind::other) {
        case view::FolderKind::front:
            request.fronts.push_back(path);
            break;
        case view::FolderKind::sample:
            request.samples.push_back(path);
            break;
        default:
            request.studies.push_back(study::open(path));
        }
    }
    if (request.studies.empty()) {
        throw Stop(Exit::bad_input, "a report is of a scenario or a run: name one besides");
    }
    if (options.year != 0) {
        request.year = options.year;
    }
    request.language = options.page.common.chosen_language();
    return request;
}

/// Beside the figures of a run, or in the current folder under the name of the scenario.
fs::path default_file(const ReportOptions& options, const view::ViewRequest& request) {
    for (const auto& path : options.runs) {
        if (fs::is_directory(path) && view::kind_of(path) == view::FolderKind::run) {
            return path / "report.html";
        }
    }
    return request.studies.front().scenario().id + ".html";
}

void write_page(const ReportOptions& options, const view::ViewRequest& request) {
    const auto& named = options.page.output;
    const auto file = named.empty() ? default_file(options, request) : named;
    io::write_file(file, view::report_html(request));
    tell(options.page.common, fmt::format("written: {}", file.string()));
}

} // namespace

Action add_report(CLI::App& program) {
    auto options = std::make_shared<ReportOptions>(); // owned by the action that it is returned in
    auto* command = program.add_subcommand(
        "report", "Write one HTML file that shows a run, beside others if they are named");
    command
        ->add_option(
            "RUN", options->runs,
            "Scenario file, or the folder of a run; further ones are compared with it, and "
            "folders of `optimise --pareto` and `sample` are shown as well")
        ->required()
        ->check(CLI::ExistingPath);
    add_year(*command, options->year,
             "Year to report on (default: the last with a target of the dual control)");
    command->add_flag(
        "--two-pages", options->two_pages,
        "The report of two pages alone (两页报告): as text, .html to print, or .xlsx");
    add_form_options(*command, options->page,
                     "chainsim report scenarios/hainan/plan_2025.yaml -o report.html --lang zh");
    return [options] {
        const auto request = request_of(*options);
        const auto& page = options->page;
        const bool is_form = options->two_pages || page.common.json || !page.cell.empty() ||
                             page.output.extension() == ".xlsx";
        if (!is_form) {
            write_page(*options, request);
            return;
        }
        show(page, study::report_page(request.studies, request.year));
    };
}

} // namespace chainsim::cli
