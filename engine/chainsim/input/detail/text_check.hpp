#pragma once

#include <chainsim/input/findings.hpp>

#include <string_view>

namespace chainsim::input::detail {

/// Checks what YAML libraries let pass or misread: bytes that are not UTF-8, control characters,
/// tabs in the indentation, carriage returns that end no line. Notes the first of each kind.
///
/// Returns whether the text may be given to the parser.
[[nodiscard]] bool check_text(const Document& document, Findings& findings);

} // namespace chainsim::input::detail
