#include <chainsim/accounts/detail/energy_bridge.hpp>
#include <chainsim/accounts/detail/factors.hpp>
#include <chainsim/accounts/detail/power_value.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <string>
#include <utility>

namespace chainsim::accounts::detail {

namespace {

using model::Sector;

double yearly(const std::map<std::string, model::Path>& rest, const std::string& key, int year,
              std::string_view unit) {
    const auto found = rest.find(key);
    return found == rest.end() ? 0.0 : found->second.at(year).in_a_year(units::Unit::parse(unit));
}

double share(const std::optional<model::Path>& path, int year) {
    return path ? path->at(year).in("1") : 0.0;
}

/// The addends of the bridge, in calorific value but for the lift of power.
class Bridge {
public:
    Bridge(const EnergyWalk& walk, const RestOfEnergy& rest, const model::Scenario& scenario,
           const system::System& system, const system::Solution& solution)
        : walk_(walk), rest_(rest), scenario_(scenario), system_(system), solution_(solution) {}

    EnergyBridge build() {
        for (const auto& plant : walk_.plants) {
            add_plant(plant);
        }
        for (std::size_t r = 0; r < walk_.rows.size(); ++r) {
            if (walk_.rows[r].column >= 0) {
                add_trades(r);
            }
        }
        for (std::size_t i = 0; i < model::sector_count; ++i) {
            sectors_.at(i) += rest_.fuel_of(rest_.by_sector[i]).calorific +
                              rest_.power_of(rest_.by_sector[i]).calorific;
        }
        not_split_ =
            rest_.fuel_of(rest_.not_split).calorific + rest_.power_of(rest_.not_split).calorific;
        lift_ += rest_.equivalent - rest_.calorific;
        return terms();
    }

private:
    void add_plant(const EnergyPlant& plant) {
        double used = 0.0;
        for (const auto& flow : plant.flows) {
            const auto& row = walk_.rows[flow.row];
            const double tce = flow.amount * row.calorific;
            if (flow.is_primary) {
                lift_ += flow.amount * (row.equivalent - row.calorific);
            } else if (row.column == plant.passes_on) {
                networks_ -= tce;
            } else {
                used -= tce;
            }
            if (flow.amount > 0.0) { // what was flared of it was no output
                (row.is_power ? networks_ : used) += tce * row.flared_share;
                flared_made_[flow.row] += tce * row.flared_share;
            }
        }
        if (!plant.sector) {
            not_classified_ += used;
        } else if (*plant.sector != Sector::industry) {
            sectors_.at(static_cast<std::size_t>(*plant.sector)) += used;
        } else {
            (plant.above_scale ? above_scale_ : below_scale_) += used;
        }
    }

    void add_trades(std::size_t r) {
        const auto& row = walk_.rows[r];
        const auto at = static_cast<Eigen::Index>(r);
        const auto& one = scenario_.model.commodities[system_.layout.rows[r]];
        const bool is_delivered = one.delivery == model::Delivery::district;
        const double out = is_delivered ? 0.0 : solution_.sold[at];
        const double used =
            (is_delivered ? solution_.sold[at] : 0.0) + system_.equations.demand[at];
        lift_ += (solution_.bought[at] - out) * (row.equivalent - row.calorific);
        networks_ += solution_.disposed[at] * row.calorific - flared_made_[r];
        const auto sector = user_of(walk_, row.column, one);
        (sector ? sectors_.at(static_cast<std::size_t>(*sector)) : not_classified_) +=
            used * row.calorific;
    }

    [[nodiscard]] EnergyBridge terms() const {
        EnergyBridge out;
        const auto add = [&out](std::string id, model::Name name, double value) {
            out.terms.push_back({std::move(id), std::move(name), value});
            out.total += value;
        };
        add("above_scale",
            {"规上工业综合能源消费量(当量值)", "industry above scale, calorific value"},
            above_scale_);
        add("below_scale", {"规下工业", "industry below scale"}, below_scale_);
        for (std::size_t i = 0; i < model::sector_count; ++i) {
            const auto sector = static_cast<Sector>(i);
            add(sector == Sector::industry ? "industry_not_modelled"
                                           : std::string(to_string(sector)),
                sector == Sector::industry
                    ? model::Name{"模型外工业", "industry that is not modelled"}
                    : name_of(sector),
                sectors_.at(i));
        }
        add("not_classified", {"行业未标明", "users without a code of industry"}, not_classified_);
        add("not_split", {"其余经济中未分行业", "rest of the economy, not split"}, not_split_);
        add("networks", {"电网、储运损失", "losses of grid, storage and stations"}, networks_);
        add("power_equivalent",
            {"电力等价值调整", "net power brought in and primary power at equivalent value"},
            lift_);
        // A year that is modelled has none; published balances have one.
        add("statistical_difference", {"统计差额", "statistical difference"}, 0.0);
        return out;
    }

