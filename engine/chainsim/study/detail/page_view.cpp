#include <chainsim/study/detail/page_view.hpp>
#include <chainsim/study/detail/reader.hpp>
#include <chainsim/table/number_text.hpp>

#include <fmt/format.h>

#include <cmath>

namespace chainsim::study::detail {

namespace {

using table::Language;

std::string amount_of(const PageCell& cell, Language language) {
    const auto [number, unit] = number_of(cell, language);
    if (std::isnan(number)) {
        return "-";
    }
    if (cell.unit == "1") {
        return table::percent_text(cell.value);
    }
    return unit.empty() ? table::reader_text(number)
                        : fmt::format("{} {}", table::reader_text(number), unit);
}

} // namespace

ColumnView view_of(const PagePart& part, std::size_t column, Language language) {
    ColumnView out;
    std::string unit;
    for (const auto& row : part.rows) {
        const auto& cell = row.cells[column];
        if (!cell.is_number) {
            if (!cell.text.en.empty()) {
                return {};
            }
            continue;
        }
        if (out.is_number && unit != cell.unit) {
            return {};
        }
        unit = cell.unit;
        out.is_number = true;
    }
    if (!out.is_number || unit == "1") {
        return {}; // shares are told in per cent, each with its sign
    }
    out.unit = for_reader(0.0, unit, language).unit;
    return out;
}

std::pair<double, std::string> number_of(const PageCell& cell, Language language) {
    constexpr double percent = 100.0;
    if (cell.unit == "1") {
        return {percent * cell.value, "%"};
    }
    auto [number, unit] = for_reader(cell.value, cell.unit, language);
    // By itself a small amount is told in its own unit: 716 t, and not 0.0716 of ten thousand.
    constexpr double least_scaled = 0.1;
    if (number != 0.0 && std::abs(number) < least_scaled) {
        if (cell.unit == "t") {
            return {cell.value, language == Language::en ? "t" : "吨"};
        }
        if (cell.unit == "tce") {
            return {cell.value, language == Language::en ? "tce" : "吨标煤"};
        }
    }
    return {number, std::move(unit)};
}

std::string shown(const PageCell& cell, Language language) {
    return cell.is_number ? amount_of(cell, language) : name_in(cell.text, language);
}

} // namespace chainsim::study::detail
