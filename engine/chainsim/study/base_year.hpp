#pragma once

#include <chainsim/model/scenario.hpp>
#include <chainsim/table/language.hpp>
#include <chainsim/table/table.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace chainsim::study {

/// A statistic of the base year beside what a run of that year says of the same thing.
///
/// Units  value, low, high and model are in `unit`, that of the statistic.
struct BaseFigure {
    std::string id;
    model::Name name;
    double value = 0.0;
    std::optional<double> low; ///< of its range, where there is one
    std::optional<double> high;
    std::string unit;
    std::string counted_in;      ///< unit of the indicator, if there is one
    std::string indicator;       ///< empty: nothing in a run counts the same
    std::optional<double> model; ///< absent without an indicator, or where the run has none
    std::string explanation;
    bool same_source = false; ///< as the plants of the run: agreement is no check
    model::Confidence confidence = model::Confidence::assumption;

    [[nodiscard]] bool differs() const noexcept; ///< the run lies outside the range, or beyond 5 %
};

/// What became of the targets and rules of a plan in a study.
struct TargetCounts {
    std::size_t judged = 0;   ///< by a policy
    std::size_t compared = 0; ///< with a statistic of the base year that a run counts as well
    std::size_t recorded = 0; ///< as a statistic to which nothing in a run corresponds
    std::size_t carried = 0;  ///< by the data
    std::size_t not_judged = 0;

    [[nodiscard]] std::size_t all() const noexcept {
        return judged + compared + recorded + carried + not_judged;
    }
};

/// The statistics of a region against a run of its base year, and the targets of its plan.
struct BaseYear {
    std::string scenario; ///< id of the scenario that was run
    std::string region;
    int year = 0;
    std::string failure; ///< why there is no run, or empty
    std::vector<BaseFigure> figures;
    TargetCounts targets;
};

/// Runs the base year of a scenario and sets its statistics against it.
///
/// Errors  ContractError if the scenario does not have the base year of its region.
[[nodiscard]] BaseYear compare_base_year(const model::Scenario& scenario);

/// For each region the scenario that stands for its base year: among those that have the year, the
/// one with the fewest years, then the fewest projects built, then the first by id.
[[nodiscard]] std::vector<const model::Scenario*>
base_scenarios(const std::vector<model::Scenario>& scenarios);

/// The figures of which a run says something, and how far it is from them.
[[nodiscard]] table::Table base_year_table(const BaseYear& base, table::Language language);

/// The table with the explanations below it, for a terminal of `width` columns (0: no limit).
[[nodiscard]] std::string base_year_text(const BaseYear& base, table::Language language,
                                         std::size_t width);

} // namespace chainsim::study
