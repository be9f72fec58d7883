#include <chainsim/input/scalar_text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace chainsim::input {

namespace {

bool is_control(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7f;
}

bool is_nothing(std::string_view text) {
    constexpr std::array<std::string_view, 4> nothings{"~", "null", "Null", "NULL"};
    return std::find(nothings.begin(), nothings.end(), text) != nothings.end();
}

} // namespace

std::string quoted_scalar(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (c == '\n') {
            out += "\\n";
        } else if (is_control(c)) {
            out += fmt::format("\\x{:02x}", static_cast<unsigned>(c));
        } else {
            out += c;
        }
    }
    return out + '"';
}

bool is_plain_scalar(std::string_view text) {
    if (text.empty() || text.front() == ' ' || text.back() == ' ' || text.back() == ':') {
        return false;
    }
    if (std::any_of(text.begin(), text.end(), is_control) ||
        text.find(": ") != std::string_view::npos || text.find(" #") != std::string_view::npos) {
        return false;
    }
    if (is_nothing(text)) {
        return false;
    }
    constexpr std::string_view leaders = ",[]{}#&*!|>'\"%@`";
    if (leaders.find(text.front()) != std::string_view::npos) {
        return false;
    }
    const bool may_lead = text.front() == '-' || text.front() == '?' || text.front() == ':';
    return !may_lead || (text.size() > 1 && text[1] != ' ' && text.substr(0, 3) != "---");
}

bool reads_as_more_than_text(std::string_view text) {
    constexpr std::array<std::string_view, 4> words{"true", "false", "[]", "{}"};
    constexpr std::string_view numeric = "0123456789+-.";
    return text.empty() || is_nothing(text) ||
           std::find(words.begin(), words.end(), text) != words.end() ||
           numeric.find(text.front()) != std::string_view::npos;
}

} // namespace chainsim::input
