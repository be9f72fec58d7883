#include <chainsim/base/error.hpp>
#include <chainsim/io/sha256.hpp>

#include <fmt/format.h>

#include <array>
#include <openssl/evp.h>

namespace chainsim::io {

std::string sha256(std::string_view text) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int length = 0;
    if (EVP_Digest(text.data(), text.size(), digest.data(), &length, EVP_sha256(), nullptr) != 1) {
        throw IoError("the cryptographic library refuses to compute a SHA-256");
    }
    std::string hexadecimal;
    for (unsigned int i = 0; i < length; ++i) {
        hexadecimal += fmt::format("{:02x}", digest[i]);
    }
    return hexadecimal;
}

} // namespace chainsim::io
