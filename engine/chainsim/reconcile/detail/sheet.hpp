#pragma once

#include <chainsim/input/findings.hpp>
#include <chainsim/io/csv.hpp>
#include <chainsim/units/quantity.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chainsim::reconcile::detail {

/// A column as it may be headed.
struct ColumnWord {
    std::string_view key;
    std::vector<std::string_view> aliases;
    bool is_required = false;
};

/// A CSV read row by row. What is wrong is noted with its place, and reading goes on.
class Sheet {
public:
    /// Errors  InputError if it is no CSV in UTF-8, or its headings are wrong.
    Sheet(std::string_view text, std::string file, const std::vector<ColumnWord>& columns);

    /// Moves to the next row that is not empty and has as many cells as there are headings.
    [[nodiscard]] bool next();

    /// A cell of the row, without blanks around it; empty if there is no such column.
    [[nodiscard]] const std::string& cell(std::string_view key) const;
    [[nodiscard]] bool has(std::string_view key) const { return !cell(key).empty(); }
    [[nodiscard]] int line() const { return row_->line; }
    [[nodiscard]] const std::string& file() const { return file_; }

    /// Notes what is wrong with a cell of this row, or of another line.
    void refuse(std::string_view key, std::string message, std::string help = {});
    void refuse_at(int line, std::string_view key, std::string message, std::string help = {});
    [[nodiscard]] std::size_t problems() const { return findings_.size(); }
    [[nodiscard]] bool is_clean() const { return findings_.empty(); }
    /// Errors  InputError with all that was noted.
    void raise() { findings_.raise(); }

    /// A number, digits grouped by commas or not; nothing if it is none, which is noted.
    [[nodiscard]] std::optional<double> number(std::string_view key);
    /// A unit; nothing if it is none, which is noted.
    [[nodiscard]] std::optional<units::Unit> unit(std::string_view key);
    /// A bound: `otherwise` where the cell is empty, `none` for no bound.
    [[nodiscard]] double bound(std::string_view key, double otherwise, double none);
    /// The standard deviation of a value in `unit`, by `uncertainty` and `coverage`.
    [[nodiscard]] std::optional<double> sigma(double value, const units::Unit& unit);

private:
    void read_head(const std::vector<ColumnWord>& columns);
    [[nodiscard]] std::optional<double> coverage_factor();

    std::string file_;
    std::vector<std::string> lines_;
    std::vector<io::CsvRow> rows_;
    std::vector<std::pair<std::string, std::size_t>> places_; ///< key, column
    std::size_t next_ = 1;
    const io::CsvRow* row_ = nullptr;
    std::vector<std::string> cells_; ///< of the row, without blanks around them
    std::string nothing_;
    input::Findings findings_;
};

/// Without blanks around it, those of Chinese text included.
[[nodiscard]] std::string trimmed(std::string_view text);

/// The nearest of some words as a help, or all of them if they are few.
[[nodiscard]] std::string help_of(std::string_view word, const std::vector<std::string>& known,
                                  std::string_view otherwise = {});

} // namespace chainsim::reconcile::detail
