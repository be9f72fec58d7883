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

/// What the first line says.
struct Kind {
    bool is_coordinate = true;
    bool is_symmetric = false;
};

struct Entry {
    int row = 0;
    int column = 0;
    double value = 0.0;
    int line = 0;
};

/// A stretch of whole lines that one job reads.
struct Stretch {
    std::string_view text;
    int first_line = 0;      ///< number of its first line
    std::size_t before = 0;  ///< lines with something on them before it
    std::size_t numbers = 0; ///< and in it
    std::vector<Entry> entries;
    std::vector<Diagnostic> found;
};

std::string_view take_line(std::string_view& text) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return line;
}

std::string_view take_word(std::string_view& line) {
    const auto is_space = [](char c) { return c == ' ' || c == '\t' || c == '\r'; };
    while (!line.empty() && is_space(line.front())) {
        line.remove_prefix(1);
    }
    const auto end =
        static_cast<std::size_t>(std::find_if(line.begin(), line.end(), is_space) - line.begin());
    const std::string_view word = line.substr(0, end);
    line.remove_prefix(end);
    return word;
}

template <class Number>
std::optional<Number> number_in(std::string_view word) {
    Number value{};
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
    if (word.empty() || error != std::errc{} || end != word.data() + word.size()) {
        return std::nullopt;
    }
    return value;
}

bool is_blank_line(std::string_view line) { return take_word(line).empty(); }

class MarketParser {
public:
    MarketParser(std::string_view text, std::string file, input::Findings& findings,
                 const parallel::Executor& executor)
        : text_(text), findings_(findings), executor_(executor) {
        sheet_.file = std::move(file);
    }

    Sheet parse() {
        if (read_banner() && read_size()) {
            split();
            kind_.is_coordinate ? read_entries() : read_array();
        }
        return std::move(sheet_);
    }

private:
    void refuse(int line, std::string_view text, std::string message, std::string help) {
        findings_.add(at(sheet_.file, line, text, 0, std::move(message), std::move(help)));
    }

    bool read_banner() {
        std::string_view rest = take_line(text_);
        const std::string_view line = rest;
        std::array<std::string, 5> words;
        for (auto& word : words) {
            word = take_word(rest);
            std::transform(word.begin(), word.end(), word.begin(), [](char c) {
                return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
            });
        }
        const bool is_known = words[1] == "matrix" &&
                              (words[2] == "coordinate" || words[2] == "array") &&
                              (words[3] == "real" || words[3] == "integer") &&
                              (words[4] == "general" || words[4] == "symmetric");
        if (!is_known) {
            refuse(1, line, "this kind of Matrix Market file is not read",
                   "write '%%MatrixMarket matrix coordinate real general' (or array, integer, "
                   "symmetric)");
            return false;
        }
        kind_ = {words[2] == "coordinate", words[4] == "symmetric"};
        return true;
    }

    bool read_size() {
        while (!text_.empty()) {
            ++line_;
            std::string_view rest = take_line(text_);
            const std::string_view line = rest;
            if (line.starts_with('%') || is_blank_line(line)) {
                continue;
            }
            constexpr int most = 20'000'000;
            const int rows = number_in<int>(take_word(rest)).value_or(-1);
            const int columns = number_in<int>(take_word(rest)).value_or(-1);
            const auto entries = kind_.is_coordinate ? number_in<std::int64_t>(take_word(rest))
                                                     : std::optional<std::int64_t>(0);
            const auto is_size = [](int size) { return size >= 0 && size <= most; };
            // A size that no text of this length can hold must not make room for it.
            const bool holds = is_size(rows) && is_size(columns) &&
                               (!kind_.is_symmetric || rows == columns) &&
                               (kind_.is_coordinate || is_long_enough(rows, columns));
            if (!holds || !entries || *entries < 0 || !is_blank_line(rest)) {
                refuse(line_, line, "this line should tell the size of the matrix",
                       kind_.is_coordinate ? "write rows, columns and the number of entries"
                                           : "write rows and columns, and as many numbers below");
                return false;
            }
            rows_ = rows;
            columns_ = columns;
            stated_ = static_cast<std::size_t>(*entries);
            return true;
        }
        refuse(line_, {}, "the size of the matrix is missing", "write a line with it");
        return false;
    }

