#pragma once

#include <chainsim/input/node.hpp>
#include <chainsim/sheets/detail/branch.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace chainsim::sheets::detail {

inline constexpr std::string_view list_separator = " | ";
inline constexpr char text_mark = '\''; ///< as spreadsheets have it before a text

/// A scalar as a cell.
[[nodiscard]] std::string cell_of(const input::Node& scalar);
/// Whether a list stands in one cell: plain texts without a bar.
[[nodiscard]] bool is_in_one_cell(const input::Node& list);
[[nodiscard]] std::string cell_of_list(const input::Node& list);

/// A tree as YAML, one text a line, and the cell that each line comes from.
struct YamlText {
    std::string text;
    std::vector<SourceLocation> cells; ///< by line, from line 1
};
[[nodiscard]] YamlText to_yaml(const Branch& root);

} // namespace chainsim::sheets::detail
