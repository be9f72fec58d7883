#include "command.hpp"
#include <chainsim/base/diagnostic.hpp>
#include <chainsim/economy/embedding.hpp>
#include <chainsim/input_output/report.hpp>
#include <chainsim/io/csv.hpp>
#include <chainsim/io/file.hpp>
#include <chainsim/parallel/executor.hpp>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <memory>
#include <system_error>
#include <vector>

namespace chainsim::cli {

namespace {

struct IoOptions {
    Common common;
    input_output::TableFiles files;
    input_output::TableOptions table;
    input_output::Question question;
    std::vector<std::string> households; ///< income, consumption
    std::filesystem::path ras_rows;
    std::filesystem::path ras_columns;
    std::vector<std::filesystem::path> scenarios;
    std::filesystem::path mapping;
    std::vector<int> years;
    economy::EmbeddingOptions embedding;
    std::filesystem::path folder;
    int threads = 0;
};

void make_folder(const std::filesystem::path& folder) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error) {
        throw IoError(
            fmt::format("cannot make the folder '{}': {}", folder.string(), error.message()));
    }
}

void check_usage(const IoOptions& options) {
    const auto refuse = [](const std::string& why) { throw Stop(Exit::bad_input, why); };
    if (options.files.flows.empty() == options.files.coefficients.empty()) {
        refuse("give either --Z, flows, or --A, coefficients (see --help)");
    }
    if (options.ras_rows.empty() != options.ras_columns.empty()) {
        refuse("balancing needs --ras-rows and --ras-columns");
    }
    if (!options.ras_rows.empty() && options.files.flows.empty()) {
        refuse("flows are balanced: give --Z");
    }
    if (options.scenarios.empty() != options.mapping.empty()) {
        refuse("--embed needs --mapping, which says what sectors its commodities are, and the "
               "other way round");
    }
    if (!options.question.paths_by.empty() && options.question.paths_of.empty()) {
        refuse("--of says what the paths count: give --paths too");
    }
}

/// Options that would have no effect are refused.
void check_effect(const CLI::App& command) {
    struct Needed {
        std::vector<const char*> options;
        const char* without;
        bool is_wanted; ///< that `without` is given; else that it is not
    };
    const std::vector<Needed> rules{
        {{"--cut-off", "--most"}, "--paths", true},
        {{"--year", "--money", "--value-added", "--jobs"}, "--embed", true},
        {{"--x", "--final-demand", "--demand", "--satellite", "--final-satellite", "--per-unit",
          "--tolerance", "--inverse", "--paths", "--households", "--embed"},
         "--ras-rows",
         false}};
    for (const auto& rule : rules) {
        if ((command.count(rule.without) > 0) == rule.is_wanted) {
            continue;
        }
        for (const auto* option : rule.options) {
            if (command.count(option) > 0) {
                throw Stop(Exit::bad_input,
                           rule.is_wanted
                               ? fmt::format("{} has no effect without {}", option, rule.without)
                               : fmt::format("{} has no effect on a table that is balanced "
                                             "({}): balance it with -o, then ask",
                                             option, rule.without));
            }
        }
    }
}

void balance(const IoOptions& options, const parallel::Executor& executor) {
    const auto flows = input_output::read_flows(options.files.flows, options.files.labels,
                                                options.ras_rows, options.ras_columns, executor);
    const auto balanced =
        input_output::balance(flows.values, flows.row_totals, flows.column_totals);
    const auto why = input_output::why_not(flows, balanced);
    if (why.empty() && !options.folder.empty()) {
        make_folder(options.folder);
        input_output::write_matrix(options.folder / "Z.csv", flows.rows, flows.columns,
                                   balanced.values, executor);
    }
    answer(
        options.common, [&] { return input_output::balance_json(flows, balanced); },
        [&](table::Language language, std::size_t width) {
            return why.empty() ? input_output::balance_text(flows, balanced, language, width)
                               : std::string{};
        });
    if (!why.empty()) {
        throw Stop(Exit::no_solution, why);
    }
}

std::vector<economy::Embedding> embed(const IoOptions& options,
                                      const input_output::Economy& economy) {
    std::vector<economy::Embedding> result;
    result.reserve(options.scenarios.size());
    auto how = options.embedding;
    if (!options.households.empty()) {
        how.households =
            input_output::Households{economy.table.satellite(options.households[0], "--households"),
                                     economy.table.category(options.households[1], "--households")};
    }
    for (const auto& scenario : options.scenarios) {
        const auto study = study::open(scenario, options.years);
        const auto mapping =
            economy::read_mapping(options.mapping, economy.table, study.scenario());
        result.push_back(economy::embed(economy, study, mapping, how));
    }
    return result;
}

void tell(const IoOptions& options, const parallel::Executor& executor) {
    const auto economy = input_output::read_economy(options.files, options.table, executor);
    const auto& named_in =
        options.files.flows.empty() ? options.files.coefficients : options.files.flows;
    const bool is_shown = options.common.json && economy.table.size() <= input_output::most_shown;
    if (options.question.inverse && options.folder.empty() && !is_shown) {
        throw Stop(Exit::bad_input,
                   fmt::format("--inverse writes L.csv and G.csv: give -o, or --json of a table of "
                               "at most {} sectors",
                               input_output::most_shown));
    }
    const auto report = input_output::make_report(economy, options.question, named_in);
    const auto embeddings = embed(options, economy);
    if (!options.folder.empty()) {
        input_output::write_report(report, options.folder, executor);
        if (!embeddings.empty()) {
            io::write_file(options.folder / "embedding.csv",
                           io::to_csv(economy::embedding_table(economy, embeddings)));
        }
    }
    answer(
        options.common,
        [&] {
            input_output::Members further;
            if (!embeddings.empty()) {
                std::string list;
                for (const auto& one : embeddings) {
                    list += (list.empty() ? "[" : ",") + economy::embedding_json(economy, one);
                }
                further.emplace_back("embedding", list + ']');
            }
            return input_output::report_json(report, further);
        },
        [&](table::Language language, std::size_t width) {
            auto text = input_output::report_text(report, language, width, options.folder.string());
            for (const auto& one : embeddings) {
                text += economy::embedding_text(economy, one, language, width);
            }
            return text;
        });
}