    [[nodiscard]] bool is_long_enough(int rows, int columns) const {
        const auto numbers = static_cast<std::uint64_t>(rows) *
                             static_cast<std::uint64_t>(columns) / (kind_.is_symmetric ? 2 : 1);
        return numbers <= text_.size();
    }

    /// Cuts the text at ends of lines, and counts what each stretch holds.
    void split() {
        constexpr std::size_t length = 1U << 22U;
        for (std::string_view rest = text_; !rest.empty();) {
            std::size_t end = rest.size() <= length ? rest.size() : rest.find('\n', length);
            end = end == std::string_view::npos ? rest.size() : std::min(end + 1, rest.size());
            stretches_.emplace_back().text = rest.substr(0, end);
            rest.remove_prefix(end);
        }
        for_each_stretch([](Stretch& stretch) {
            for (std::string_view rest = stretch.text; !rest.empty();) {
                stretch.numbers += is_blank_line(take_line(rest)) ? 0 : 1;
            }
        });
        std::size_t before = 0;
        int line = line_ + 1;
        for (auto& stretch : stretches_) {
            stretch.first_line = line;
            stretch.before = before;
            before += stretch.numbers;
            line += static_cast<int>(std::count(stretch.text.begin(), stretch.text.end(), '\n'));
        }
        total_ = before;
    }

    template <class Work>
    void for_each_stretch(const Work& work) {
        executor_.for_each(0, static_cast<std::int64_t>(stretches_.size()),
                           [&](std::int64_t job, int /*worker*/) {
                               work(stretches_[static_cast<std::size_t>(job)]);
                           });
    }

    void gather_findings() {
        for (auto& stretch : stretches_) {
            for (auto& one : stretch.found) {
                findings_.add(std::move(one));
            }
        }
    }

    bool count_fits(std::size_t wanted) {
        if (total_ == wanted) {
            return true;
        }
        refuse(
            line_, {},
            fmt::format("the matrix should have {} entries, and {} lines follow", wanted, total_),
            "bring the line of the size and the entries together");
        return false;
    }

    void add_found(Stretch& stretch, int line, std::string_view text, std::string message,
                   std::string help) const {
        constexpr std::size_t most_found = 1000;
        if (stretch.found.size() < most_found) {
            stretch.found.push_back(
                at(sheet_.file, line, text, 0, std::move(message), std::move(help)));
        }
    }

    void read_entries() {
        count_fits(stated_);
        for_each_stretch([this](Stretch& stretch) {
            stretch.entries.reserve(stretch.numbers);
            int line = stretch.first_line;
            for (std::string_view rest = stretch.text; !rest.empty(); ++line) {
                read_entry(stretch, take_line(rest), line);
            }
        });
        gather_findings();
        std::vector<Eigen::Triplet<double>> triplets;
        triplets.reserve(total_ * (kind_.is_symmetric ? 2 : 1));
        for (const auto& stretch : stretches_) {
            for (const auto& entry : stretch.entries) {
                triplets.emplace_back(entry.row, entry.column, entry.value);
                if (kind_.is_symmetric && entry.row != entry.column) {
                    triplets.emplace_back(entry.column, entry.row, entry.value);
                }
            }
        }
        Matrix::Sparse values(rows_, columns_);
        values.setFromTriplets(triplets.begin(), triplets.end());
        if (static_cast<std::size_t>(values.nonZeros()) != triplets.size()) {
            tell_twice();
        }
        sheet_.values = Matrix(std::move(values));
    }

    void read_entry(Stretch& stretch, std::string_view text, int line) const {
        std::string_view rest = text;
        if (is_blank_line(rest)) {
            return;
        }
        const auto row = number_in<int>(take_word(rest));
        const auto column = number_in<int>(take_word(rest));
        const auto value = to_number(take_word(rest));
        if (!row || !column || !value || !is_blank_line(rest)) {
            add_found(stretch, line, text, "this is no entry: a row, a column and a finite number",
                      "write it as '3 7 0.25'; rows and columns count from 1");
        } else if (*row < 1 || *row > rows_ || *column < 1 || *column > columns_) {
            add_found(stretch, line, text,
                      fmt::format("entry ({}, {}) lies outside a matrix of {} x {}", *row, *column,
                                  rows_, columns_),
                      "rows and columns count from 1");
        } else {
            stretch.entries.push_back({*row - 1, *column - 1, *value, line});
        }
    }

