#include <chainsim/study/detail/basis_text.hpp>
#include <chainsim/study/detail/reader.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <vector>

namespace chainsim::study::detail {

bool is_told(const Run& run) {
    return std::any_of(run.years().begin(), run.years().end(),
                       [](const YearRun& year) { return year.is_told(); });
}

std::string basis_word(Basis basis, table::Language language) {
    return fill("basis_" + std::string(to_string(basis)), language);
}

std::string basis_by_year(const Run& run, const std::string& indicator, table::Language language) {
    const auto& years = run.years();
    const auto first = years.front().basis_of(indicator);
    if (std::all_of(years.begin(), years.end(),
                    [&](const YearRun& year) { return year.basis_of(indicator) == first; })) {
        return basis_word(first, language);
    }
    std::vector<std::string> parts;
    parts.reserve(years.size());
    for (const auto& year : years) {
        parts.push_back(
            fmt::format("{} {}", year.year(), basis_word(year.basis_of(indicator), language)));
    }
    return fmt::format("{}", fmt::join(parts, ", "));
}

} // namespace chainsim::study::detail
