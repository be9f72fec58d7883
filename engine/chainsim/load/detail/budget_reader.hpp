#pragma once

#include <chainsim/load/detail/study_reader.hpp>

namespace chainsim::load::detail {

/// Reads `budgets`; each kind has one at most.
[[nodiscard]] model::Registry<model::Budget> read_budgets(const Sections& sections,
                                                          const ReadingContext& context);

} // namespace chainsim::load::detail
