#pragma once

#include <chainsim/table/language.hpp>
#include <chainsim/table/table.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace chainsim::table {

/// How a table is shown in a terminal.
struct TextOptions {
    Language language = Language::en;
    std::size_t width = 0;          ///< columns of the terminal; 0: as wide as the table is
    std::size_t first_row = 0;      ///< rows before it are left out
    std::size_t most_rows = 0;      ///< rows past it are counted, not shown; 0: all
    std::string_view whole_in = {}; ///< where all rows stand, told with the count
};

/// Columns that a text takes in a terminal: a Chinese character takes two.
[[nodiscard]] std::size_t display_width(std::string_view text);

/// The text cut to at most `width` columns, an ellipsis in place of what is left out: the end of a
/// short text, the middle of a longer one; never within a number, and never what `unbroken` binds
/// at the end of a text.
[[nodiscard]] std::string fit(std::string_view text, std::size_t width);

/// Marks the end of a text, an amount with its unit: `fit` shortens what stands before it, shows
/// all of it or nothing, and leaves the mark out.
[[nodiscard]] std::string whole(std::string_view text);

/// The text, filled with blanks to `width` columns.
[[nodiscard]] std::string pad_right(std::string_view text, std::size_t width);
[[nodiscard]] std::string pad_left(std::string_view text, std::size_t width);

/// A table for a terminal: headings in the language, units below them, numbers to the right.
///
/// A table wider than the terminal first loses width in its text columns, the first of which keeps
/// 24 columns where another one fits beside it; what still does not fit follows as further blocks
/// of columns, each with the first column before it. No line is wider than `width`, unless a single
/// number or amount is.
[[nodiscard]] std::string to_text(const Table& table, const TextOptions& options);

} // namespace chainsim::table
