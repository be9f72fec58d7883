#pragma once

#include <string>
#include <string_view>

namespace chainsim::io {

/// A text as it stands in HTML or XML, between tags or in a quoted attribute: never markup.
[[nodiscard]] std::string escaped_markup(std::string_view text);

} // namespace chainsim::io
