#include <chainsim/base/utf8.hpp>

#include <array>
#include <utility>

namespace chainsim::utf8 {

namespace {

constexpr char32_t replacement = 0xFFFD;

struct Decoded {
    char32_t character = replacement;
    std::size_t length = 1;
    bool valid = false;
};

/// One character at the start of a text that is not empty.
Decoded decode_one(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned first = byte(0);
    if (first < 0x80) {
        return {first, 1, true};
    }
    std::size_t length = 0;
    char32_t value = 0;
    char32_t least = 0;
    if (first >= 0xC2 && first <= 0xDF) {
        length = 2;
        value = first & 0x1FU;
        least = 0x80;
    } else if (first >= 0xE0 && first <= 0xEF) {
        length = 3;
        value = first & 0x0FU;
        least = 0x800;
    } else if (first >= 0xF0 && first <= 0xF4) {
        length = 4;
        value = first & 0x07U;
        least = 0x10000;
    } else {
        return {};
    }
    if (text.size() < length) {
        return {};
    }
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xC0U) != 0x80U) {
            return {};
        }
        value = (value << 6U) | (byte(i) & 0x3FU);
    }
    const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
    if (value < least || value > 0x10FFFF || surrogate) {
        return {};
    }
    return {value, length, true};
}

} // namespace

std::optional<std::size_t> find_invalid(std::string_view text) {
    std::size_t position = 0;
    while (position < text.size()) {
        const Decoded decoded = decode_one(text.substr(position));
        if (!decoded.valid) {
            return position;
        }
        position += decoded.length;
    }
    return std::nullopt;
}

std::u32string decode(std::string_view text) {
    std::u32string result;
    result.reserve(text.size());
    while (!text.empty()) {
        const Decoded decoded = decode_one(text);
        result.push_back(decoded.character);
        text.remove_prefix(decoded.length);
    }
    return result;
}

std::vector<std::size_t> starts(std::string_view text) {
    std::vector<std::size_t> result{0};
    while (result.back() < text.size()) {
        result.push_back(result.back() + decode_one(text.substr(result.back())).length);
    }
    return result;
}

int display_width(char32_t character) {
    constexpr std::array<std::pair<char32_t, char32_t>, 9> wide{{
        {0x1100, 0x115F},   // Hangul Jamo
        {0x2E80, 0x303E},   // CJK radicals, punctuation
        {0x3041, 0xA4CF},   // kana, CJK ideographs, Yi
        {0xAC00, 0xD7A3},   // Hangul syllables
        {0xF900, 0xFAFF},   // CJK compatibility ideographs
        {0xFE30, 0xFE6F},   // CJK compatibility and small forms
        {0xFF00, 0xFF60},   // full-width forms
        {0xFFE0, 0xFFE6},   // full-width signs
        {0x20000, 0x3FFFD}, // further CJK ideographs
    }};
    for (const auto& [first, last] : wide) {
        if (character >= first && character <= last) {
            return 2;
        }
    }
    return 1;
}

std::string shorten(std::string_view text, std::size_t characters) {
    std::size_t bytes = 0;
    for (std::size_t count = 0; count < characters && bytes < text.size(); ++count) {
        bytes += decode_one(text.substr(bytes)).length;
    }
    std::string result(text.substr(0, bytes));
    if (bytes < text.size()) {
        result += "...";
    }
    return result;
}

} // namespace chainsim::utf8
