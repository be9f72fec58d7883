#pragma once

#include <chainsim/base/diagnostic.hpp>
#include <chainsim/input_output/sheet.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chainsim::input_output::detail {

/// The lines of a text, without their ends (LF or CR LF) and without a byte order mark.
[[nodiscard]] std::vector<std::string_view> lines_of(std::string_view text);

/// A finding at a byte of a line, with an excerpt of it.
[[nodiscard]] Diagnostic at(const std::string& file, int line, std::string_view text,
                            std::size_t byte, std::string message, std::string help);

/// A text without blanks around it.
[[nodiscard]] std::string_view trimmed(std::string_view text);

/// A number as spreadsheets write it: 1234.5, 1,234.5, +2, 1e-3; nothing if it is none or not
/// finite.
[[nodiscard]] std::optional<double> to_number(std::string_view text);

[[nodiscard]] Sheet parse_csv(std::string_view text, std::string file, input::Findings& findings,
                              const parallel::Executor& executor);
[[nodiscard]] Sheet parse_matrix_market(std::string_view text, std::string file,
                                        input::Findings& findings,
                                        const parallel::Executor& executor);

} // namespace chainsim::input_output::detail
