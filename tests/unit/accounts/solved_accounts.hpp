#pragma once

#include "support/catch.hpp"
#include "support/chain_builder.hpp"
#include <chainsim/accounts/indicators.hpp>
#include <chainsim/solve/dispatch.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace chainsim::test {

inline model::Factor factor(const std::string& id, double value, const std::string& unit) {
    model::Factor one;
    one.id = id;
    one.path = model::Path(datum(value, unit));
    return one;
}

/// Coal that is bought at 0.7 tce/t, 60 % carbon, and power at 0.1229 kgce/kWh (0.298 equivalent).
inline ChainBuilder coal_and_power() {
    ChainBuilder chain;
    auto& coal = chain.commodity("coal");
    coal.energy_product = true;
    coal.standard_coal = datum(700.0, "kgce/t");
    coal.composition = {};
    coal.composition[static_cast<std::size_t>(model::Element::C)] = 0.6;
    coal.composition[static_cast<std::size_t>(model::Element::ash)] = 0.4;
    auto& power = chain.energy("electricity");
    power.energy_product = true;
    power.standard_coal = datum(122.9, "kgce/MWh");
    auto& co2 = chain.substance("carbon_dioxide", "CO2", model::Phase::gas);
    co2.trade = model::Trade::free;
    co2.sink = model::Sink::emit;
    chain.price("coal", 500.0);
    chain.price("electricity", 300.0);
    return chain;
}

/// Lets a process make a commodity as primary energy.
inline void make_primary(model::Scenario& scenario, const std::string& process,
                         const std::string& commodity) {
    const auto maker = scenario.model.processes.find(process);
    const auto made = scenario.model.commodities.find(commodity);
    if (!maker || !made) {
        FAIL("there is no " << process << " or no " << commodity);
    } else {
        scenario.model.processes[*maker].primary_energy = {*made};
    }
}

/// A small district with its accounts, solved for 2025.
struct Accounts {
    model::Scenario scenario;
    system::System system;
    system::Solution solution;

    explicit Accounts(model::Scenario built, std::vector<model::Factor> factors = {})
        : scenario(with(std::move(built), std::move(factors))),
          system(accounts::compile(scenario, 2025)),
          solution(solve::Dispatch(system.equations).solve()) {
        REQUIRE(solution.outcome == system::Outcome::solved);
    }

    static model::Scenario with(model::Scenario built, std::vector<model::Factor> factors) {
        if (factors.empty()) {
            factors.push_back(factor("electricity_equivalent", 0.298, "kgce/kWh"));
            factors.push_back(factor("grid_co2", 0.7, "t/MWh"));
        }
        built.model.factors = model::Registry<model::Factor>(std::move(factors));
        return built;
    }

    [[nodiscard]] std::optional<double> find(const std::string& id) const {
        const auto values = accounts::evaluate(system, solution);
        const auto found = std::find_if(values.begin(), values.end(),
                                        [&](const auto& one) { return one.id == id; });
        return found == values.end() ? std::nullopt : std::optional(found->value);
    }
    [[nodiscard]] double operator[](const std::string& id) const {
        const auto value = find(id);
        REQUIRE(value.has_value());
        return *value;
    }
};

inline constexpr double coal_per_mwh =
    0.325 / 0.7; // t: a plant of 325 gce/kWh on coal of 0.7 tce/t

} // namespace chainsim::test
