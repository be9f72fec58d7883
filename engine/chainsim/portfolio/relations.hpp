#pragma once

#include <chainsim/portfolio/district.hpp>

#include <string>
#include <vector>

namespace chainsim::portfolio {

/// What a portfolio does against the relations of its choices, or beyond the means.
struct Breach {
    enum class Kind {
        needs,    ///< a choice that is not made by then
        excludes, ///< one that is made as well
        follows,  ///< one that begins in the same year or later
        group,    ///< too many of it, or too few
        starts,   ///< more than may begin in a year
        budget    ///< more investment than a year has
    };
    Kind kind = Kind::needs;
    std::string choice; ///< whose relation it is; empty for groups and means
    std::string other;  ///< id of the other choice, or of the group
    int year = 0;       ///< of starts and budgets
    double by = 1.0;    ///< how far: a number of choices, or a share of the budget

    /// Whether it is the same breach, however far.
    [[nodiscard]] bool is_like(const Breach& breach) const {
        return kind == breach.kind && choice == breach.choice && other == breach.other &&
               year == breach.year;
    }
};

/// All of them; none where the portfolio may be made.
///
/// Cost     choices x years of the plan where there is a budget; no run.
[[nodiscard]] std::vector<Breach> breaches_of(const District& district, const Portfolio& portfolio);

} // namespace chainsim::portfolio
