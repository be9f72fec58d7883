#include <chainsim/base/utf8.hpp>
#include <chainsim/table/catalogue.hpp>
#include <chainsim/table/number_text.hpp>
#include <chainsim/table/text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

namespace chainsim::table {

namespace {

/// Narrower than this, a text column says nothing any more.
constexpr std::size_t narrowest = 12;
constexpr std::size_t gap = 2;

/// A column as it is drawn.
struct Drawn {
    std::string heading;
    std::string unit;
    std::vector<std::string> cells;
    bool numeric = false;
    std::size_t width = 0;
};

std::string cell_text(const Cell& cell) {
    if (const auto* text = std::get_if<std::string>(&cell)) {
        return *text;
    }
    if (const auto* whole = std::get_if<std::int64_t>(&cell)) {
        return fmt::format("{}", *whole);
    }
    return reader_text(std::get<double>(cell));
}

Drawn draw(const Column& column, Language language, std::size_t first, std::size_t last) {
    Drawn drawn{std::string(heading(column.name, language)), column.unit, {}, false, 0};
    drawn.numeric = !std::holds_alternative<std::vector<std::string>>(column.cells);
    drawn.width = std::max(display_width(drawn.heading), display_width(drawn.unit));
    for (std::size_t row = first; row < last; ++row) {
        drawn.cells.push_back(cell_text(column.at(row)));
        drawn.width = std::max(drawn.width, display_width(drawn.cells.back()));
    }
    return drawn;
}

std::size_t total_width(const std::vector<Drawn>& columns) {
    std::size_t width = columns.empty() ? 0 : gap * (columns.size() - 1);
    for (const auto& column : columns) {
        width += column.width;
    }
    return width;
}

/// Takes width from the widest text column, again and again, until the table fits.
void shrink(std::vector<Drawn>& columns, std::size_t width) {
    std::size_t total = total_width(columns);
    while (total > width) {
        Drawn* widest = nullptr;
        for (auto& column : columns) {
            if (!column.numeric && column.width > narrowest &&
                (widest == nullptr || column.width > widest->width)) {
                widest = &column;
            }
        }
        if (widest == nullptr) {
            return;
        }
        --widest->width;
        --total;
    }
}

/// The columns of each block: as many as fit, the first column repeated.
std::vector<std::vector<std::size_t>> blocks(const std::vector<Drawn>& columns, std::size_t width) {
    std::vector<std::vector<std::size_t>> result;
    std::size_t used = 0;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const bool fits = result.empty() || used + gap + columns[i].width <= width;
        if (result.empty() || !fits) {
            const bool repeat = i > 0;
            result.emplace_back();
            used = 0;
            if (repeat) {
                result.back().push_back(0);
                used = columns[0].width + gap;
            }
        } else {
            used += gap;
        }
        result.back().push_back(i);
        used += columns[i].width;
    }
    return result;
}

std::string line(const std::vector<Drawn>& columns, const std::vector<std::size_t>& block,
                 const auto& text_of) {
    std::string result;
    for (std::size_t i = 0; i < block.size(); ++i) {
        const Drawn& column = columns[block[i]];
        const std::string text = fit(text_of(column), column.width);
        result += column.numeric ? pad_left(text, column.width) : pad_right(text, column.width);
        result.append(i + 1 < block.size() ? gap : 0, ' ');
    }
    result.erase(result.find_last_not_of(' ') + 1);
    return result + '\n';
}

std::string rule(const std::vector<Drawn>& columns, const std::vector<std::size_t>& block) {
    std::string result;
    for (std::size_t i = 0; i < block.size(); ++i) {
        result.append(columns[block[i]].width, '-');
        result.append(i + 1 < block.size() ? gap : 0, ' ');
    }
    return result + '\n';
}

} // namespace

std::size_t display_width(std::string_view text) {
    std::size_t width = 0;
    for (const char32_t character : utf8::decode(text)) {
        width += static_cast<std::size_t>(utf8::display_width(character));
    }
    return width;
}

std::string fit(std::string_view text, std::size_t width) {
    if (display_width(text) <= width || width == 0) {
        return width == 0 ? std::string{} : std::string(text);
    }
    // Names of plants begin alike and differ at the end: of a long text both ends stay.
    constexpr std::size_t long_enough = 12;
    const std::size_t room = width - 1;
    const std::size_t for_end = width < long_enough ? 0 : room / 3;
    const auto starts = utf8::starts(text);
    const std::u32string characters = utf8::decode(text);
    const auto columns = [&](std::size_t at) {
        return static_cast<std::size_t>(utf8::display_width(characters[at]));
    };
    std::size_t used = 0;
    std::size_t end = characters.size();
    while (end > 0 && used + columns(end - 1) <= for_end) {
        used += columns(--end);
    }
    std::size_t begin = 0;
    while (begin < end && used + columns(begin) <= room) {
        used += columns(begin++);
    }
    return fmt::format("{}…{}", text.substr(0, starts[begin]), text.substr(starts[end]));
}

std::string pad_right(std::string_view text, std::size_t width) {
    const std::size_t own = display_width(text);
    return std::string(text) + std::string(width > own ? width - own : 0, ' ');
}

std::string pad_left(std::string_view text, std::size_t width) {
    const std::size_t own = display_width(text);
    return std::string(width > own ? width - own : 0, ' ') + std::string(text);
}

std::string to_text(const Table& table, const TextOptions& options) {
    const std::size_t first = std::min(options.first_row, table.rows());
    const std::size_t last =
        options.most_rows == 0 ? table.rows() : std::min(table.rows(), first + options.most_rows);
    std::vector<Drawn> columns;
    columns.reserve(table.columns().size());
    for (const auto& column : table.columns()) {
        columns.push_back(draw(column, options.language, first, last));
    }
    if (columns.empty()) {
        return {};
    }
    const std::size_t width = options.width == 0 ? total_width(columns) : options.width;
    shrink(columns, width);
    const bool units = std::any_of(columns.begin(), columns.end(),
                                   [](const Drawn& column) { return !column.unit.empty(); });
    std::string result;
    for (const auto& block : blocks(columns, width)) {
        if (!result.empty()) {
            result += '\n';
        }
        result += line(columns, block, [](const Drawn& column) { return column.heading; });
        if (units) {
            result += line(columns, block, [](const Drawn& column) { return column.unit; });
        }
        result += rule(columns, block);
        for (std::size_t row = 0; row < last - first; ++row) {
            result +=
                line(columns, block, [row](const Drawn& column) { return column.cells[row]; });
        }
    }
    if (last < table.rows()) {
        result +=
            options.whole_in.empty()
                ? fmt::format(fmt::runtime(say("more_rows", options.language)), table.rows() - last)
                : fmt::format(fmt::runtime(say("more_rows_in", options.language)),
                              table.rows() - last, options.whole_in);
        result += '\n';
    }
    return result;
}

} // namespace chainsim::table
