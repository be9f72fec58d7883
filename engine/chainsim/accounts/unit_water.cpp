#include <chainsim/accounts/detail/plant_chain.hpp>
#include <chainsim/accounts/unit_water.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>

namespace chainsim::accounts {

namespace {

using detail::PlantYear;

/// What a list of weights by commodity gives for a row; 0 for what is not in it.
double weight_of(const std::vector<std::pair<model::Index<model::Commodity>, double>>& weights,
                 const PlantYear& year, int row) {
    for (const auto& [commodity, weight] : weights) {
        if (year.row_of(commodity) == row) {
            return weight;
        }
    }
    return 0.0;
}

UnitWater water_of(const PlantYear& year, const model::WaterQuota& quota, std::size_t column) {
    UnitWater result;
    result.facility = year.facility_index(column);
    double water = 0.0;
    for (const auto& part : detail::chain_of(year, quota.plants, column)) {
        for (const auto& flow : year.flows(part.column)) {
            const double amount = flow.amount.value() * part.activity;
            result.made += amount * weight_of(quota.plants.products, year, flow.row);
            if (amount < 0.0) {
                const double taken = -amount * weight_of(quota.waters, year, flow.row);
                water += taken;
                result.confidence[static_cast<std::size_t>(flow.confidence)] += taken;
            }
        }
    }
    for (double& share : result.confidence) {
        share = water > 0.0 ? share / water : 0.0;
    }
    result.value = result.made > 0.0 ? water / result.made * quota.scale
                                     : std::numeric_limits<double>::quiet_NaN();
    return result;
}

} // namespace

std::vector<UnitWater> unit_waters(const model::Scenario& scenario, const system::System& system,
                                   const system::Solution& solution) {
    std::vector<UnitWater> result;
    const auto& quotas = scenario.model.water_quotas;
    if (quotas.empty()) {
        return result;
    }
    const PlantYear year(scenario, system, solution);
    for (std::uint32_t i = 0; i < quotas.size(); ++i) {
        const auto first = static_cast<std::ptrdiff_t>(result.size());
        for (const auto maker : quotas[{i}].plants.makers) {
            for (const auto column : year.columns_of(maker)) {
                result.push_back(water_of(year, quotas[{i}], column));
                result.back().quota = {i};
            }
        }
        std::sort(result.begin() + first, result.end(),
                  [](const auto& a, const auto& b) { return a.facility < b.facility; });
    }
    return result;
}

} // namespace chainsim::accounts
