#pragma once

#include "support/chain_builder.hpp"
#include <chainsim/accounts/indicators.hpp>
#include <chainsim/footprint/footprint.hpp>
#include <chainsim/solve/dispatch.hpp>

#include <string>
#include <utility>

namespace chainsim::test {

/// A solved year and what its products carry.
struct Works {
    model::Scenario scenario;
    system::System system;
    system::Solution solution;
    footprint::Burdens burdens;

    explicit Works(const ChainBuilder& chain)
        : scenario(chain.build()), system(accounts::compile(scenario, 2025)),
          solution(solve::Dispatch(system.equations).solve()),
          burdens(footprint::burdens_of(scenario, system, solution)) {}

    [[nodiscard]] int row(const std::string& id) const {
        return system.layout.row_of[scenario.model.commodities.find(id).value().value];
    }
    [[nodiscard]] int column(const std::string& id) const {
        const auto facility = scenario.facilities.find(id).value();
        for (std::size_t c = 0; c < system.layout.columns.size(); ++c) {
            if (system.layout.columns[c] == facility) {
                return static_cast<int>(c);
            }
        }
        throw std::logic_error("no column of '" + id + "'");
    }
    [[nodiscard]] footprint::Supply supply(footprint::Allocation allocation) const {
        return {scenario, system, solution, burdens, allocation};
    }
    [[nodiscard]] footprint::Footprint footprint(footprint::Allocation allocation) const {
        return {supply(allocation), burdens};
    }
    /// Of a unit of a commodity.
    [[nodiscard]] double carried(const std::string& commodity, footprint::Allocation allocation,
                                 const std::string& burden = "cost") const {
        return footprint(allocation).intensity()(burdens.find(burden), row(commodity));
    }

    /// Takes burdens that are stated here in the place of those of the accounts.
    void state(const std::string& id, const std::string& unit) {
        burdens.info.push_back({id, {id, id}, unit});
        for (auto* one : {&burdens.direct, &burdens.bought, &burdens.disposed}) {
            one->conservativeResize(one->rows() + 1, Eigen::NoChange);
            one->bottomRows(1).setZero();
        }
    }
};

} // namespace chainsim::test
