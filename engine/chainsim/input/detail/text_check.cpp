#include <chainsim/base/utf8.hpp>
#include <chainsim/input/detail/text_check.hpp>
#include <chainsim/input/document.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace chainsim::input::detail {

namespace {

Place place_of(const Document& document, std::size_t position) {
    const std::string_view before = std::string_view(document.text()).substr(0, position);
    const std::size_t line_start = before.rfind('\n') + 1; // npos + 1 is 0
    const auto line = 1 + std::count(before.begin(), before.end(), '\n');
    const std::size_t column = 1 + utf8::decode(before.substr(line_start)).size();
    return {&document, static_cast<int>(line), static_cast<int>(column)};
}

bool check_encoding(const Document& document, Findings& findings) {
    const auto position = utf8::find_invalid(document.text());
    if (!position) {
        return true;
    }
    Place place = place_of(document, *position);
    const auto byte = static_cast<unsigned char>(document.text()[*position]);
    findings.add(place, "", fmt::format("byte 0x{:02X} is not UTF-8", byte),
                 "save the file as UTF-8 (not GBK or UTF-16)");
    return false;
}

bool check_controls(const Document& document, Findings& findings) {
    const std::string& text = document.text();
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        const bool ends_line = byte == '\r' && i + 1 < text.size() && text[i + 1] == '\n';
        const bool allowed = byte == '\n' || byte == '\t' || ends_line;
        if ((byte < 0x20 && !allowed) || byte == 0x7F) {
            findings.add(place_of(document, i), "",
                         fmt::format("control character 0x{:02X} in the text", byte),
                         byte == '\r' ? "end lines with LF or CR LF" : "remove it");
            return false;
        }
    }
    return true;
}

bool check_tabs(const Document& document, Findings& findings) {
    const std::string_view text = document.text();
    std::size_t line_start = 0;
    while (line_start < text.size()) {
        const std::size_t first = text.find_first_not_of(' ', line_start);
        if (first != std::string_view::npos && text[first] == '\t') {
            findings.add(place_of(document, first), "", "a tab in the indentation",
                         "indent by spaces");
            return false;
        }
        const std::size_t end = text.find('\n', line_start);
        line_start = end == std::string_view::npos ? text.size() : end + 1;
    }
    return true;
}

constexpr std::string_view wide_colon = "：";

} // namespace

std::string hint_of_wide_colon(std::string_view text) {
    const std::size_t start = std::min(text.find_first_not_of(" -"), text.size());
    const std::size_t colon = text.find(wide_colon, start);
    if (colon == std::string_view::npos || colon == start) {
        return {};
    }
    const std::string_view key = text.substr(start, colon - start);
    const bool is_key = key.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                              "0123456789_") == std::string_view::npos;
    return is_key ? fmt::format("write '{}: ' with a colon of ASCII and a space, not '{}'", key,
                                wide_colon)
                  : std::string{};
}

std::string hint_of_wide_colon(const Document& document, int line) {
    for (const int one : {line, line - 1}) {
        if (one < 1) {
            continue;
        }
        if (auto hint = hint_of_wide_colon(document.line(one)); !hint.empty()) {
            return hint;
        }
    }
    return {};
}

bool check_text(const Document& document, Findings& findings) {
    return check_encoding(document, findings) && check_controls(document, findings) &&
           check_tabs(document, findings);
}

} // namespace chainsim::input::detail
