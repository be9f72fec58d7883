#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chainsim::utf8 {

/// Position of the first byte that is not UTF-8 (RFC 3629: no overlong forms, no surrogates), if
/// any.
[[nodiscard]] std::optional<std::size_t> find_invalid(std::string_view text);

/// The characters of a text. A byte that is not UTF-8 becomes U+FFFD.
[[nodiscard]] std::u32string decode(std::string_view text);

/// Where each character of `decode` begins in the text, and its end: one more than characters.
[[nodiscard]] std::vector<std::size_t> starts(std::string_view text);

/// Columns that a character takes in a terminal: 2 for Chinese and other wide characters, else 1.
///
/// Source  Unicode Standard Annex 11, East Asian Width: the ranges W and F that matter here.
[[nodiscard]] int display_width(char32_t character);

/// `text` cut to at most `characters` characters, "..." in place of what is left out.
[[nodiscard]] std::string shorten(std::string_view text, std::size_t characters);

} // namespace chainsim::utf8
