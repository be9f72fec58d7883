#include <chainsim/base/nearest.hpp>
#include <chainsim/base/utf8.hpp>
#include <chainsim/optimise/detail/text_lines.hpp>

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <system_error>
#include <utility>

namespace chainsim::optimise::detail {

namespace {

bool is_blank(char letter) {
    return letter == ' ' || letter == '\t' || letter == '\r' || letter == '\f' || letter == '\v';
}

} // namespace

bool TextLines::next() {
    if (rest_.empty() || findings_.size() >= most_findings) {
        return false;
    }
    const auto end = rest_.find('\n');
    line_ = rest_.substr(0, end);
    rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 1);
    ++line_number_;
    return true;
}

void TextLines::split() {
    words_.clear();
    std::size_t at = 0;
    while (at < line_.size()) {
        while (at < line_.size() && is_blank(line_[at])) {
            ++at;
        }
        const std::size_t begin = at;
        while (at < line_.size() && !is_blank(line_[at])) {
            ++at;
        }
        if (at > begin) {
            words_.push_back(line_.substr(begin, at - begin));
        }
    }
}

void TextLines::refuse(std::string_view word, std::string message, std::string help) {
    const auto before = static_cast<std::size_t>(word.data() - line_.data());
    const auto column = static_cast<int>(utf8::decode(line_.substr(0, before)).size()) + 1;
    findings_.push_back({.where = {.file = file_, .line = line_number_, .column = column},
                         .field = {},
                         .message = std::move(message),
                         .help = std::move(help),
                         .also = {},
                         .line_text = std::string(line_)});
}

void TextLines::check() const {
    if (is_refused()) {
        throw InputError(findings_);
    }
}

std::optional<double> TextLines::number(std::string_view word) {
    const auto value = to_number(word);
    if (!value) {
        refuse(word, fmt::format("'{}' is no number", word), "write for example 12.5 or -3e4");
    }
    return value;
}

std::optional<double> to_number(std::string_view word) {
    std::string_view digits = word;
    if (digits.starts_with('+')) {
        digits.remove_prefix(1);
    }
    double value = 0.0;
    const auto read = [&value](std::string_view text) {
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        return error == std::errc() && end == text.data() + text.size() && !std::isnan(value);
    };
    if (read(digits)) {
        return value;
    }
    const auto exponent = digits.find_first_of("dD");
    if (exponent == std::string_view::npos || exponent == 0) {
        return std::nullopt;
    }
    std::string copy(digits);
    copy[exponent] = 'e';
    if (copy.size() > exponent + 1 && copy[exponent + 1] == '+') {
        copy.erase(exponent + 1, 1);
    }
    return read(copy) ? std::optional(value) : std::nullopt;
}

std::string near_name(std::string_view word, const std::vector<std::string>& known) {
    const std::string found = nearest(word, known);
    return found.empty() ? std::string() : fmt::format("did you mean '{}'?", found);
}

} // namespace chainsim::optimise::detail
