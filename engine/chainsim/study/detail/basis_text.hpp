#pragma once

#include <chainsim/study/run.hpp>
#include <chainsim/table/language.hpp>

#include <string>

namespace chainsim::study::detail {

/// Whether the statistics have a word in any year of the run.
[[nodiscard]] bool is_told(const Run& run);

[[nodiscard]] std::string basis_word(Basis basis, table::Language language);

/// What an indicator rests on, year by year: "2025 实际, 2030 预计"; one word where all years
/// agree.
[[nodiscard]] std::string basis_by_year(const Run& run, const std::string& indicator,
                                        table::Language language);

} // namespace chainsim::study::detail
