#pragma once

#include <chainsim/model/datum.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace chainsim::model {

/// Where a policy stands in a check: what bars a project comes before what it costs.
enum class PolicyGroup { access, efficiency, dual_control, environment, economy, plan };

[[nodiscard]] std::string_view to_string(PolicyGroup group);

/// What of a change over a period is due by a year within it.
enum class Progress {
    yearly, ///< by equal yearly rates: 1 - (1 - R)^(k/n) of a drop, k/n of a rise
    even,   ///< by equal steps, R k/n
    end     ///< all of it, and at the end only
};

/// What a bound is set on: the indicator itself, or its change since the base of a period.
enum class Change { none, drop, rise };

/// A bound on an indicator from a year on, or on its change since the base of a period.
struct Policy {
    std::string id;
    Name name;
    PolicyGroup group = PolicyGroup::plan;
    std::string indicator;
    std::optional<Path> at_most;
    std::optional<Path> at_least;
    Change change = Change::none;
    /// Of a drop, the least share of the base by the end of the period; of a rise, the greatest
    /// amount above it. Absent where the target is not known.
    std::optional<Path> target;
    std::string period; ///< id, of a change
    /// The indicator in the base year of the period, where the period itself holds no base of it;
    /// absent where it is not known.
    std::optional<Datum> base;
    bool has_own_base = false; ///< the change is counted from `base`, known or not
    std::string unit;          ///< of the indicator
    Progress progress = Progress::yearly;
    int from = 0;
    std::optional<int> until;
    bool hard = true;
    Provenance provenance;
};

} // namespace chainsim::model
