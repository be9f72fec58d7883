#pragma once

#include <chainsim/load/detail/study_reader.hpp>

namespace chainsim::load::detail {

/// Reads `targets`, and checks that what they name is there.
[[nodiscard]] model::Registry<model::Target>
read_targets(const Sections& sections, const Study& study, const ReadingContext& context);

/// Reads `improvements`; technologies become the processes that are their variants.
[[nodiscard]] model::Registry<model::Improvement> read_improvements(const Sections& sections,
                                                                    const model::Model& model,
                                                                    const ReadingContext& context);

/// The assumptions as records of the study, once all that may use them has been read: one that
/// nothing uses is noted.
[[nodiscard]] model::Registry<model::Assumption> read_assumptions(const ReadingContext& context);

/// Where the records of `assumptions` stand.
[[nodiscard]] Assumptions assumptions_of(const Sections& sections);

/// Lowers what the plants of `improvements` take, in every year of the scenario.
///
/// Where a recipe cannot keep its balance, that is noted at the improvement.
void apply_improvements(const std::vector<int>& years, const Sections& sections,
                        const model::Model& model,
                        const model::Registry<model::Improvement>& improvements,
                        std::map<std::string, model::Facility>& facilities,
                        const ReadingContext& context);

} // namespace chainsim::load::detail
