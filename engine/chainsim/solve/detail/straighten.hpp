#pragma once

#include <chainsim/number/tape.hpp>
#include <chainsim/solve/detail/iterate.hpp>
#include <chainsim/solve/straight_line.hpp>

#include <optional>
#include <vector>

namespace chainsim::solve::detail {

/// Writes a dispatch down, chain by chain as each comes to rest, as what is computed on its piece.
class Straightener {
public:
    /// `varies`: by `FigureIndex`, the figures that are inputs. `equations` must outlive it.
    Straightener(const system::Equations& equations, const std::vector<char>& varies);

    /// A chain at rest. False if its piece cannot be written down: a demand that cannot be met, a
    /// system that is singular, a row that balances by chance.
    [[nodiscard]] bool add(const Iterate& iterate);

    /// After the last chain.
    [[nodiscard]] StraightLine finish(const Iterate& iterate);

private:
    class Phase;

    [[nodiscard]] number::Number figure(int index, double value);

    const system::Equations& equations_;
    std::vector<char> keys_; ///< their addresses name the figures on the tape
    number::Tape tape_;
    std::vector<number::Number> net_; ///< by position in the non-zeros
    std::vector<number::Number> capacity_;
    std::vector<number::Number> demand_;
    std::vector<number::Number> buy_limit_;
    std::vector<number::Number> sell_limit_;
    std::vector<number::Number> activity_; ///< of the last chain, by column; empty before the first
    StraightLine::Outputs outputs_;
};

} // namespace chainsim::solve::detail
