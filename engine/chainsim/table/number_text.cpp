#include <chainsim/table/number_text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string_view>

namespace chainsim::table {

namespace {

/// Puts a comma between each three digits before the point.
std::string with_thousands(std::string_view text) {
    std::string result;
    const std::size_t point = std::min(text.find('.'), text.size());
    const std::size_t first = text.starts_with('-') ? 1 : 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (i > first && i < point && (point - i) % 3 == 0) {
            result += ',';
        }
        result += text[i];
    }
    return result;
}

} // namespace

std::string exact_text(double number) {
    if (std::isnan(number)) {
        return {};
    }
    // Adding zero turns a negative zero into zero, which is the same value to every reader.
    return fmt::format("{}", number + 0.0);
}

std::string reader_text(double number) {
    if (std::isnan(number)) {
        return "-";
    }
    const double size = std::abs(number);
    if (size == 0.0) {
        return "0";
    }
    if (size >= 1e15 || size < 1e-4) {
        return fmt::format("{:.3g}", number);
    }
    // Of a number below one, as many decimals as show four digits that count.
    const int magnitude = static_cast<int>(std::floor(std::log10(size)));
    const int decimals = magnitude >= 3 ? 0 : 3 - magnitude;
    std::string text = fmt::format("{:.{}f}", number, decimals);
    if (decimals > 0) {
        text.erase(text.find_last_not_of('0') + 1);
        if (text.ends_with('.')) {
            text.pop_back();
        }
    }
    return with_thousands(text);
}

std::string percent_text(double share) {
    return std::isnan(share) ? "-" : fmt::format("{:.1f} %", 100.0 * share + 0.0);
}

} // namespace chainsim::table
