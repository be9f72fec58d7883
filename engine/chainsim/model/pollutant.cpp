#include <chainsim/base/error.hpp>
#include <chainsim/model/pollutant.hpp>

#include <algorithm>

namespace chainsim::model {

const EmissionLevel& EmissionFactor::level_in(int year, std::optional<int> start) const {
    CHAINSIM_EXPECT(!levels.empty(), "an emission factor with levels");
    // Before the first level nothing is known of better or worse: the oldest one counts.
    const auto* ruling = &levels.front();
    for (const auto& level : levels) {
        const bool is_kept_early =
            level.new_from && start && *start >= *level.new_from && *start <= year;
        if (level.from <= year || is_kept_early) {
            ruling = &level;
        }
    }
    return *ruling;
}

} // namespace chainsim::model
