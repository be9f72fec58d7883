#include "support/catch.hpp"
#include "works.hpp"
#include <chainsim/base/error.hpp>
#include <chainsim/study/comparison.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

using Catch::Matchers::Contains;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using chainsim::table::Language;
namespace study = chainsim::study;
namespace test = chainsim::test;

namespace {

study::Comparison compare(const study::Study& a, const study::Study& b,
                          const study::ComparisonOptions& options = {}) {
    const std::vector studies{a, b};
    return study::compare(studies, options);
}

const study::SideBySide& indicator(const study::Comparison& comparison, const std::string& id) {
    for (const auto& one : comparison.explained_year().indicators) {
        if (one.id == id) {
            return one;
        }
    }
    throw std::logic_error("no indicator '" + id + "'");
}

/// What a change adds to an indicator of the second scenario.
double amount(const study::Comparison& comparison, const std::string& of, const std::string& id) {
    const auto& pair = comparison.pairs.front();
    for (const auto& why : pair.why) {
        if (comparison.explained_year().indicators[why.indicator].id != of) {
            continue;
        }
        CHECK_THAT(why.unexplained, WithinAbs(0.0, 1e-9));
        for (std::size_t i = 0; i < pair.changes.size(); ++i) {
            if (pair.changes[i].id == id) {
                return why.amount[i];
            }
        }
    }
    throw std::logic_error("no change '" + id + "' of '" + of + "'");
}

/// The scenario with as many tonnes of dust per unit of every process, in one record.
chainsim::model::Scenario with_dust(chainsim::model::Scenario scenario, double amount) {
    chainsim::model::EmissionFactor factor;
    factor.id = "dust";
    factor.name = {"粉尘", "dust"};
    for (std::uint32_t i = 0; i < scenario.model.processes.size(); ++i) {
        factor.processes.push_back({i});
    }
    chainsim::model::EmissionLevel level;
    auto& dust = level.amounts[static_cast<std::size_t>(chainsim::model::Pollutant::pm)];
    dust.amount = amount;
    dust.figure = test::datum(amount, "t/t");
    factor.levels = {level};
    scenario.model.emission_factors = chainsim::model::Registry(std::vector{factor});
    return scenario;
}

} // namespace

SCENARIO("A project that stands for itself causes what it earns", "[study][compare]") {
    const auto comparison = compare(test::works({}), test::works({"kiln"}));
    CHECK_THAT(indicator(comparison, "value_added").values[0], WithinRel(850.0, 1e-12));
    CHECK_THAT(indicator(comparison, "value_added").values[1], WithinRel(1650.0, 1e-12));
    const auto& pair = comparison.pairs.front();
    REQUIRE(pair.changes.size() == 1);
    CHECK(pair.changes[0].id == "project:kiln");
    CHECK(pair.changes[0].moves);
    CHECK(pair.changes[0].detail.en == "not built -> built from 2020");
    CHECK_THAT(amount(comparison, "value_added", "project:kiln"), WithinRel(800.0, 1e-12));
    // Sales of lime: 20 t x 50.
    CHECK_THAT(amount(comparison, "revenue", "project:kiln"), WithinRel(1000.0, 1e-12));
}

SCENARIO("Two that earn only together share alike", "[study][compare]") {
    const auto comparison = compare(test::works({}), test::works({"kiln", "mine", "rock_mill"}));
    CHECK(comparison.pairs.front().exact);
    CHECK(comparison.pairs.front().hybrids == 8);
    CHECK_THAT(amount(comparison, "value_added", "project:kiln"), WithinRel(800.0, 1e-12));
    CHECK_THAT(amount(comparison, "value_added", "project:mine"), WithinRel(100.0, 1e-12));
    CHECK_THAT(amount(comparison, "value_added", "project:rock_mill"), WithinRel(100.0, 1e-12));
}

