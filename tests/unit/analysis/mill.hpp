#pragma once

#include "support/chain_builder.hpp"
#include <chainsim/accounts/indicators.hpp>
#include <chainsim/solve/dispatch.hpp>

#include <string>
#include <utility>

namespace chainsim::test {

/// Ore (10 CNY/t, bought) becomes iron (100 CNY/t) in a mill of 50 t, which also gives gas (a fuel
/// of 1 GJ/t) as it makes iron, 0.2 t/t. A boiler burns up to 6 t of gas to steam (5 CNY/t), and
/// the rest is flared. A forge of 20 t makes iron and steam into parts (300 CNY/t); what iron is
/// left is sold, 50 - 1.25 x 20 = 25 t.
inline ChainBuilder mill_chain() {
    ChainBuilder chain("mill");
    chain.process("milling", {{"ore", -1.5}, {"iron", 1.0}, {"gas", 0.2}});
    chain.process("boiling", {{"gas", -1.0, model::FlowKind::fuel}, {"steam", 1.0}});
    chain.process("forging",
                  {{"iron", -1.25}, {"steam", -0.1, model::FlowKind::utility}, {"parts", 1.0}});
    auto& gas = chain.commodity("gas");
    gas.phase = model::Phase::gas;
    gas.lhv = 1.0;
    gas.trade = model::Trade::internal;
    gas.sink = model::Sink::flare;
    auto& steam = chain.commodity("steam");
    steam.phase = model::Phase::energy;
    steam.trade = model::Trade::internal;
    chain.facility("mill", "milling", 50.0);
    chain.facility("boiler", "boiling", 6.0).driver = model::Driver::on_demand;
    chain.facility("forge", "forging", 20.0);
    chain.market("ore", open_side(), std::nullopt);
    chain.price("ore", 10.0);
    chain.price("iron", 100.0);
    chain.price("steam", 5.0);
    chain.price("parts", 300.0);
    return chain;
}

/// A compiled and solved year, with the scenario that it comes from.
struct Solved {
    model::Scenario scenario;
    system::System system;
    system::Solution solution;

    explicit Solved(model::Scenario given, int year = 2025)
        : scenario(std::move(given)), system(accounts::compile(scenario, year)),
          solution(solve::Dispatch(system.equations).solve()) {}

    [[nodiscard]] double indicator(const std::string& id) const {
        for (const auto& value : accounts::evaluate(system, solution)) {
            if (value.id == id) {
                return value.value;
            }
        }
        throw std::logic_error("no indicator '" + id + "'");
    }
    [[nodiscard]] model::Index<model::Commodity> commodity(const std::string& id) const {
        return scenario.model.commodities.find(id).value();
    }
    [[nodiscard]] model::Index<model::Process> process(const std::string& id) const {
        return scenario.model.processes.find(id).value();
    }
    [[nodiscard]] model::Index<model::Facility> facility(const std::string& id) const {
        return scenario.facilities.find(id).value();
    }
};

} // namespace chainsim::test
