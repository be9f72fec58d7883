#include "solved_accounts.hpp"
#include "support/catch.hpp"
#include "support/chain_builder.hpp"
#include "support/near.hpp"

namespace {

using namespace chainsim;
using test::Accounts;
using test::coal_and_power;
using test::Near;

/// Makes processes variants of one technology.
void make_variants(model::Scenario& scenario, const std::string& technology,
                   const std::string& product, const std::vector<std::string>& processes) {
    model::Technology one;
    one.id = technology;
    one.name = {technology, technology};
    one.product = *scenario.model.commodities.find(product);
    scenario.model.technologies = model::Registry<model::Technology>({one});
    for (const auto& id : processes) {
        scenario.model.processes[*scenario.model.processes.find(id)].technology = technology;
    }
}

} // namespace

SCENARIO("A technology is counted over all plants of its variants", "[accounts][technology]") {
    GIVEN("an old station at 350 g/kWh with 600 MWh, a new one at 300 g/kWh with 400 MWh") {
        auto chain = coal_and_power();
        chain.process("old_station", {{"electricity", 1.0},
                                      {"electricity", -0.08, model::FlowKind::utility},
                                      {"coal", -0.35 / 0.7, model::FlowKind::fuel}});
        chain.process("new_station", {{"electricity", 1.0},
                                      {"electricity", -0.06, model::FlowKind::utility},
                                      {"coal", -0.30 / 0.7, model::FlowKind::fuel}});
        chain.process("planned_station", {{"electricity", 1.0}, {"coal", -0.4}});
        chain.facility("old_1", "old_station", 600.0);
        chain.facility("new_1", "new_station", 300.0);
        chain.facility("new_2", "new_station", 100.0);
        chain.market("coal", test::open_side(), test::closed_side());
        chain.market("electricity", test::closed_side(), test::open_side());
        auto scenario = chain.build();
        make_variants(scenario, "coal_power", "electricity",
                      {"old_station", "new_station", "planned_station"});
        const Accounts year(std::move(scenario));
        THEN("fuel per unit is (600 x 350 + 400 x 300) / 1000 kgce/MWh") {
            CHECK_THAT(year["unit_fuel_coal_power"], Near(330.0, 1e-12, "kgce/MWh"));
        }
        THEN("power per unit is (600 x 80 + 400 x 60) / 1000 kWh/MWh") {
            CHECK_THAT(year["unit_power_coal_power"], Near(72.0, 1e-12, "kWh/MWh"));
        }
        THEN("installed is (600 + 300 + 100) MWh over 8760 h, and sold power is not used here") {
            CHECK_THAT(year["installed_power_coal_power"], Near(1000.0 / 8760.0, 1e-12, "MW"));
            CHECK_THAT(year["power_used"], Near(72.0, 1e-12, "MWh")); // by the stations themselves
        }
        THEN("each variant has its share, one that nobody runs none") {
            CHECK_THAT(year["share_old_station"], Near(0.6, 1e-12, "1"));
            CHECK_THAT(year["share_new_station"], Near(0.4, 1e-12, "1"));
            CHECK(year["share_planned_station"] == 0.0);
        }
        THEN("the smallest plant of a variant is that of its nameplate") {
            CHECK_THAT(year["smallest_capacity_new_station"], Near(100.0, 1e-12, "MWh"));
            CHECK_FALSE(year.find("smallest_capacity_planned_station"));
        }
    }
}

SCENARIO("Investment and land are those of the projects that are built", "[accounts][projects]") {
    auto chain = coal_and_power();
    chain.process("station", {{"electricity", 1.0}, {"coal", -0.5, model::FlowKind::fuel}});
    chain.facility("station_1", "station", 100.0);
    chain.market("coal", test::open_side(), test::closed_side());
    chain.market("electricity", test::closed_side(), test::open_side());
    auto scenario = chain.build();
    const auto project = [](const std::string& id, bool selected, int start) {
        model::Project one;
        one.id = id;
        one.selected = selected;
        one.start = start;
        one.schedule = {0.25, 0.75};
        one.capex = test::datum(1000.0, "CNY");
        one.land = test::datum(30.0, "mu");
        return one;
    };
    scenario.projects = model::Registry<model::Project>(
        {project("this_year", true, 2025), project("next_year", true, 2026),
         project("in_two_years", true, 2027), project("left_out", false, 2026)});
    const Accounts year(std::move(scenario));
    CHECK_THAT(year["capex"], Near(750.0 + 250.0, 1e-12, "CNY"));
    CHECK_THAT(year["land"], Near(30.0, 1e-12, "mu"));
}
