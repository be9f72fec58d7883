#include <chainsim/optimise/detail/text_lines.hpp>
#include <chainsim/optimise/mps.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <unordered_map>
#include <utility>

namespace chainsim::optimise {

namespace {

using detail::TextLines;

/// What a first line of CBC begins with, and what it says.
constexpr std::array<std::pair<std::string_view, Status>, 6> words_of_cbc{{
    {"Optimal", Status::optimal},
    {"Infeasible", Status::infeasible},
    {"Integer infeasible", Status::infeasible},
    {"PrimalInfeasible", Status::infeasible},
    {"Unbounded", Status::unbounded},
    {"Stopped", Status::stopped},
}};

/// What GLPK writes after "Status:", in comments too, and what it says. Its presolver leaves the
/// status of a program that it finds infeasible undefined.
constexpr std::array<std::pair<std::string_view, Status>, 10> words_of_glpk{{
    {"OPTIMAL", Status::optimal},
    {"INTEGER OPTIMAL", Status::optimal},
    {"FEASIBLE", Status::feasible},
    {"INTEGER NON-OPTIMAL", Status::feasible},
    {"INFEASIBLE (FINAL)", Status::infeasible},
    {"INFEASIBLE (INTERMEDIATE)", Status::stopped},
    {"INTEGER EMPTY", Status::infeasible},
    {"UNBOUNDED", Status::unbounded},
    {"INTEGER UNDEFINED", Status::stopped},
    {"UNDEFINED", Status::stopped},
}};

class SolutionReader {
public:
    SolutionReader(std::string_view text, const Program& program, const std::string& file)
        : lines_(text, file), program_(program), point_(program.column_names.size(), 0.0) {
        columns_.reserve(program.column_names.size());
        for (std::size_t column = 0; column < program.column_names.size(); ++column) {
            columns_.emplace(program.column_names[column], column);
        }
    }

    std::vector<double> run(std::string_view text) {
        if (text.find("\ns bas ") != std::string_view::npos ||
            text.find("\ns mip ") != std::string_view::npos ||
            text.find("\ns ipt ") != std::string_view::npos) {
            each(&SolutionReader::written);
        } else if (text.find(" Column name ") != std::string_view::npos) {
            each(&SolutionReader::printed);
        } else {
            each(&SolutionReader::listed);
        }
        lines_.check();
        return std::move(point_);
    }

private:
    void each(void (SolutionReader::*line)()) {
        while (lines_.next()) {
            lines_.split();
            if (!lines_.words().empty()) {
                (this->*line)();
            }
        }
    }

    void set(std::string_view name, std::string_view word) {
        const auto found = columns_.find(name);
        if (found == columns_.end()) {
            lines_.refuse(name, fmt::format("no column is called '{}'", name),
                          detail::near_name(name, program_.column_names));
            return;
        }
        set(found->second, word);
    }

    void set(std::size_t column, std::string_view word) {
        const auto value = lines_.number(word);
        if (value && !std::isfinite(*value)) {
            lines_.refuse(word, "a value of a point is finite");
        } else if (value) {
            point_[column] = *value;
        }
    }

    /// glpsol -w: "j column [status] value [dual]", columns counted from 1.
    void written() {
        const auto& words = lines_.words();
        if (words[0] == "s") {
            is_basic_ = words.size() > 1 && words[1] == "bas";
            return;
        }
        if (words[0] != "j") {
            return;
        }
        const std::size_t at = is_basic_ ? 3 : 2;
        if (words.size() <= at) {
            lines_.refuse(words[0], "the value of a column is missing");
            return;
        }
        const auto number = detail::to_number(words[1]);
        const bool is_known = number && *number >= 1.0 &&
                              *number <= static_cast<double>(point_.size()) &&
                              *number == std::floor(*number);
        if (!is_known) {
            lines_.refuse(words[1], fmt::format("there is no column {}: the program has {}",
                                                words[1], point_.size()));
            return;
        }
        set(static_cast<std::size_t>(*number) - 1, words[at]);
    }

    /// glpsol -o: "number name [status or *] value ...", long names on a line of their own.
    void printed() {
        auto& words = lines_.words();
        if (words[0] == "No.") {
            is_of_columns_ = words.size() > 1 && words[1] == "Column";
            return;
        }
        if (!is_of_columns_ || words[0].starts_with('-')) {
            return;
        }
        if (waiting_.empty() && !detail::to_number(words[0])) {
            is_of_columns_ = false; // the accuracy of the solution follows
            return;
        }
        std::size_t at = 0;
        std::string_view name = waiting_;
        if (waiting_.empty()) {
            if (words.size() < 2) {
                return;
            }
            name = words[1];
            at = 2;
        }
        if (at == words.size()) {
            waiting_ = name;
            return;
        }
        waiting_ = {};
        if (at + 1 < words.size() && !detail::to_number(words[at])) {
            ++at; // B, NL, NU, NS, NF or *
        }
        const auto found = columns_.find(name);
        if (found != columns_.end()) {
            set(found->second, words[at]);
        } else {
            lines_.refuse(words[0], fmt::format("no column is called '{}'", name),
                          detail::near_name(name, program_.column_names));
        }
    }

    /// cbc: "number name value dual", after two stars where a bound is broken; or "name value".
    void listed() {
        auto& words = lines_.words();
        if (words[0].starts_with('#')) {
            return;
        }
        if (words[0] == "**") {
            words.erase(words.begin());
        }
        if (words.size() == 2) {
            set(words[0], words[1]);
        } else if (words.size() == 4 && !is_cbc_status()) {
            set(words[1], words[2]);
        } else if (!is_cbc_status()) {
            lines_.refuse(words.empty() ? lines_.line() : words[0],
                          "a line of a solution is a name and a value");
        }
    }

    [[nodiscard]] bool is_cbc_status() {
        return lines_.line().find(" - ") != std::string_view::npos && lines_.line().front() != ' ';
    }

    TextLines lines_;
    const Program& program_;
    std::vector<double> point_;
    std::unordered_map<std::string_view, std::size_t> columns_;
    bool is_basic_ = false;
    bool is_of_columns_ = false;
    std::string_view waiting_; // the name of the next line's value
};

} // namespace

std::vector<double> parse_solution(std::string_view text, const Program& program,
                                   const std::string& name) {
    return SolutionReader(text, program, name).run(text);
}

std::optional<Status> claimed_status(std::string_view text) {
    constexpr int first_lines = 20;
    for (int k = 0; k < first_lines && !text.empty(); ++k) {
        const auto end = text.find('\n');
        std::string_view line = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        if (line.starts_with("c ")) {
            line.remove_prefix(2);
        }
        constexpr std::string_view label = "Status:";
        const bool is_labelled = line.starts_with(label);
        if (is_labelled) {
            line.remove_prefix(std::min(line.size(), line.find_first_not_of(' ', label.size())));
            line = line.substr(0, line.find_last_not_of(" \r") + 1);
        }
        for (const auto& [word, status] : words_of_glpk) {
            if (is_labelled && line == word) {
                return status;
            }
        }
        for (const auto& [word, status] : words_of_cbc) {
            if (k == 0 && line.starts_with(word)) {
                return status;
            }
        }
    }
    return std::nullopt;
}

} // namespace chainsim::optimise
