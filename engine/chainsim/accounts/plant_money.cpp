#include <chainsim/accounts/detail/figure.hpp>
#include <chainsim/accounts/plant_money.hpp>

#include <algorithm>
#include <cstddef>
#include <map>
#include <utility>

namespace chainsim::accounts {

namespace {

using model::Rate;

Dealing waste_of(const model::Commodity& commodity, const model::Scenario& scenario, int year) {
    Dealing result;
    if (commodity.disposal_cost) {
        const auto& cost = *commodity.disposal_cost;
        result.disposal = read(cost, units::Unit::parse("CNY").per(commodity.unit));
        result.paid_confidence = result.received_confidence = cost.provenance.confidence;
    }
    if (commodity.trade == model::Trade::waste) {
        result.paid = result.received = -result.disposal;
        const auto& economy = scenario.model.economy;
        result.vat = economy ? economy->read(Rate::vat_services, year) : number::Number();
    }
    return result;
}

/// By project and facility: the investment of the recipe, and what all plants of the project have.
class Assets {
public:
    explicit Assets(const model::Scenario& scenario) : scenario_(scenario) {
        for (const auto& facility : scenario.facilities) {
            specific_.push_back(by_recipe(facility));
            if (!facility.project.empty()) {
                of_project_[facility.project].first += specific_.back();
                of_project_[facility.project].second += 1;
            }
        }
    }

    [[nodiscard]] PlantAssets of(const model::Facility& facility, std::size_t at) const {
        const auto& process = scenario_.model.processes[facility.process];
        PlantAssets result;
        result.industry = scenario_.model.industry_of(process);
        if (result.industry == nullptr) {
            return result;
        }
        if (result.industry->maintenance) {
            result.maintenance = read(*result.industry->maintenance, units::Unit{});
        }
        const auto* project =
            facility.project.empty() ? nullptr : &scenario_.projects.at(facility.project);
        const auto share = share_of(facility, at);
        if (project != nullptr && project->capex) {
            result.investment = read(*project->capex, units::Unit::parse("CNY")) * share;
            result.investment_confidence = project->capex->provenance.confidence;
        } else if (!result.industry->within_hosts && process.capex) {
            result.investment = specific_[at];
            result.investment_confidence = detail::weaker(process.capex->provenance.confidence,
                                                          facility.capacity.provenance.confidence);
        }
        static const auto jobs_unit = units::Unit::parse("人/CNY");
        static const auto land_unit = units::Unit::parse("mu/CNY");
        const auto per_investment = [&](const std::optional<model::Datum>& datum,
                                        const units::Unit& unit, model::Confidence& confidence) {
            if (!datum) {
                return number::Number();
            }
            confidence = detail::weaker(datum->provenance.confidence, result.investment_confidence);
            return read(*datum, unit) * result.investment;
        };
        result.jobs = per_investment(result.industry->jobs, jobs_unit, result.jobs_confidence);
        result.land = per_investment(result.industry->land, land_unit, result.land_confidence);
        if (project != nullptr && project->land) {
            result.land = read(*project->land, units::Unit::parse("mu")) * share;
            result.land_confidence = project->land->provenance.confidence;
        }
        const auto& taxed = result.industry->taxed_land;
        result.taxed_land = taxed ? result.land * read(*taxed, units::Unit{}) : result.land;
        return result;
    }

private:
    [[nodiscard]] number::Number by_recipe(const model::Facility& facility) const {
        const auto& process = scenario_.model.processes[facility.process];
        if (!process.capex) {
            return {};
        }
        static const auto year = units::Unit::parse("a");
        static const auto money = units::Unit::parse("CNY");
        const auto capacity = scenario_.model.commodities[process.product].unit.per(year);
        return read(*process.capex, money.per(capacity)) * read(facility.capacity, capacity);
    }

    /// Of what its project states: by the recipes, or equal parts where they say nothing.
    [[nodiscard]] number::Number share_of(const model::Facility& facility, std::size_t at) const {
        const auto found = of_project_.find(facility.project);
        if (found == of_project_.end()) {
            return {};
        }
        const auto& [sum, count] = found->second;
        return sum > 0.0 ? specific_[at] / sum : number::Number(1.0 / count);
    }

    const model::Scenario& scenario_;
    std::vector<number::Number> specific_;                             ///< CNY by the recipes
    std::map<std::string, std::pair<number::Number, int>> of_project_; ///< their sum, and how many
};

} // namespace

std::vector<Dealing> dealings(const model::Scenario& scenario, int year) {
    std::vector<Dealing> result;
    result.reserve(scenario.model.commodities.size());
    const auto& prices = scenario.model.prices;
    for (const auto& commodity : scenario.model.commodities) {
        auto one = waste_of(commodity, scenario, year);
        const bool is_valued =
            commodity.trade == model::Trade::market || commodity.trade == model::Trade::internal;
        if (is_valued && prices.contains(commodity.id)) {
            const auto& price = prices.at(commodity.id);
            one.paid = one.received = one.bought = price.without_vat(year, commodity.unit);
            one.paid_confidence = one.received_confidence = price.path.confidence_at(year);
            one.vat = price.vat;
        } else {
            one.known = !is_valued;
        }
        result.push_back(one);
    }
    for (const auto& market : scenario.markets) {
        auto& one = result[market.commodity.value];
        const auto unit =
            units::Unit::parse("CNY").per(scenario.model.commodities[market.commodity].unit);
        const auto take = [&](const std::optional<model::MarketSide>& side, number::Number& price,
                              model::Confidence& confidence) {
            if (side && side->price) {
                price = side->price->read(year, unit);
                confidence = side->price->confidence_at(year);
                one.known = true;
            }
        };
        take(market.buy, one.paid, one.paid_confidence);
        take(market.sell, one.received, one.received_confidence);
        if (market.buy && market.buy->price) {
            one.bought = one.paid;
        }
    }
    return result;
}

std::vector<PlantAssets> plant_assets(const model::Scenario& scenario) {
    if (!scenario.model.economy) {
        return {};
    }
    const Assets assets(scenario);
    std::vector<PlantAssets> result;
    result.reserve(scenario.facilities.size());
    for (const auto& facility : scenario.facilities) {
        result.push_back(assets.of(facility, result.size()));
        if (result.back().industry == nullptr) {
            return {};
        }
    }
    return result;
}

number::Number straight_line_rate(const model::Economy& economy, int year) {
    const auto buildings = economy.read(Rate::buildings_share, year);
    return (1.0 - economy.read(Rate::residual_value, year)) *
           ((1.0 - buildings) / economy.read(Rate::machinery_life, year) +
            buildings / economy.read(Rate::buildings_life, year));
}

const std::string& taxpayer(const model::Facility& facility) {
    return facility.owner.empty() ? facility.id : facility.owner;
}

} // namespace chainsim::accounts
