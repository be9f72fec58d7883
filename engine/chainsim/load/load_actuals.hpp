#pragma once

#include <chainsim/model/scenario.hpp>

#include <filesystem>
#include <string>
#include <string_view>

namespace chainsim::load {

/// Reads the text of a CSV of statistics: year, month (empty: the whole year), boundary,
/// enterprise, indicator, value, unit, source, grade.
///
/// Errors  InputError with every row that is wrong, by line and column: an unknown indicator,
///         boundary or grade with the nearest known one, a unit that does not fit, a figure told
///         twice at one grade.
[[nodiscard]] model::Actuals read_actuals(std::string_view text, std::string file,
                                          const model::Scenario& scenario);

/// The same of a file.
///
/// Errors  IoError besides, if the file cannot be read.
[[nodiscard]] model::Actuals load_actuals(const std::filesystem::path& file,
                                          const model::Scenario& scenario);

} // namespace chainsim::load
