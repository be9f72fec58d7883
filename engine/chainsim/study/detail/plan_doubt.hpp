#pragma once

#include <chainsim/portfolio/goal.hpp>
#include <chainsim/study/study.hpp>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace chainsim::study {

/// A plan under doubt: its goal, and the chance to keep each bound, over draws of all uncertain
/// figures of its scenario.
struct PlanDoubt {
    std::string id;
    std::int64_t draws = 0; ///< with a solution in every year
    std::int64_t unsolved = 0;
    double nominal = 0.0; ///< of the first goal
    double mean = 0.0;
    double low = 0.0;  ///< 5 of 100 draws are below
    double high = 0.0; ///< 5 of 100 are above
    /// Chance to keep all hard bounds in all years, and each bound that is hard.
    double all = 1.0;
    std::vector<std::pair<std::size_t, double>> chances;
};

namespace detail {

struct DoubtRequest {
    std::int64_t draws = 0;
    std::uint64_t seed = 0;
};

/// Draws the scenario of a plan. Money of the net present value moves by the surplus of the plants,
/// the tax on it, and what is invested in the projects.
///
/// Cost     `draws` times the years of the scenario, some 0.4 ms each.
[[nodiscard]] PlanDoubt doubt_of(const Study& study, const portfolio::District& district,
                                 const portfolio::Valuer& goal,
                                 const portfolio::Portfolio& portfolio, double nominal,
                                 const std::vector<portfolio::Bound>& bounds,
                                 const DoubtRequest& request);

} // namespace detail

} // namespace chainsim::study