SCENARIO("A project takes away with it what it replaces", "[study][compare]") {
    GIVEN("a new mill in the place of the old one, and a kiln that is given up") {
        const auto comparison = compare(test::works({"kiln"}), test::works({"new_mill"}));
        THEN("the new mill counts less the old one, 12 t x 85 - 850") {
            CHECK(comparison.pairs.front().changes.size() == 2);
            CHECK_THAT(amount(comparison, "value_added", "project:new_mill"),
                       WithinRel(170.0, 1e-9));
            CHECK_THAT(amount(comparison, "value_added", "project:kiln"), WithinRel(-800.0, 1e-9));
        }
        THEN("the capacities that stand follow, though they do not hang on what runs") {
            const auto asked =
                compare(test::works({"kiln"}), test::works({"new_mill"}),
                        {.year = {}, .of = {"capacity_iron"}, .orders = 0, .seed = 1});
            CHECK_THAT(amount(asked, "capacity_iron", "project:new_mill"), WithinRel(2.0, 1e-12));
            CHECK_THAT(amount(asked, "capacity_iron", "project:kiln"), WithinAbs(0.0, 1e-12));
        }
    }
    GIVEN("the same replacement in both, and a kiln in one") {
        const auto comparison =
            compare(test::works({"new_mill"}), test::works({"new_mill", "kiln"}));
        THEN("the old mill comes back nowhere") {
            CHECK(comparison.pairs.front().changes.size() == 1);
            CHECK_THAT(amount(comparison, "value_added", "project:kiln"), WithinRel(800.0, 1e-12));
        }
    }
}

SCENARIO("Prices, markets, demands and plants of the base are changes too", "[study][compare]") {
    auto chain = test::works_chain({});
    chain.price("iron", 110.0);
    chain.facility("old_mill", "milling", 20.0);
    const auto comparison = compare(test::works({}), study::Study(chain.build()));
    // (20 - 10) t at the mean of 85 and 95 CNY/t; 10 CNY/t for the mean of 10 and 20 t.
    CHECK_THAT(amount(comparison, "value_added", "facility:old_mill"), WithinRel(900.0, 1e-12));
    CHECK_THAT(amount(comparison, "value_added", "price:iron"), WithinRel(150.0, 1e-12));
    CHECK_THAT(comparison.pairs.front().changes[1].detail.en + " | " +
                   comparison.pairs.front().changes[0].detail.en,
               Contains("100 CNY/t -> 110 CNY/t") && Contains("capacity 10 t/a -> 20 t/a"));

    auto limited = test::works_chain({});
    limited.market("ore", test::open_side(6.0, "t/a"), std::nullopt);
    const auto markets = compare(test::works({}), study::Study(limited.build()));
    // 6 t of ore make 4 t of iron: 6 t less.
    CHECK_THAT(amount(markets, "value_added", "market:ore"), WithinRel(-510.0, 1e-12));
}

SCENARIO("A combination without solution is left out and counted", "[study][compare]") {
    GIVEN("lime that must be delivered, and the kiln that makes it") {
        auto chain = test::works_chain({"kiln"});
        chain.demand("lime", 5.0);
        chain.market("lime", test::closed_side(), std::nullopt);
        auto without = test::works_chain({});
        without.market("lime", test::closed_side(), std::nullopt);
        const auto comparison = compare(study::Study(without.build()), study::Study(chain.build()));
        const auto& pair = comparison.pairs.front();
        THEN("only the order remains in which the kiln comes first") {
            CHECK_FALSE(pair.exact);
            CHECK(pair.attributed);
            CHECK(pair.unsolved == 1);
            CHECK(pair.skipped == pair.orders);
            CHECK_THAT(amount(comparison, "value_added", "project:kiln"), WithinRel(800.0, 1e-12));
            CHECK_THAT(amount(comparison, "value_added", "demand:lime"), WithinAbs(0.0, 1e-9));
        }
        THEN("the reader is told") {
            CHECK_THAT(study::comparison_text(comparison, Language::en, 0),
                       Contains("without solution: 1 combinations of 4"));
        }
    }
}

