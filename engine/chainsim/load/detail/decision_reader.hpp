#pragma once

#include <chainsim/load/detail/study_reader.hpp>

namespace chainsim::load::detail {

/// Reads `decision_rules`, of which a study has one, and checks that what it names is there.
[[nodiscard]] model::Registry<model::DecisionRules>
read_decision_rules(const Sections& sections, const Study& study, const ReadingContext& context);

/// Reads `decision_groups`.
[[nodiscard]] model::Registry<model::DecisionGroup>
read_decision_groups(const Sections& sections, const Study& study, const ReadingContext& context);

} // namespace chainsim::load::detail
