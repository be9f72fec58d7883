#pragma once

#include <chainsim/model/datum.hpp>
#include <chainsim/number/number.hpp>

#include <algorithm>

namespace chainsim::accounts::detail {

/// A price, factor or other figure of a year with how sure it is.
struct Figure {
    number::Number value;
    model::Confidence confidence = model::Confidence::known;
};

[[nodiscard]] inline model::Confidence weaker(model::Confidence a, model::Confidence b) {
    return std::max(a, b);
}

} // namespace chainsim::accounts::detail
