#include <chainsim/base/utf8.hpp>
#include <chainsim/input_output/detail/lines.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <utility>

namespace chainsim::input_output::detail {

namespace {

using Eigen::Index;

struct Cell {
    std::string text; ///< without quotes and blanks around it
    std::size_t byte = 0;
};

/// Goes through the cells of one line.
class Cells {
public:
    Cells(std::string_view line, char separator) : line_(line), separator_(separator) {}

    [[nodiscard]] bool more() const { return !ended_; }
    [[nodiscard]] std::size_t byte() const { return at_; }
    [[nodiscard]] bool is_open() const { return open_; } ///< a quote was not closed

    /// The number that begins here, if nothing but a plain one stands in the cell; it is passed.
    std::optional<double> plain_number() {
        double value = 0.0;
        const char* const end = line_.data() + line_.size();
        const auto [past, error] = std::from_chars(line_.data() + at_, end, value);
        if (error != std::errc{} || (past != end && *past != separator_) ||
            !(value - value == 0.0)) {
            return std::nullopt;
        }
        pass(static_cast<std::size_t>(past - line_.data()));
        return value;
    }

    Cell next() {
        Cell cell{{}, at_};
        std::size_t from = at_;
        while (from < line_.size() && line_[from] == ' ') {
            ++from;
        }
        if (from < line_.size() && line_[from] == '"') {
            cell.text = quoted(from + 1);
            return cell;
        }
        const std::size_t end = std::min(line_.find(separator_, at_), line_.size());
        cell.text = trimmed(line_.substr(at_, end - at_));
        pass(end);
        return cell;
    }

private:
    std::string quoted(std::size_t from) {
        std::string text;
        for (std::size_t i = from; i < line_.size(); ++i) {
            if (line_[i] != '"') {
                text += line_[i];
            } else if (i + 1 < line_.size() && line_[i + 1] == '"') {
                text += line_[++i];
            } else {
                const std::size_t end = std::min(line_.find(separator_, i), line_.size());
                text += trimmed(line_.substr(i + 1, end - i - 1));
                pass(end);
                return std::string(trimmed(text));
            }
        }
        open_ = true;
        pass(line_.size());
        return text;
    }

    void pass(std::size_t end) {
        ended_ = end >= line_.size();
        at_ = std::min(end + 1, line_.size());
    }

    std::string_view line_;
    char separator_;
    std::size_t at_ = 0;
    bool ended_ = false;
    bool open_ = false;
};

std::vector<Cell> cells_of(std::string_view line, char separator) {
    std::vector<Cell> cells;
    for (Cells rest(line, separator); rest.more();) {
        cells.push_back(rest.next());
    }
    return cells;
}

char separator_of(std::string_view line) {
    if (line.find('\t') != std::string_view::npos) {
        return '\t';
    }
    return std::count(line.begin(), line.end(), ';') > std::count(line.begin(), line.end(), ',')
               ? ';'
               : ',';
}

bool is_one_of(std::string word, std::initializer_list<std::string_view> words) {
    std::transform(word.begin(), word.end(), word.begin(), [](char letter) {
        return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + ('a' - 'A')) : letter;
    });
    return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_region(const std::string& word) { return is_one_of(word, {"region", "地区", "区域"}); }
bool is_name(const std::string& word) {
    return is_one_of(word, {"sector", "category", "stressor", "部门", "类别", "指标"});
}

bool is_empty(std::string_view line, char separator) {
    return std::all_of(line.begin(), line.end(),
                       [separator](char c) { return c == separator || c == ' '; });
}

/// How a file is laid out, from its first lines.
struct Layout {
    char separator = ',';
    std::size_t label_columns = 1;
    std::size_t header = 0;             ///< line with the names of the columns
    std::optional<std::size_t> regions; ///< line with their regions
    std::size_t first_row = 1;
    std::vector<Label> columns;
    std::vector<int> places;
};

class SheetParser {
public:
    SheetParser(std::string_view text, std::string file, input::Findings& findings,
                const parallel::Executor& executor)
        : size_(text.size()), lines_(lines_of(text)), findings_(findings), executor_(executor) {
        sheet_.file = std::move(file);
    }

