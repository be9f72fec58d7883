#include <chainsim/base/utf8.hpp>
#include <chainsim/units/quantity.hpp>

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <system_error>

namespace chainsim::units {

namespace {

[[noreturn]] void fail(std::string_view text, std::string_view reason) {
    throw UnitError(fmt::format("'{}' is not a number: {}", utf8::shorten(text, 40), reason));
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

} // namespace

double parse_number(std::string_view text) {
    // std::from_chars alone would take "nan", "inf", "infinity" and "010".
    const std::string_view digits = text.starts_with('-') ? text.substr(1) : text;
    if (digits.empty() || !is_digit(digits[0])) {
        fail(text, "it must begin with a digit, or with '-' and a digit");
    }
    if (digits.size() > 1 && digits[0] == '0' && is_digit(digits[1])) {
        fail(text, "it begins with a superfluous 0");
    }
    double value = 0.0;
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value, std::chars_format::general);
    if (error == std::errc::result_out_of_range) {
        fail(text, "it is too large or too small for a double");
    }
    if (error != std::errc{} || stop != end || !std::isfinite(value)) {
        const auto left = std::string_view(stop, static_cast<std::size_t>(end - stop));
        fail(text, fmt::format("'{}' does not belong to it", utf8::shorten(left, 20)));
    }
    return value;
}

} // namespace chainsim::units
