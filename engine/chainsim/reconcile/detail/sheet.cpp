#include <chainsim/base/nearest.hpp>
#include <chainsim/base/utf8.hpp>
#include <chainsim/reconcile/detail/sheet.hpp>
#include <chainsim/reconcile/gross_errors.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <initializer_list>
#include <utility>

namespace chainsim::reconcile::detail {

namespace {

constexpr std::string_view wide_blank = "\xE3\x80\x80"; // U+3000
constexpr std::size_t few = 8;

std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> lines;
    for (std::size_t begin = 0; begin <= text.size();) {
        const auto end = std::min(text.find('\n', begin), text.size());
        std::string line(text.substr(begin, end - begin));
        if (line.ends_with('\r')) {
            line.pop_back();
        }
        lines.push_back(std::move(line));
        begin = end + 1;
    }
    return lines;
}

std::string without_blanks(std::string_view text) {
    std::string out;
    for (const char character : text) {
        if (character != ' ') {
            out += static_cast<char>(
                std::tolower(static_cast<unsigned char>(character))); // of ASCII alone
        }
    }
    return out;
}

/// 1,234,567.8 as spreadsheets write it -> 1234567.8; another use of commas stays as it is.
std::string ungrouped(const std::string& text) {
    const auto point = std::min(text.find_first_of(".eE"), text.size());
    const auto first = text.find(',');
    const std::size_t begin = text.starts_with('-') ? 1 : 0;
    if (first >= point || first == begin || first > begin + 3) {
        return text;
    }
    std::string out = text.substr(0, first);
    for (std::size_t i = first; i < point; i += 4) {
        const bool is_group =
            text[i] == ',' && i + 4 <= point &&
            std::all_of(text.begin() + static_cast<std::ptrdiff_t>(i + 1),
                        text.begin() + static_cast<std::ptrdiff_t>(i + 4),
                        [](unsigned char character) { return std::isdigit(character) != 0; });
        if (!is_group) {
            return text;
        }
        out += text.substr(i + 1, 3);
    }
    return out + text.substr(point);
}

std::optional<double> parsed(const std::string& text) {
    try {
        return units::parse_number(ungrouped(text));
    } catch (const Error&) {
        return std::nullopt;
    }
}

/// The text before one of some endings, if it has one.
std::optional<std::string> before(const std::string& text,
                                  std::initializer_list<std::string_view> endings) {
    for (const auto ending : endings) {
        if (text.ends_with(ending)) {
            return text.substr(0, text.size() - ending.size());
        }
    }
    return std::nullopt;
}

} // namespace

std::string trimmed(std::string_view text) {
    const auto drop_front = [&](std::string_view what) {
        const bool has = text.starts_with(what);
        text.remove_prefix(has ? what.size() : 0);
        return has;
    };
    const auto drop_back = [&](std::string_view what) {
        const bool has = text.ends_with(what);
        text.remove_suffix(has ? what.size() : 0);
        return has;
    };
    while (drop_front(" ") || drop_front("\t") || drop_front(wide_blank)) {
    }
    while (drop_back(" ") || drop_back("\t") || drop_back(wide_blank)) {
    }
    return std::string(text);
}

std::string help_of(std::string_view word, const std::vector<std::string>& known,
                    std::string_view otherwise) {
    const auto near = nearest(word, known);
    if (!near.empty()) {
        return fmt::format("did you mean '{}'?", near);
    }
    return known.size() <= few && !known.empty() ? fmt::format("known: {}", fmt::join(known, ", "))
                                                 : std::string(otherwise);
}

Sheet::Sheet(std::string_view text, std::string file, const std::vector<ColumnWord>& columns)
    : file_(std::move(file)) {
    if (const auto bad = utf8::find_invalid(text)) {
        const auto line =
            std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(*bad), '\n') + 1;
        findings_.add(Diagnostic{{file_, static_cast<int>(line), 1},
                                 {},
                                 "the file is no UTF-8",
                                 "save it as CSV UTF-8, as spreadsheets offer beside CSV",
                                 {},
                                 {}});
        raise();
    }
    lines_ = lines_of(text);
    rows_ = io::csv_rows(text, file_);
    read_head(columns);
    raise();
}

void Sheet::read_head(const std::vector<ColumnWord>& columns) {
    row_ = &rows_.front();
    std::vector<std::string> known;
    known.reserve(columns.size());
    for (const auto& column : columns) {
        known.emplace_back(column.key);
    }
    for (std::size_t i = 0; i < row_->cells.size(); ++i) {
        const std::string word = without_blanks(trimmed(row_->cells[i]));
        const auto found = std::find_if(columns.begin(), columns.end(), [&](const auto& column) {
            return word == column.key || std::find(column.aliases.begin(), column.aliases.end(),
                                                   word) != column.aliases.end();
        });
        const SourceLocation where{file_, row_->line, row_->columns[i]};
        if (found == columns.end()) {
            findings_.add(Diagnostic{
                where,
                {},
                fmt::format("unknown column '{}'", trimmed(row_->cells[i])),
                help_of(word, known, fmt::format("columns are {}", fmt::join(known, ", "))),
                {},
                lines_.front()});
            continue;
        }
        const bool is_again = std::any_of(places_.begin(), places_.end(), [&](const auto& place) {
            return place.first == found->key;
        });
        if (is_again) {
            findings_.add(Diagnostic{where,
                                     {},
                                     fmt::format("a second column `{}`", found->key),
                                     "leave one of them",
                                     {},
                                     lines_.front()});
        }
        places_.emplace_back(found->key, i);
    }
    for (const auto& column : columns) {
        const bool is_there = std::any_of(places_.begin(), places_.end(), [&](const auto& place) {
            return place.first == column.key;
        });
        if (column.is_required && !is_there) {
            findings_.add(Diagnostic{{file_, row_->line, 1},
                                     {},
                                     fmt::format("no column `{}`", column.key),
                                     fmt::format("columns are {}", fmt::join(known, ", ")),
                                     {},
                                     {}});
        }
    }
}