    void tell_twice() {
        std::vector<Entry> all;
        all.reserve(total_);
        for (const auto& stretch : stretches_) {
            for (auto entry : stretch.entries) {
                if (kind_.is_symmetric && entry.row < entry.column) {
                    std::swap(entry.row, entry.column);
                }
                all.push_back(entry);
            }
        }
        std::stable_sort(all.begin(), all.end(), [](const Entry& a, const Entry& b) {
            return std::pair(a.row, a.column) < std::pair(b.row, b.column);
        });
        for (std::size_t k = 1; k < all.size(); ++k) {
            if (all[k].row == all[k - 1].row && all[k].column == all[k - 1].column) {
                findings_.add({.where = {sheet_.file, all[k].line, 1},
                               .field = {},
                               .message = fmt::format("entry ({}, {}) stands twice", all[k].row + 1,
                                                      all[k].column + 1),
                               .help = "keep one, or write their sum",
                               .also = {{sheet_.file, all[k - 1].line, 1}},
                               .line_text = {}});
            }
        }
    }

    void read_array() {
        const auto rows = static_cast<std::size_t>(rows_);
        const auto columns = static_cast<std::size_t>(columns_);
        if (!count_fits(kind_.is_symmetric ? rows * (rows + 1) / 2 : rows * columns)) {
            return;
        }
        Matrix::Dense values = Matrix::Dense::Zero(rows_, columns_);
        for_each_stretch([&](Stretch& stretch) {
            std::size_t place = stretch.before;
            auto [row, column] = position(place);
            int line = stretch.first_line;
            for (std::string_view rest = stretch.text; !rest.empty(); ++line) {
                const std::string_view text = take_line(rest);
                std::string_view words = text;
                const std::string_view word = take_word(words);
                if (word.empty()) {
                    continue;
                }
                const auto value = to_number(word);
                if (!value || !is_blank_line(words)) {
                    add_found(stretch, line, text, "this is no single finite number",
                              "write one number a line, column by column");
                } else {
                    values(row, column) = *value;
                }
                ++row;
                if (row == rows_) {
                    ++column;
                    row = kind_.is_symmetric ? column : 0;
                }
            }
        });
        gather_findings();
        if (kind_.is_symmetric) {
            values.triangularView<Eigen::StrictlyUpper>() = values.transpose();
        }
        sheet_.values = Matrix(std::move(values));
    }

    /// Row and column of the k-th number of an array.
    [[nodiscard]] std::pair<Index, Index> position(std::size_t place) const {
        if (rows_ == 0) {
            return {0, 0};
        }
        Index column = 0;
        if (!kind_.is_symmetric) {
            column = static_cast<Index>(place / static_cast<std::size_t>(rows_));
            return {static_cast<Index>(place % static_cast<std::size_t>(rows_)), column};
        }
        while (place >= static_cast<std::size_t>(rows_ - column)) {
            place -= static_cast<std::size_t>(rows_ - column);
            ++column;
            if (column == rows_) {
                return {0, 0};
            }
        }
        return {column + static_cast<Index>(place), column};
    }

    std::string_view text_;
    input::Findings& findings_;
    const parallel::Executor& executor_;
    Sheet sheet_;
    Kind kind_;
    Index rows_ = 0;
    Index columns_ = 0;
    std::size_t stated_ = 0;
    std::size_t total_ = 0;
    int line_ = 1;
    std::vector<Stretch> stretches_;
};

} // namespace

Sheet parse_matrix_market(std::string_view text, std::string file, input::Findings& findings,
                          const parallel::Executor& executor) {
    return MarketParser(text, std::move(file), findings, executor).parse();
}

} // namespace chainsim::input_output::detail
