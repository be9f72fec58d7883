#pragma once

#include <chainsim/model/datum.hpp>

#include <optional>
#include <string>

namespace chainsim::model {

/// A bound on an indicator from a year on.
struct Policy {
    std::string id;
    Name name;
    std::string indicator;
    std::optional<Path> at_most;
    std::optional<Path> at_least;
    int from = 0;
    std::optional<int> until;
    bool hard = true;
    Provenance provenance;
};

} // namespace chainsim::model
