#pragma once

#include <chainsim/study/actuals.hpp>
#include <chainsim/study/policies.hpp>
#include <chainsim/study/study.hpp>
#include <chainsim/table/language.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace chainsim::study {

/// Where a figure of a year comes from.
enum class Basis {
    actual,   ///< the statistics have the whole year
    expected, ///< actual up to the month, the rest forecast
    planned   ///< the model's
};

[[nodiscard]] std::string_view to_string(Basis basis);

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
    double full_year = 0.0;
    Basis basis = Basis::expected;
    ReportGrade grade = ReportGrade::flash; ///< the least final of what it rests on
    std::vector<std::string> missing;       ///< "2025-02", "2024", where it cannot be told
};

/// An enterprise by what saving there costs: value added per tce, the least first.
struct Saver {
    std::string enterprise;
    double energy = 0.0;      ///< tce, full year
    double value_added = 0.0; ///< CNY, full year
    double tce_per_10k = 0.0; ///< tce per 10^4 CNY of value added
};

/// Where a year will end: the statistics so far, forecast to December, set into the model's year
/// and judged by the policies.
struct Outlook {
    int year = 0;
    int month = 0;
    std::vector<YearEnd> year_ends;
    std::vector<Judgement> policies; ///< on figures that are actual or expected where there are any
    std::vector<Basis> bases;        ///< of the policies' values, in the same order
    std::vector<double> to_save;     ///< tce by 31 December, in the same order; NaN: none of energy
    std::vector<Saver> savers;
    std::string failure; ///< why the model's year has no solution, and no policy is judged
};

/// `year`: the last one with a month in the statistics, if absent.
///
/// A total of energy that the statistics have moves the controlled energy by as much; ratios are
/// taken anew. A month that is missing leaves its year end undetermined and named.
///
/// Errors  InputError if the statistics have no month of the year; ContractError if `month` is not
///         1 to 12.
[[nodiscard]] Outlook outlook(const Study& study, const Actuals& actuals, int month,
                              std::optional<int> year = std::nullopt);

/// Schema `chainsim.outlook/1`.
[[nodiscard]] std::string outlook_json(const Study& study, const Outlook& outlook);
[[nodiscard]] std::string outlook_text(const Study& study, const Outlook& outlook,
                                       table::Language language, std::size_t width);

} // namespace chainsim::study
