#pragma once

#include <chainsim/analysis/decomposition.hpp>
#include <chainsim/study/page.hpp>
#include <chainsim/study/policies.hpp>
#include <chainsim/study/study.hpp>

#include <optional>
#include <string>
#include <vector>

namespace chainsim::study {

/// An indicator of a plan, evaluated in a year.
///
/// Units  base, target, value, due and gap in `unit`, NaN where a figure is missing; rate as share.
struct Evaluated {
    Judgement judged;
    double base = 0.0;   ///< the indicator in the base year; of a change only
    double now = 0.0;    ///< the indicator in the year
    double target = 0.0; ///< at the end of the plan
    double rate = 0.0;   ///< of what is due: value / due, and due / value of an upper bound
};

/// What a judgement says of the indicator itself.
[[nodiscard]] Evaluated evaluated(const model::Scenario& scenario, Judgement judged);

/// Why energy changed since the base year, by enterprises of the statistics, or by divisions of
/// industry of the model where the statistics have none.
struct Causes {
    int before = 0;
    int after = 0;
    bool is_of_actuals = false;
    std::vector<model::Name> names; ///< of the parts
    analysis::Decomposition energy; ///< CNY, tce
    double change = 0.0;            ///< tce, of the totals: what the causes must sum to
    std::vector<std::string> missing;
};

/// The table of a mid-term or final evaluation of a plan (中期、期末评估).
struct Evaluation {
    int year = 0;
    const model::Period* period = nullptr; ///< of the study's scenario
    std::vector<Evaluated> indicators;     ///< as the scenario judges them in the year, worst first
    std::vector<std::string> open;         ///< ids of policies whose target or base is asked for
    std::optional<Causes> causes;
};

/// Evaluates the period that holds `year`, on the statistics where they have the year, else on the
/// model. Causes count from the base year of the period, or from the first year after it that the
/// statistics have.
///
/// Errors  InputError if no period holds the year; NoSolution of the year.
[[nodiscard]] Evaluation evaluate_plan(const Study& study, int year);

/// Schema `chainsim.evaluate/1`: parts `indicators`, `open`, `causes`.
[[nodiscard]] Page evaluation_page(const Study& study, const Evaluation& evaluation);

} // namespace chainsim::study
