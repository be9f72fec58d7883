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
    Fixed{"capex", "CNY", ""},
    Fixed{"co2_energy", "t", "grid_co2"},
    Fixed{"co2_enterprise", "t", "grid_co2_reporting"},
    Fixed{"co2_fuel", "t", ""},
    Fixed{"co2_intensity", "t/万元", "grid_co2"},
    Fixed{"co2_power", "t", "grid_co2"},
    Fixed{"co2_process", "t", ""},
    Fixed{"co2_total", "t", "grid_co2"},
    Fixed{"coal_mined", "t", ""},
    Fixed{"coal_mining_capacity", "t", ""},
    Fixed{"compensation", "CNY", ""},
    Fixed{"depreciation", "CNY", ""},
    Fixed{"energy_certificates", "tce", "electricity_equivalent"},
    Fixed{"energy_controlled", "tce", "electricity_equivalent"},
    Fixed{"energy_feedstock", "tce", "electricity_equivalent"},
    Fixed{"energy_intensity", "tce/万元", "electricity_equivalent"},
    Fixed{"energy_production", "tce", ""},
    Fixed{"energy_production_capacity", "tce", ""},
    Fixed{"energy_renewable", "tce", "electricity_equivalent"},
    Fixed{"energy_total_calorific", "tce", ""},
    Fixed{"energy_total_equivalent", "tce", "electricity_equivalent"},
    Fixed{"fresh_water", "m3", ""},
    Fixed{"gdp", "CNY", ""},
    Fixed{"gdp_given", "CNY", ""},
    Fixed{"gdp_rest", "CNY", ""},
    Fixed{"jobs", "1", ""},
    Fixed{"land", "mu", ""},
    Fixed{"operating_surplus", "CNY", ""},
    Fixed{"power_renewable", "MWh", ""},
    Fixed{"power_used", "MWh", ""},
    Fixed{"renewable_capacity", "MW", ""},
    Fixed{"revenue", "CNY", ""},
    Fixed{"tax", "CNY", ""},
    Fixed{"tax_income", "CNY", ""},
    Fixed{"tax_production", "CNY", ""},
    Fixed{"value_added", "CNY", ""},
    Fixed{"value_added_income", "CNY", ""},
    Fixed{"vat", "CNY", ""},
    Fixed{"water_consumed", "m3", ""},
    Fixed{"water_returned", "m3", ""},
    Fixed{"water_withdrawn", "m3", ""},
};

} // namespace

bool is_counted_product(const Commodity& commodity) {
    return commodity.phase != Phase::service && commodity.trade != Trade::waste &&
           commodity.trade != Trade::free;
}

bool adds_up_over_months(const IndicatorKind& kind) {
    constexpr std::array<std::string_view, 3> stocks{"1", "MW", "mu"};
    return kind.unit.find('/') == std::string::npos &&
           std::find(stocks.begin(), stocks.end(), kind.unit) == stocks.end() &&
           kind.id.find("capacity") == std::string::npos && kind.id != "capex";
}

bool is_power(const Commodity& commodity) {
    return commodity.phase == Phase::energy && commodity.unit.text() == "MWh";
}

bool is_water_source(const Commodity& commodity) {
    return commodity.phase == Phase::liquid && commodity.trade == Trade::free &&
           commodity.unit.text() == "m3";
}

namespace {

/// CO2 of enterprises needs two factors: where that of power is there and that of heat is not,
/// the latter is what is told.
void name_missing_heat(std::vector<IndicatorKind>& kinds, const Model& model) {
    const bool has_heat =
        std::any_of(model.commodities.begin(), model.commodities.end(), [](const auto& one) {
            return one.phase == Phase::energy && one.energy_product && !is_power(one) &&
                   one.standard_coal.has_value();
        });
    if (!has_heat || model.factors.contains("heat_co2") ||
        !model.factors.contains("grid_co2_reporting")) {
        return;
    }
    for (auto& kind : kinds) {
        if (kind.factor == "grid_co2_reporting") {
            kind.factor = "heat_co2";
        }
    }
}

} // namespace

std::vector<IndicatorKind> indicator_kinds(const Model& model, const Registry<PlantGroup>& groups) {
    const auto& commodities = model.commodities;
    std::vector<IndicatorKind> kinds;
    kinds.reserve(fixed.size() + 3 * commodities.size());
    for (const auto& one : fixed) {
        kinds.push_back({std::string(one.id), std::string(one.unit), std::string(one.factor)});
    }
    if (!model.emission_factors.empty()) {
        for (const auto pollutant : pollutants) {
            kinds.push_back({std::string(to_string(pollutant)), "t", {}});
        }
    }
    if (std::any_of(commodities.begin(), commodities.end(),
                    [](const Commodity& one) { return one.solid_waste != SolidWaste::none; })) {
        for (const std::string_view id :
             {"hazardous_waste", "hazardous_waste_used", "solid_waste", "solid_waste_used"}) {
            kinds.push_back({std::string(id), "t", {}});
        }
        kinds.push_back({"hazardous_waste_use_rate", "1", {}});
        kinds.push_back({"solid_waste_use_rate", "1", {}});
    }
    for (const auto& commodity : commodities) {
        if (is_counted_product(commodity)) {
            kinds.push_back({"capacity_" + commodity.id, commodity.unit.text(), {}});
            kinds.push_back({"made_" + commodity.id, commodity.unit.text(), {}});
            kinds.push_back({"sold_" + commodity.id, commodity.unit.text(), {}});
            kinds.push_back({"local_conversion_" + commodity.id, "1", {}});
        }
        if (is_water_source(commodity)) {
            kinds.push_back({"water_taken_" + commodity.id, "m3", {}});
        }
    }
    for (const auto& technology : model.technologies) {
        const auto& unit = commodities[technology.product].unit;
        const auto per_unit = [&unit](std::string_view what) {
            return units::Unit::parse(what).per(unit).text();
        };
        kinds.push_back({"unit_fuel_" + technology.id, per_unit("kgce"), {}});
        kinds.push_back({"unit_power_" + technology.id, per_unit("kWh"), {}});
        kinds.push_back({"unit_water_" + technology.id, per_unit("m3"), {}});
        if (is_power(commodities[technology.product])) {
            kinds.push_back({"installed_power_" + technology.id, "MW", {}});
        }
    }
    for (const auto& process : model.processes) {
        if (!process.technology.empty()) {
            kinds.push_back({"share_" + process.id, "1", {}});
            kinds.push_back(
                {"smallest_capacity_" + process.id, commodities[process.product].unit.text(), {}});
        }
    }
    for (const auto& group : groups) {
        for (const auto& account : group_accounts()) {
            kinds.push_back({std::string(account.id) + "_of_" + group.id, std::string(account.unit),
                             std::string(account.factor)});
        }
    }
    name_missing_heat(kinds, model);
    std::sort(kinds.begin(), kinds.end(),
              [](const IndicatorKind& a, const IndicatorKind& b) { return a.id < b.id; });
    return kinds;
}

} // namespace chainsim::model