    Sheet parse() {
        const auto first = std::find_if(lines_.begin(), lines_.end(), [](std::string_view line) {
            return !is_empty(line, separator_of(line));
        });
        if (first == lines_.end()) {
            findings_.add({.where = {sheet_.file, 1, 1},
                           .field = {},
                           .message = "an empty table",
                           .help = "begin with one line of headings, then one line a row",
                           .also = {},
                           .line_text = {}});
            return std::move(sheet_);
        }
        lay_out(static_cast<std::size_t>(first - lines_.begin()));
        for (std::size_t line = layout_.first_row; line < lines_.size(); ++line) {
            if (!is_empty(lines_[line], layout_.separator)) {
                rows_.push_back(line);
            }
        }
        sheet_.columns = layout_.columns;
        sheet_.column_places = layout_.places;
        sheet_.header_line = static_cast<int>(layout_.header) + 1;
        read_rows();
        return std::move(sheet_);
    }

private:
    void lay_out(std::size_t first) {
        layout_.separator = separator_of(lines_[first]);
        layout_.header = first;
        const auto head = cells_of(lines_[first], layout_.separator);
        auto names = head;
        if (is_region(head.front().text)) {
            const auto below = first + 1 < lines_.size()
                                   ? cells_of(lines_[first + 1], layout_.separator)
                                   : std::vector<Cell>{};
            if (head.size() > 1 && is_name(head[1].text)) {
                layout_.label_columns = 2;
            } else if (!below.empty() && is_name(below.front().text)) {
                layout_.regions = first;
                layout_.header = first + 1;
                names = below;
                while (layout_.label_columns < head.size() &&
                       head[layout_.label_columns].text.empty()) {
                    ++layout_.label_columns;
                }
            }
        }
        layout_.first_row = layout_.header + 1;
        if (layout_.regions && layout_.first_row < lines_.size()) {
            const auto below = cells_of(lines_[layout_.first_row], layout_.separator);
            const auto from = std::min(layout_.label_columns, below.size());
            const bool names_labels =
                !below.front().text.empty() &&
                std::all_of(below.begin() + static_cast<std::ptrdiff_t>(from), below.end(),
                            [](const Cell& cell) { return cell.text.empty(); });
            layout_.first_row += names_labels ? 1 : 0;
        }
        while (names.size() > layout_.label_columns && names.back().text.empty() &&
               (!layout_.regions || names.size() > head.size() ||
                head[names.size() - 1].text.empty())) {
            names.pop_back();
        }
        name_columns(head, names);
    }

    void name_columns(const std::vector<Cell>& head, const std::vector<Cell>& names) {
        const std::string_view line = lines_[layout_.header];
        std::size_t counted = 0; // bytes of the line
        int characters = 0;      // that begin in them
        for (std::size_t j = layout_.label_columns; j < names.size(); ++j) {
            Label label{{}, names[j].text};
            if (layout_.regions && j < head.size()) {
                label.region = head[j].text;
            }
            if (label.name.empty()) {
                findings_.add(at(sheet_.file, static_cast<int>(layout_.header) + 1, line,
                                 names[j].byte, "a column without a heading",
                                 "name it, or leave the column out"));
            }
            layout_.columns.push_back(std::move(label));
            // Counted on from the last one: a heading of 20,000 sectors is long.
            for (; counted < names[j].byte; ++counted) {
                characters += (static_cast<unsigned char>(line[counted]) & 0xC0U) != 0x80U ? 1 : 0;
            }
            layout_.places.push_back(characters + 1);
        }
        if (layout_.columns.empty()) {
            findings_.add(at(sheet_.file, static_cast<int>(layout_.header) + 1, line, 0,
                             "no column of numbers", "name at least one beside the labels"));
        }
    }

