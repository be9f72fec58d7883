#include <chainsim/study/detail/page_view.hpp>
#include <chainsim/study/detail/reader.hpp>
#include <chainsim/table/catalogue.hpp>
#include <chainsim/table/number_text.hpp>

#include <fmt/format.h>

#include <algorithm>
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
    return with_unit(number, unit);
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
        // A figure that is to be marked is told as text.
        const bool is_marked = cell.basis != Basis::planned && !has_basis(part);
        if (is_marked || (out.is_number && unit != cell.unit)) {
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

std::string heading_of(const PagePart& part, std::size_t column, Language language) {
    if (column < part.headings.size() && !part.headings[column].en.empty()) {
        return name_in(part.headings[column], language);
    }
    return std::string(table::heading(part.columns[column], language));
}

std::vector<std::size_t> columns_of(const PagePart& part) {
    std::vector<std::size_t> out;
    for (std::size_t c = 0; c < part.columns.size(); ++c) {
        if (std::any_of(part.rows.begin(), part.rows.end(), [c](const PageRow& row) {
                return row.cells[c].is_number || !row.cells[c].text.en.empty();
            })) {
            out.push_back(c);
        }
    }
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

bool has_basis(const PagePart& part) {
    return std::find(part.columns.begin(), part.columns.end(), "basis") != part.columns.end();
}

std::string shown(const PageCell& cell, Language language, bool is_told_elsewhere) {
    if (!cell.is_number) {
        return name_in(cell.text, language);
    }
    auto text = amount_of(cell, language);
    if (is_told_elsewhere || cell.basis == Basis::planned || std::isnan(cell.value)) {
        return text;
    }
    return text + fill("basis_mark_" + std::string(to_string(cell.basis)), language);
}

} // namespace chainsim::study::detail
