#pragma once

#include <chainsim/study/run.hpp>
#include <chainsim/table/language.hpp>
#include <chainsim/table/table.hpp>

#include <string>

namespace chainsim::study::detail {

/// An account of a group of plants in a year; `table::absent` where it is not counted.
[[nodiscard]] double account_of(const YearRun& year, const std::string& account,
                                const std::string& group);

/// Groups of plants with their energy, value added and CO2, in units of the reader.
[[nodiscard]] table::Table group_table(const model::Scenario& scenario, const YearRun& year,
                                       table::Language language);

} // namespace chainsim::study::detail
