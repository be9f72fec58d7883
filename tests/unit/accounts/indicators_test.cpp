#include "support/catch.hpp"
#include "support/chain_builder.hpp"
#include "support/near.hpp"
#include <chainsim/accounts/closure.hpp>
#include <chainsim/accounts/indicators.hpp>
#include <chainsim/solve/dispatch.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

// The accounts of small districts, worked by hand beside each.

namespace {

using namespace chainsim;
using test::ChainBuilder;
using test::Near;

model::Factor factor(const std::string& id, double value, const std::string& unit) {
    model::Factor one;
    one.id = id;
    one.path = model::Path(test::datum(value, unit));
    return one;
}

/// Coal that is bought at 0.7 tce/t, 60 % carbon, and power at 0.1229 kgce/kWh (0.298 equivalent).
ChainBuilder coal_and_power() {
    ChainBuilder chain;
    auto& coal = chain.commodity("coal");
    coal.energy_product = true;
    coal.standard_coal = test::datum(700.0, "kgce/t");
    coal.composition = {};
    coal.composition[static_cast<std::size_t>(model::Element::C)] = 0.6;
    coal.composition[static_cast<std::size_t>(model::Element::ash)] = 0.4;
    auto& power = chain.energy("electricity");
    power.energy_product = true;
    power.standard_coal = test::datum(122.9, "kgce/MWh");
    auto& co2 = chain.substance("carbon_dioxide", "CO2", model::Phase::gas);
    co2.trade = model::Trade::free;
    co2.sink = model::Sink::emit;
    chain.price("coal", 500.0);
    chain.price("electricity", 300.0);
    return chain;
}

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

constexpr double coal_per_mwh = 0.325 / 0.7; // t: a plant of 325 gce/kWh on coal of 0.7 tce/t

} // namespace

SCENARIO("A thermal plant enters by the fuel it burns, whether its power stays or leaves",
         "[accounts][energy]") {
    auto chain = coal_and_power();
    chain.process("plant", {{"electricity", 1.0},
                            {"coal", -coal_per_mwh, model::FlowKind::fuel},
                            {"carbon_dioxide", coal_per_mwh * 0.6 * 44.0095 / 12.0107,
                             model::FlowKind::emission}});
    chain.facility("plant_1", "plant", 1e6); // 1 TWh
    chain.market("coal", test::open_side(), test::closed_side());

    WHEN("1 TWh is used in the district") {
        chain.market("electricity", test::closed_side(), test::closed_side());
        chain.demand("electricity", 1e6);
        const Accounts year(chain.build());
        THEN("325 kt of standard coal are consumed, in either value") {
            CHECK_THAT(year["energy_total_calorific"], Near(325e3, 1e-9, "tce"));
            CHECK_THAT(year["energy_total_equivalent"], Near(325e3, 1e-9, "tce"));
        }
        THEN("its carbon left as CO2 of fuel, and no power was bought") {
            // 464,286 t coal x 0.6 t C/t x 44.0095 / 12.0107
            CHECK_THAT(year["co2_fuel"], Near(1'020'740.0, 1e-5, "t"));
            CHECK(year["co2_power"] == 0.0);
            CHECK_THAT(year["co2_total"], Near(year["co2_fuel"], 1e-12, "t"));
        }
    }
    WHEN("1 TWh is exported") {
        chain.market("electricity", test::closed_side(), test::open_side());
        const Accounts year(chain.build());
        THEN("+27 kt stay in equivalent value: 325 - 1 TWh x 0.298") {
            CHECK_THAT(year["energy_total_equivalent"], Near(27e3, 1e-9, "tce"));
        }
        THEN("202.1 kt stay in calorific value: 325 - 1 TWh x 0.1229") {
            CHECK_THAT(year["energy_total_calorific"], Near(202.1e3, 1e-9, "tce"));
        }
        THEN("the exported power takes 0.7 t/MWh out of the power account") {
            CHECK_THAT(year["co2_power"], Near(-0.7e6, 1e-12, "t"));
        }
        THEN("value added is what the power brings less what the coal costs") {
            // 1e6 MWh x 300 - 464,286 t x 500
            CHECK_THAT(year["value_added"], Near(300e6 - 1e6 * coal_per_mwh * 500.0, 1e-9, "CNY"));
            CHECK_THAT(year["revenue"], Near(300e6, 1e-9, "CNY"));
        }
    }
}

