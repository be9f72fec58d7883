#pragma once

#include <chainsim/model/scenario.hpp>
#include <chainsim/study/basis.hpp>

#include <string>
#include <vector>

namespace chainsim::study {

/// A year end by the months so far: full year = what is actual to the month + the rest at last
/// year's monthly shares times the growth so far.
///
/// Units  that of the indicator; NaN where it is not known.
struct YearEnd {
    std::string boundary;
    std::string enterprise; ///< empty: the whole boundary
    std::string indicator;
    model::Name name; ///< of the model; the id where the model has none of it
    std::string unit;
    double to_date = 0.0;           ///< January to the month
    double to_date_last_year = 0.0; ///< the same months of last year
    double growth = 0.0;            ///< of the two, as a share
    double last_year = 0.0;         ///< as the statistics have the whole of it, or its months
    double months_last_year = 0.0;  ///< the sum of its twelve months
    double full_year = 0.0;
    Basis basis = Basis::expected;
    model::ReportGrade grade = model::ReportGrade::flash; ///< least final of what it rests on
    std::vector<std::string> missing; ///< "2025-02", "2024", where it cannot be told
};

/// The year ends of all that the scenario's statistics have, whole boundaries first; in December
/// the figure of a whole year stands before the sum of its months.
[[nodiscard]] std::vector<YearEnd> year_ends(const model::Scenario& scenario, int year, int month);

/// What the statistics have of the whole district in a year, or let expect of it by as many months
/// as they have; `full_year` is NaN, and the months named, where any is missing.
[[nodiscard]] std::vector<YearEnd> told_year_ends(const model::Scenario& scenario, int year);

} // namespace chainsim::study