void run(const IoOptions& options) {
    check_usage(options);
    const parallel::Executor executor(options.threads);
    try {
        options.ras_rows.empty() ? tell(options, executor) : balance(options, executor);
    } catch (const input_output::NoAnswer& error) {
        throw Stop(Exit::no_solution, error.what());
    }
}

void add_table_options(CLI::App& command, IoOptions& options) {
    const auto file = [&command](const std::string& name, std::filesystem::path& to,
                                 const std::string& meaning) {
        return command.add_option(name, to, meaning)->check(CLI::ExistingFile);
    };
    auto& files = options.files;
    auto* const coefficients = file("--A", files.coefficients,
                                    "Input coefficients: CSV as pymrio or a spreadsheet writes "
                                    "it, or Matrix Market");
    file("--Z", files.flows, "Flows between sectors, likewise")->excludes(coefficients);
    file("--labels", files.labels,
         "Sectors of a Matrix Market file: CSV of `sector` or "
         "`region,sector`");
    file("--x", files.output, "Output of the sectors");
    file("--final-demand", files.final_demand,
         "Final demand Y: sectors by categories (of regions)");
    file("--demand", files.demand,
         "Demands to answer: sectors by questions; a sector left out is 0");
    file("--satellite", files.satellite, "Satellites F: value added, jobs, energy, CO2 by sectors");
    file("--final-satellite", files.final_satellite, "Satellites of final demand itself, F_Y");
    command.add_flag("--per-unit", options.table.per_unit,
                     "Satellites are per unit of output (so they are without any output)");
    command
        .add_option("--tolerance", options.table.tolerance,
                    "Share of its output by which a row may be out of balance (default 0.001)")
        ->check(CLI::Range(0.0, 1.0));
}

void add_questions(CLI::App& command, IoOptions& options) {
    auto& question = options.question;
    command.add_flag("--inverse", question.inverse,
                     "Make L, and G of Ghosh: L.csv and G.csv with -o");
    command.add_option("--paths", question.paths_of, "Structural paths of a sector's final demand")
        ->check(refuse_empty);
    command.add_option("--of", question.paths_by, "What the paths count (default: output)")
        ->check(refuse_empty);
    command
        .add_option("--cut-off", question.cut_off,
                    "Share of the total below which a path is left out (default 0.001)")
        ->check(CLI::Range(1e-9, 1.0));
    command.add_option("--most", question.most_paths, "Paths that are listed (default 20)")
        ->check(CLI::Range(1, 100000));
    command
        .add_option("--households", options.households,
                    "Close the table by households (type II): the satellite that they earn, the "
                    "category that they spend")
        ->expected(2);
    command.add_option("--ras-rows", options.ras_rows, "Balance Z: totals of its rows")
        ->check(CLI::ExistingFile);
    command.add_option("--ras-columns", options.ras_columns, "Balance Z: totals of its columns")
        ->check(CLI::ExistingFile);
}

void add_embedding(CLI::App& command, IoOptions& options) {
    command
        .add_option("--embed", options.scenarios,
                    "Scenarios whose purchases and investment go through the table")
        ->check(CLI::ExistingPath);
    command
        .add_option("--mapping", options.mapping,
                    "CSV `kind,id,sector,share,local`: commodities and investment to sectors")
        ->check(CLI::ExistingFile);
    command.add_option("--year,--years", options.years, "Years of the scenarios")->delimiter(',');
    command
        .add_option("--money", options.embedding.money, "Unit of money of the table (default CNY)")
        ->check(refuse_empty);
    command
        .add_option("--value-added", options.embedding.value_added,
                    "Satellite that is value added (default value_added)")
        ->check(refuse_empty);
    command.add_option("--jobs", options.embedding.jobs, "Satellite that is jobs (default jobs)")
        ->check(refuse_empty);
    command.add_option("--threads", options.threads, "0: as many as there are cores (default)")
        ->check(CLI::Range(0, 1024));
    command.add_option("-o,--output", options.folder, "Folder for CSV files")->check(refuse_empty);
}

} // namespace

Action add_io(CLI::App& program) {
    auto options = std::make_shared<IoOptions>(); // owned by the action that it is returned in
    auto* command = program.add_subcommand(
        "io", "Input-output tables: output, multipliers, linkages, footprints, paths, balancing");
    add_table_options(*command, *options);
    add_questions(*command, *options);
    add_embedding(*command, *options);
    add_common(*command, options->common,
               "chainsim io --Z scenarios/region_table/Z.csv --final-demand "
               "scenarios/region_table/Y.csv \\\n"
               "      --satellite scenarios/region_table/F.csv --paths 建筑 --of jobs");
    return [options, command] {
        check_effect(*command);
        if (!options->households.empty()) {
            options->question.households_income = options->households[0];
            options->question.households_consumption = options->households[1];
        }
        run(*options);
    };
}

} // namespace chainsim::cli
