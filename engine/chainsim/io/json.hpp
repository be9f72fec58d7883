#pragma once

#include <chainsim/table/table.hpp>

#include <string>
#include <string_view>

namespace chainsim::io {

/// A table as JSON: an array with one object a row, keys in the order of the columns. An absent
/// number is `null`. Numbers read back as the same number.
[[nodiscard]] std::string to_json(const table::Table& table);

/// Reads what `to_json` writes: an array of objects, or nothing but an empty array. A column whose
/// values are all whole numbers becomes one of whole numbers.
///
/// Errors  InputError naming what is expected where the text is not such an array.
[[nodiscard]] table::Table from_json(std::string_view text, const std::string& file_name);

} // namespace chainsim::io
