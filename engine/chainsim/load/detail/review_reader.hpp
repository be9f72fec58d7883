#pragma once

#include <chainsim/load/detail/sections.hpp>
#include <chainsim/load/detail/values.hpp>
#include <chainsim/model/registry.hpp>
#include <chainsim/model/review_rule.hpp>

namespace chainsim::load::detail {

/// Reads `review_rules`.
[[nodiscard]] model::Registry<model::ReviewRule> read_review_rules(const Sections& sections,
                                                                   const ReadingContext& context);

} // namespace chainsim::load::detail
