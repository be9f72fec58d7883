#pragma once

#include <chainsim/portfolio/planner.hpp>

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

namespace chainsim::portfolio::detail {

/// While it lives, bounds of a planner stand elsewhere.
class MovedBounds {
public:
    using Moved = std::vector<std::pair<std::size_t, double>>; ///< bound, value

    MovedBounds(Planner& planner, const Moved& moved) : planner_(planner) {
        for (const auto& [b, value] : moved) {
            before_.emplace_back(b, planner.bounds()[b].value);
            planner.set_bound(b, value);
        }
    }
    ~MovedBounds() {
        for (const auto& [b, value] : before_) {
            planner_.set_bound(b, value);
        }
    }
    MovedBounds(const MovedBounds&) = delete;
    MovedBounds& operator=(const MovedBounds&) = delete;
    MovedBounds(MovedBounds&&) = delete;
    MovedBounds& operator=(MovedBounds&&) = delete;

private:
    Planner& planner_;
    Moved before_;
};

/// While it lives, a planner spends less on each plan: rounds, gap and seconds, and no wandering.
class SmallerEffort {
public:
    SmallerEffort(Planner& planner, int rounds, double gap, double seconds)
        : planner_(planner), usual_(planner.options()) {
        change(rounds, gap, seconds);
    }
    ~SmallerEffort() { planner_.set_effort(usual_); }
    SmallerEffort(const SmallerEffort&) = delete;
    SmallerEffort& operator=(const SmallerEffort&) = delete;
    SmallerEffort(SmallerEffort&&) = delete;
    SmallerEffort& operator=(SmallerEffort&&) = delete;

    /// A gap below the usual one is not asked for.
    void change(int rounds, double gap, double seconds) {
        planner_.set_effort({std::max(usual_.gap, gap), seconds, rounds, 0});
    }

private:
    Planner& planner_;
    Effort usual_;
};

} // namespace chainsim::portfolio::detail
