#include <chainsim/study/detail/efficiencies.hpp>
#include <chainsim/table/column.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace chainsim::study::detail {

const SideBySide* find_indicator(const ComparedYear& year, std::string_view id) {
    const auto found = std::find_if(year.indicators.begin(), year.indicators.end(),
                                    [id](const auto& one) { return one.id == id; });
    return found == year.indicators.end() ? nullptr : &*found;
}

std::vector<Efficiency> efficiencies(const ComparedYear& year) {
    struct Use {
        std::string_view id;
        std::string_view unit;
        std::string_view indicator;
    };
    constexpr std::array uses{Use{"value_added_per_tce", "CNY/tce", "energy_total_equivalent"},
                              Use{"value_added_per_co2", "CNY/t", "co2_total"},
                              Use{"value_added_per_m3", "CNY/m3", "fresh_water"},
                              Use{"value_added_per_mu", "CNY/mu", "land"}};
    std::vector<Efficiency> out;
    const auto* value = find_indicator(year, "value_added");
    for (const auto& use : uses) {
        const auto* used = find_indicator(year, use.indicator);
        if (value == nullptr || used == nullptr) {
            continue;
        }
        Efficiency one{use.id, use.unit, {}};
        for (std::size_t i = 0; i < value->values.size(); ++i) {
            const double per_unit = value->values[i] / used->values[i];
            one.values.push_back(used->values[i] > 0.0 ? per_unit : table::absent);
        }
        out.push_back(std::move(one));
    }
    return out;
}

TradeOff trade_off(const ComparedYear& year, std::size_t scenario) {
    constexpr double noticeable = 1e-9;
    TradeOff out;
    for (const auto& [id, sign] :
         {std::pair("value_added", 1.0), std::pair("energy_total_equivalent", -1.0),
          std::pair("co2_total", -1.0), std::pair("fresh_water", -1.0)}) {
        const auto* one = find_indicator(year, id);
        if (one == nullptr) {
            continue;
        }
        const double difference = sign * one->difference(scenario);
        const double least =
            noticeable * std::max(std::abs(one->values.front()), std::abs(one->values[scenario]));
        if (std::abs(difference) > least) {
            (difference > 0.0 ? out.other_better : out.first_better).emplace_back(id);
        }
    }
    return out;
}

} // namespace chainsim::study::detail
