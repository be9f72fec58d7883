#include <chainsim/base/diagnostic.hpp>
#include <chainsim/base/utf8.hpp>
#include <chainsim/io/csv.hpp>
#include <chainsim/table/number_text.hpp>

#include <fmt/format.h>

#include <charconv>
#include <iterator>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

namespace chainsim::io {

namespace {

constexpr std::string_view mark = "\xEF\xBB\xBF";

void write_text(std::string& out, std::string_view text) {
    if (text.find_first_of(",\"\r\n") == std::string_view::npos) {
        out += text;
        return;
    }
    out += '"';
    for (const char character : text) {
        out.append(character == '"' ? 2 : 1, character);
    }
    out += '"';
}

void write_value(std::string& out, const std::string& text) { write_text(out, text); }
void write_value(std::string& out, std::int64_t whole) {
    fmt::format_to(std::back_inserter(out), "{}", whole);
}
void write_value(std::string& out, double number) { out += table::exact_text(number); }

[[noreturn]] void refuse(const std::string& file, int line, std::string message, std::string help) {
    throw InputError(
        {Diagnostic{{file, line, 1}, {}, std::move(message), std::move(help), {}, {}}});
}

/// Splits a text into rows, as RFC 4180 has it.
class Splitter {
public:
    Splitter(std::string_view text, const std::string& file) : text_(text), file_(file) {}

    std::vector<CsvRow> split() {
        std::vector<CsvRow> rows;
        while (position_ < text_.size()) {
            rows.push_back(row());
        }
        return rows;
    }

private:
    CsvRow row() {
        CsvRow result{line_, {}, {}};
        while (true) {
            result.columns.push_back(column());
            result.cells.push_back(at('"') ? quoted() : plain());
            if (!at(',')) {
                break;
            }
            ++position_;
        }
        if (at('\r')) {
            ++position_;
        }
        if (position_ < text_.size() && !at('\n')) {
            refuse(file_, line_, "text after a closing quote",
                   "write a quote within quotes twice, and a comma after the last one");
        }
        ++position_;
        ++line_;
        return result;
    }

    /// Where the next character stands in its line, in characters.
    [[nodiscard]] int column() const {
        const auto line = text_.rfind('\n', position_ == 0 ? 0 : position_ - 1);
        const std::size_t begin = position_ == 0 || line == std::string_view::npos ? 0 : line + 1;
        return 1 + static_cast<int>(utf8::decode(text_.substr(begin, position_ - begin)).size());
    }

    std::string plain() {
        const std::size_t end = std::min(text_.find_first_of(",\r\n", position_), text_.size());
        std::string cell(text_.substr(position_, end - position_));
        position_ = end;
        return cell;
    }

    std::string quoted() {
        const int first_line = line_;
        std::string cell;
        ++position_;
        while (position_ < text_.size()) {
            const char character = text_[position_++];
            if (character == '"' && !at('"')) {
                return cell;
            }
            if (character == '"') {
                ++position_;
            }
            line_ += character == '\n' ? 1 : 0;
            cell += character;
        }
        refuse(file_, first_line, "a quote that is not closed", "close it with a further quote");
    }

    [[nodiscard]] bool at(char character) const {
        return position_ < text_.size() && text_[position_] == character;
    }

    std::string_view text_;
    const std::string& file_;
    std::size_t position_ = 0;
    int line_ = 1;
};

template <class Number>
std::optional<Number> number(std::string_view text) {
    Number value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) {
        return std::nullopt;
    }
    return value;
}

/// The cells as whole numbers, if all of them are.
std::optional<std::vector<std::int64_t>> whole_numbers(const std::vector<std::string>& cells) {
    std::vector<std::int64_t> values;
    for (const auto& cell : cells) {
        const auto value = number<std::int64_t>(cell);
        if (!value) {
            return std::nullopt;
        }
        values.push_back(*value);
    }
    return values.empty() ? std::nullopt : std::optional(std::move(values));
}

/// The cells as numbers, if all that are not empty are numbers, and one is.
std::optional<std::vector<double>> numbers(const std::vector<std::string>& cells) {
    std::vector<double> values;
    bool any = false;
    for (const auto& cell : cells) {
        const auto value = cell.empty() ? std::optional(table::absent) : number<double>(cell);
        if (!value) {
            return std::nullopt;
        }
        any = any || !cell.empty();
        values.push_back(*value);
    }
    return any ? std::optional(std::move(values)) : std::nullopt;
}

table::Cells typed(std::vector<std::string> cells) {
    if (auto whole = whole_numbers(cells)) {
        return std::move(*whole);
    }
    if (auto real = numbers(cells)) {
        return std::move(*real);
    }
    return cells;
}

} // namespace

std::string to_csv(const table::Table& table, const CsvOptions& options) {
    std::string out;
    if (options.byte_order_mark) {
        out += mark;
    }
    const auto& columns = table.columns();
    for (std::size_t i = 0; i < columns.size(); ++i) {
        out += i == 0 ? "" : ",";
        write_text(out, columns[i].name);
    }
    out += '\n';
    for (std::size_t row = 0; row < table.rows(); ++row) {
        for (std::size_t i = 0; i < columns.size(); ++i) {
            out += i == 0 ? "" : ",";
            std::visit([&](const auto& values) { write_value(out, values[row]); },
                       columns[i].cells);
        }
        out += '\n';
    }
    return out;
}

std::vector<CsvRow> csv_rows(std::string_view text, const std::string& file_name) {
    if (text.starts_with(mark)) {
        text.remove_prefix(mark.size());
    }
    auto rows = Splitter(text, file_name).split();
    if (rows.empty()) {
        refuse(file_name, 1, "an empty table", "begin with one line of column names");
    }
    return rows;
}

table::Table from_csv(std::string_view text, const std::string& file_name) {
    auto rows = csv_rows(text, file_name);
    const std::vector<std::string> names = std::move(rows.front().cells);
    std::vector<std::vector<std::string>> cells(names.size());
    for (std::size_t i = 1; i < rows.size(); ++i) {
        if (rows[i].cells.size() != names.size()) {
            refuse(file_name, rows[i].line,
                   fmt::format("{} cells in a table of {} columns", rows[i].cells.size(),
                               names.size()),
                   "quote cells that hold a comma");
        }
        for (std::size_t j = 0; j < names.size(); ++j) {
            cells[j].push_back(std::move(rows[i].cells[j]));
        }
    }
    std::vector<table::Column> columns;
    for (std::size_t j = 0; j < names.size(); ++j) {
        columns.push_back({names[j], {}, typed(std::move(cells[j]))});
    }
    return {file_name, std::move(columns)};
}

} // namespace chainsim::io