SCENARIO("A technology that only one library has does not confuse the other", "[study][compare]") {
    GIVEN("a second scenario with a new product that sorts before all others, and its plant") {
        auto chain = test::works_chain({"kiln"});
        chain.process("a_new_way", {{"ore", -1.0}, {"alloy", 1.0}});
        chain.price("alloy", 40.0);
        chain.facility("alloy_works", "a_new_way", 5.0);
        const auto wider = study::Study(chain.build());
        THEN("the plant counts for what it earns, 5 t x (40 - 10), from either side") {
            const auto there = compare(test::works({}), wider);
            CHECK_THAT(amount(there, "value_added", "facility:alloy_works"),
                       WithinRel(150.0, 1e-12));
            CHECK_THAT(amount(there, "value_added", "project:kiln"), WithinRel(800.0, 1e-12));
            const auto back = compare(wider, test::works({}));
            CHECK_THAT(amount(back, "value_added", "facility:alloy_works"),
                       WithinRel(-150.0, 1e-12));
        }
    }
    GIVEN("emission factors in both, of processes that stand at other places") {
        auto chain = test::works_chain({"kiln"});
        chain.process("a_new_way", {{"ore", -1.0}, {"alloy", 1.0}});
        chain.price("alloy", 40.0);
        chain.facility("alloy_works", "a_new_way", 5.0);
        const auto narrow = study::Study(with_dust(test::works_chain({}).build(), 0.1));
        const auto wider = study::Study(with_dust(chain.build(), 0.1));
        study::ComparisonOptions options;
        options.of = {"pm"};
        THEN("each plant brings its own, 5 t and 20 t x 0.1, and no factor is told as different") {
            for (const double sign : {1.0, -1.0}) {
                const auto there =
                    sign > 0.0 ? compare(narrow, wider, options) : compare(wider, narrow, options);
                CHECK_THAT(amount(there, "pm", "facility:alloy_works"),
                           WithinRel(sign * 0.5, 1e-12));
                CHECK_THAT(amount(there, "pm", "project:kiln"), WithinRel(sign * 2.0, 1e-12));
                CHECK(there.pairs.front().changes.size() == 2);
            }
        }
    }
    GIVEN("a second library that can make what the first must buy") {
        auto chain = test::works_chain({});
        chain.process("assaying", {{"rock", -3.0}, {"ore", 1.0}});
        auto first = test::works_chain({});
        for (auto* one : {&chain, &first}) {
            one->market("ore", std::nullopt, std::nullopt); // as by default
        }
        THEN("the first still buys it, and the second has no ore") {
            const auto comparison =
                compare(study::Study(first.build()), study::Study(chain.build()));
            CHECK_THAT(indicator(comparison, "value_added").values[0], WithinRel(850.0, 1e-12));
            CHECK_THAT(indicator(comparison, "value_added").values[1], WithinAbs(0.0, 1e-12));
            CHECK_THAT(amount(comparison, "value_added", "market:ore"), WithinRel(-850.0, 1e-12));
        }
    }
}

TEST_CASE("Other emission factors count as one change", "[study][compare]") {
    study::ComparisonOptions options;
    options.of = {"pm"};
    const auto comparison =
        compare(study::Study(with_dust(test::works_chain({}).build(), 0.1)),
                study::Study(with_dust(test::works_chain({"kiln"}).build(), 0.3)), options);
    // 10 t of iron at 0.1, then 10 t of iron and 20 t of lime at 0.3: the kiln brings 2 or 6
    CHECK_THAT(indicator(comparison, "pm").values[0], WithinRel(1.0, 1e-12));
    CHECK_THAT(indicator(comparison, "pm").values[1], WithinRel(9.0, 1e-12));
    CHECK_THAT(amount(comparison, "pm", "project:kiln"), WithinRel(4.0, 1e-12));
    CHECK_THAT(amount(comparison, "pm", "pollutant:factors"), WithinRel(4.0, 1e-12));
    CHECK(comparison.pairs.front().changes.size() == 2);
}

TEST_CASE("A factor that only one library has leaves those of media where they were",
          "[study][compare]") {
    const auto scenario = [](bool wider) {
        auto chain = test::works_chain({});
        auto& ore = chain.commodity("ore");
        ore.standard_coal.reset();
        auto one = chain.build();
        chainsim::model::Factor medium;
        medium.id = "medium";
        medium.path = chainsim::model::Path(test::datum(2.0, "kgce/kg"));
        auto first = medium;
        first.id = "a_first";
        first.path = chainsim::model::Path(test::datum(5.0, "kgce/kWh"));
        one.model.factors = wider ? chainsim::model::Registry(std::vector{first, medium})
                                  : chainsim::model::Registry(std::vector{medium});
        chainsim::model::EnergyMedium water;
        water.id = "ore";
        water.commodity = one.model.commodities.find("ore").value();
        water.factor = "medium";
        one.model.energy_media = chainsim::model::Registry(std::vector{water});
        chainsim::model::PlantGroup group;
        group.id = "mills";
        group.plants = {"old_mill"};
        one.groups = chainsim::model::Registry(std::vector{group});
        return study::Study(std::move(one));
    };
    study::ComparisonOptions options;
    options.of = {"energy_calorific_of_mills"};
    const auto comparison = compare(scenario(false), scenario(true), options);
    // 15 t of ore at 2 tce/t
    CHECK_THAT(indicator(comparison, "energy_calorific_of_mills").values[0],
               WithinRel(30.0, 1e-12));
    CHECK_THAT(amount(comparison, "energy_calorific_of_mills", "factor:a_first"),
               WithinAbs(0.0, 1e-9));
}

