#pragma once

#include <chainsim/model/facility.hpp>

#include <optional>
#include <string>
#include <vector>

namespace chainsim::model {

/// Facilities that are decided together.
struct Project {
    std::string id;
    Name name;
    std::string owner;
    int box = 0;      ///< box of the plan that names it, 0 for elsewhere
    std::string kind; ///< industry or infrastructure
    Status status = Status::proposed;
    std::vector<std::string> facilities;     ///< ids of the facilities that it builds
    std::string main_facility;               ///< whose product and capacity stand for it in lists
    std::optional<Index<Commodity>> product; ///< as stated, else that of the main facility
    std::optional<Datum> capacity; ///< of `product`: as stated, else that of the main facility
    bool selected = false;         ///< built in this scenario
    std::optional<int> start;
    std::optional<int> earliest;
    std::optional<int> latest;
    std::optional<Datum> capex;
    std::vector<std::string> requirements; ///< projects that must be built as well (`requires`)
    std::vector<std::string> excludes;
    std::vector<std::string> replaces; ///< facilities that retire when it starts
    Provenance provenance;
};

} // namespace chainsim::model
