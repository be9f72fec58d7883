#pragma once

#include <chainsim/model/datum.hpp>

#include <string>
#include <vector>

namespace chainsim::model {

/// A target or rule of the plan, and what became of it in the study: judged by policies, compared
/// with a statistic of the base year (or recorded, if nothing in a run corresponds), carried by the
/// data (a capacity, a path), or not judged, with the reason.
struct Target {
    std::string id;
    std::string kind; ///< target, rule or baseline
    std::string section;
    std::string quote; ///< the words of the plan
    std::vector<std::string> policies;
    std::string statistic;
    std::string carried_by;
    std::string not_judged;
    Provenance provenance;
};

} // namespace chainsim::model
