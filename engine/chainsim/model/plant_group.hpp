#pragma once

#include <chainsim/model/facility.hpp>

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace chainsim::model {

/// Plants with accounts and targets of their own beside those of the district: those of a park, an
/// industry, a company. Whoever meets all that is stated belongs to it.
struct PlantGroup {
    std::string id;
    Name name;
    std::string park;
    std::string industry; ///< how the code of the industry begins
    std::string owner;
    std::vector<std::string> plants; ///< ids; empty: whoever meets the rest
    Provenance provenance;

    /// Else every plant would belong to it.
    [[nodiscard]] bool states_something() const {
        return !park.empty() || !industry.empty() || !owner.empty() || !plants.empty();
    }
    [[nodiscard]] bool holds(const Facility& facility) const;
};

/// What is counted of each group; `<id>_of_<group>` is the indicator.
struct GroupAccount {
    std::string_view id;
    std::string_view unit;
    std::string_view factor; ///< without which it is not counted, or empty
    Name name;
};

[[nodiscard]] const std::vector<GroupAccount>& group_accounts();

} // namespace chainsim::model
