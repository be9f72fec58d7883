#pragma once

#include <chainsim/table/language.hpp>

#include <optional>
#include <string_view>
#include <vector>

namespace chainsim::table {

/// The heading of a column for a reader. A column that the catalogue does not know keeps its name.
[[nodiscard]] std::string_view heading(std::string_view column, Language language);

/// A word or sentence of the summaries. Sentences have places `{}` for fmt, in one order for both
/// languages.
///
/// Errors  ContractError if the catalogue does not know the key.
[[nodiscard]] std::string_view say(std::string_view key, Language language);

/// The same, or nothing for a key that the catalogue does not know: a code of some other district.
[[nodiscard]] std::optional<std::string_view> say_if_known(std::string_view key, Language language);

/// All keys of `say`, for the test that holds both languages against each other.
[[nodiscard]] std::vector<std::string_view> sentences();

} // namespace chainsim::table
