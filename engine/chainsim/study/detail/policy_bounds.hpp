#pragma once

#include <chainsim/portfolio/goal.hpp>

#include <string>
#include <vector>

namespace chainsim::study::detail {

/// A policy that a program cannot hold, and why; it is judged when the plan is run.
struct LeftOut {
    std::string policy;
    std::string why; ///< sentence of the catalogue `optimise_left_out_WHY`
};

/// Whether an indicator depends on which plants stand otherwise than plant by plant: the smallest
/// of them, and the accounts of groups, who share what nobody took up.
[[nodiscard]] bool is_beyond_forms(const model::Scenario& scenario, const std::string& indicator);

/// The policies of a scenario as bounds on linear forms, by policy and year. A soft one without a
/// penalty is among them, and binds nothing.
///
/// Errors  InputError with the place of a bound or penalty whose unit does not fit.
[[nodiscard]] std::vector<portfolio::Bound> policy_bounds(const model::Scenario& scenario,
                                                          const portfolio::District& district,
                                                          std::vector<LeftOut>& left_out);

/// A bound that is asked for beside the policies, in every year that a choice can move.
struct AskedBound {
    std::string indicator;
    bool is_upper = true;
    std::string text; ///< the amount as it was written
    units::Quantity amount;
    std::string policy; ///< id of the policy that the written scenario has for it
};

/// Reads "energy_controlled=6.2 Mtce".
///
/// Errors  InputError naming an unknown indicator, or an amount that does not fit it.
[[nodiscard]] AskedBound read_asked_bound(const std::string& text, bool is_upper,
                                          const model::Scenario& scenario);

[[nodiscard]] std::vector<portfolio::Bound> asked_bounds(const AskedBound& asked,
                                                         const portfolio::District& district);

/// The first year in which a choice can begin; past all years if there is none.
[[nodiscard]] int first_year_of_choice(const portfolio::District& district);

} // namespace chainsim::study::detail
