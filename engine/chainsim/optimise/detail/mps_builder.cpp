#include <chainsim/optimise/detail/mps_builder.hpp>

#include <fmt/format.h>

#include <cmath>
#include <cstddef>
#include <limits>

namespace chainsim::optimise::detail {

namespace {

constexpr double practically_infinite = 1e20;
constexpr int objective_row = -1;
constexpr int dropped_row = -2;

double bound_of(double value) {
    return std::abs(value) >= practically_infinite ? std::copysign(infinity, value) : value;
}

} // namespace

void MpsBuilder::row(char type, std::string_view name) {
    int number = static_cast<int>(types_.size());
    if (type == 'N') {
        number = has_objective_ ? dropped_row : objective_row;
        has_objective_ = true;
    }
    if (!rows_.emplace(name, number).second) {
        lines_.refuse(name, fmt::format("a second row '{}'", name));
    } else if (type != 'N') {
        types_.push_back(type);
        program_.row_names.emplace_back(name);
        right_.push_back(0.0);
        range_.push_back(std::numeric_limits<double>::quiet_NaN());
        last_column_.push_back(-1);
    }
}

void MpsBuilder::column(std::string_view name, bool is_integer) {
    if (has_columns() && program_.column_names.back() == name) {
        return;
    }
    if (!columns_.emplace(name, program_.columns()).second) {
        lines_.refuse(name, fmt::format("column '{}' stands in two places", name),
                      "the lines of a column follow each other");
    }
    program_.column_names.emplace_back(name);
    program_.cost.push_back(0.0);
    program_.lower.push_back(0.0);
    program_.upper.push_back(infinity);
    program_.is_integer.push_back(is_integer ? char{1} : char{0});
    is_bounded_.push_back(0);
    has_lower_.push_back(0);
    has_cost_ = false;
    starts_.push_back(entries_.size());
}

std::optional<int> MpsBuilder::row_of(std::string_view name) {
    const auto found = rows_.find(name);
    if (found != rows_.end()) {
        return found->second;
    }
    lines_.refuse(name, fmt::format("no row is called '{}'", name),
                  near_name(name, program_.row_names));
    return std::nullopt;
}

void MpsBuilder::coefficient(std::string_view row, std::string_view value) {
    const auto found = row_of(row);
    const auto number = lines_.number(value);
    if (!found || !number || *found == dropped_row) {
        return;
    }
    if (!std::isfinite(*number)) {
        lines_.refuse(value, "a coefficient is finite");
        return;
    }
    const int column = program_.columns() - 1;
    const bool is_second =
        *found == objective_row
            ? std::exchange(has_cost_, true)
            : std::exchange(last_column_[static_cast<std::size_t>(*found)], column) == column;
    if (is_second) {
        lines_.refuse(row, fmt::format("a second coefficient of column '{}' in row '{}'",
                                       program_.column_names.back(), row));
    } else if (*found == objective_row) {
        program_.cost.back() = *number;
    } else if (*number != 0.0) {
        entries_.emplace_back(*found, *number);
    }
}

void MpsBuilder::right_side(std::string_view row, std::string_view value) {
    const auto found = row_of(row);
    const auto number = lines_.number(value);
    if (!found || !number) {
        return;
    }
    if (*found == objective_row) {
        if (!std::isfinite(*number)) {
            lines_.refuse(value, "the constant of an objective is finite");
            return;
        }
        program_.constant = 0.0 - *number;
    } else if (*found != dropped_row) {
        right_[static_cast<std::size_t>(*found)] = bound_of(*number);
    }
}

void MpsBuilder::range(std::string_view row, std::string_view value) {
    const auto found = row_of(row);
    const auto number = lines_.number(value);
    if (found && number && *found >= 0) {
        range_[static_cast<std::size_t>(*found)] = bound_of(*number);
    }
}

void MpsBuilder::bound(std::string_view type, std::string_view column, double value) {
    const auto found = columns_.find(column);
    if (found == columns_.end()) {
        lines_.refuse(column, fmt::format("no column is called '{}'", column),
                      near_name(column, program_.column_names));
        return;
    }
    const auto at = static_cast<std::size_t>(found->second);
    double& lower = program_.lower[at];
    double& upper = program_.upper[at];
    value = bound_of(value);
    is_bounded_[at] = 1;
    if (type == "LI" || type == "UI" || type == "BV") {
        program_.is_integer[at] = 1;
    }
    if (type == "PL") {
        upper = infinity;
    } else if (type == "UP" || type == "UI") {
        upper = value;
        // As most solvers read it, whether or not its author thought of that.
        if (value < 0.0 && has_lower_[at] == 0) {
            lower = -infinity;
        }
    } else {
        has_lower_[at] = 1;
        if (type == "FX") {
            lower = value;
            upper = value;
        } else if (type == "BV") {
            lower = 0.0;
            upper = 1.0;
        } else {
            lower = value;
            if (type == "FR") {
                upper = infinity;
            }
            if (type == "FR" || type == "MI") {
                lower = -infinity;
            }
        }
    }
    if (lower > upper || lower == infinity || upper == -infinity) {
        lines_.refuse(column, fmt::format("the bounds of column '{}' leave no room: {} to {}",
                                          column, lower, upper));
    }
}

void MpsBuilder::row_bounds(std::size_t row) {
    const double right = right_[row];
    const double range = range_[row];
    double& lower = program_.row_lower[row];
    double& upper = program_.row_upper[row];
    lower = right;
    upper = right;
    if (types_[row] == 'L') {
        lower = -infinity;
    } else if (types_[row] == 'G') {
        upper = infinity;
    }
    if (std::isnan(range)) {
        return;
    }
    if (types_[row] == 'L' || (types_[row] == 'E' && range < 0.0)) {
        lower = right - std::abs(range);
    } else {
        upper = right + std::abs(range);
    }
}

Program MpsBuilder::program() {
    const auto rows = program_.row_names.size();
    program_.row_lower.resize(rows);
    program_.row_upper.resize(rows);
    for (std::size_t row = 0; row < rows; ++row) {
        row_bounds(row);
        const double lower = program_.row_lower[row];
        const double upper = program_.row_upper[row];
        if (!(lower <= upper) || lower == infinity || upper == -infinity) {
            lines_.refuse({}, fmt::format("the bounds of row '{}' leave no room: {} to {}",
                                          program_.row_names[row], lower, upper));
        }
    }
    lines_.check();
    auto& matrix = program_.matrix;
    matrix.resize(program_.rows(), program_.columns());
    std::vector<Eigen::Triplet<double>> triplets;
    triplets.reserve(entries_.size());
    starts_.push_back(entries_.size());
    for (int column = 0; column < program_.columns(); ++column) {
        const auto at = static_cast<std::size_t>(column);
        for (std::size_t k = starts_[at]; k < starts_[at + 1]; ++k) {
            triplets.emplace_back(entries_[k].first, column, entries_[k].second);
        }
        if (program_.is_integer[at] != 0 && is_bounded_[at] == 0) {
            program_.upper[at] = 1.0;
        }
    }
    matrix.setFromTriplets(triplets.begin(), triplets.end());
    matrix.makeCompressed();
    return std::move(program_);
}

} // namespace chainsim::optimise::detail
