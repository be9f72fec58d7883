#pragma once

#include <chainsim/study/run.hpp>
#include <chainsim/table/language.hpp>
#include <chainsim/table/table.hpp>

namespace chainsim::study::detail {

/// Products against their standards, the worst first; what has no verdict comes last.
[[nodiscard]] table::Table product_table(const model::Scenario& scenario, const YearRun& year,
                                         table::Language language);

} // namespace chainsim::study::detail
