#pragma once

#include <chainsim/study/comparison.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace chainsim::study::detail {

/// What one unit of a scarce thing earns, by scenario.
struct Efficiency {
    std::string_view id;   ///< "value_added_per_tce"
    std::string_view unit; ///< "CNY/tce"
    std::vector<double> values;
};

/// Value added per tce, t of CO2, m3 of fresh water and mu of project land, as far as the year has
/// these indicators; NaN where nothing is used up.
[[nodiscard]] std::vector<Efficiency> efficiencies(const ComparedYear& year);

/// In which of value added (more is better), energy, CO2 and water (less is better) which of two
/// scenarios is better: ids of indicators that both have. Differences below 1e-9 are none.
struct TradeOff {
    std::vector<std::string> first_better;
    std::vector<std::string> other_better;
};

[[nodiscard]] TradeOff trade_off(const ComparedYear& year, std::size_t scenario);

[[nodiscard]] const SideBySide* find_indicator(const ComparedYear& year, std::string_view id);

} // namespace chainsim::study::detail
