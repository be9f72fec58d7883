#pragma once

#include <Eigen/SparseCore>

#include <limits>
#include <string>
#include <vector>

namespace chainsim::optimise {

inline constexpr double infinity = std::numeric_limits<double>::infinity();

/// A linear or mixed-integer linear program, of no particular solver:
///     minimise (or maximise)  constant + cost' x
///     row_lower <= A x <= row_upper,   lower <= x <= upper,   x_j whole where `is_integer[j]`.
///
/// Shapes   matrix: rows x columns, compressed, column by column. Vectors by row or by column.
/// Units    plain doubles; whoever builds a program knows what its rows and columns are.
struct Program {
    std::string name;
    bool is_maximised = false;
    double constant = 0.0;
    Eigen::SparseMatrix<double> matrix;

    // by column
    std::vector<std::string> column_names;
    std::vector<double> cost;
    std::vector<double> lower;
    std::vector<double> upper;
    std::vector<char> is_integer;

    // by row; equal bounds make an equation, infinite ones are none
    std::vector<std::string> row_names;
    std::vector<double> row_lower;
    std::vector<double> row_upper;

    [[nodiscard]] int rows() const { return static_cast<int>(row_names.size()); }
    [[nodiscard]] int columns() const { return static_cast<int>(column_names.size()); }
    [[nodiscard]] int integers() const;
    /// Of a point, whether it is feasible or not.
    [[nodiscard]] double objective(const std::vector<double>& point) const;
};

/// Writes a program column by column and row by row, in any order.
class ProgramBuilder {
public:
    /// A column; its number.
    int add_column(std::string name, double lower, double upper, double cost = 0.0,
                   bool is_integer = false);
    /// A row; its number.
    int add_row(std::string name, double lower, double upper);
    /// Adds to a coefficient.
    void add(int row, int column, double value);
    void set_row_bounds(int row, double lower, double upper);
    void add_cost(int column, double value);
    [[nodiscard]] double cost(int column) const {
        return program_.cost[static_cast<std::size_t>(column)];
    }
    [[nodiscard]] double upper(int column) const {
        return program_.upper[static_cast<std::size_t>(column)];
    }
    void add_constant(double value);

    /// Errors  ContractError if a number is not finite where it must be, or a bound is crossed.
    [[nodiscard]] Program build(std::string name, bool is_maximised) const;

private:
    Program program_;
    std::vector<Eigen::Triplet<double>> entries_;
};

} // namespace chainsim::optimise
