#pragma once

#include <chainsim/system/equations.hpp>
#include <chainsim/system/solution.hpp>

#include <optional>
#include <string>
#include <vector>

namespace chainsim::test {

/// What each facility would run at if nothing were short (DESIGN, "The balance"): its weight where
/// a short commodity is shared. By column; absent if the slow search finds none.
///
/// An `on_supply` facility still lives on what the others leave of its driving feed; every other
/// want is made up from outside. Found by bisection of one commodity after the other, which shares
/// no code and no idea with the solver.
[[nodiscard]] std::optional<std::vector<double>> find_targets(const system::Equations& equations);

/// What in the solution is not as DESIGN says, in words; empty if all is.
///
/// It takes nothing from the solver but flows and what each facility names as its reason, and asks
///  - of a commodity, that it balances, that no limit is passed, and that its flows stand in order:
///  no
///    one is short while more could be bought or a surplus leaves, nothing is bought while
///    something is sold, no market is left unfilled or sink used while makers on demand could step
///    in or back;
///  - of a facility, that it runs at a limit, and that the limit is real: the commodity it names is
///    short (or in surplus), those that come after it get nothing (or were held back before it),
///    and none beside it has a larger share.
/// Without targets the shares of facilities whose target is not their capacity are not looked at.
[[nodiscard]] std::vector<std::string>
find_violations(const system::Equations& equations, const system::Solution& solution,
                const std::optional<std::vector<double>>& targets, double tolerance = 1e-8);

} // namespace chainsim::test
