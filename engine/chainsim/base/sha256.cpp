#include <chainsim/base/error.hpp>
#include <chainsim/base/sha256.hpp>

#include <array>
#include <cstddef>
#include <openssl/evp.h>

namespace chainsim {

std::string sha256(std::string_view text) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int length = 0;
    if (EVP_Digest(text.data(), text.size(), digest.data(), &length, EVP_sha256(), nullptr) != 1) {
        throw IoError("the cryptographic library refuses to compute a SHA-256");
    }
    constexpr std::string_view digits = "0123456789abcdef";
    std::string hexadecimal;
    hexadecimal.reserve(2 * std::size_t{length});
    for (unsigned int i = 0; i < length; ++i) {
        hexadecimal += digits[digest[i] >> 4U];
        hexadecimal += digits[digest[i] & 0xFU];
    }
    return hexadecimal;
}

} // namespace chainsim
