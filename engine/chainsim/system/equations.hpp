#pragma once

#include <Eigen/SparseCore>

#include <limits>
#include <vector>

namespace chainsim::system {

inline constexpr double unlimited = std::numeric_limits<double>::infinity();

/// What decides how far a column wants to run.
enum class ColumnDriver { at_capacity, on_supply, on_demand };

/// The dispatch of one year as numbers: which columns there are, what they take and give, and how
/// each row is balanced. It knows no names; `Layout` does.
///
/// Columns are facilities, rows are commodities. The balance of row r is
///     (A x)_r + buy_r - sell_r - dispose_r = demand_r,   all of x, buy, sell, dispose >= 0,
/// and DESIGN, "The balance", says which solution is meant.
///
/// Shapes   net: rows x columns. Vectors by row or by column as named.
/// Units    A: unit of the row per unit of the column's product. All plain doubles.
struct Equations {
    Eigen::SparseMatrix<double> net; ///< A = outputs - inputs

    // by column
    Eigen::VectorXd capacity;
    std::vector<ColumnDriver> driver;
    std::vector<int> product; ///< row of the reference product
    std::vector<int> feed;    ///< row of the driving feed of an `on_supply` column, else -1

    // by row
    Eigen::VectorXd demand;      ///< must be met
    Eigen::VectorXd buy_limit;   ///< 0, a limit, or `unlimited`
    Eigen::VectorXd sell_limit;  ///< 0, a limit, or `unlimited`
    std::vector<char> sink;      ///< takes any surplus that is not sold
    std::vector<char> buy_first; ///< bought before local makers are called

    /// Priority of a column at a row, by position of the entry in `net` (column-major): smaller is
    /// served first as a user, and called first as a maker.
    std::vector<int> priority;

    /// Rows from upstream to downstream as far as loops allow; empty: the scarcest first.
    std::vector<int> order;

    [[nodiscard]] int rows() const { return static_cast<int>(net.rows()); }
    [[nodiscard]] int columns() const { return static_cast<int>(net.cols()); }
};

} // namespace chainsim::system
