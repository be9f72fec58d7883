#pragma once

#include <chainsim/model/datum.hpp>

#include <optional>
#include <string>

namespace chainsim::model {

/// Who decides on the energy review (节能审查) of a project, by what it uses a year with power at
/// its calorific value; and from when to when the rule holds.
struct ReviewRule {
    std::string id;
    Name name;
    std::string from;                   ///< first day, YYYY-MM-DD
    std::string until;                  ///< last day; empty: still in force
    std::optional<Datum> exempt_below;  ///< tce: below it, and below `exempt_power`, no review
    std::optional<Datum> exempt_power;  ///< MWh
    std::optional<Datum> province_from; ///< tce: from it on the province decides
    std::optional<Datum> state_from;    ///< tce: from it on the state decides, in listed industries
    bool asks_state = false;            ///< whether the state decides on the largest at all
    bool counts_carbon = false;         ///< the opinion also evaluates carbon
    Provenance provenance;
};

} // namespace chainsim::model
