#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <variant>
#include <vector>

namespace chainsim::table {

/// What stands for a number that is not known: a NaN, written as an empty cell or as `null`.
inline constexpr double absent = std::numeric_limits<double>::quiet_NaN();

/// One value of a table.
using Cell = std::variant<std::string, std::int64_t, double>;

/// The values of one column, all of one kind.
using Cells =
    std::variant<std::vector<std::string>, std::vector<std::int64_t>, std::vector<double>>;

/// A labelled column.
///
/// Units  `unit` holds for every value; it is empty for text, for numbers without dimension, and
///        where each row states its own in a column named `unit`.
struct Column {
    std::string name; ///< snake_case, the heading in CSV, JSON and SQLite
    std::string unit;
    Cells cells;

    [[nodiscard]] std::size_t size() const;
    /// Errors  ContractError if there is no such row.
    [[nodiscard]] Cell at(std::size_t row) const;

    friend bool operator==(const Column&, const Column&) = default;
};

[[nodiscard]] Column text_column(std::string name);
[[nodiscard]] Column whole_column(std::string name, std::string unit = {});
[[nodiscard]] Column number_column(std::string name, std::string unit = {});

} // namespace chainsim::table