    void read_rows() {
        constexpr std::size_t at_a_time = 64;
        const auto count = static_cast<Index>(rows_.size());
        const auto width = static_cast<Index>(layout_.columns.size());
        if (rows_.size() * layout_.columns.size() > size_) {
            // Each cell takes a byte at least: most are missing, and no room is made for them.
            findings_.add({.where = {sheet_.file, static_cast<int>(rows_.front()) + 1, 1},
                           .field = {},
                           .message = fmt::format("rows have fewer cells than the {} columns",
                                                  layout_.columns.size()),
                           .help = "write a cell for each column; an empty one is 0",
                           .also = {},
                           .line_text = {}});
            return;
        }
        Matrix::Dense values = Matrix::Dense::Zero(count, width);
        sheet_.rows.resize(rows_.size());
        sheet_.row_lines.resize(rows_.size());
        const std::size_t jobs = (rows_.size() + at_a_time - 1) / at_a_time;
        std::vector<std::vector<Diagnostic>> found(jobs);
        executor_.for_each(
            0, static_cast<std::int64_t>(jobs), [&](std::int64_t job, int /*worker*/) {
                const auto number = static_cast<std::size_t>(job);
                const std::size_t begin = number * at_a_time;
                const std::size_t end = std::min(begin + at_a_time, rows_.size());
                // Columns of the table lie apart in memory: a few rows are read before they go
                // there.
                Eigen::MatrixXd block =
                    Eigen::MatrixXd::Zero(width, static_cast<Index>(end - begin));
                for (std::size_t row = begin; row < end; ++row) {
                    read_row(row, block.col(static_cast<Index>(row - begin)).data(), found[number]);
                }
                values.middleRows(static_cast<Index>(begin), static_cast<Index>(end - begin)) =
                    block.transpose();
            });
        for (auto& some : found) {
            for (auto& one : some) {
                findings_.add(std::move(one));
            }
        }
        sheet_.values = Matrix(std::move(values));
    }

    void read_row(std::size_t row, double* values, std::vector<Diagnostic>& found) {
        constexpr std::size_t most_found = 1000;
        const std::string_view line = lines_[rows_[row]];
        const int number = static_cast<int>(rows_[row]) + 1;
        sheet_.row_lines[row] = number;
        const auto add = [&](std::size_t byte, std::string message, std::string help) {
            if (found.size() < most_found) {
                found.push_back(
                    at(sheet_.file, number, line, byte, std::move(message), std::move(help)));
            }
        };
        Cells cells(line, layout_.separator);
        std::vector<std::string> labels;
        while (labels.size() < layout_.label_columns && cells.more()) {
            labels.push_back(cells.next().text);
        }
        sheet_.rows[row].name = labels.back();
        if (labels.size() > 1) {
            sheet_.rows[row].region = labels.front();
            for (std::size_t k = 1; k + 1 < labels.size(); ++k) {
                sheet_.rows[row].region += " / " + labels[k];
            }
        }
        if (labels.back().empty()) {
            add(0, "a row without a label", "name it, or leave the row out");
        }
        std::size_t column = 0;
        const std::size_t width = layout_.columns.size();
        for (; column < width && cells.more(); ++column) {
            if (const auto value = cells.plain_number()) {
                values[column] = *value;
                continue;
            }
            const Cell cell = cells.next();
            if (cell.text.empty()) {
                continue;
            }
            const auto value = to_number(cell.text);
            if (value) {
                values[column] = *value;
            } else {
                add(cell.byte,
                    fmt::format("'{}' is not a number (row '{}', column '{}')",
                                utf8::shorten(cell.text, 40), to_string(sheet_.rows[row]),
                                to_string(layout_.columns[column])),
                    "write a finite number such as 1234.5; an empty cell is 0");
            }
        }
        if (cells.is_open()) {
            add(0, "a quote that is not closed on its line", "close it with a further quote");
        } else if (column < width) {
            add(line.size(),
                fmt::format("the row '{}' has {} numbers, and there are {} columns",
                            to_string(sheet_.rows[row]), column, width),
                "write a cell for each column; an empty one is 0");
        }
        while (cells.more()) {
            const Cell cell = cells.next();
            if (!cell.text.empty()) {
                add(cell.byte,
                    fmt::format("'{}' stands beyond the last column", utf8::shorten(cell.text, 40)),
                    "give the column a heading, or leave the cell out");
                return;
            }
        }
    }

    std::size_t size_; ///< of the text, bytes
    std::vector<std::string_view> lines_;
    input::Findings& findings_;
    const parallel::Executor& executor_;
    Sheet sheet_;
    Layout layout_;
    std::vector<std::size_t> rows_; ///< the lines that have one
};

} // namespace

Sheet parse_csv(std::string_view text, std::string file, input::Findings& findings,
                const parallel::Executor& executor) {
    return SheetParser(text, std::move(file), findings, executor).parse();
}

} // namespace chainsim::input_output::detail
