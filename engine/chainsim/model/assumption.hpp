#pragma once

#include <chainsim/model/datum.hpp>

#include <string>

namespace chainsim::model {

/// A figure that several records of a study rest on, by `use`.
struct Assumption {
    std::string id;
    Name name;
    Path path;
    Provenance provenance;
};

} // namespace chainsim::model
