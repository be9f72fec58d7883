#pragma once

#include <chainsim/study/page.hpp>
#include <chainsim/study/policies.hpp>
#include <chainsim/study/study.hpp>
#include <chainsim/study/year_end.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace chainsim::study {

/// An enterprise by what saving there costs: value added per tce, the least first.
struct Saver {
    std::string enterprise;
    double energy = 0.0;      ///< tce, full year
    double value_added = 0.0; ///< CNY, full year
    double tce_per_10k = 0.0; ///< tce per 10^4 CNY of value added
    Basis basis = Basis::expected;
};

/// Where a year will end: the statistics so far, forecast to December, set into the model's year
/// and judged by the policies.
struct Outlook {
    int year = 0;
    int month = 0;
    std::vector<YearEnd> year_ends;
    std::vector<Judgement> policies; ///< on figures that are actual or expected where there are any
    std::vector<double> to_save;     ///< tce by 31 December, in the same order; NaN: none of energy
    std::vector<Saver> savers;
    std::string failure; ///< why the model's year has no solution, and no policy is judged
};

/// By the statistics of the scenario up to the month; what they have later is left out.
/// `year`: the last one with a month in them, if absent.
///
/// A bound that would be passed is red where the months so far pass it already or December is
/// told, and orange where only the forecast does. A month that is missing leaves its year end
/// undetermined and named.
///
/// Errors  InputError if the statistics have nothing of the year; ContractError if `month` is not
///         1 to 12.
[[nodiscard]] Outlook outlook(const Study& study, int month,
                              std::optional<int> year = std::nullopt);

/// Schema `chainsim.outlook/1`.
[[nodiscard]] Page outlook_page(const Study& study, const Outlook& outlook);

} // namespace chainsim::study
