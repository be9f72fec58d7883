#pragma once

#include <chainsim/portfolio/goal.hpp>
#include <chainsim/study/study.hpp>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace chainsim::study {

/// A plan under doubt: its goal, and the chance to keep each bound, over draws of all uncertain
/// figures. Plans that are compared have the same draws.
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
    /// By bound: how far its indicator goes beyond its nominal value, at the share that was asked
    /// for; what a plan has to stay short of the bound to keep it with that chance.
    std::vector<std::pair<std::size_t, double>> margins;
};

namespace detail {

struct DoubtRequest {
    std::int64_t draws = 0;
    std::uint64_t seed = 0;
    double share = 0.9;
};

/// Draws the scenario of a plan. Money of the net present value moves by the surplus of the plants
/// and the tax on it; investment stays as planned.
///
/// Cost     `draws` times the years of the scenario, some 0.4 ms each.
[[nodiscard]] PlanDoubt doubt_of(const Study& study, const portfolio::District& district,
                                 const portfolio::Valuer& goal, double nominal,
                                 const std::vector<portfolio::Bound>& bounds,
                                 const DoubtRequest& request);

} // namespace detail

} // namespace chainsim::study
