#pragma once

#include <chainsim/study/detail/analysis_json.hpp>
#include <chainsim/study/page.hpp>
#include <chainsim/view/sankey.hpp>

#include <cmath>
#include <string>

namespace chainsim::view::detail {

using study::detail::Json;
using study::detail::name;
using study::detail::number;

/// A number that is only drawn: six digits, which no eye tells from all of them.
[[nodiscard]] inline Json drawn(double value) {
    if (!std::isfinite(value)) {
        return nullptr;
    }
    if (value == 0.0) {
        return 0;
    }
    constexpr double digits = 5.0;
    const double scale = std::pow(10.0, digits - std::floor(std::log10(std::abs(value))));
    const double rounded = std::round(value * scale) / scale;
    return std::isfinite(rounded) ? Json(rounded) : Json(value);
}

/// How a figure was made.
[[nodiscard]] Json trace_json(const study::Trace& trace);
[[nodiscard]] Json cell_json(const study::PageCell& cell);
/// `{id, title, columns, rows, notes}`; columns that say nothing are left out.
[[nodiscard]] Json part_json(const study::PagePart& part);
[[nodiscard]] Json sankey_json(const Sankey& sankey);

} // namespace chainsim::view::detail
