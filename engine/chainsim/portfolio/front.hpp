#pragma once

#include <chainsim/portfolio/planner.hpp>

#include <string>
#include <vector>

namespace chainsim::portfolio {

/// A portfolio and what it reaches by each goal.
struct FrontPoint {
    Portfolio portfolio;
    std::vector<double> values; ///< by goal
    bool is_proposed = false;   ///< by a program; else met by running
};

/// Points of a front, and the plan by the first goal alone that it began with.
struct Front {
    Plan best;
    std::vector<FrontPoint> points;
};

/// Points of which none is better by all goals than another: `points` of them, evenly spread by the
/// second goal (and the third), as far as there are so many. Ordered by the second goal.
///
/// By epsilon constraints: the first goal is made as good as can be at levels of the others, each
/// from the portfolio of the level before, by running and by the program. All that takes the time
/// that the planner has for one plan, a third of it for the first.
///
/// Errors  ContractError unless there are two or three goals.
[[nodiscard]] Front front_of(Planner& planner, int points, std::vector<Portfolio> from);

/// Portfolios that are no worse than the best by more than `within` (a share) and that differ most
/// from it and from one another: the program is asked for the most distant point, which is run.
[[nodiscard]] std::vector<FrontPoint> alternatives_of(Planner& planner, const Plan& best, int count,
                                                      double within);

/// In how many choices two portfolios differ: one that is made in one alone counts 1, one that
/// begins in another year a tenth for each year, up to 1.
[[nodiscard]] double distance(const Portfolio& a, const Portfolio& b);

} // namespace chainsim::portfolio
