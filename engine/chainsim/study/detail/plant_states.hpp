#pragma once

#include <chainsim/study/detail/change_list.hpp>
#include <chainsim/study/detail/differences.hpp>

#include <string>
#include <vector>

namespace chainsim::study::detail {

/// Key of the base year among the changes of a region, beside the rest of the economy.
inline const std::string base_year_key = "base_year";
/// Id of the change that all emission factors are together.
inline const std::string emission_factors_key = "factors";

[[nodiscard]] inline bool is_built(const model::Project& project) {
    return project.selected && project.start.has_value();
}
[[nodiscard]] inline bool is_built_by(const model::Project& project, int year) {
    return is_built(project) && project.start.value_or(year + 1) <= year;
}

/// The facilities of both scenarios as they stand in a year: one entry where they stand alike, else
/// one for each, there by the change that makes the difference.
///
/// That change is the project which builds the plant; where the recipes differ, the project which
/// rebuilds it, the improvement, or the recipe of the library; else it is the plant's own, and is
/// added to `changes` with what differs. What a project replaces is there until it is built. A
/// plant whose year of retirement cannot be known, because both scenarios have replaced it by then,
/// counts as never retired otherwise.
///
/// Numbers of changes are those of `changes`.
[[nodiscard]] std::vector<Variant> plant_states(const model::Scenario& a, const model::Scenario& b,
                                                int year, ChangeList& changes);

} // namespace chainsim::study::detail
