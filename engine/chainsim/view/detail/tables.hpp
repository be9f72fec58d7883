#pragma once

#include <chainsim/study/page.hpp>
#include <chainsim/table/table.hpp>

#include <string>

namespace chainsim::view::detail {

/// A part of a page from the same table made for readers of either language: their units differ, so
/// that numbers are text in both.
[[nodiscard]] study::PagePart part_of(const std::string& id, const model::Name& title,
                                      const table::Table& zh, const table::Table& en);

} // namespace chainsim::view::detail
