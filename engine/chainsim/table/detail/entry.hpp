#pragma once

#include <algorithm>
#include <span>
#include <string_view>

namespace chainsim::table::detail {

/// What a key stands for in both languages.
struct Entry {
    std::string_view key;
    std::string_view zh;
    std::string_view en;
};

/// Is each key above the one before it? Then none stands twice, and it can be searched.
[[nodiscard]] constexpr bool is_ordered(std::span<const Entry> entries) {
    return std::adjacent_find(entries.begin(), entries.end(), [](const auto& a, const auto& b) {
               return a.key >= b.key;
           }) == entries.end();
}

// All ordered by key.
[[nodiscard]] std::span<const Entry> headings();  ///< of columns, by column name
[[nodiscard]] std::span<const Entry> words();     ///< for single values: a verdict, a division
[[nodiscard]] std::span<const Entry> sentences(); ///< titles, remarks, sentences with places
[[nodiscard]] std::span<const Entry>
analyses(); ///< the same, of gaps, outages, differences, footprints
[[nodiscard]] std::span<const Entry> decisions(); ///< the same, of which projects to build
[[nodiscard]] std::span<const Entry> forms();     ///< the same, of the planner's desk
[[nodiscard]] std::span<const Entry> reports();   ///< the same, of the report and what it rests on
[[nodiscard]] std::span<const Entry> screens();   ///< what the page says itself, `view_*`

} // namespace chainsim::table::detail
