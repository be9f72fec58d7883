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
/// The first column names the row: numbers rather go on in a further block than that the names of
/// two rows become the same.
constexpr std::size_t narrowest_name = 24;
/// What stays of the words before an amount.
constexpr std::size_t narrowest_before_amount = 8;
constexpr std::size_t gap = 2;
/// Word joiner: stands where the words begin that must stay whole.
constexpr std::string_view joiner = "\u2060";

/// A column as it is drawn.
struct Drawn {
    std::string heading;
    std::string unit;
    std::vector<std::string> cells;
    bool numeric = false;
    std::size_t width = 0;
    std::size_t least = 0;
};

/// What may be cut of a text, and what must stay whole at its end.
struct Parts {
    std::string_view free;
    std::string_view bound;
};

Parts parts_of(std::string_view text) {
    const std::size_t at = text.find(joiner);
    if (at == std::string_view::npos) {
        return {text, {}};
    }
    const std::size_t last = text.substr(0, at).find_last_not_of(' ');
    return {text.substr(0, last == std::string_view::npos ? 0 : last + 1),
            text.substr(at + joiner.size())};
}

std::size_t least_width(std::string_view text) {
    const auto [free, bound] = parts_of(text);
    const std::size_t before = std::min(display_width(free), narrowest_before_amount);
    return std::max(narrowest, before + (before > 0 ? 1 : 0) + display_width(bound));
}

bool is_of_number(char32_t character) {
    return (character >= U'0' && character <= U'9') || character == U'.' || character == U',';
}

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
    Drawn drawn{std::string(heading(column.name, language)), column.unit, {}, false, 0, 0};
    drawn.numeric = !std::holds_alternative<std::vector<std::string>>(column.cells);
    drawn.width = std::max(display_width(drawn.heading), display_width(drawn.unit));
    for (std::size_t row = first; row < last; ++row) {
        drawn.cells.push_back(cell_text(column.at(row)));
        drawn.width = std::max(drawn.width, display_width(drawn.cells.back()));
        drawn.least = std::max(drawn.least, least_width(drawn.cells.back()));
    }
    drawn.least = drawn.numeric ? drawn.width : std::min(drawn.least, drawn.width);
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
            if (column.width > column.least &&
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

/// Gives text columns back what they can have without one block more, the narrowest first.
void widen(std::vector<Drawn>& columns, const std::vector<std::size_t>& natural,
           std::size_t width) {
    const auto fits = [&, count = blocks(columns, width).size()] {
        const auto now = blocks(columns, width);
        return now.size() == count && std::ranges::all_of(now, [&](const auto& block) {
                   std::size_t used = gap * (block.size() - 1);
                   for (const std::size_t i : block) {
                       used += columns[i].width;
                   }
                   return used <= width;
               });
    };
    std::vector<bool> settled(columns.size(), !fits());
    while (true) {
        std::size_t chosen = columns.size();
        for (std::size_t i = 0; i < columns.size(); ++i) {
            if (!settled[i] && columns[i].width < natural[i] &&
                (chosen == columns.size() || columns[i].width < columns[chosen].width)) {
                chosen = i;
            }
        }
        if (chosen == columns.size()) {
            return;
        }
        ++columns[chosen].width;
        if (!fits()) {
            --columns[chosen].width;
            settled[chosen] = true;
        }
    }
}

/// Makes the columns as narrow as they must be.
void settle(std::vector<Drawn>& columns, std::size_t width) {
    std::vector<std::size_t> natural;
    std::size_t beside = 0; // what the name must leave room for
    for (std::size_t i = 0; i < columns.size(); ++i) {
        natural.push_back(columns[i].width);
        beside = i == 0 ? 0 : std::max(beside, gap + columns[i].least);
    }
    if (!columns[0].numeric) {
        const std::size_t room = width > beside ? width - beside : 0;
        columns[0].least = std::max(columns[0].least, std::min({natural[0], narrowest_name, room}));
    }
    shrink(columns, width);
    widen(columns, natural, width);
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
        width +=
            character == U'\u2060' ? 0 : static_cast<std::size_t>(utf8::display_width(character));
    }
    return width;
}

std::string fit(std::string_view text, std::size_t width) {
    if (const auto [free, bound] = parts_of(text); !bound.empty()) {
        const std::size_t rest = display_width(bound) + (free.empty() ? 0 : 1);
        if (rest > width || (!free.empty() && rest == width)) {
            // No number rather than a part of one, which would be another number.
            return width == 0 ? std::string{} : "…";
        }
        return fmt::format("{}{}{}", fit(free, width - rest), free.empty() ? "" : " ", bound);
    }
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
    const auto cuts_number = [&](std::size_t at) {
        return at > 0 && at < characters.size() && is_of_number(characters[at - 1]) &&
               is_of_number(characters[at]);
    };
    while (cuts_number(begin)) {
        --begin;
    }
    while (cuts_number(end)) {
        ++end;
    }
    return fmt::format("{}…{}", text.substr(0, starts[begin]), text.substr(starts[end]));
}

std::string whole(std::string_view text) { return fmt::format("{}{}", joiner, text); }

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
    settle(columns, width);
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
    if (const std::size_t more = table.rows() - last; more > 0) {
        const std::string form = more == 1 ? "_one" : "";
        result += options.whole_in.empty()
                      ? fmt::format(fmt::runtime(say("more_rows" + form, options.language)), more)
                      : fmt::format(fmt::runtime(say("more_rows_in" + form, options.language)),
                                    more, options.whole_in);
        result += '\n';
    }
    return result;
}

} // namespace chainsim::table
