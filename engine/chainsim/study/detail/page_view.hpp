#pragma once

#include <chainsim/study/page.hpp>

#include <cstddef>
#include <string>
#include <utility>

namespace chainsim::study::detail {

/// How a column of a part is shown: numbers of one unit, or text in which each has its own.
struct ColumnView {
    bool is_number = false;
    std::string unit; ///< of a reader
};

[[nodiscard]] ColumnView view_of(const PagePart& part, std::size_t column,
                                 table::Language language);

/// A number and its unit, as a reader is used to: a share in per cent.
[[nodiscard]] std::pair<double, std::string> number_of(const PageCell& cell,
                                                       table::Language language);

/// A cell as text, a number with its unit.
[[nodiscard]] std::string shown(const PageCell& cell, table::Language language);

} // namespace chainsim::study::detail
