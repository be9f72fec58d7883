#include <chainsim/base/utf8.hpp>
#include <chainsim/input_output/detail/lines.hpp>
#include <chainsim/input_output/sheet.hpp>
#include <chainsim/io/file.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>
#include <utility>

namespace chainsim::input_output {

namespace {

constexpr std::string_view mark = "\xEF\xBB\xBF";
constexpr std::string_view banner = "%%MatrixMarket";

bool is_blank(char character) { return character == ' ' || character == '\r'; }

/// The digits of a number without the commas that set thousands apart; nothing where these stand
/// elsewhere.
std::optional<std::string> without_separators(std::string_view text) {
    std::string digits;
    const std::size_t point = std::min(text.find_first_of(".eE"), text.size());
    std::size_t since = 0;
    bool any = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool is_comma = text[i] == ',';
        if (is_comma && (i > point || (any ? since != 3 : since == 0 || since > 3))) {
            return std::nullopt;
        }
        any = any || is_comma;
        since = is_comma ? 0 : since + (text[i] >= '0' && text[i] <= '9' && i < point ? 1 : 0);
        if (!is_comma) {
            digits += text[i];
        }
    }
    return any && since != 3 ? std::nullopt : std::optional(std::move(digits));
}

} // namespace

std::string to_string(const Label& label) {
    return label.region.empty() ? label.name : label.region + " / " + label.name;
}

SourceLocation Sheet::row_place(std::size_t row) const {
    return {file, row < row_lines.size() ? row_lines[row] : 0, row < row_lines.size() ? 1 : 0};
}

SourceLocation Sheet::column_place(std::size_t column) const {
    const bool known = column < column_places.size();
    return {file, known ? header_line : 0, known ? column_places[column] : 0};
}

namespace detail {

std::vector<std::string_view> lines_of(std::string_view text) {
    if (text.starts_with(mark)) {
        text.remove_prefix(mark.size());
    }
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const auto* end = static_cast<const char*>(std::memchr(text.data(), '\n', text.size()));
        const std::size_t length =
            end == nullptr ? text.size() : static_cast<std::size_t>(end - text.data());
        std::string_view line = text.substr(0, length);
        if (line.ends_with('\r')) {
            line.remove_suffix(1);
        }
        lines.push_back(line);
        text.remove_prefix(std::min(length + 1, text.size()));
    }
    return lines;
}

Diagnostic at(const std::string& file, int line, std::string_view text, std::size_t byte,
              std::string message, std::string help) {
    // A line of a large table has a megabyte: of it only the beginning is shown.
    constexpr std::size_t shown = 400;
    constexpr std::size_t shown_characters = 120;
    const auto column = static_cast<int>(utf8::decode(text.substr(0, byte)).size()) + 1;
    return {.where = {file, line, column},
            .field = {},
            .message = std::move(message),
            .help = std::move(help),
            .also = {},
            .line_text = utf8::shorten(text.substr(0, shown), shown_characters)};
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && is_blank(text.front())) {
        text.remove_prefix(1);
    }
    while (!text.empty() && is_blank(text.back())) {
        text.remove_suffix(1);
    }
    return text;
}

std::optional<double> to_number(std::string_view text) {
    if (text.starts_with('+') && text.size() > 1 && text[1] != '-') {
        text.remove_prefix(1);
    }
    std::string plain;
    if (text.find(',') != std::string_view::npos) {
        auto digits = without_separators(text);
        if (!digits) {
            return std::nullopt;
        }
        plain = std::move(*digits);
        text = plain;
    }
    double value = 0.0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) {
        return std::nullopt;
    }
    return value;
}

} // namespace detail

Sheet parse_sheet(std::string_view text, std::string file, input::Findings& findings,
                  const parallel::Executor& executor) {
    if (const auto byte = utf8::find_invalid(text)) {
        const auto line =
            1 + std::count(text.begin(), text.begin() + static_cast<long>(*byte), '\n');
        findings.add({.where = {file, static_cast<int>(line), 0},
                      .field = {},
                      .message = "the file is not UTF-8",
                      .help = "save it as UTF-8 (spreadsheets call it CSV UTF-8)",
                      .also = {},
                      .line_text = {}});
        Sheet empty;
        empty.file = std::move(file);
        return empty;
    }
    return text.starts_with(banner)
               ? detail::parse_matrix_market(text, std::move(file), findings, executor)
               : detail::parse_csv(text, std::move(file), findings, executor);
}

Sheet read_sheet(const std::filesystem::path& file, input::Findings& findings,
                 const parallel::Executor& executor) {
    const std::string text = io::read_file(file);
    return parse_sheet(text, file.string(), findings, executor);
}

} // namespace chainsim::input_output
