#include "solved_accounts.hpp"
#include "support/catch.hpp"
#include "support/chain_builder.hpp"
#include "support/near.hpp"
#include <chainsim/accounts/closure.hpp>
#include <chainsim/accounts/plant_money.hpp>

#include <array>
#include <utility>
#include <vector>

// The income statement of one kiln, worked by hand.

namespace {

using namespace chainsim;
using test::Accounts;
using test::datum;
using test::Near;

/// In the order of model::Rate.
model::Economy economy() {
    constexpr std::array<double, model::rate_kinds.size()> values{
        100000.0, 1.5,   0.4,  10.0, 20.0, 0.0,  0.06, 0.07, 0.03, 0.02, 0.01,
        3.0,      0.001, 0.25, 0.15, 0.03, 0.02, 0.12, 0.7,  0.05, 10.0, 5.0};
    model::Economy one;
    for (std::size_t i = 0; i < values.size(); ++i) {
        one.rates[i] = model::Path(datum(values[i], std::string(model::rate_kinds[i].unit)));
    }
    one.emission_taxes.emplace("dust", model::Path(datum(1000.0, "CNY/t")));
    return one;
}

model::Scenario kiln(double price, bool western = false) {
    test::ChainBuilder chain;
    auto& ash = chain.commodity("ash");
    ash.trade = model::Trade::waste;
    ash.sink = model::Sink::dispose;
    ash.disposal_cost = datum(20.0, "CNY/t");
    auto& dust = chain.commodity("dust");
    dust.trade = model::Trade::free;
    dust.sink = model::Sink::emit;
    chain
        .process("kiln", {{"lime", 1.0},
                          {"stone", -2.0},
                          {"ash", 0.1, model::FlowKind::waste},
                          {"dust", 0.001, model::FlowKind::emission}})
        .capex = datum(200.0, "CNY/(t/a)");
    chain.facility("kiln_1", "kiln", 10000.0);
    chain.price("lime", price);
    chain.price("stone", 50.0);
    auto scenario = chain.build();
    std::vector<model::Price> prices(scenario.model.prices.begin(), scenario.model.prices.end());
    for (auto& one : prices) {
        one.vat = 0.13;
    }
    scenario.model.prices = model::Registry(std::move(prices));
    model::Industry industry;
    industry.id = "lime";
    industry.processes = {"kiln"};
    industry.jobs = datum(1e-6, "人/CNY");
    industry.land = datum(1e-6, "mu/CNY");
    industry.western = western;
    scenario.model.industries = model::Registry<model::Industry>({industry});
    scenario.model.economy = economy();
    return scenario;
}

} // namespace

SCENARIO("A plant's income is what it earns, split among staff, state, wear and owner",
         "[accounts][money][income]") {
    GIVEN("10,000 t/a of lime at 400 CNY of 20,000 t of stone at 50, a kiln of 2 million CNY") {
        const Accounts year(kiln(400.0));
        THEN("2 persons cost 150,000 each") {
            CHECK_THAT(year["jobs"], Near(2.0, 1e-12));
            CHECK_THAT(year["compensation"], Near(300000.0, 1e-12));
        }
        THEN("60 % are written off over 10 years and 40 % over 20") {
            CHECK_THAT(year["depreciation"], Near(2e6 * (0.06 + 0.02), 1e-12));
        }
        THEN("VAT is 13 % of 3,000,000, less 6 % of 20,000 paid for disposal") {
            CHECK_THAT(year["vat"], Near(390000.0 - 1200.0, 1e-12));
        }
        THEN("taxes on production are 12 % of it, stamps, buildings, 2 mu of land and dust") {
            CHECK_THAT(year["tax_production"],
                       Near(46656.0 + 5020.0 + 8000.0 + 4000.0 + 10000.0, 1e-9));
        }
        THEN("the rest is surplus, and the four make the value added of the boundary") {
            CHECK_THAT(year["operating_surplus"],
                       Near(2980000.0 - 300000.0 - 160000.0 - 73676.0, 1e-9));
            CHECK_THAT(year["value_added_income"], Near(2980000.0, 1e-9));
            CHECK_THAT(year["value_added"], Near(2980000.0, 1e-12));
            CHECK(accounts::closure(year.scenario, year.system, year.solution).accounts < 1e-12);
        }
        THEN("a quarter of the profit after repairs and overhead is income tax") {
            CHECK_THAT(year["tax_income"], Near(0.25 * (2446324.0 - 60000.0 - 80000.0), 1e-9));
            CHECK_THAT(year["tax"], Near(388800.0 + 73676.0 + 576581.0, 1e-9));
        }
    }
    GIVEN("an industry that the west encourages") {
        CHECK_THAT(Accounts(kiln(400.0, true))["tax_income"], Near(0.15 * 2306324.0, 1e-9));
    }
    GIVEN("a price at which the kiln loses money") {
        const Accounts year(kiln(110.0));
        CHECK(year["operating_surplus"] < 0.0);
        CHECK(year["tax_income"] == 0.0); // a loss is no claim on the state
    }
    GIVEN("no economy") {
        auto scenario = kiln(400.0);
        scenario.model.economy.reset();
        CHECK_FALSE(Accounts(std::move(scenario)).find("jobs").has_value());
    }
}

SCENARIO("The investment that a project states goes before that of the recipe",
         "[accounts][money][income]") {
    auto scenario = kiln(400.0);
    model::Project project;
    project.id = "works";
    project.facilities = {"kiln_1"};
    project.capex = datum(5e6, "CNY");
    project.land = datum(30.0, "mu");
    scenario.projects = model::Registry<model::Project>({project});
    std::vector<model::Facility> plants(scenario.facilities.begin(), scenario.facilities.end());
    plants.front().project = "works";
    scenario.facilities = model::Registry(std::move(plants));
    const auto assets = accounts::plant_assets(scenario);
    REQUIRE(assets.size() == 1);
    CHECK_THAT(assets.front().investment.value(), Near(5e6, 1e-12));
    CHECK_THAT(assets.front().jobs.value(), Near(5.0, 1e-12));
    CHECK_THAT(assets.front().land.value(), Near(30.0, 1e-12));
}
