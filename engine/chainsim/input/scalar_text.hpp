#pragma once

#include <string>
#include <string_view>

namespace chainsim::input {

/// A text as one line of YAML that is read as this text and nothing else: in double quotes.
[[nodiscard]] std::string quoted_scalar(std::string_view text);

/// Whether a text may stand in YAML as it is, in a map or list of lines, and is read as itself (or
/// as the number, or the yes or no, that it is).
[[nodiscard]] bool is_plain_scalar(std::string_view text);

/// Whether a text, written without quotes, may be taken for something other than a text: a number,
/// a yes or no, an empty list or map, nothing. Not so of one that needs quotes anyhow.
[[nodiscard]] bool reads_as_more_than_text(std::string_view text);

} // namespace chainsim::input
