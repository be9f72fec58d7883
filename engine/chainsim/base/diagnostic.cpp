#include <chainsim/base/diagnostic.hpp>
#include <chainsim/base/utf8.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace chainsim {

namespace {

/// Longest part of a line that is shown; a generated file may have one line of a megabyte.
constexpr std::size_t excerpt_length = 160;

/// The line with its number, and a caret below the column.
///
/// The caret is placed by the width that characters take in a terminal, since a Chinese character
/// takes two columns of the screen and counts as one column of the text.
std::string excerpt(const SourceLocation& where, std::string_view line_text) {
    std::string shown = utf8::shorten(line_text, excerpt_length);
    std::replace(shown.begin(), shown.end(), '\t', ' ');
    std::string result = fmt::format("{:>5} | {}", where.line, shown);
    const std::u32string characters = utf8::decode(line_text);
    const auto column = static_cast<std::size_t>(std::max(where.column, 0));
    if (column == 0 || column > excerpt_length || column > characters.size() + 1) {
        return result;
    }
    int width = 0;
    for (std::size_t i = 0; i + 1 < column; ++i) {
        width += utf8::display_width(characters[i]);
    }
    const auto margin = std::max<std::size_t>(5, fmt::formatted_size("{}", where.line));
    result += fmt::format("\n{:>{}} | {:>{}}", "", margin, "^", width + 1);
    return result;
}

std::string joined(const std::vector<Diagnostic>& diagnostics) {
    std::string text;
    for (const auto& diagnostic : diagnostics) {
        if (!text.empty()) {
            text += '\n';
        }
        text += to_string(diagnostic);
    }
    return text;
}

} // namespace

std::string to_string(const Diagnostic& diagnostic) {
    const std::string place = to_string(diagnostic.where);
    std::string text = place.empty() ? fmt::format("error: {}", diagnostic.message)
                                     : fmt::format("{}: error: {}", place, diagnostic.message);
    if (diagnostic.where.line > 0 && !diagnostic.line_text.empty()) {
        text += '\n';
        text += excerpt(diagnostic.where, diagnostic.line_text);
    }
    if (!diagnostic.field.empty()) {
        text += fmt::format("\n  field: {}", diagnostic.field);
    }
    if (!diagnostic.help.empty()) {
        text += fmt::format("\n  help:  {}", diagnostic.help);
    }
    for (const auto& other : diagnostic.also) {
        text += fmt::format("\n  also:  {}", to_string(other));
    }
    return text;
}

InputError::InputError(std::vector<Diagnostic> diagnostics)
    : Error(joined(diagnostics)), diagnostics_(std::move(diagnostics)) {}

} // namespace chainsim