TEST_CASE("Groups and what judges a scenario are listed where they differ", "[study][compare]") {
    auto first = test::works_chain({}).build();
    auto second = first;
    chainsim::model::PlantGroup group;
    group.id = "mills";
    group.name = {"磨坊", "mills"};
    group.plants = {"old_mill"};
    second.groups = chainsim::model::Registry(std::vector{group});
    chainsim::model::LedgerRule rule;
    rule.id = "dust_for_dust";
    rule.kind = chainsim::model::LedgerKind::pm;
    second.ledger_rules = chainsim::model::Registry(std::vector{rule});
    chainsim::model::WaterQuota quota;
    quota.id = "iron";
    second.model.water_quotas = chainsim::model::Registry(std::vector{quota});
    chainsim::model::UnitStandard standard;
    standard.id = "iron_energy";
    second.model.unit_standards = chainsim::model::Registry(std::vector{standard});
    const auto comparison =
        compare(study::Study(std::move(first)), study::Study(std::move(second)));
    std::vector<std::string> ids;
    for (const auto& change : comparison.pairs.front().changes) {
        ids.push_back(change.id);
        CHECK(change.moves == (change.kind == study::ChangeKind::group));
    }
    std::sort(ids.begin(), ids.end());
    CHECK(ids == std::vector<std::string>{"group:mills", "ledger:dust_for_dust", "standard:iron",
                                          "standard:iron_energy"});
}

TEST_CASE("A policy is listed and moves nothing", "[study][compare]") {
    auto chain = test::works_chain({});
    auto& policy = chain.policy("cap", "value_added");
    policy.at_most = chainsim::model::Path(test::datum(1000.0, "CNY"));
    const auto comparison = compare(test::works({}), study::Study(chain.build()));
    const auto& pair = comparison.pairs.front();
    REQUIRE(pair.changes.size() == 1);
    CHECK(pair.changes[0].id == "policy:cap");
    CHECK_FALSE(pair.changes[0].moves);
    CHECK(pair.players == 0);
    CHECK_FALSE(study::largest_difference(comparison, 1e-9).has_value());
}

TEST_CASE("A scenario does not differ from itself", "[study][compare]") {
    const auto comparison = compare(test::works({"kiln"}), test::works({"kiln"}));
    CHECK(comparison.pairs.front().changes.empty());
    CHECK_FALSE(study::largest_difference(comparison, 0.0).has_value());
    CHECK_THAT(study::comparison_text(comparison, Language::zh, 80), Contains("输入没有差异"));
    CHECK(study::largest_difference(compare(test::works({}), test::works({"kiln"})), 1e-9)
              .has_value());
}

TEST_CASE("More than ten changes are drawn, and still sum to the whole", "[study][compare]") {
    auto chain = test::works_chain({"kiln", "mine", "rock_mill", "new_mill"});
    for (int i = 0; i < 8; ++i) {
        chain.facility("extra_" + std::to_string(i), "milling", 1.0);
    }
    const auto comparison = compare(test::works({}), study::Study(chain.build()),
                                    {.year = {}, .of = {}, .orders = 50, .seed = 3});
    const auto& pair = comparison.pairs.front();
    CHECK(pair.players == 12);
    CHECK_FALSE(pair.exact);
    CHECK(pair.orders == 50);
    double sum = 0.0;
    for (const auto& change : pair.changes) {
        sum += amount(comparison, "value_added", change.id);
    }
    // 800 + 200 + 170 + 8 x 85
    CHECK_THAT(sum, WithinRel(1850.0, 1e-9));
    CHECK_THAT(amount(comparison, "value_added", "facility:extra_5"), WithinRel(85.0, 1e-9));
    // An order and its reverse give each of the two one half.
    CHECK_THAT(amount(comparison, "value_added", "project:mine"), WithinRel(100.0, 1e-9));
}

