#pragma once

#include <chainsim/input_output/leontief.hpp>
#include <chainsim/input_output/matrix.hpp>
#include <chainsim/input_output/sheet.hpp>
#include <chainsim/parallel/executor.hpp>

#include <Eigen/Core>

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace chainsim::input_output {

/// The files that a table is read from; empty paths are left out.
struct TableFiles {
    std::filesystem::path flows{};           ///< Z: what sectors (columns) buy of sectors (rows)
    std::filesystem::path coefficients{};    ///< A: the same per unit of output of the buyer
    std::filesystem::path labels{};          ///< the sectors in order, for Matrix Market
    std::filesystem::path output{};          ///< x: one column of numbers
    std::filesystem::path final_demand{};    ///< Y: sectors by categories (of regions)
    std::filesystem::path demand{};          ///< demands to answer: sectors by questions
    std::filesystem::path satellite{};       ///< F: factors by sectors
    std::filesystem::path final_satellite{}; ///< F_Y: factors by categories of final demand
};

struct TableOptions {
    /// How much of its output a row may be out of balance: figures are rounded when they are
    /// printed.
    double tolerance = 1e-3;
    /// Satellites are per unit of output; so they are, in any case, where nothing tells the output.
    bool per_unit = false;
};

/// An input-output table as it is computed on: sectors in the order of the rows of the first file,
/// everything else brought into that order by its labels.
///
/// Units   those of the files; a column is money, or each sector has its own unit.
struct IoTable {
    std::vector<Label> sectors;
    std::vector<std::string> regions;   ///< in the order in which they first stand; one, empty, if
                                        ///< there are none
    std::vector<std::size_t> region_of; ///< of each sector
    Matrix coefficients;                ///< A
    Eigen::VectorXd output;             ///< x; empty where nothing tells it
    Eigen::MatrixXd final_demand;       ///< Y; no columns where it is not known
    std::vector<Label> categories;      ///< of its columns
    bool demand_is_implied = false;     ///< Y was not given: it is x - A x
    std::vector<std::string> satellites;
    Eigen::MatrixXd intensities;      ///< S: sectors x satellites, per unit of output
    Eigen::MatrixXd final_satellites; ///< F_Y: satellites x categories; zero where not given
    std::vector<Label> demands;
    Eigen::MatrixXd demand; ///< sectors x demands

    [[nodiscard]] Eigen::Index size() const { return coefficients.rows(); }
    [[nodiscard]] bool has_output() const { return output.size() > 0; }
    [[nodiscard]] bool has_final_demand() const { return final_demand.cols() > 0; }
    /// Position of a satellite by its name.
    ///
    /// Errors  InputError with the nearest name if there is none.
    [[nodiscard]] std::size_t satellite(const std::string& name, const std::string& option) const;
    /// The same of a sector: its name where only one sector has it, or "region / name".
    [[nodiscard]] Eigen::Index sector(const std::string& name, const std::string& option) const;
    /// Columns of final demand of a category, of all regions.
    [[nodiscard]] std::vector<Eigen::Index> category(const std::string& name,
                                                     const std::string& option) const;
};

/// A table with its Leontief system, once it is known to be productive.
struct Economy {
    IoTable table;
    Leontief leontief;
};

/// Reads a table.
///
/// x comes from its file, else from the row sums of Z and Y, else from (I - A)^-1 Y. Y comes from
/// its file, else it is what x leaves.
///
/// Errors   InputError with everything that is wrong in all files: not square, a sector missing or
///          twice, not a number, a negative output, a sector that buys without output, a row that
///          does not balance and by how much. NoAnswer naming the sectors that are unproductive.
///          IoError. ContractError unless there is either Z or A.
/// Cost     reading, and the factors of I - A.
[[nodiscard]] Economy read_economy(const TableFiles& files, const TableOptions& options,
                                   const parallel::Executor& executor);

/// Z alone, with labels, for balancing: no output is asked for.
struct Flows {
    std::vector<Label> rows;
    std::vector<Label> columns;
    Matrix values;
    Eigen::VectorXd row_totals;
    Eigen::VectorXd column_totals;
};

/// Reads flows with the totals that their rows and columns are to have; need not be square.
/// `names`: the sectors of a square Matrix Market file; empty: they are numbered.
///
/// Errors  as `read_economy`.
[[nodiscard]] Flows read_flows(const std::filesystem::path& flows,
                               const std::filesystem::path& names,
                               const std::filesystem::path& row_totals,
                               const std::filesystem::path& column_totals,
                               const parallel::Executor& executor);

/// Makes an economy of matrices in memory; the same checks, told without places.
[[nodiscard]] Economy make_economy(IoTable table, const parallel::Executor& executor);

} // namespace chainsim::input_output