bool Sheet::next() {
    for (; next_ < rows_.size(); ++next_) {
        row_ = &rows_[next_];
        cells_.clear();
        std::transform(row_->cells.begin(), row_->cells.end(), std::back_inserter(cells_),
                       [](const auto& one) { return trimmed(one); });
        // Spreadsheets leave empty rows behind the last.
        if (std::all_of(cells_.begin(), cells_.end(),
                        [](const auto& one) { return one.empty(); })) {
            continue;
        }
        if (cells_.size() != rows_.front().cells.size()) {
            refuse({},
                   fmt::format("{} cells in a table of {} columns", cells_.size(),
                               rows_.front().cells.size()),
                   "quote cells that hold a comma");
            continue;
        }
        ++next_;
        return true;
    }
    return false;
}

const std::string& Sheet::cell(std::string_view key) const {
    const auto found = std::find_if(places_.begin(), places_.end(),
                                    [&](const auto& place) { return place.first == key; });
    return found == places_.end() || found->second >= cells_.size() ? nothing_
                                                                    : cells_[found->second];
}

void Sheet::refuse(std::string_view key, std::string message, std::string help) {
    refuse_at(row_->line, key, std::move(message), std::move(help));
}

void Sheet::refuse_at(int line, std::string_view key, std::string message, std::string help) {
    const auto row = std::find_if(rows_.begin(), rows_.end(),
                                  [line](const auto& one) { return one.line == line; });
    const auto found = std::find_if(places_.begin(), places_.end(),
                                    [&](const auto& place) { return place.first == key; });
    int column = 1;
    if (row != rows_.end() && found != places_.end() && found->second < row->columns.size()) {
        column = row->columns[found->second];
    }
    const auto text = static_cast<std::size_t>(line) - 1;
    findings_.add(Diagnostic{{file_, line, column},
                             {},
                             std::move(message),
                             std::move(help),
                             {},
                             text < lines_.size() ? lines_[text] : std::string{}});
}

std::optional<double> Sheet::number(std::string_view key) {
    const auto value = parsed(cell(key));
    if (!value) {
        refuse(key, fmt::format("'{}' is no number", cell(key)), "write it as 1234.5");
    }
    return value;
}

std::optional<units::Unit> Sheet::unit(std::string_view key) {
    try {
        return units::Unit::parse(cell(key));
    } catch (const units::UnitError& error) {
        refuse(key, error.what(), "write it as t, 万吨, 1000 m3, MWh, GJ, tce, %");
        return std::nullopt;
    }
}

double Sheet::bound(std::string_view key, double otherwise, double none) {
    const std::string& text = cell(key);
    if (text.empty()) {
        return otherwise;
    }
    if (text == "none" || text == "无" || text == "-") {
        return none;
    }
    return number(key).value_or(otherwise);
}

std::optional<double> Sheet::coverage_factor() {
    const std::string text = without_blanks(cell("coverage"));
    if (text.empty() || text == "sigma" || text == "σ" || text == "standard" || text == "标准差" ||
        text == "标准不确定度") {
        return 1.0;
    }
    std::optional<double> factor;
    if (text.starts_with("k=")) {
        factor = parsed(text.substr(2));
    } else if (const auto many = before(text, {"sigma", "σ", "倍标准差"})) {
        factor = parsed(*many);
    } else if (const auto share = before(text, {"%置信", "%ci", "%"})) {
        const auto percent = parsed(*share);
        if (percent && *percent > 0.0 && *percent < 100.0) {
            factor = critical_value({1.0 - *percent / 100.0, Correction::none}, 1);
        }
    }
    if (!factor || *factor <= 0.0) {
        refuse("coverage", fmt::format("'{}' is no coverage", cell("coverage")),
               "write 1 sigma, k=2 or 95 %");
        return std::nullopt;
    }
    return factor;
}

std::optional<double> Sheet::sigma(double value, const units::Unit& unit) {
    const std::string& text = cell("uncertainty");
    const auto factor = coverage_factor();
    if (text.empty()) {
        refuse("uncertainty", "a measured value without an uncertainty",
               "write it in the unit of the value, or as 2 %; 0 is known exactly");
        return std::nullopt;
    }
    std::optional<double> width;
    if (const auto share = before(text, {"%"})) {
        const auto percent = parsed(trimmed(*share));
        if (percent && *percent > 0.0 && value == 0.0) {
            refuse("uncertainty", fmt::format("'{}' of a value of 0 is 0", text),
                   "write the uncertainty in the unit of the value");
            return std::nullopt;
        }
        width = percent ? std::optional(*percent / 100.0 * std::abs(value)) : std::nullopt;
        if (percent && *percent < 0.0) {
            width = *percent;
        }
    } else if (width = parsed(text); !width) {
        try {
            width = units::Quantity::parse(text).in(unit);
        } catch (const Error&) {
            width = std::nullopt; // told below
        }
    }
    if (!width || !std::isfinite(*width)) {
        refuse("uncertainty", fmt::format("'{}' is no uncertainty", text),
               fmt::format("write a number in {}, or a share as 2 %", unit.text()));
        return std::nullopt;
    }
    if (*width < 0.0) {
        refuse("uncertainty", fmt::format("an uncertainty of '{}' is below zero", text),
               "it is the half-width of an interval, or a standard deviation");
        return std::nullopt;
    }
    return factor ? std::optional(*width / *factor) : std::nullopt;
}

} // namespace chainsim::reconcile::detail
