#pragma once

#include <chainsim/model/scenario.hpp>
#include <chainsim/study/comparison.hpp>

#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace chainsim::study::detail {

/// One of two scenarios, as far as one change goes: that of `change`, in the second or the first.
struct Choice {
    std::size_t change = 0;
    bool in_b = false;
};

/// A facility as it stands in one scenario or in both.
struct Variant {
    model::Facility facility;       ///< under an id of its own; retired only by what both do
    std::vector<Choice> there_if;   ///< empty: always
    std::vector<Choice> retired_if; ///< any of these: a project that replaces it is built
};

/// All that differs between two scenarios in a year.
struct Differences {
    std::vector<InputChange> changes;
    std::vector<Variant> facilities;
    /// What takes a record of markets, prices, recipes ... from the second scenario.
    std::map<std::pair<ChangeKind, std::string>, std::size_t> records;
};

/// Errors  ContractError if the two do not share a library (see join_libraries).
[[nodiscard]] Differences differences(const model::Scenario& a, const model::Scenario& b, int year);

} // namespace chainsim::study::detail
