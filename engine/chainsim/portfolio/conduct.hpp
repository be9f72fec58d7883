#pragma once

#include <chainsim/portfolio/district.hpp>

#include <vector>

namespace chainsim::portfolio {

/// What plants and trades are held to in a year of a program, so that it runs as the dispatch
/// would.
struct Conduct {
    std::vector<double> least;    ///< by column: share of the capacity that stands
    std::vector<double> most;     ///< by column
    std::vector<double> buys;     ///< by row: most that is bought, units of the row
    std::vector<double> sells;    ///< by row
    std::vector<double> disposes; ///< by row
    /// Plants on demand may also be run for what only others are sold for.
    bool is_open = true;
};

/// By year. Open everywhere: any run of a portfolio is a point of the program.
using Conducts = std::vector<Conduct>;

[[nodiscard]] Conducts open_conducts(const District& district);
/// What is true of every run of every portfolio: who takes only what can be bought without limit,
/// and gives only what can be got rid of, runs at capacity. A program that is held to it still has
/// every run as a point.
[[nodiscard]] Conducts certain_conducts(const District& district);

} // namespace chainsim::portfolio
