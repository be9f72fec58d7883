#include "support/chain_builder.hpp"

#include <chainsim/model/formula.hpp>

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace chainsim::test {

using model::Commodity;
using model::FlowKind;
using model::Process;

namespace {

model::Provenance known() { return {model::Confidence::known, "made by hand for a test", {}, {}}; }

units::Unit unit(const std::string& text) { return units::Unit::parse(text); }

/// One record of each entry of a map.
template <class Record>
model::Registry<Record> registry(const std::map<std::string, Record>& records) {
    std::vector<Record> list;
    for (const auto& [id, record] : records) {
        list.push_back(record);
    }
    return model::Registry<Record>(std::move(list));
}

template <class Record>
model::Index<Record> index(const model::Registry<Record>& registry, const std::string& id) {
    const auto found = registry.find(id);
    if (!found) {
        throw std::logic_error("the test names an unknown record '" + id + "'");
    }
    return *found;
}

FlowKind kind_of(const FlowSpec& spec, bool first_output) {
    if (spec.kind) {
        return *spec.kind;
    }
    if (spec.amount < 0.0) {
        return FlowKind::feedstock;
    }
    return first_output ? FlowKind::product : FlowKind::coproduct;
}

} // namespace

model::Datum datum(double number, const std::string& unit_text) {
    model::Datum result;
    result.value = units::Quantity(number, unit(unit_text));
    result.provenance = known();
    return result;
}

model::MarketSide open_side() {
    model::MarketSide side;
    side.allowed = true;
    return side;
}

model::MarketSide open_side(double limit, const std::string& unit_text) {
    model::MarketSide side = open_side();
    side.limit = model::Path(datum(limit, unit_text));
    return side;
}

model::MarketSide closed_side() { return {}; }

ChainBuilder::ChainBuilder(std::string id) : id_(std::move(id)) {}

Commodity& ChainBuilder::commodity(const std::string& id) {
    const auto [position, added] = commodities_.try_emplace(id);
    Commodity& commodity = position->second;
    if (added) {
        commodity.id = id;
        commodity.name = {id + "(中)", id};
        commodity.unit = unit("t");
        commodity.mass = 1.0;
        commodity.composition[static_cast<std::size_t>(model::Element::C)] = 1.0;
        commodity.provenance = known();
    }
    return commodity;
}

Commodity& ChainBuilder::substance(const std::string& id, const std::string& formula,
                                   model::Phase phase) {
    Commodity& result = commodity(id);
    result.formula = formula;
    result.phase = phase;
    result.composition = model::composition_of(model::atoms_of(formula).value());
    return result;
}

Commodity& ChainBuilder::energy(const std::string& id) {
    Commodity& result = commodity(id);
    result.phase = model::Phase::energy;
    result.unit = unit("MWh");
    result.mass = 0.0;
    result.composition = {};
    result.lhv = 3.6;
    result.enthalpy = 3.6;
    result.energy_product = true;
    result.standard_coal = datum(122.9, "kgce/MWh");
    return result;
}

Process& ChainBuilder::process(const std::string& id, const std::vector<FlowSpec>& flows) {
    Recipe& recipe = processes_[id];
    recipe.flows = flows;
    recipe.process.id = id;
    recipe.process.name = {id + "(中)", id};
    recipe.process.chain = "test";
    recipe.process.provenance = known();
    for (const auto& flow : flows) {
        commodity(flow.commodity);
        if (recipe.product.empty() && flow.amount > 0.0) {
            recipe.product = flow.commodity;
        }
    }
    return recipe.process;
}

model::Facility& ChainBuilder::facility(const std::string& id, const std::string& process,
                                        double capacity) {
    auto& [facility, runs] = facilities_[id];
    runs = process;
    facility.id = id;
    facility.name = {id + "(中)", id};
    const auto& product = commodities_.at(processes_.at(process).product);
    facility.capacity = datum(capacity, product.unit.per(unit("a")).text());
    facility.provenance = known();
    return facility;
}

model::Market& ChainBuilder::market(const std::string& commodity,
                                    std::optional<model::MarketSide> buy,
                                    std::optional<model::MarketSide> sell) {
    model::Market& market = markets_[commodity];
    market.id = commodity;
    market.buy = std::move(buy);
    market.sell = std::move(sell);
    market.provenance = known();
    return market;
}

model::Policy& ChainBuilder::policy(const std::string& id, const std::string& indicator) {
    model::Policy& policy = policies_[id];
    policy.id = id;
    policy.name = {id + "(中)", id};
    policy.indicator = indicator;
    policy.provenance = known();
    return policy;
}

void ChainBuilder::family(const std::string& id, std::vector<std::string> members) {
    families_[id] = {id, {id + "(中)", id}, {}, std::move(members)};
}

void ChainBuilder::project(model::Project project) { projects_[project.id] = std::move(project); }

void ChainBuilder::price(const std::string& commodity, double price) { prices_[commodity] = price; }

void ChainBuilder::demand(const std::string& commodity, double amount) {
    demands_[commodity] = amount;
}

model::Scenario ChainBuilder::build(std::vector<int> years) const {
    model::Scenario scenario;
    scenario.id = id_;
    scenario.name = {id_ + "(中)", id_};
    scenario.years = std::move(years);
    scenario.region.id = "nowhere";
    scenario.region.base_year = 2020;
    auto& model = scenario.model;
    model.commodities = registry(commodities_);
    model.families = registry(families_);

    std::map<std::string, Process> processes;
    for (const auto& [id, recipe] : processes_) {
        Process process = recipe.process;
        process.product = index(model.commodities, recipe.product);
        bool first_output = true;
        for (const auto& spec : recipe.flows) {
            const auto commodity = index(model.commodities, spec.commodity);
            model::Flow flow;
            flow.commodity = commodity;
            flow.amount = std::abs(spec.amount);
            flow.kind = kind_of(spec, first_output);
            const auto& product = model.commodities[process.product];
            flow.datum =
                datum(flow.amount, model.commodities[commodity].unit.per(product.unit).text());
            if (spec.amount < 0.0) {
                process.inputs.push_back(flow);
            } else {
                process.outputs.push_back(flow);
                first_output = false;
            }
        }
        const auto by_commodity = [](const model::Flow& a, const model::Flow& b) {
            return a.commodity < b.commodity;
        };
        std::sort(process.inputs.begin(), process.inputs.end(), by_commodity);
        std::sort(process.outputs.begin(), process.outputs.end(), by_commodity);
        processes.emplace(id, std::move(process));
    }
    model.processes = registry(processes);

    std::map<std::string, model::Facility> facilities;
    for (const auto& [id, entry] : facilities_) {
        auto facility = entry.first;
        facility.process = index(model.processes, entry.second);
        facilities.emplace(id, std::move(facility));
    }
    scenario.facilities = registry(facilities);

    auto markets = markets_;
    for (auto& [id, market] : markets) {
        market.commodity = index(model.commodities, id);
    }
    scenario.markets = registry(markets);

    std::map<std::string, model::Price> prices;
    for (const auto& [id, value] : prices_) {
        model::Price price;
        price.id = id;
        price.commodity = index(model.commodities, id);
        price.path = model::Path(
            datum(value, unit("CNY").per(model.commodities[price.commodity].unit).text()));
        price.provenance = known();
        prices.emplace(id, std::move(price));
    }
    model.prices = registry(prices);

    std::map<std::string, model::Demand> demands;
    for (const auto& [id, value] : demands_) {
        model::Demand demand;
        demand.id = id;
        demand.commodity = index(model.commodities, id);
        demand.amount =
            model::Path(datum(value, model.commodities[demand.commodity].unit.text() + "/a"));
        demand.provenance = known();
        demands.emplace(id, std::move(demand));
    }
    scenario.demands = registry(demands);
    scenario.policies = registry(policies_);
    scenario.projects = registry(projects_);
    return scenario;
}

} // namespace chainsim::test
