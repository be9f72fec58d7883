#pragma once

#include <chainsim/live/detail/origin_work.hpp>

#include <vector>

namespace chainsim::live::detail {

/// What a preview can answer, sorted out of edits.
struct Sorted {
    bool is_for_preview = true; ///< otherwise the loader has a word in it
    Moves moves;
};

[[nodiscard]] Sorted sorted(const Origin::Work& work, const std::vector<Edit>& edits);

/// The policies of the scenario with the bounds and dates that were moved.
[[nodiscard]] model::Registry<model::Policy> policies_with(const Origin::Work& work,
                                                           const std::vector<Edit>& edits);

} // namespace chainsim::live::detail
