#include <chainsim/base/diagnostic.hpp>
#include <chainsim/base/nearest.hpp>
#include <chainsim/base/utf8.hpp>
#include <chainsim/input/document.hpp>
#include <chainsim/io/csv.hpp>
#include <chainsim/load/load_actuals.hpp>
#include <chainsim/model/indicator_kinds.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <map>
#include <tuple>
#include <utility>

namespace chainsim::load {

namespace {

constexpr std::array<std::string_view, 9> actual_columns{
    "year", "month", "boundary", "enterprise", "indicator", "value", "unit", "source", "grade"};
constexpr std::size_t most_row_problems = 200;

template <class Number>
std::optional<Number> number_in(const std::string& text) {
    Number value{};
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    return error == std::errc{} && stop == end ? std::optional(value) : std::nullopt;
}

class ActualsReader {
public:
    ActualsReader(std::string file, const model::Scenario& scenario)
        : file_(std::move(file)), kinds_(model::indicator_kinds(scenario.model, scenario.groups)) {
        kind_ids_.reserve(kinds_.size());
        for (const auto& kind : kinds_) {
            kind_ids_.push_back(kind.id);
        }
    }

    model::Actuals read(std::string_view text) {
        const auto rows = io::csv_rows(text, file_);
        read_head(rows.front());
        raise();
        for (std::size_t i = 1; i < rows.size(); ++i) {
            row_ = &rows[i];
            if (std::all_of(row_->cells.begin(), row_->cells.end(),
                            [](const std::string& one) { return one.empty(); })) {
                continue; // as spreadsheets leave them at the end
            }
            if (row_->cells.size() != rows.front().cells.size()) {
                note(0,
                     fmt::format("{} cells in a table of {} columns", row_->cells.size(),
                                 rows.front().cells.size()),
                     "quote cells that hold a comma");
                continue;
            }
            read_row();
        }
        raise();
        model::Actuals out{file_, {}};
        out.figures.reserve(best_.size());
        for (auto& [key, figure] : best_) {
            out.figures.push_back(std::move(figure));
        }
        return out;
    }

private:
    using Key = std::tuple<std::string, std::string, std::string, int, int>;

    void note(std::size_t column, std::string message, std::string help) {
        if (problems_.size() < most_row_problems) {
            const int at = column < row_->columns.size() ? row_->columns[column] : 1;
            problems_.push_back(
                {{file_, row_->line, at}, {}, std::move(message), std::move(help), {}, {}});
        }
    }

    void raise() {
        if (!problems_.empty()) {
            throw InputError(std::move(problems_));
        }
    }

    void read_head(const io::CsvRow& head) {
        row_ = &head;
        for (std::size_t i = 0; i < actual_columns.size(); ++i) {
            const auto name = actual_columns.at(i);
            const auto found = std::find(head.cells.begin(), head.cells.end(), name);
            if (found == head.cells.end()) {
                note(0, fmt::format("no column `{}`", name),
                     fmt::format("the columns are {}", fmt::join(actual_columns, ",")));
            }
            place_.at(i) = static_cast<std::size_t>(found - head.cells.begin());
        }
    }

    [[nodiscard]] const std::string& cell(std::size_t column) const {
        return row_->cells[place_.at(column)];
    }

    void refuse(std::size_t column, std::string message, std::string help = {}) {
        note(place_.at(column), std::move(message), std::move(help));
        is_good_ = false;
    }

    [[nodiscard]] std::optional<int> whole(std::size_t column, int least, int most) {
        const auto value = number_in<int>(cell(column));
        if (value && *value >= least && *value <= most) {
            return value;
        }
        refuse(column, fmt::format("'{}' is no {} from {} to {}", cell(column),
                                   actual_columns.at(column), least, most));
        return std::nullopt;
    }

