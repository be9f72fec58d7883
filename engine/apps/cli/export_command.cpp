#include "command.hpp"
#include <chainsim/graph/graphviz.hpp>
#include <chainsim/io/csv.hpp>
#include <chainsim/io/file.hpp>
#include <chainsim/study/exchange.hpp>
#include <chainsim/study/optimisation.hpp>
#include <chainsim/study/study.hpp>
#include <chainsim/study/workbook.hpp>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace chainsim::cli {

namespace {

struct ExportOptions {
    Common common;
    std::filesystem::path scenario;
    std::filesystem::path target;
    std::string format;
    int year = 0;
    bool byte_order_mark = false;
    bool everything = false;
};

/// Writes the files into the target folder.
void write(const std::vector<study::ExportedFile>& files, const std::filesystem::path& target) {
    try {
        std::filesystem::create_directories(target);
        for (const auto& file : files) {
            std::filesystem::create_directories((target / file.name).parent_path());
            io::write_file(target / file.name, file.text);
        }
    } catch (const IoError& error) {
        throw Stop(Exit::internal, error.what());
    } catch (const std::filesystem::filesystem_error& error) {
        throw Stop(Exit::internal,
                   fmt::format("cannot make '{}': {}", target.string(), error.code().message()));
    }
}

/// One file: to standard output, or where `-o` says.
void write_one(const ExportOptions& options, const study::ExportedFile& file) {
    if (options.target.empty()) {
        print(file.text);
        return;
    }
    try {
        io::write_file(options.target, file.text);
    } catch (const IoError& error) {
        throw Stop(Exit::internal, error.what());
    }
    tell(options.common, fmt::format("wrote {}", options.target.string()));
}

/// What is no text is written to a file, and only its path is told.
void write_binary(const ExportOptions& options, const study::Study& study) {
    const bool is_book = options.format == "xlsx";
    const std::string ending = is_book ? ".xlsx" : ".nc";
    if (options.common.json) {
        throw Stop(Exit::bad_input, fmt::format("a {} is no JSON; write it with -o FILE{}",
                                                is_book ? "workbook" : "netCDF file", ending));
    }
    const auto run = study.run();
    if (const auto& failure = run.failure()) {
        throw Stop(Exit::no_solution, failure->message);
    }
    const auto target = options.target.empty()
                            ? std::filesystem::path("runs") / (study.scenario().id + ending)
                            : options.target;
    try {
        if (target.has_parent_path()) {
            std::filesystem::create_directories(target.parent_path());
        }
        if (is_book) {
            study::write_workbook(run, target, options.common.chosen_language());
        } else {
            study::export_netcdf(run, target);
        }
    } catch (const IoError& error) {
        throw Stop(Exit::internal, error.what());
    } catch (const std::filesystem::filesystem_error& error) {
        throw Stop(Exit::internal,
                   fmt::format("cannot make '{}': {}", target.string(), error.code().message()));
    }
    tell(options.common, fmt::format("wrote {}", target.string()));
}

/// What `optimise` decides with, for other solvers.
study::ExportedFile program_of(const ExportOptions& options, const study::Study& study) {
    study::OptimiseRequest request;
    request.scenario = options.scenario;
    return {study.scenario().id + ".mps", study::Optimisation(std::move(request)).mps()};
}

void write_format(const ExportOptions& options) {
    const auto study = study::open(options.scenario);
    const int year = options.year != 0 ? options.year : study.scenario().years.back();
    if (options.format == "xlsx" || options.format == "netcdf") {
        write_binary(options, study);
        return;
    }
    std::vector<study::ExportedFile> files;
    const auto language = options.common.chosen_language();
    if (options.format == "dot") {
        files = study::export_dot(study, year, language, options.everything);
    } else if (options.format == "sheets") {
        files = study::export_sheets(study, options.byte_order_mark);
    } else if (options.format == "mps") {
        files.push_back(program_of(options, study));
    } else if (options.format == "mtx") {
        files = study::export_matrices(study, year);
    } else {
        const auto run = study.run();
        if (const auto& failure = run.failure()) {
            throw Stop(Exit::no_solution, failure->message);
        }
        files = study::export_csv(run, options.byte_order_mark);
    }
    if (options.common.json) {
        print(study::export_json(files));
        return;
    }
    if (options.format == "dot" || options.format == "mps") {
        write_one(options, files.front());
        return;
    }
    const auto target = options.target.empty() ? std::filesystem::path("runs") /
                                                     (study.scenario().id + "-" + options.format)
                                               : options.target;
    write(files, target);
    for (const auto& file : files) {
        tell(options.common, fmt::format("wrote {}", (target / file.name).string()));
    }
}

} // namespace

Action add_export(CLI::App& program) {
    auto options = std::make_shared<ExportOptions>(); // owned by the action that it is returned in
    auto* command = program.add_subcommand(
        "export", "Write a scenario as tables, matrices or a drawing for other programs");
    command->add_option("SCENARIO", options->scenario, "Scenario file, or the folder of a run")
        ->required()
        ->check(CLI::ExistingPath);
    command
        ->add_option(
            "--format", options->format,
            "csv: the tables of a run; xlsx: a workbook to file, with the energy balance, the "
            "accounts, policies and projects; sheets: all input files as tables to be changed in a "
            "spreadsheet, for `import`; netcdf: arrays "
            "with named dimensions; mtx: the matrices A and Q (Matrix Market) with what "
            "their rows and columns are; mps: the mixed-integer program of `optimise`, which "
            "takes the answer of another solver (`--read-solution`); dot: a drawing for GraphViz")
        ->required()
        ->check(CLI::IsMember({"csv", "xlsx", "sheets", "netcdf", "mtx", "mps", "dot"}));
    command
        ->add_option(
            "-o,--output", options->target,
            "Folder (default: runs/ID-FORMAT); of dot, mps, xlsx and netcdf, a file (default: "
            "standard output, runs/ID.xlsx, runs/ID.nc)")
        ->check(refuse_empty);
    command->add_option("--year", options->year, "Year (default: the last of the scenario)")
        ->check(CLI::Range(1900, 2200));
    command->add_flag("--bom", options->byte_order_mark,
                      "Begin CSV files with a byte order mark, for spreadsheets");
    command->add_flag("--all", options->everything,
                      "Draw utilities, emissions and what is free as well");
    add_common(*command, options->common,
               "chainsim export scenarios/hainan/plan_2025.yaml --format dot | dot -Tsvg > "
               "chain.svg");
    return [options] { write_format(*options); };
}

} // namespace chainsim::cli
