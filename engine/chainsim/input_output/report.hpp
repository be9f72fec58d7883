#pragma once

#include <chainsim/input_output/footprints.hpp>
#include <chainsim/input_output/io_table.hpp>
#include <chainsim/input_output/multipliers.hpp>
#include <chainsim/input_output/paths.hpp>
#include <chainsim/input_output/ras.hpp>
#include <chainsim/parallel/executor.hpp>
#include <chainsim/table/language.hpp>
#include <chainsim/table/table.hpp>

#include <Eigen/Core>

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace chainsim::input_output {

/// What is asked of a table besides what is always told.
struct Question {
    std::string households_income{};      ///< satellite; empty: no type II
    std::string households_consumption{}; ///< category of final demand
    std::string paths_of{};               ///< sector; empty: no paths
    std::string paths_by{};               ///< satellite; empty: output
    double cut_off = 1e-3;
    std::size_t most_paths = 20;
    bool inverse = false; ///< L, and G where the output is known
};

/// All that is told of a table.
struct Report {
    const Economy* economy = nullptr; ///< outlives the report
    Multipliers multipliers;
    Linkages linkages;
    std::optional<Footprints> footprints;
    std::optional<PathOptions> path_options;
    std::optional<Paths> paths;
    Eigen::MatrixXd required; ///< output that each demand needs: sectors x demands
    Eigen::MatrixXd factors;  ///< satellites that it brings about: satellites x demands
    double residual = 0.0;    ///< largest |x - A x - y| over x of what was solved
    Eigen::MatrixXd inverse;  ///< L, if it was asked for
    Eigen::MatrixXd ghosh;    ///< G, likewise
};

/// Answers a question.
///
/// Errors  InputError naming what the table does not have, and the nearest that it has; also for L
///         of a sparse table of more than `most_inverted` sectors. NoAnswer.
[[nodiscard]] Report make_report(const Economy& economy, const Question& question,
                                 const std::filesystem::path& named_in = {});

/// Sectors of a sparse table whose inverse, which is dense, is still made.
inline constexpr Eigen::Index most_inverted = 5000;

/// Sectors of a table whose inverses the JSON document has; those of larger ones go into files
/// alone.
inline constexpr Eigen::Index most_shown = 200;

/// Further members of the JSON document: name, and value as JSON.
using Members = std::vector<std::pair<std::string, std::string>>;

/// One document of schema `chainsim.io/1`.
[[nodiscard]] std::string report_json(const Report& report, const Members& further = {});
/// For a terminal of `width` columns; 0: no limit. `whole_in`: where all rows stand, or empty.
[[nodiscard]] std::string report_text(const Report& report, table::Language language,
                                      std::size_t width, const std::string& whole_in = {});
/// CSV files: sectors, multipliers, linkages, accounts, paths, demands, L and G as far as they were
/// asked for. Makes the folder.
///
/// Errors  IoError.
void write_report(const Report& report, const std::filesystem::path& folder,
                  const parallel::Executor& executor);

/// The tables of these files, one value a cell.
[[nodiscard]] std::vector<table::Table> tables_of(const Report& report);

/// The same of a balanced table: JSON, text, and `Z.csv`, which reads back.
[[nodiscard]] std::string balance_json(const Flows& flows, const Balanced& balanced);
[[nodiscard]] std::string balance_text(const Flows& flows, const Balanced& balanced,
                                       table::Language language, std::size_t width);
/// Why there is no balanced table, in one line; empty if there is one.
[[nodiscard]] std::string why_not(const Flows& flows, const Balanced& balanced);

/// Writes a matrix with its labels as CSV, so that `read_sheet` reads it back.
///
/// Errors  IoError.
void write_matrix(const std::filesystem::path& file, const std::vector<Label>& rows,
                  const std::vector<Label>& columns, const Matrix& values,
                  const parallel::Executor& executor);
void write_matrix(const std::filesystem::path& file, const std::vector<Label>& rows,
                  const std::vector<Label>& columns, const Eigen::MatrixXd& values,
                  const parallel::Executor& executor);

} // namespace chainsim::input_output
