#pragma once

#include <chainsim/input/findings.hpp>

#include <string>
#include <string_view>

namespace chainsim::input::detail {

/// Checks what YAML libraries let pass or misread: bytes that are not UTF-8, control characters,
/// tabs in the indentation, carriage returns that end no line. Notes the first of each kind.
///
/// Returns whether the text may be given to the parser.
[[nodiscard]] bool check_text(const Document& document, Findings& findings);

/// What to write instead where a key is followed by the colon of Chinese text, `：`, which is no
/// colon to YAML: looked for in the line and in the one before it, where parsers tell such an
/// error. Empty if there is none.
[[nodiscard]] std::string hint_of_wide_colon(const Document& document, int line);

/// The same of a value that was read as text.
[[nodiscard]] std::string hint_of_wide_colon(std::string_view text);

} // namespace chainsim::input::detail
