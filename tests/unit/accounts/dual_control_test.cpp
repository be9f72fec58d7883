#include "solved_accounts.hpp"
#include "support/catch.hpp"
#include "support/chain_builder.hpp"
#include "support/near.hpp"

#include <string>
#include <utility>
#include <vector>

// Raw-material energy and non-fossil power of small districts, worked by hand beside each.

namespace {

using namespace chainsim;
using test::Accounts;
using test::coal_and_power;
using test::Near;

model::Commodity& carrier(test::ChainBuilder& chain, const std::string& id, double tce_per_t) {
    auto& one = chain.commodity(id);
    one.energy_product = true;
    one.standard_coal = test::datum(1000.0 * tce_per_t, "kgce/t");
    chain.price(id, 100.0);
    return one;
}

/// The scenario under a period that deducts raw material, with one use for these products.
model::Scenario assessed(const test::ChainBuilder& chain, const std::vector<std::string>& products,
                         const std::vector<std::string>& recovered_by = {}, bool counts = true) {
    auto scenario = chain.build();
    model::FeedstockUse use;
    use.id = "use";
    use.counts = counts;
    for (const auto& id : products) {
        use.products.push_back(scenario.model.commodities.find(id).value());
    }
    for (const auto& id : recovered_by) {
        use.recovered_by.push_back(scenario.model.commodities.find(id).value());
    }
    scenario.model.feedstock_uses = model::Registry(std::vector{use});
    model::Period period;
    period.id = "plan";
    period.base_year = 2020;
    period.from = 2021;
    period.until = 2025;
    period.electricity_equivalent = "electricity_equivalent";
    scenario.periods = model::Registry(std::vector{period});
    return scenario;
}

/// 1,000 t of methanol a year from 2 t of gas at 0.6 tce/t, 0.1 t of it burnt, 0.5 t of purge gas
/// at 0.6 recovered.
test::ChainBuilder methanol_plant() {
    auto chain = coal_and_power();
    carrier(chain, "gas", 0.6);
    carrier(chain, "purge", 0.6);
    carrier(chain, "fuel_gas", 0.6);
    chain.process("synthesis", {{"gas", -2.0},
                                {"fuel_gas", -0.1, model::FlowKind::fuel},
                                {"methanol", 1.0},
                                {"purge", 0.5, model::FlowKind::byproduct}});
    chain.facility("plant", "synthesis", 1000.0);
    chain.price("methanol", 2000.0);
    return chain;
}

} // namespace

SCENARIO("Raw material is what becomes a product, less the fuel that is recovered of it",
         "[accounts][dual_control]") {
    const auto chain = methanol_plant();
    GIVEN("a use that counts") {
        const Accounts year(assessed(chain, {"methanol"}));
        // 1000 x (2 x 0.6 - 0.5 x 0.6); what is burnt is fuel
        CHECK_THAT(year["energy_feedstock"], Near(900.0, 1e-12, "tce"));
        CHECK_THAT(year["energy_controlled"],
                   Near(year["energy_total_equivalent"] - 900.0, 1e-12, "tce"));
    }
    GIVEN("a use that the local practice refuses") {
        auto scenario = assessed(chain, {"methanol"});
        auto period = scenario.periods.at("plan");
        period.feedstock_uses["use"] = false;
        scenario.periods = model::Registry(std::vector{period});
        CHECK(Accounts(std::move(scenario))["energy_feedstock"] == 0.0);
    }
    GIVEN("a use that counts only where a period says so") {
        CHECK(Accounts(assessed(chain, {"methanol"}, {}, false))["energy_feedstock"] == 0.0);
    }
    GIVEN("a period that counts raw material") {
        auto scenario = assessed(chain, {"methanol"});
        auto period = scenario.periods.at("plan");
        period.feedstock_deducted = false;
        scenario.periods = model::Registry(std::vector{period});
        CHECK(Accounts(std::move(scenario))["energy_feedstock"] == 0.0);
    }
    GIVEN("no period") {
        CHECK_FALSE(Accounts(chain.build()).find("energy_controlled").has_value());
    }
}