TEST_CASE("Past 24 changes those of one kind count as one, projects apart", "[study][compare]") {
    auto chain = test::works_chain({"kiln"});
    for (int i = 0; i < 30; ++i) {
        chain.facility("extra_" + std::to_string(i), "milling", 1.0);
    }
    const auto comparison = compare(test::works({}), study::Study(chain.build()));
    const auto& pair = comparison.pairs.front();
    CHECK(pair.players == 2);
    CHECK_THAT(amount(comparison, "value_added", "project:kiln"), WithinRel(800.0, 1e-9));
    CHECK_THAT(pair.changes.back().name.en, Contains("30 in all"));
}

TEST_CASE("A comparison is written for programs and for readers", "[study][compare]") {
    const std::vector studies{test::works({}), test::works({"kiln"}), test::works({"new_mill"})};
    const auto comparison = study::compare(studies);
    const auto document = nlohmann::json::parse(study::comparison_json(comparison));
    CHECK(document.at("schema") == "chainsim.compare/1");
    CHECK(document.at("year") == 2025);
    const auto& value = document.at("indicators").at("value_added");
    CHECK_THAT(value.at("a").get<double>(), WithinRel(850.0, 1e-12));
    CHECK_THAT(value.at("b").get<double>(), WithinRel(1650.0, 1e-12));
    CHECK_THAT(value.at("difference").get<double>(), WithinRel(800.0, 1e-12));
    const auto& cause = value.at("contributions").at(0);
    CHECK(cause.at("change") == "project:kiln");
    CHECK_THAT(cause.at("amount").get<double>(), WithinRel(800.0, 1e-12));
    CHECK_THAT(cause.at("share").get<double>(), WithinRel(1.0, 1e-12));
    CHECK(cause.at("error") == 0.0);
    const auto& other = document.at("others").at(0).at("indicators").at("value_added");
    CHECK_THAT(other.at("difference").get<double>(), WithinRel(170.0, 1e-9));
    for (const auto language : {Language::en, Language::zh}) {
        const auto text = study::comparison_text(comparison, language, 0);
        CHECK_THAT(text, Contains("kiln") && Contains("new_mill") && Contains("C - A"));
    }
}

TEST_CASE("What is better in all that counts is said to dominate", "[study][compare]") {
    auto clean = test::works_chain({"kiln"});
    auto dirty = test::works_chain({});
    for (auto* chain : {&clean, &dirty}) {
        chain->process("pumping", {{"fresh_water", -1.0}, {"drink", 1.0}});
        chain->commodity("fresh_water").unit = chainsim::units::Unit::parse("m3");
        chain->price("drink", 1.0);
        chain->facility("pump", "pumping", chain == &clean ? 1.0 : 2.0);
    }
    const auto comparison = compare(study::Study(dirty.build()), study::Study(clean.build()));
    CHECK_THAT(study::comparison_text(comparison, Language::en, 0), Contains("B dominates A"));
    clean = dirty;
    clean.facility("pump", "pumping", 1.0);
    const auto traded = compare(study::Study(clean.build()), study::Study(dirty.build()));
    CHECK_THAT(study::comparison_text(traded, Language::en, 0), Contains("a trade-off"));
}

TEST_CASE("Questions that cannot be answered say why", "[study][compare]") {
    const auto early = study::Study(test::works_chain({}).build({2020}));
    CHECK_THROWS_WITH(compare(early, test::works({})), Contains("no year in common"));
    CHECK_THROWS_WITH(compare(test::works({}), test::works({}),
                              {.year = {}, .of = {"value_aded"}, .orders = 0, .seed = 1}),
                      Contains("did you mean 'value_added'?"));
    auto chain = test::works_chain({});
    chain.market("lime", test::closed_side(), std::nullopt);
    chain.demand("lime", 5.0);
    const auto failed = compare(test::works({}), study::Study(chain.build()));
    REQUIRE(failed.failure.has_value());
    CHECK(failed.failed == 1);
    CHECK_THROWS_AS(study::comparison_json(failed), chainsim::ContractError);
}