    const EnergyWalk& walk_;
    const RestOfEnergy& rest_;
    const model::Scenario& scenario_;
    const system::System& system_;
    const system::Solution& solution_;
    double above_scale_ = 0.0;
    double below_scale_ = 0.0;
    std::array<double, model::sector_count> sectors_{};
    double not_classified_ = 0.0;
    double not_split_ = 0.0;
    double networks_ = 0.0;
    double lift_ = 0.0;
    std::map<std::size_t, double> flared_made_; ///< by row: what was counted at its makers
};

} // namespace

RestOfEnergy::RestOfEnergy(const model::Scenario& scenario, int year)
    : by_sector(model::sector_count) {
    const auto& region = scenario.region;
    calorific = yearly(region.rest_of_economy, "energy_calorific", year, "tce");
    equivalent = yearly(region.rest_of_economy, "energy_equivalent", year, "tce");
    power = yearly(region.rest_of_economy, "power", year, "MWh");
    const auto& factors = scenario.model.factors;
    if (factors.contains("electricity_calorific")) {
        power_calorific = power * factors.at("electricity_calorific").path.at(year).in("tce/MWh");
    }
    const auto k = equivalent_of_power(scenario, year);
    power_equivalent = k && equivalent > 0.0 ? power * k->value.value() : 0.0;
    not_split = {calorific - power_calorific, power};
    for (const auto& [sector, use] : region.sectors) {
        const Use one{share(use.fuel, year) * (calorific - power_calorific),
                      share(use.power, year) * power};
        by_sector[static_cast<std::size_t>(sector)] = one;
        not_split.fuel -= one.fuel;
        not_split.power -= one.power;
    }
    // Shares of 100 % together leave the last digits of a sum, which are nothing.
    constexpr double rounding = 1e-10;
    const auto snap = [](double& left, double whole) {
        left = std::abs(left) <= rounding * whole ? 0.0 : left;
    };
    snap(not_split.fuel, calorific);
    snap(not_split.power, power);
}

EnergyAmount RestOfEnergy::fuel_of(const Use& use) const {
    const double whole = calorific - power_calorific;
    const double share = whole != 0.0 ? use.fuel / whole : 0.0;
    return {use.fuel, use.fuel, share * (equivalent - power_equivalent)};
}

EnergyAmount RestOfEnergy::power_of(const Use& use) const {
    const double share = power != 0.0 ? use.power / power : 0.0;
    return {use.power, share * power_calorific, share * power_equivalent};
}

EnergyBridge energy_bridge(const EnergyWalk& walk, const RestOfEnergy& rest,
                           const model::Scenario& scenario, const system::System& system,
                           const system::Solution& solution) {
    auto bridge = Bridge(walk, rest, scenario, system, solution).build();
    const auto& indicators = system.indicators;
    const Eigen::VectorXd values = indicators.values(system.equations, solution);
    for (int i = 0; i < indicators.shown; ++i) {
        if (indicators.info[static_cast<std::size_t>(i)].id == "energy_total_equivalent") {
            bridge.difference = values[i] - bridge.total;
        }
    }
    return bridge;
}

std::vector<FacilityEnergy> facility_energies(const EnergyWalk& walk,
                                              const model::Scenario& scenario,
                                              const system::System& system,
                                              const system::Solution& solution) {
    const auto media = media_in(scenario, system);
    std::vector<FacilityEnergy> out;
    out.reserve(walk.plants.size());
    for (const auto& plant : walk.plants) {
        FacilityEnergy one;
        one.facility = plant.facility;
        double lift = 0.0;
        for (const auto& flow : plant.flows) {
            const auto& row = walk.rows[flow.row];
            const double energy = flow.amount * row.calorific;
            if (flow.amount < 0.0) {
                one.taken -= energy;
            } else if (!flow.is_primary) {
                one.given += energy;
                one.flared += energy * row.flared_share;
            }
            lift -= flow.is_primary ? 0.0 : flow.amount * (row.equivalent - row.calorific);
        }
        for (const auto& flow : system.flows[static_cast<std::size_t>(plant.column)]) {
            one.media -= flow.amount.value() * solution.activity[plant.column] *
                         media[static_cast<std::size_t>(flow.row)].value.value();
        }
        one.calorific = one.taken - one.given + one.flared + one.media;
        one.equivalent = one.calorific + lift;
        out.push_back(one);
    }
    return out;
}

model::Name name_of(Sector sector) {
    switch (sector) {
    case Sector::agriculture:
        return {"农、林、牧、渔业", "agriculture, forestry, fishing"};
    case Sector::industry:
        return {"工业", "industry"};
    case Sector::construction:
        return {"建筑业", "construction"};
    case Sector::transport:
        return {"交通运输、仓储和邮政业", "transport, storage and post"};
    case Sector::trade:
        return {"批发、零售业和住宿、餐饮业", "trade, hotels and catering"};
    case Sector::services:
        return {"其他服务业", "other services"};
    case Sector::households:
        return {"居民生活", "households"};
    }
    throw ContractError("a sector that is none");
}

std::optional<Sector> user_of(const EnergyWalk& walk, int column,
                              const model::Commodity& commodity) {
    const auto& users = walk.carriers[static_cast<std::size_t>(column)]->delivered_to;
    const auto found = users.find(commodity.id);
    return found == users.end() ? std::nullopt : std::optional(found->second);
}

} // namespace chainsim::accounts::detail
