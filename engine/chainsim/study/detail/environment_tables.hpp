#pragma once

#include <chainsim/study/run.hpp>
#include <chainsim/table/language.hpp>
#include <chainsim/table/table.hpp>

namespace chainsim::study::detail {

/// Debts of replacement and offset of a year, with what covers them.
[[nodiscard]] table::Table ledger_table(const model::Scenario& scenario, const YearRun& year,
                                        table::Language language);

/// Plants against their water quotas, the worst first; what has no verdict comes last.
[[nodiscard]] table::Table water_quota_table(const model::Scenario& scenario, const YearRun& year,
                                             table::Language language);

} // namespace chainsim::study::detail
