#pragma once

#include <string>
#include <string_view>

namespace chainsim {

/// The SHA-256 of a text, as 64 hexadecimal digits.
///
/// Errors  IoError if the system's cryptographic library refuses.
/// Source  FIPS 180-4 (2015), by OpenSSL's libcrypto.
[[nodiscard]] std::string sha256(std::string_view text);

} // namespace chainsim
