#pragma once

#include <chainsim/optimise/detail/text_lines.hpp>
#include <chainsim/optimise/program.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace chainsim::optimise::detail {

/// Makes a program of what the lines of an MPS file name, and refuses what does not fit together.
class MpsBuilder {
public:
    explicit MpsBuilder(TextLines& lines) : lines_(lines) {}

    void name(std::string_view text) { program_.name = text; }
    void maximise(bool is_maximised) { program_.is_maximised = is_maximised; }
    void row(char type, std::string_view name);
    [[nodiscard]] bool has_objective() const { return has_objective_; }

    [[nodiscard]] bool has_columns() const { return !program_.column_names.empty(); }
    /// Goes on with the column of that name, or opens it.
    void column(std::string_view name, bool is_integer);
    void coefficient(std::string_view row, std::string_view value);
    void right_side(std::string_view row, std::string_view value);
    void range(std::string_view row, std::string_view value);
    /// A bound of a known type: "UP".
    void bound(std::string_view type, std::string_view column, double value);

    [[nodiscard]] Program program();

private:
    [[nodiscard]] std::optional<int> row_of(std::string_view name);
    void row_bounds(std::size_t row);

    TextLines& lines_;
    Program program_;
    std::unordered_map<std::string_view, int> rows_;
    std::unordered_map<std::string_view, int> columns_;
    bool has_objective_ = false;
    bool has_cost_ = false; // the column in hand
    std::vector<char> types_;
    std::vector<double> right_;
    std::vector<double> range_;    // not a number where there is none
    std::vector<int> last_column_; // that a row stands in
    std::vector<char> is_bounded_; // by column
    std::vector<char> has_lower_;
    std::vector<std::pair<int, double>> entries_;
    std::vector<std::size_t> starts_;
};

} // namespace chainsim::optimise::detail
