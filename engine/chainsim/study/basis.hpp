#pragma once

#include <string_view>

namespace chainsim::study {

/// Where a figure of a year comes from.
enum class Basis {
    actual,   ///< the statistics have the whole year
    expected, ///< forecast from what the statistics have: of the year so far, or of one before
    planned   ///< the model's
};

[[nodiscard]] std::string_view to_string(Basis basis);

} // namespace chainsim::study
