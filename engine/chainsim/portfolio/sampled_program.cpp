#include <chainsim/base/error.hpp>
#include <chainsim/portfolio/sampled_program.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <utility>

namespace chainsim::portfolio {

namespace {

using RowMatrix = Eigen::SparseMatrix<double, Eigen::RowMajor>;

bool is_free(const optimise::Program& program, std::size_t row) {
    return program.row_lower[row] == -optimise::infinity &&
           program.row_upper[row] == optimise::infinity;
}

std::set<int> hard_rows(const PortfolioProgram& part) {
    std::set<int> out;
    for (std::size_t b = 0; b < part.bounds().size(); ++b) {
        if (part.bounds()[b].is_hard && part.row_of_bound(b) >= 0) {
            out.insert(part.row_of_bound(b));
        }
    }
    return out;
}

/// Is a row over the columns of choices alone?
bool is_of_choices(const RowMatrix& rows, int row, int choices) {
    for (RowMatrix::InnerIterator it(rows, row); it; ++it) {
        if (it.col() >= choices) {
            return false;
        }
    }
    return true;
}

bool has_same_entries(const RowMatrix& a, int row_of_a, const RowMatrix& b, int row_of_b) {
    RowMatrix::InnerIterator one(a, row_of_a);
    RowMatrix::InnerIterator other(b, row_of_b);
    for (; one && other; ++one, ++other) {
        if (one.col() != other.col() || one.value() != other.value()) {
            return false;
        }
    }
    return !one && !other;
}

} // namespace

SampledProgram::SampledProgram(std::vector<PortfolioProgram> parts, int may_give_up)
    : parts_(std::move(parts)) {
    CHAINSIM_EXPECT(parts_.size() > 1, "the nominal figures and at least one draw");
    shared_ = static_cast<int>(parts_.front().starts().size());
    const auto& first = parts_.front().program();
    optimise::ProgramBuilder builder;
    const auto draws = static_cast<double>(parts_.size() - 1);
    for (int j = 0; j < shared_; ++j) {
        const auto at = static_cast<std::size_t>(j);
        double cost = 0.0;
        for (std::size_t k = 1; k < parts_.size(); ++k) {
            const auto& starts = parts_[k].starts();
            CHAINSIM_EXPECT(starts.size() == parts_.front().starts().size() &&
                                starts[at].column == j &&
                                starts[at].choice == parts_.front().starts()[at].choice,
                            "the parts are of the same choices");
            cost += parts_[k].program().cost[at] / draws;
        }
        builder.add_column(first.column_names[at], first.lower[at], first.upper[at], cost,
                           first.is_integer[at] != 0);
    }
    double constant = 0.0;
    for (std::size_t k = 0; k < parts_.size(); ++k) {
        constant += k == 0 ? 0.0 : parts_[k].program().constant / draws;
        add_part(k, builder, may_give_up);
    }
    builder.add_constant(constant);
    if (may_give_up > 0) {
        const int row = builder.add_row("chance", -optimise::infinity, may_give_up);
        for (const int column : given_up_) {
            if (column >= 0) {
                builder.add(row, column, 1.0);
            }
        }
    }
    program_ = builder.build(first.name + "_sampled", first.is_maximised);
}

void SampledProgram::add_part(std::size_t part, optimise::ProgramBuilder& builder,
                              int may_give_up) {
    const auto& one = parts_[part];
    const auto& program = one.program();
    const double weight = part == 0 ? 0.0 : 1.0 / static_cast<double>(parts_.size() - 1);
    const auto named = [part](const std::string& name) {
        return part == 0 ? name : fmt::format("{}@{}", name, part);
    };
    int first = -1;
    for (int j = shared_; j < program.columns(); ++j) {
        const auto at = static_cast<std::size_t>(j);
        const int column = builder.add_column(named(program.column_names[at]), program.lower[at],
                                              program.upper[at], weight * program.cost[at],
                                              program.is_integer[at] != 0);
        first = first < 0 ? column : first;
    }
    first_column_.push_back(first);
    given_up_.push_back(-1);
    if (part > 0 && may_give_up > 0) {
        given_up_.back() =
            builder.add_column(fmt::format("given_up@{}", part), 0.0, 1.0, 0.0, true);
    }
    const auto bounds = hard_rows(one);
    const RowMatrix rows = program.matrix;
    for (int i = 0; i < program.rows(); ++i) {
        const auto at = static_cast<std::size_t>(i);
        const bool is_shared = is_of_choices(rows, i, shared_);
        const bool is_bound = bounds.contains(i);
        // The means and relations of the nominal figures are those of all.
        if (is_free(program, at) || (is_shared && part > 0 && !is_bound)) {
            continue;
        }
        const int row = builder.add_row(named(program.row_names[at]), program.row_lower[at],
                                        program.row_upper[at]);
        double low = 0.0;
        double high = 0.0;
        double largest = 1.0;
        for (RowMatrix::InnerIterator it(rows, i); it; ++it) {
            const auto j = static_cast<std::size_t>(it.col());
            const int column = it.col() < shared_ ? static_cast<int>(it.col())
                                                  : first + static_cast<int>(it.col()) - shared_;
            builder.add(row, column, it.value());
            low += it.value() * (it.value() > 0.0 ? program.lower[j] : program.upper[j]);
            high += it.value() * (it.value() > 0.0 ? program.upper[j] : program.lower[j]);
            const double end = std::max(std::abs(program.lower[j]), std::abs(program.upper[j]));
            largest = std::max(largest, std::isfinite(end) ? std::abs(it.value()) * end : 0.0);
        }
        if (!is_bound || given_up_.back() < 0) {
            continue;
        }
        const auto beyond = [largest](double by) {
            return std::isfinite(by) ? by : most_beyond * largest;
        };
        if (program.row_upper[at] < optimise::infinity && high > program.row_upper[at]) {
            builder.add(row, given_up_.back(), -beyond(high - program.row_upper[at]));
        } else if (program.row_lower[at] > -optimise::infinity && low < program.row_lower[at]) {
            builder.add(row, given_up_.back(), beyond(program.row_lower[at] - low));
        }
    }
}

optimise::Program SampledProgram::alone(std::size_t part, bool keeps_bounds) const {
    auto out = parts_[part].program();
    std::fill(out.is_integer.begin(), out.is_integer.end(), char{0});
    const auto lift = [&out](int row) {
        out.row_lower[static_cast<std::size_t>(row)] = -optimise::infinity;
        out.row_upper[static_cast<std::size_t>(row)] = optimise::infinity;
    };
    const auto hard = hard_rows(parts_[part]);
    const auto& nominal = parts_.front().program();
    std::map<std::string, int> nominal_rows;
    for (int row = 0; row < nominal.rows(); ++row) {
        nominal_rows.emplace(nominal.row_names[static_cast<std::size_t>(row)], row);
    }
    const RowMatrix rows = out.matrix;
    const RowMatrix rows_of_nominal = nominal.matrix;
    for (int row = 0; row < out.rows(); ++row) {
        if (hard.contains(row)) {
            if (!keeps_bounds) {
                lift(row);
            }
            continue;
        }
        if (!is_of_choices(rows, row, shared_)) {
            continue;
        }
        const auto at = static_cast<std::size_t>(row);
        const auto found = nominal_rows.find(out.row_names[at]);
        const bool is_same =
            found != nominal_rows.end() &&
            out.row_lower[at] == nominal.row_lower[static_cast<std::size_t>(found->second)] &&
            out.row_upper[at] == nominal.row_upper[static_cast<std::size_t>(found->second)] &&
            has_same_entries(rows, row, rows_of_nominal, found->second);
        if (!is_same) {
            lift(row);
        }
    }
    return out;
}

std::vector<double> SampledProgram::part_of(std::size_t part,
                                            const std::vector<double>& point) const {
    std::vector<double> out(point.begin(), point.begin() + shared_);
    const int count = parts_[part].program().columns() - shared_;
    const auto begin = point.begin() + std::max(0, first_column_[part]);
    out.insert(out.end(), begin, begin + count);
    return out;
}

bool SampledProgram::is_given_up(std::size_t part, const std::vector<double>& point) const {
    constexpr double half = 0.5;
    const int column = given_up_[part];
    return column >= 0 && point[static_cast<std::size_t>(column)] > half;
}

std::vector<double> SampledProgram::point(const std::vector<std::vector<double>>& of_parts,
                                          const std::vector<char>& is_given_up) const {
    std::vector<double> out(static_cast<std::size_t>(program_.columns()), 0.0);
    std::copy_n(of_parts.front().begin(), shared_, out.begin());
    for (std::size_t k = 0; k < of_parts.size(); ++k) {
        std::copy(of_parts[k].begin() + shared_, of_parts[k].end(),
                  out.begin() + std::max(0, first_column_[k]));
        if (given_up_[k] >= 0) {
            out[static_cast<std::size_t>(given_up_[k])] = is_given_up[k] != 0 ? 1.0 : 0.0;
        }
    }
    return out;
}

} // namespace chainsim::portfolio