SCENARIO("300 kt of tar and 150 kt of benzol are 557 kt of standard coal",
         "[accounts][dual_control]") {
    auto chain = coal_and_power();
    carrier(chain, "tar", 1.1429);
    carrier(chain, "benzol", 1.4286);
    chain.process("distillation",
                  {{"tar", -1.0 / 0.6}, {"pitch", 1.0}, {"naphthalene", 0.4 / 0.6}});
    chain.process("refining", {{"benzol", -1.0}, {"benzene", 1.0}});
    chain.facility("still", "distillation", 180e3); // of pitch, from 300 kt of tar
    chain.facility("benzene_1", "refining", 150e3);
    for (const char* product : {"pitch", "naphthalene", "benzene"}) {
        chain.price(product, 1000.0);
    }
    // 300 x 1.1429 + 150 x 1.4286
    CHECK_THAT(Accounts(assessed(chain, {"pitch", "naphthalene", "benzene"}))["energy_feedstock"],
               Near(557.16e3, 1e-9, "tce"));
    // Of the tar only the share of naphthalene among its products: 0.4 x 342.87 + 214.29
    CHECK_THAT(Accounts(assessed(chain, {"naphthalene", "benzene"}))["energy_feedstock"],
               Near(351.438e3, 1e-9, "tce"));
}

SCENARIO("Fuel recovered of what was deducted before is taken off again",
         "[accounts][dual_control]") {
    auto chain = coal_and_power();
    carrier(chain, "tar", 1.0);
    carrier(chain, "tail_gas", 0.1);
    chain.process("distillation", {{"tar", -1.0}, {"oil", 1.0}});
    chain.process("furnace",
                  {{"oil", -1.6}, {"black", 1.0}, {"tail_gas", 4.0, model::FlowKind::byproduct}});
    chain.facility("still", "distillation", 1600.0);
    chain.facility("blacks", "furnace", 1000.0);
    chain.price("oil", 1000.0);
    chain.price("black", 5000.0);
    CHECK_THAT(Accounts(assessed(chain, {"oil"}))["energy_feedstock"], Near(1600.0, 1e-12, "tce"));
    // 1600 x 1.0 - 1000 x 4.0 x 0.1
    CHECK_THAT(Accounts(assessed(chain, {"oil"}, {"black"}))["energy_feedstock"],
               Near(1200.0, 1e-12, "tce"));
}

SCENARIO("Non-fossil power is deducted at the k by which it counts", "[accounts][dual_control]") {
    auto chain = coal_and_power();
    chain.energy("solar_power").non_fossil = true;
    chain.energy("contract_power").non_fossil = true;
    chain.commodity("sunshine").trade = model::Trade::free;
    chain.process("panels", {{"sunshine", -1.0}, {"solar_power", 1.0}});
    chain.process("to_load", {{"solar_power", -1.0}, {"electricity", 1.0}});
    chain.process("contract", {{"contract_power", -1.0}, {"electricity", 1.0}});
    chain.facility("panels_1", "panels", 100.0);
    chain.facility("load_1", "to_load", 100.0);
    chain.facility("contract_1", "contract", 50.0);
    chain.market("contract_power", test::open_side(), test::closed_side());
    chain.market("solar_power", test::closed_side(), test::closed_side());
    chain.market("electricity", test::open_side(), test::closed_side());
    chain.demand("electricity", 1000.0);
    for (const char* power : {"solar_power", "contract_power"}) {
        chain.price(power, 300.0);
    }
    auto scenario = assessed(chain, {});
    test::make_primary(scenario, "panels", "solar_power");
    const Accounts year(std::move(scenario));
    // 100 made + 50 with certificates, of 1000: 850 come from the grid
    CHECK_THAT(year["energy_renewable"], Near(150.0 * 0.298, 1e-12, "tce"));
    CHECK_THAT(year["energy_total_equivalent"], Near(1000.0 * 0.298, 1e-12, "tce"));
    CHECK_THAT(year["energy_controlled"], Near(850.0 * 0.298, 1e-12, "tce"));
    // and only these bring carbon dioxide
    CHECK_THAT(year["co2_energy"], Near(850.0 * 0.7, 1e-12, "t"));
}

TEST_CASE("The last year of a plan is judged by it, though it is the base of the next",
          "[model][dual_control]") {
    model::Period first;
    first.id = "a";
    first.base_year = 2020;
    first.from = 2021;
    first.until = 2025;
    auto second = first;
    second.id = "b";
    second.base_year = 2025;
    second.from = 2026;
    second.until = 2030;
    const auto periods = model::Registry(std::vector{first, second});
    CHECK(model::period_of(periods, 2020)->id == "a");
    CHECK(model::period_of(periods, 2025)->id == "a");
    CHECK(model::period_of(periods, 2026)->id == "b");
    CHECK(model::period_of(periods, 2031) == nullptr);
}
