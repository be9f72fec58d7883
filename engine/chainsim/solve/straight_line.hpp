#pragma once

#include <chainsim/number/program.hpp>
#include <chainsim/system/equations.hpp>

#include <vector>

namespace chainsim::solve {

/// Figures of the equations, numbered through: net flows by position in the non-zeros, then
/// capacities by column, then demands, limits of purchases and limits of sales by row.
class FigureIndex {
public:
    explicit FigureIndex(const system::Equations& equations)
        : nonzeros_(static_cast<int>(equations.net.nonZeros())), columns_(equations.columns()),
          rows_(equations.rows()) {}

    [[nodiscard]] static int net(int e) { return e; }
    [[nodiscard]] int capacity(int f) const { return nonzeros_ + f; }
    [[nodiscard]] int demand(int r) const { return nonzeros_ + columns_ + r; }
    [[nodiscard]] int buy_limit(int r) const { return demand(r) + rows_; }
    [[nodiscard]] int sell_limit(int r) const { return demand(r) + 2 * rows_; }
    [[nodiscard]] int count() const { return nonzeros_ + columns_ + 3 * rows_; }

private:
    int nonzeros_;
    int columns_;
    int rows_;
};

/// A dispatch on one linear piece: which rows are short or in surplus, whom each rations or holds
/// back and what binds each facility are as they were; the figures may be others.
///
/// As long as that holds, the whole dispatch is a chain of sums and products and two eliminations
/// in an order chosen once, so that eight draws travel together. Whether it holds is checked draw
/// by draw: each valve must stand where it stood, each facility be bound by what bound it, and each
/// row balance. What passes is a solution of the dispatch; for figures near those of the piece it
/// is the one that `Dispatch::solve` finds.
///
/// Cost     for a district of 240 facilities some ten thousand steps for eight draws.
class StraightLine {
public:
    struct Outputs {
        std::vector<number::Number> activity; ///< by column
        std::vector<number::Number> bought;   ///< by row
        std::vector<number::Number> sold;
        std::vector<number::Number> disposed;
        /// What must not be negative beyond rounding, and in terms of what.
        std::vector<number::Number> slack;
        std::vector<number::Number> scale;
    };

    StraightLine(const number::Tape& tape, const Outputs& outputs);

    /// Its inputs are figures by `FigureIndex`; figures that do not vary are constants of it.
    [[nodiscard]] const number::Program& program() const noexcept { return program_; }
    /// Cells of what it computes.
    [[nodiscard]] const std::vector<int>& activity() const noexcept { return activity_; }
    [[nodiscard]] const std::vector<int>& bought() const noexcept { return bought_; }
    [[nodiscard]] const std::vector<int>& sold() const noexcept { return sold_; }
    [[nodiscard]] const std::vector<int>& disposed() const noexcept { return disposed_; }

    /// Which of the eight draws stand on this piece, one bit each.
    [[nodiscard]] unsigned standing(const double* cells) const;

private:
    number::Program program_;
    std::vector<int> activity_, bought_, sold_, disposed_, slack_, scale_;
};

} // namespace chainsim::solve