    [[nodiscard]] std::size_t word(std::size_t column, const std::vector<std::string>& known) {
        const auto found = std::find(known.begin(), known.end(), cell(column));
        if (found == known.end()) {
            const auto near = nearest(cell(column), known);
            refuse(column, fmt::format("unknown {} '{}'", actual_columns.at(column), cell(column)),
                   !near.empty()       ? fmt::format("did you mean '{}'?", near)
                   : known.size() <= 5 ? fmt::format("known: {}", fmt::join(known, ", "))
                                       : "indicators.csv of a run has those that are counted");
        }
        return static_cast<std::size_t>(found - known.begin());
    }

    void read_row() {
        static const std::vector<std::string> boundaries{"above_scale", "district"};
        static const std::vector<std::string> grades{"flash", "annual", "verified"};
        is_good_ = true;
        model::Actual one;
        one.line = row_->line;
        one.year = whole(0, 1900, 2200).value_or(0);
        if (!cell(1).empty()) {
            one.month = whole(1, 1, 12);
        }
        (void)word(2, boundaries);
        one.boundary = cell(2);
        one.enterprise = cell(3);
        const auto kind = word(4, kind_ids_);
        one.indicator = cell(4);
        if (kind < kinds_.size()) {
            one.value = value_in(kinds_[kind].unit);
            if (one.month && !model::adds_up_over_months(kinds_[kind])) {
                refuse(1, fmt::format("months of '{}' do not add up to a year", cell(4)),
                       "leave the month empty, and write the figure of the year");
            }
        }
        one.source = cell(7);
        if (one.source.empty()) {
            refuse(7, "a figure without a source", "say which report it stands in");
        }
        one.grade = static_cast<model::ReportGrade>(word(8, grades));
        if (is_good_) {
            keep(std::move(one));
        }
    }

    [[nodiscard]] double value_in(const std::string& unit) {
        const auto number = number_in<double>(cell(5));
        if (number && *number < 0.0 && unit != "CNY") {
            refuse(5, fmt::format("'{}' is negative", cell(5)), "it counts an amount");
            return 0.0;
        }
        if (!number || !std::isfinite(*number)) {
            refuse(5, fmt::format("'{}' is no number", cell(5)));
            return 0.0;
        }
        try {
            const auto given = units::Unit::parse(cell(6));
            const auto wanted = units::Unit::parse(unit);
            if (given.is_convertible_to(wanted)) {
                return units::Quantity(*number, given).in(wanted);
            }
        } catch (const Error&) {
            // told below, as a unit that does not fit
        }
        refuse(6, fmt::format("'{}' does not fit '{}'", cell(6), cell(4)),
               unit == "tce" ? "write it in tce, as 吨标煤 or 万吨标煤"
                             : fmt::format("write it in {}", unit));
        return 0.0;
    }

    void keep(model::Actual one) {
        const Key key{one.boundary, one.enterprise, one.indicator, one.year, one.month.value_or(0)};
        const auto [place, added] = best_.try_emplace(key, one);
        if (added) {
            return;
        }
        if (place->second.grade == one.grade) {
            refuse(5, "the same figure at the same grade",
                   fmt::format("line {} has it already", place->second.line));
        } else if (place->second.grade < one.grade) {
            place->second = std::move(one);
        }
    }

    std::string file_;
    std::vector<model::IndicatorKind> kinds_;
    std::vector<std::string> kind_ids_;
    std::array<std::size_t, actual_columns.size()> place_{};
    const io::CsvRow* row_ = nullptr;
    bool is_good_ = true;
    std::map<Key, model::Actual> best_;
    std::vector<Diagnostic> problems_;
};

} // namespace

model::Actuals read_actuals(std::string_view text, std::string file,
                            const model::Scenario& scenario) {
    if (const auto bad = utf8::find_invalid(text)) {
        const auto line =
            std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(*bad), '\n') + 1;
        throw InputError({Diagnostic{{file, static_cast<int>(line), 1},
                                     {},
                                     "the file is no UTF-8",
                                     "save it as CSV UTF-8, as spreadsheets offer beside CSV",
                                     {},
                                     {}}});
    }
    return ActualsReader(std::move(file), scenario).read(text);
}

model::Actuals load_actuals(const std::filesystem::path& file, const model::Scenario& scenario) {
    return read_actuals(input::read_text(file), file.string(), scenario);
}

} // namespace chainsim::load
