#pragma once

#include <chainsim/load/detail/tables.hpp>

#include <span>

namespace chainsim::load::detail {

/// The tables of all records, in the order in which a reader meets them.
[[nodiscard]] std::span<const input::RecordTable* const> all_tables();

} // namespace chainsim::load::detail
