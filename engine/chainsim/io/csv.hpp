#pragma once

#include <chainsim/table/table.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace chainsim::io {

/// How a table is written as CSV.
struct CsvOptions {
    /// Begin with U+FEFF, by which spreadsheets know UTF-8. Off in a run folder, whose files are
    /// read by programs and begin with the name of the first column; `export --bom` sets it.
    bool byte_order_mark = false;
};

/// A table as CSV: one line of names, then one line a row.
///
/// UTF-8, lines end in LF, cells are quoted where they must be. Numbers are the shortest text
/// that reads back as the same number; an absent number is an empty cell. Units of columns do not
/// appear: a table meant for CSV states them in a column `unit`.
///
/// Source  RFC 4180 (2005), but for lines ending in LF alone, which every reader takes.
[[nodiscard]] std::string to_csv(const table::Table& table, const CsvOptions& options = {});

/// One row of a CSV text, and where it stands.
struct CsvRow {
    int line = 0;                   ///< on which it begins
    std::vector<std::string> cells; ///< as text
    std::vector<int> columns;       ///< character of its line at which each cell begins, from 1
};

/// The rows of a CSV text as they stand, the names of the columns first; rows may differ in length.
///
/// Errors  InputError with the place in `file_name`: no header, an open quote.
[[nodiscard]] std::vector<CsvRow> csv_rows(std::string_view text, const std::string& file_name);

/// Reads CSV as RFC 4180 has it, with or without byte order mark, lines ending in LF or CR LF.
///
/// A column of which every cell is a whole number becomes one of whole numbers, one of which every
/// cell is a number or empty (and one is not) a column of numbers; all others are text.
///
/// Errors  InputError with the place in `file_name`: no header, an open quote, a row of another
/// length.
[[nodiscard]] table::Table from_csv(std::string_view text, const std::string& file_name);

} // namespace chainsim::io
