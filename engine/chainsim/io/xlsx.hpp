#pragma once

#include <chainsim/table/language.hpp>
#include <chainsim/table/table.hpp>

#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace chainsim::io {

/// A sheet of a workbook, as one would print and file it: a title, a remark below it, the table.
struct Sheet {
    std::string name; ///< on its tab, at most 31 characters; none of []:*?/ and backslash
    std::string title;
    std::string remark; ///< unit and scope, or empty
    table::Table table;
    /// How deep a row stands in its part, by row: 0 is bold, deeper ones are set in. None: all
    /// rows are alike.
    std::vector<int> levels;
    bool is_one_page = false; ///< printed upright on one page, whatever its length
};

/// Writes a workbook for spreadsheet programs: headings in the language and repeated on every
/// printed page, frozen above the rows; numbers as numbers, with separators and about four digits
/// shown; widths right for Chinese; landscape, one page wide. Absent numbers are empty cells.
///
/// The same sheets give the same bytes.
///
/// Errors  IoError with the path and the reason; ContractError for names of sheets that no
///         spreadsheet takes, or two alike.
void write_xlsx(const std::filesystem::path& file, std::span<const Sheet> sheets,
                table::Language language);

} // namespace chainsim::io
