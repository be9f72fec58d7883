#pragma once

#include <chainsim/portfolio/planner.hpp>
#include <chainsim/portfolio/relations.hpp>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace chainsim::portfolio {

/// What one unit of a bound is worth to the first goal: its gain per unit of the indicator that the
/// bound is loosened by. NaN where it was not found.
struct BoundPrice {
    std::size_t bound = 0;
    double room = 0.0;      ///< how far the plan, as run, is from the bound; of a ratio in its unit
    double at_choice = 0.0; ///< dual value with the choices of the program's optimum fixed
    double relaxed = 0.0;   ///< dual value with choices that may be made in part
};

/// What a policy is worth: its bounds in all years moved together, and chosen and run anew.
struct PolicyPrice {
    std::string policy;
    std::string indicator;
    std::string unit;
    double step = 0.0;             ///< share by which the bounds were moved
    double tightened = 0.0;        ///< average gain per unit, discounted, of moving them by that
    double loosened = 0.0;         ///< NaN: no portfolio was found, or nothing moves
    double change_tightened = 0.0; ///< of the goal
    double change_loosened = 0.0;
    double moved = 0.0;   ///< units moved, discounted and added up
    bool is_told = false; ///< the portfolio changes within the step: the price is an average
};

struct Prices {
    std::vector<BoundPrice> bounds;
    std::vector<PolicyPrice> policies;
    std::vector<Portfolio> found; ///< that were chosen for moved bounds: one may suit the plan
};

/// Prices of the bounds that a plan comes within 1 % of, or that have a dual value.
///
/// Cost     two linear programs, and for each of those policies two plans from the known one.
[[nodiscard]] Prices prices_of(Planner& planner, const Plan& plan, double step);

/// Why a choice is not made: what making it would come to, at the year and size that suit best.
struct Rejection {
    int choice = 0;
    bool is_possible = false; ///< false: it has no year, or no year with a solution
    Decision best;
    double change = 0.0;             ///< of the first goal, when run
    std::vector<std::size_t> misses; ///< bounds that are then missed and were kept
    double breaks = 0.0;             ///< how far the means and relations are then overstepped
    std::vector<Breach> breaches;    ///< which; none, and `breaks` above 0: the load is too low
    double at_prices = 0.0; ///< the same change with bounds at their shadow prices; NaN: not known
    /// Rise of the price of its main product, CNY per unit, at which it would bring nothing and
    /// cost nothing; NaN where the goal is no money, or it makes nothing.
    double price_needed = 0.0;
    std::optional<model::Index<model::Commodity>> product;
    std::optional<model::Index<model::Commodity>> short_of; ///< what holds its main plant back
};
[[nodiscard]] std::vector<Rejection> rejections_of(Planner& planner, const Plan& plan);

/// What a choice brings at a plan by the first goal and by an indicator: made against not made.
struct Merit {
    int choice = 0;
    bool is_made = false;
    Decision decision;
    double change = 0.0;    ///< of the goal
    double indicator = 0.0; ///< of the indicator, over the years as the second goal has it
};
/// Of all choices, by the goal per unit of the second goal, if the planner has one.
[[nodiscard]] std::vector<Merit> merits_of(Planner& planner, const Plan& plan);

/// How the program's own optimum runs otherwise than its portfolio when that is run.
struct Deviation {
    std::size_t year = 0;
    double program = 0.0; ///< of the indicator
    double run = 0.0;     ///< of the same portfolio
    double plan = 0.0;    ///< of the plan, which may be a better one when run
    struct Plant {
        int column = 0;
        double program = 0.0; ///< activity
        double run = 0.0;
        double effect = 0.0; ///< on the indicator, by what it takes and gives
    };
    std::vector<Plant> plants; ///< those who would have to run otherwise, the largest first
};
[[nodiscard]] std::vector<Deviation> deviations_of(Planner& planner, const Plan& plan,
                                                   const std::string& indicator, int plants);

/// The hard bounds that a portfolio misses when it is run, and by how much, in their units.
[[nodiscard]] std::vector<std::pair<std::size_t, double>> misses_of(Planner& planner,
                                                                    const Portfolio& portfolio);

/// Why no portfolio keeps everything.
struct Conflict {
    std::vector<std::size_t> bounds; ///< a smallest set that cannot be kept together
    std::vector<std::string> means;  ///< and rows of means in it: "budget.2024"
    /// Least relaxation: by how much of its unit each of these bounds has to give way.
    std::vector<std::pair<std::size_t, double>> relaxation;
    bool is_settled = false; ///< missed in a year that no choice can move
    bool is_certain = false; ///< no run of any portfolio can keep them, for no program can
};
[[nodiscard]] std::optional<Conflict> conflict_of(Planner& planner, const Plan& plan);

} // namespace chainsim::portfolio
