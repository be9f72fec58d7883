#pragma once

#include <chainsim/units/quantity.hpp>

#include <string>
#include <string_view>

namespace chainsim::units::detail {

/// A unit text that was understood.
struct ParsedUnit {
    double scale = 1.0;
    Dimension dimension;
    Dimension over;   ///< dimension of what stands above the line
    std::string text; ///< with single spaces
};

/// Reads a unit text.
///
/// Errors   UnitError.
/// Threads  May be called from many threads; a text is parsed once and kept.
[[nodiscard]] ParsedUnit parse_unit(std::string_view text);

} // namespace chainsim::units::detail
