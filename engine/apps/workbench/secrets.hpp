#pragma once

#include <string>
#include <string_view>

namespace chainsim::workbench {

/// 128 bits from the system's generator, as 32 hexadecimal digits: nobody guesses one.
///
/// Errors  IoError if the system has none.
[[nodiscard]] std::string random_id();

/// Whether two texts are the same, in a time that tells nothing but their lengths.
[[nodiscard]] bool is_same_secret(std::string_view one, std::string_view other);

} // namespace chainsim::workbench
