#include <chainsim/model/dual_control.hpp>

#include <algorithm>

namespace chainsim::model {

const std::vector<std::string>& indicators_with_base() {
    static const std::vector<std::string> ids{
        "co2_energy",       "co2_intensity",           "energy_controlled",
        "energy_intensity", "energy_total_equivalent", "gdp_given"};
    return ids;
}

const Period* period_of(const Registry<Period>& periods, int year) {
    const auto find = [&](auto matches) -> const Period* {
        const auto found = std::find_if(periods.begin(), periods.end(), matches);
        return found == periods.end() ? nullptr : &*found;
    };
    // A base year belongs to the period before it, if there is one: the last year of a plan is the
    // base of the next, and is judged by the plan that it ends.
    const auto* ruling = find([year](const Period& one) { return one.holds(year); });
    return ruling != nullptr ? ruling
                             : find([year](const Period& one) { return one.base_year == year; });
}

std::optional<number::Number> growth_since_base(const Period& period, int year) {
    if (!period.gdp_growth) {
        return std::nullopt;
    }
    static const units::Unit one;
    number::Number factor = 1.0;
    for (int y = period.base_year + 1; y <= year; ++y) {
        factor *= 1.0 + period.gdp_growth->read(y, one);
    }
    return factor;
}

} // namespace chainsim::model
