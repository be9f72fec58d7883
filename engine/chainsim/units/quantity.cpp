#include <chainsim/base/utf8.hpp>
#include <chainsim/units/detail/unit_parser.hpp>
#include <chainsim/units/quantity.hpp>

#include <fmt/format.h>

#include <cmath>

namespace chainsim::units {

namespace {

constexpr std::size_t longest_text = 200;

std::string_view trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(' ');
    if (first == std::string_view::npos) {
        return {};
    }
    return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

/// Length of the number at the start: digits, a point, and an exponent if digits follow it.
///
/// "3e3 t" has an exponent and "3 eggs" has none.
std::size_t number_length(std::string_view text) {
    const auto digits = [&](std::size_t i) {
        while (i < text.size() && text[i] >= '0' && text[i] <= '9') {
            ++i;
        }
        return i;
    };
    std::size_t i = digits(text.starts_with('-') ? 1 : 0);
    if (i < text.size() && text[i] == '.') {
        i = digits(i + 1);
    }
    if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
        const std::size_t sign =
            i + 1 < text.size() && (text[i + 1] == '-' || text[i + 1] == '+') ? i + 2 : i + 1;
        if (const std::size_t end = digits(sign); end > sign) {
            i = end;
        }
    }
    return i;
}

[[noreturn]] void fail_conversion(const Unit& from, const Unit& to) {
    throw UnitError(fmt::format("'{}' is {}; '{}' is {}", from.text(), from.dimension_name(),
                                to.text(), to.dimension_name()));
}

} // namespace

Unit Unit::parse(std::string_view text) {
    detail::ParsedUnit parsed = detail::parse_unit(text);
    Unit unit;
    unit.scale_ = parsed.scale;
    unit.dimension_ = parsed.dimension;
    unit.over_ = parsed.over;
    unit.text_ = std::move(parsed.text);
    return unit;
}

Unit Unit::per(const Unit& other) const {
    if (other.text_ == "1") {
        return *this;
    }
    const bool starts_with_digit = other.text_[0] >= '0' && other.text_[0] <= '9';
    const bool compound = starts_with_digit ||
                          other.text_.find_first_of(" /.*") != std::string::npos ||
                          other.text_.find("·") != std::string::npos;
    return parse(compound ? fmt::format("{}/({})", text_, other.text_)
                          : fmt::format("{}/{}", text_, other.text_));
}

Quantity Quantity::parse(std::string_view text) {
    const std::string_view whole = trimmed(text);
    if (whole.empty()) {
        throw UnitError("a number with its unit is missing");
    }
    if (whole.size() > longest_text) {
        throw UnitError(fmt::format("'{}' is not a number with a unit: it is longer than {} bytes",
                                    utf8::shorten(whole, 40), longest_text));
    }
    const std::size_t length = number_length(whole);
    const std::string_view digits = whole.substr(whole.starts_with('-') ? 1 : 0);
    const bool is_hexadecimal = digits.starts_with("0x") || digits.starts_with("0X");
    if (digits.empty() || digits[0] < '0' || digits[0] > '9' || is_hexadecimal) {
        throw UnitError(fmt::format("'{}' is not a number with a unit", utf8::shorten(whole, 40)));
    }
    const std::string_view after = whole.substr(length);
    if (!after.empty() && std::string_view(".,_'").find(after[0]) != std::string_view::npos) {
        throw UnitError(fmt::format("'{}' is not a number with a unit: digits are not grouped, and "
                                    "the decimal sign is one point",
                                    whole));
    }
    const double number = parse_number(whole.substr(0, length));
    const std::string_view unit_text = trimmed(after);
    if (unit_text.starts_with('/')) {
        throw UnitError(
            fmt::format("'{}' has nothing above the line of its unit; write for example "
                        "'{} 1{}'",
                        whole, whole.substr(0, length), unit_text));
    }
    Quantity quantity(number, unit_text.empty() ? Unit{} : Unit::parse(unit_text));
    if (!std::isfinite(number * quantity.unit_.scale())) {
        throw UnitError(fmt::format("'{}' is too large", whole));
    }
    return quantity;
}

double Quantity::in(const Unit& unit) const {
    if (!unit_.is_convertible_to(unit)) {
        fail_conversion(unit_, unit);
    }
    // By the factor that is above 1, which is whole for most pairs of units: 3250 kWh is then
    // exactly 3.25 MWh, and 95 % exactly 0.95.
    return unit_.scale() >= unit.scale() ? number_ * (unit_.scale() / unit.scale())
                                         : number_ / (unit.scale() / unit_.scale());
}

double Quantity::in_a_year(const Unit& unit) const {
    static const Unit year = Unit::parse("a");
    return unit_.is_convertible_to(unit) ? in(unit) : in(unit.per(year));
}

double Quantity::in(std::string_view unit) const { return in(Unit::parse(unit)); }

Quantity operator+(const Quantity& a, const Quantity& b) {
    return {a.number() + b.in(a.unit()), a.unit()};
}

Quantity operator-(const Quantity& a, const Quantity& b) {
    return {a.number() - b.in(a.unit()), a.unit()};
}

Quantity operator*(double factor, const Quantity& quantity) {
    return {factor * quantity.number(), quantity.unit()};
}

std::string to_string(const Quantity& quantity) {
    if (quantity.unit().text() == "1") {
        return fmt::format("{}", quantity.number());
    }
    return fmt::format("{} {}", quantity.number(), quantity.unit().text());
}

} // namespace chainsim::units
