#pragma once

#include <chainsim/units/quantity.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chainsim::units::detail {

/// What a unit word stands for: so many coherent base units of a dimension, and a Chinese numeral
/// before it, to which an exponent does not apply: 万m3 is ten thousand cubic metres.
struct Word {
    double numeral = 1.0;
    double scale = 1.0;
    Dimension dimension;
    bool only_cubed = false; ///< Nm3 is a cubic metre, but Nm is nothing
};

/// The meaning of one word of a unit text ("kWh", "万吨标煤"), if it is known.
[[nodiscard]] std::optional<Word> find_word(std::string_view word);

/// Every known word, for suggestions.
[[nodiscard]] const std::vector<std::string>& known_words();

} // namespace chainsim::units::detail
