#pragma once

#include <chainsim/study/page.hpp>

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace chainsim::study::detail {

/// How a column of a part is shown: numbers of one unit, or text in which each has its own.
struct ColumnView {
    bool is_number = false;
    std::string unit; ///< of a reader
};

[[nodiscard]] ColumnView view_of(const PagePart& part, std::size_t column,
                                 table::Language language);

/// The heading of a column.
[[nodiscard]] std::string heading_of(const PagePart& part, std::size_t column,
                                     table::Language language);

/// The columns of a part that say anything.
[[nodiscard]] std::vector<std::size_t> columns_of(const PagePart& part);

/// A number and its unit, as a reader is used to: a share in per cent.
[[nodiscard]] std::pair<double, std::string> number_of(const PageCell& cell,
                                                       table::Language language);

/// Whether a column of the part says of each row what it rests on.
[[nodiscard]] bool has_basis(const PagePart& part);

/// A cell as text, a number with its unit, and marked if it is not planned, unless a column says
/// so.
[[nodiscard]] std::string shown(const PageCell& cell, table::Language language,
                                bool is_told_elsewhere = true);

} // namespace chainsim::study::detail