SCENARIO("Power that is bought counts at 0.1229 or at its equivalent value", "[accounts][energy]") {
    auto chain = coal_and_power();
    chain.process("mill", {{"flour", 1.0}, {"electricity", -2.0, model::FlowKind::utility}});
    chain.price("flour", 1000.0);
    chain.facility("mill_1", "mill", 1000.0);
    chain.market("electricity", test::open_side(), test::closed_side());
    const Accounts year(chain.build());
    CHECK_THAT(year["energy_total_calorific"], Near(2000.0 * 0.1229, 1e-9, "tce"));
    CHECK_THAT(year["energy_total_equivalent"], Near(2000.0 * 0.298, 1e-9, "tce"));
    CHECK_THAT(year["co2_power"], Near(2000.0 * 0.7, 1e-9, "t"));
    CHECK_THAT(year["value_added"], Near(1000.0 * 1000.0 - 2000.0 * 300.0, 1e-9, "CNY"));
}

SCENARIO("Power made from the sun is primary energy at its equivalent value",
         "[accounts][energy]") {
    auto chain = coal_and_power();
    auto& solar = chain.process("solar", {{"electricity", 1.0}});
    chain.facility("solar_1", "solar", 1000.0);
    (void)solar;
    chain.market("electricity", test::closed_side(), test::closed_side());
    chain.demand("electricity", 1000.0);
    auto scenario = chain.build();
    const auto power = *scenario.model.commodities.find("electricity");
    scenario.model.processes[*scenario.model.processes.find("solar")].primary_energy = {power};
    const Accounts year(std::move(scenario));
    CHECK_THAT(year["energy_total_calorific"], Near(122.9, 1e-9, "tce"));
    CHECK_THAT(year["energy_total_equivalent"], Near(298.0, 1e-9, "tce"));
    CHECK_THAT(year["power_renewable"], Near(1000.0, 1e-12, "MWh"));
}

SCENARIO("Mined coal enters once, and leaves at its factor when it is sold", "[accounts][energy]") {
    auto chain = coal_and_power();
    chain.process("mine", {{"coal", 1.0}});
    chain.facility("mine_1", "mine", 100.0);
    auto scenario = chain.build();
    const auto coal = *scenario.model.commodities.find("coal");
    scenario.model.processes[*scenario.model.processes.find("mine")].primary_energy = {coal};
    const Accounts year(std::move(scenario));
    CHECK(year["energy_total_calorific"] == 0.0); // 70 tce mined, 70 tce sold
    CHECK_THAT(year["made_coal"], Near(100.0, 1e-12, "t"));
    CHECK_THAT(year["sold_coal"], Near(100.0, 1e-12, "t"));
}

SCENARIO("A gas that is flared is consumed, and its carbon is CO2 of fuel", "[accounts][carbon]") {
    auto chain = coal_and_power();
    auto& gas = chain.commodity("gas");
    gas.energy_product = true;
    gas.standard_coal = test::datum(600.0, "kgce/t");
    gas.trade = model::Trade::internal;
    gas.sink = model::Sink::flare;
    chain.process("oven", {{"coke", 1.0}, {"gas", 0.2}, {"coal", -1.4}});
    chain.price("coke", 2000.0);
    chain.facility("oven_1", "oven", 1000.0);
    chain.market("coal", test::open_side(), test::closed_side());
    const Accounts year(chain.build());
    THEN("1,400 t of coal at 0.7 tce are consumed: coke is no energy product here") {
        CHECK_THAT(year["energy_total_calorific"], Near(980.0, 1e-9, "tce"));
    }
    THEN("200 t of gas, all carbon here, leave 733 t of CO2") {
        CHECK_THAT(year["co2_fuel"], Near(200.0 * 44.0095 / 12.0107, 1e-9, "t"));
    }
    THEN("none of the gas is converted in the district") {
        CHECK(year["local_conversion_gas"] == 0.0);
    }
}

