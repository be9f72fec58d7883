#include "secrets.hpp"

#include <chainsim/base/error.hpp>

#include <fmt/format.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <sys/random.h>
#include <system_error>

namespace chainsim::workbench {

std::string random_id() {
    constexpr std::size_t bytes = 16;
    std::array<unsigned char, bytes> drawn{};
    // So few bytes come at once, or not at all.
    while (::getrandom(drawn.data(), drawn.size(), 0) != static_cast<ssize_t>(drawn.size())) {
        if (errno != EINTR) {
            throw IoError(
                fmt::format("no random numbers: {}", std::generic_category().message(errno)));
        }
    }
    std::string text;
    for (const unsigned char byte : drawn) {
        text += fmt::format("{:02x}", byte);
    }
    return text;
}

bool is_same_secret(std::string_view one, std::string_view other) {
    unsigned different = one.size() == other.size() ? 0U : 1U;
    for (std::size_t i = 0; i < one.size(); ++i) {
        const char against = other.empty() ? '\0' : other[i % other.size()];
        different |= static_cast<unsigned char>(one[i]) ^ static_cast<unsigned char>(against);
    }
    return different == 0;
}

} // namespace chainsim::workbench
