#pragma once

#include <chainsim/study/run.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace chainsim::view {

/// What one plant, one trade or what lies outside the plants brings to an indicator.
struct Contribution {
    std::string id; ///< "facility:x", "bought:coke", "sold:coke", "disposed:coke", "demand:coke",
                    ///< "outside", "rest"
    model::Name name;
    double value = 0.0; ///< unit of the indicator
};

/// Who brings how much of an indicator in a solved year, as the model has it: the `most` largest,
/// then all others as one. They sum to its value. A quotient is shared as its numerator is.
///
/// Nothing for an indicator that is no linear form (a tax on profits), or of which there is none.
[[nodiscard]] std::optional<std::vector<Contribution>>
contributions(const model::Scenario& scenario, const study::YearRun& year, const std::string& id,
              std::size_t most);

} // namespace chainsim::view
