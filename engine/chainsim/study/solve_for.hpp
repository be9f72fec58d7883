#pragma once

#include <chainsim/model/scenario.hpp>
#include <chainsim/study/policies.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace chainsim::study {

/// The one unknown that is to bring margins to zero.
enum class Unknown {
    energy,      ///< standard coal to save, or that may still be used; of CO2, tonnes
    green_power, ///< power with certificates, in the place of other power that is bought
    growth,      ///< growth of GDP in each year since the base
    price,       ///< of a commodity, in all years by one factor
    start        ///< the first year of a project
};

/// What `check --solve-for` names: "energy", "green_power", "growth", "price:ID", "start:ID".
struct Question {
    Unknown unknown = Unknown::energy;
    std::string subject; ///< id of the commodity or project
};

/// How an answer came out.
enum class Answered {
    found,
    no_effect,    ///< the margin does not depend on it
    out_of_reach, ///< no value that can be would do
};

/// The value at which the margin of one policy is zero, everything else being as it is.
struct Answer {
    std::string policy;    ///< id
    std::string indicator; ///< where a policy has two bounds, or is on a change
    double margin = 0.0;   ///< as it is now
    std::string margin_unit;
    Answered answered = Answered::no_effect;
    double now = 0.0;    ///< of the unknown
    double needed = 0.0; ///< NaN unless found
    /// Of green power, what is bought, and so the most; else, out of reach, the value tried that
    /// comes nearest; NaN: none is known.
    double limit = 0.0;
    std::string unit;
    /// Of `growth`: what is left of it for the rest of the economy, in % a year; NaN where the
    /// plants leave nothing, now or then.
    double rest_growth = 0.0;
    /// Of `start`: the margin for each year that the project may start in; the last: not by then.
    std::vector<std::pair<int, double>> by_year;
};

/// Reads the parameter of `--solve-for` against a scenario.
///
/// Errors  InputError naming what may be asked, or the nearest known id.
[[nodiscard]] Question read_question(std::string_view text, const model::Scenario& scenario);

/// Answers for the policies of a year that have a margin: for one by its id, or for all that are
/// missed; if none is missed, for all of the dual control.
///
/// Energy and green power follow from the linear form of the account: a MWh of green power in the
/// place of other power is deducted at k, and takes CO2 of the grid away. Price and growth are
/// bracketed and the root found by TOMS 748, each trial a year compiled and solved; a start is
/// tried year by year, each solved anew.
///
/// Errors  InputError for an unknown policy, or for a project whose start moves recipes of plants
///         that it rebuilds.
[[nodiscard]] std::vector<Answer> solve_for(const model::Scenario& scenario, int year,
                                            const Question& question,
                                            const std::string& policy = {});

[[nodiscard]] std::string_view to_string(Answered answered);
[[nodiscard]] std::string_view to_string(Unknown unknown);

} // namespace chainsim::study
