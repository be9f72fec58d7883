#pragma once

#include <chainsim/table/table.hpp>

#include <filesystem>
#include <span>

namespace chainsim::io {

/// Writes tables into a new SQLite database, one SQL table each: INTEGER, REAL and TEXT columns, an
/// absent number as NULL. A unit of a column that has one stands in the table `units`
/// (table_name, column_name, unit).
///
/// Errors  IoError with the path and the reason, also if the file exists.
void write_sqlite(const std::filesystem::path& file, std::span<const table::Table> tables);

/// Reads all rows of one SQL table, columns typed as declared.
///
/// Errors  IoError with the path and the reason.
[[nodiscard]] table::Table read_sqlite(const std::filesystem::path& file, const std::string& name);

} // namespace chainsim::io
