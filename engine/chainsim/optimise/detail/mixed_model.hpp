#pragma once

#include <chainsim/optimise/program.hpp>

#include <coin/OsiClpSolverInterface.hpp>

#include <memory>
#include <vector>

namespace chainsim::optimise::detail {

/// Columns of which exactly one is one, in the order they were written (years, sizes); the last one
/// stands for "none of them". Half of a choice is a better branch than one of its columns: it
/// moves the start of a project, or decides whether it is built at all.
using Choice = std::vector<int>;

/// A row over whole columns only.
struct WholeRow {
    std::vector<int> column;
    std::vector<double> value;
    double lower = 0.0;
    double upper = 0.0;
};

/// Bounds of all columns.
struct Box {
    std::vector<double> lower;
    std::vector<double> upper;
};

/// A program to be minimised as CLP holds it, with what a search asks of it.
struct MixedModel {
    std::unique_ptr<OsiClpSolverInterface> lp;
    std::vector<int> origin;    ///< of each column in the program; more than it has: a "none"
    std::vector<double> before; ///< by column of the program and "none": where those stand now gone
    std::vector<int> integers;
    std::vector<Choice> choices;
    std::vector<WholeRow> whole_rows;
    int rows = 0; ///< without cuts

    [[nodiscard]] Box box() const;
    /// A point in the columns of the program, "none" after them.
    [[nodiscard]] std::vector<double> restored(const std::vector<double>& point) const;
};

/// Rows that allow one of their binaries at most, shortest first, as long as they share none.
[[nodiscard]] std::vector<std::vector<int>> find_choices(const Program& program);

/// Adds the "none" columns, then leaves out columns that are fixed and rows that say nothing more.
/// `lp` holds the program; null if bounds prove that no point exists.
[[nodiscard]] std::unique_ptr<MixedModel> make_mixed_model(const Program& program,
                                                           const OsiClpSolverInterface& lp);

/// Tightens whole columns by the rows over whole columns only; false if one cannot hold.
[[nodiscard]] bool tighten(const std::vector<WholeRow>& rows, Box& box);

} // namespace chainsim::optimise::detail
