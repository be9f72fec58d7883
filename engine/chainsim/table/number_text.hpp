#pragma once

#include <string>

namespace chainsim::table {

/// The shortest text that reads back as the same number; empty for a NaN, which stands for an
/// absent value. No locale has a say.
[[nodiscard]] std::string exact_text(double number);

/// A number for a reader: about four significant digits, thousands apart, "-" for a NaN.
/// 1234567.8 -> "1,234,568"; 12.345 -> "12.35"; 0.0012346 -> "0.001235"; 0 -> "0".
[[nodiscard]] std::string reader_text(double number);

/// A share for a reader: 0.1234 -> "12.3 %"; "-" for a NaN.
[[nodiscard]] std::string percent_text(double share);

} // namespace chainsim::table
