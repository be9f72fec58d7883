#include <chainsim/model/indicator_kinds.hpp>

#include <algorithm>
#include <array>

namespace chainsim::model {

namespace {

struct Fixed {
    std::string_view id;
    std::string_view unit;
    std::string_view factor;
};

constexpr std::array fixed{
    Fixed{"co2_fuel", "t", ""},
    Fixed{"co2_power", "t", "grid_co2"},
    Fixed{"co2_process", "t", ""},
    Fixed{"co2_total", "t", "grid_co2"},
    Fixed{"coal_mined", "t", ""},
    Fixed{"coal_mining_capacity", "t", ""},
    Fixed{"energy_total_calorific", "tce", ""},
    Fixed{"energy_total_equivalent", "tce", "electricity_equivalent"},
    Fixed{"fresh_water", "m3", ""},
    Fixed{"gdp", "CNY", ""},
    Fixed{"power_renewable", "MWh", ""},
    Fixed{"revenue", "CNY", ""},
    Fixed{"value_added", "CNY", ""},
};

} // namespace

bool is_counted_product(const Commodity& commodity) {
    return commodity.phase != Phase::service && commodity.trade != Trade::waste &&
           commodity.trade != Trade::free;
}

bool is_water_source(const Commodity& commodity) {
    return commodity.phase == Phase::liquid && commodity.trade == Trade::free &&
           commodity.unit.text() == "m3";
}

std::vector<IndicatorKind> indicator_kinds(const Registry<Commodity>& commodities) {
    std::vector<IndicatorKind> kinds;
    kinds.reserve(fixed.size() + 3 * commodities.size());
    for (const auto& one : fixed) {
        kinds.push_back({std::string(one.id), std::string(one.unit), std::string(one.factor)});
    }
    for (const auto& commodity : commodities) {
        if (is_counted_product(commodity)) {
            kinds.push_back({"made_" + commodity.id, commodity.unit.text(), {}});
            kinds.push_back({"sold_" + commodity.id, commodity.unit.text(), {}});
            kinds.push_back({"local_conversion_" + commodity.id, "1", {}});
        }
        if (is_water_source(commodity)) {
            kinds.push_back({"water_taken_" + commodity.id, "m3", {}});
        }
    }
    std::sort(kinds.begin(), kinds.end(),
              [](const IndicatorKind& a, const IndicatorKind& b) { return a.id < b.id; });
    return kinds;
}

} // namespace chainsim::model
