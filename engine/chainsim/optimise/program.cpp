#include <chainsim/base/error.hpp>
#include <chainsim/optimise/program.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <utility>

namespace chainsim::optimise {

int Program::integers() const {
    return static_cast<int>(std::count(is_integer.begin(), is_integer.end(), char{1}));
}

double Program::objective(const std::vector<double>& point) const {
    CHAINSIM_EXPECT(point.size() == cost.size(), "a point has one figure for each column");
    return std::inner_product(cost.begin(), cost.end(), point.begin(), constant);
}

int ProgramBuilder::add_column(std::string name, double lower, double upper, double cost,
                               bool is_integer) {
    CHAINSIM_EXPECT(lower <= upper && lower < infinity && upper > -infinity && std::isfinite(cost),
                    "a column has bounds that leave room, and a finite cost");
    program_.column_names.push_back(std::move(name));
    program_.lower.push_back(lower);
    program_.upper.push_back(upper);
    program_.cost.push_back(cost);
    program_.is_integer.push_back(is_integer ? char{1} : char{0});
    return program_.columns() - 1;
}

int ProgramBuilder::add_row(std::string name, double lower, double upper) {
    CHAINSIM_EXPECT(lower <= upper && lower < infinity && upper > -infinity,
                    "a row has bounds that leave room");
    program_.row_names.push_back(std::move(name));
    program_.row_lower.push_back(lower);
    program_.row_upper.push_back(upper);
    return program_.rows() - 1;
}

void ProgramBuilder::add(int row, int column, double value) {
    CHAINSIM_EXPECT(std::isfinite(value), "a coefficient is finite");
    if (value != 0.0) {
        entries_.emplace_back(row, column, value);
    }
}

void ProgramBuilder::set_row_bounds(int row, double lower, double upper) {
    CHAINSIM_EXPECT(lower <= upper, "a row has bounds that leave room");
    program_.row_lower[static_cast<std::size_t>(row)] = lower;
    program_.row_upper[static_cast<std::size_t>(row)] = upper;
}

void ProgramBuilder::add_cost(int column, double value) {
    program_.cost[static_cast<std::size_t>(column)] += value;
}

void ProgramBuilder::add_constant(double value) { program_.constant += value; }

Program ProgramBuilder::build(std::string name, bool is_maximised) const {
    Program out = program_;
    out.name = std::move(name);
    out.is_maximised = is_maximised;
    out.matrix.resize(out.rows(), out.columns());
    out.matrix.setFromTriplets(entries_.begin(), entries_.end());
    out.matrix.prune(0.0);
    out.matrix.makeCompressed();
    return out;
}

} // namespace chainsim::optimise