SCENARIO("What a recipe releases beyond the carbon of its fuel is CO2 of the process",
         "[accounts][carbon]") {
    auto chain = coal_and_power();
    chain.process("kiln", {{"lime", 1.0},
                           {"coal", -0.1, model::FlowKind::fuel},
                           {"carbon_dioxide", 1.0, model::FlowKind::emission}});
    chain.price("lime", 300.0);
    chain.facility("kiln_1", "kiln", 100.0);
    chain.market("coal", test::open_side(), test::closed_side());
    const Accounts year(chain.build());
    const double fuel = 100.0 * 0.1 * 0.6 * 44.0095 / 12.0107;
    CHECK_THAT(year["co2_fuel"], Near(fuel, 1e-9, "t"));
    CHECK_THAT(year["co2_process"], Near(100.0 - fuel, 1e-9, "t"));
}

SCENARIO("GDP of the base year is value added and the rest", "[accounts][money]") {
    auto chain = coal_and_power();
    chain.process("plant", {{"electricity", 1.0}, {"coal", -0.5, model::FlowKind::fuel}});
    chain.facility("plant_1", "plant", 1000.0);
    auto sell = test::open_side();
    sell.price = model::Path(test::datum(250.0, "CNY/MWh")); // the market's own price
    chain.market("electricity", test::closed_side(), sell);
    chain.market("coal", test::open_side(), test::closed_side());
    auto scenario = chain.build();
    scenario.region.base_year = 2025;
    scenario.region.rest_of_economy.emplace("gdp", model::Path(test::datum(1e6, "CNY/a")));
    const Accounts year(std::move(scenario));
    CHECK_THAT(year["value_added"], Near(1000.0 * 250.0 - 500.0 * 500.0, 1e-9, "CNY", 1e-6));
    CHECK_THAT(year["gdp"], Near(1e6 + year["value_added"], 1e-12, "CNY"));
}

SCENARIO("A total that lacks its factor is left out, never counted as zero", "[accounts]") {
    auto chain = coal_and_power();
    chain.process("mill", {{"flour", 1.0}, {"electricity", -2.0, model::FlowKind::utility}});
    chain.price("flour", 1000.0);
    chain.facility("mill_1", "mill", 1000.0);
    chain.market("electricity", test::open_side(), test::closed_side());
    const Accounts year(chain.build(), {factor("unrelated", 1.0, "1")});
    CHECK(year.find("energy_total_calorific").has_value());
    CHECK_FALSE(year.find("energy_total_equivalent").has_value());
    CHECK_FALSE(year.find("co2_power").has_value());
    CHECK_FALSE(year.find("co2_total").has_value());
}

SCENARIO("An indicator is no surer than the capacity and the load that it rests on",
         "[accounts][confidence]") {
    auto chain = coal_and_power();
    chain.process("mine", {{"coal", 1.0}});
    auto& mine = chain.facility("mine_1", "mine", 100.0);
    mine.availability_confidence = model::Confidence::estimate;
    const Accounts year(chain.build());
    const auto shares = accounts::confidence_shares(year.scenario, year.system, year.solution);
    for (const auto* id : {"made_coal", "sold_coal", "revenue", "value_added"}) {
        CAPTURE(id);
        CHECK_THAT(shares.at(id)[static_cast<std::size_t>(model::Confidence::estimate)],
                   Near(1.0, 1e-12));
    }
}
