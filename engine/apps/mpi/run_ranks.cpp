#include "commands.hpp"
#include "scenario_folder.hpp"
#include <chainsim/io/csv.hpp>
#include <chainsim/io/file.hpp>
#include <chainsim/table/table.hpp>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <map>
#include <memory>
#include <sstream>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace chainsim::ranks {

namespace fs = std::filesystem;
using cli::Exit;

namespace {

struct RunArguments {
    cli::Common common;
    fs::path folder;
    fs::path target = "runs";
    bool resume = false;
};

/// Names as one text, and back: none holds the end of a line, which a row of a table could not.
std::string joined(const std::vector<std::string>& names) {
    return fmt::format("{}", fmt::join(names, "\n"));
}

std::vector<std::string> split(const std::string& text) {
    std::vector<std::string> names;
    std::istringstream lines(text);
    for (std::string name; std::getline(lines, name);) {
        names.push_back(name);
    }
    return names;
}

/// On every rank what the first one finds, so that all mean the same by a number.
std::vector<std::string> files_of(const RunArguments& arguments, const Ranks& ranks) {
    std::vector<std::string> names;
    ranks.together([&] {
        if (!ranks.is_first()) {
            return;
        }
        names = scenario_files(arguments.folder);
        if (names.empty()) {
            throw cli::Stop(Exit::bad_input,
                            fmt::format("no scenario file (*.yaml with a line `scenario: ID`) "
                                        "stands in '{}'",
                                        arguments.folder.string()));
        }
        std::error_code error;
        fs::create_directories(arguments.target, error);
        if (error) {
            throw IoError(arguments.target.string() + ": " + error.message());
        }
    });
    return split(ranks.from_first(joined(names)));
}

/// Of two files with one id the second would replace the run of the first.
void refuse_same_ids(std::vector<Row>& rows) {
    std::map<std::string, std::string> owners;
    for (auto& row : rows) {
        if (row.outcome != "done") {
            continue;
        }
        const auto [owner, is_new] = owners.try_emplace(row.id, row.file);
        if (!is_new) {
            row.outcome = "bad_input";
            row.message = fmt::format("its id '{}' is that of {}", row.id, owner->second);
        }
    }
}

/// Reads every file, and on the first rank says which can be run.
std::vector<Row> read_all(const RunArguments& arguments, const Ranks& ranks,
                          const std::vector<std::string>& files) {
    std::vector<Row> rows;
    rows.reserve(files.size());
    ranks.share(
        {0, static_cast<std::int64_t>(files.size()), 1},
        [&](std::int64_t job, int /*worker*/) {
            return to_text(read_scenario(arguments.folder / files[static_cast<std::size_t>(job)]));
        },
        [&](std::int64_t /*job*/, const std::string& text) {
            rows.push_back(to_row(text));
            return true;
        });
    refuse_same_ids(rows);
    return rows;
}

void write(const std::vector<Row>& rows, const fs::path& folder) {
    table::Table table("runs", {table::text_column("file"), table::text_column("id"),
                                table::text_column("outcome"), table::text_column("message")});
    for (const auto& row : rows) {
        table.append({row.file, row.id, row.outcome, row.message});
    }
    const fs::path partial = folder / "runs.csv.partial";
    io::write_file(partial, io::to_csv(table));
    std::error_code error;
    fs::rename(partial, folder / "runs.csv", error);
    if (error) {
        throw IoError((folder / "runs.csv").string() + ": " + error.message());
    }
}

/// Ends with the gravest of what happened.  Errors  Stop, unless all are done.
void conclude(const std::vector<Row>& rows) {
    struct Kind {
        std::string_view outcome;
        std::string_view text;
        Exit exit;
    };
    static constexpr std::array<Kind, 4> kinds{
        {{"failed", "failed", Exit::internal},
         {"bad_input", "with bad input", Exit::bad_input},
         {"no_solution", "without a solution", Exit::no_solution},
         {"missed", "that miss a hard policy", Exit::nothing_found}}};
    Exit exit = Exit::done;
    std::vector<std::string> parts;
    for (const auto& kind : kinds) {
        const auto count = std::count_if(
            rows.begin(), rows.end(), [&](const auto& row) { return row.outcome == kind.outcome; });
        if (count > 0) {
            exit = exit == Exit::done ? kind.exit : exit;
            parts.push_back(fmt::format("{} {}", count, kind.text));
        }
    }
    if (exit != Exit::done) {
        throw cli::Stop(exit,
                        fmt::format("of {} scenarios {}", rows.size(), fmt::join(parts, ", ")));
    }
}

void run(const RunArguments& arguments, const Ranks& ranks) {
    const auto files = files_of(arguments, ranks);
    auto rows = read_all(arguments, ranks, files);
    std::vector<std::string> ids; // empty for those that are not run
    ids.reserve(rows.size());
    for (const auto& row : rows) {
        ids.push_back(row.outcome == "done" ? row.id : "-");
    }
    ids = split(ranks.from_first(joined(ids)));
    ranks.share(
        {0, static_cast<std::int64_t>(files.size()), 1},
        [&](std::int64_t job, int /*worker*/) {
            const auto at = static_cast<std::size_t>(job);
            return ids[at] == "-"
                       ? std::string{}
                       : to_text(run_scenario(arguments.folder / files[at],
                                              arguments.target / ids[at], arguments.resume));
        },
        [&](std::int64_t job, const std::string& text) {
            auto& row = rows[static_cast<std::size_t>(job)];
            if (!text.empty()) {
                row = to_row(text);
            }
            if (row.outcome != "done") {
                cli::tell(arguments.common,
                          fmt::format("{}: {}: {}", row.file, row.outcome, row.message));
            }
            return true;
        });
    if (ranks.is_first()) {
        write(rows, arguments.target);
        cli::tell(arguments.common, (arguments.target / "runs.csv").string());
        conclude(rows);
    }
}

} // namespace

Action add_run(CLI::App& program) {
    auto arguments = std::make_shared<RunArguments>(); // owned by the action
    auto* command = program.add_subcommand(
        "run", "Run every scenario of a folder, each as `chainsim run` does, into DIR/ID");
    command->add_option("FOLDER", arguments->folder, "Folder of scenario files")
        ->required()
        ->check(CLI::ExistingDirectory);
    command
        ->add_option("-o,--output", arguments->target,
                     "Folder of the runs and of runs.csv (default: runs)")
        ->check(cli::refuse_empty);
    command->add_flag("--resume", arguments->resume,
                      "Keep the runs that stand there if the same inputs and engine made them");
    command->add_flag("--quiet", arguments->common.quiet, "No messages but the last error");
    command->footer("Example:\n  mpirun -n 9 chainsim_mpi run counties -o runs/counties");
    return [arguments](const Ranks& ranks) { run(*arguments, ranks); };
}

} // namespace chainsim::ranks
