#include "support/catch.hpp"
#include "support/chain_builder.hpp"
#include <chainsim/study/base_year.hpp>

using namespace chainsim;

namespace {

/// A mine that digs 80 of its 100 t a year in 2020, and a statistic of what it dug.
model::Scenario mine(double dug, std::optional<std::pair<double, double>> range) {
    test::ChainBuilder chain;
    chain.commodity("ore");
    chain.price("ore", 10.0);
    chain.process("mining", {{"ore", 1.0}});
    chain.facility("mine_1", "mining", 100.0).availability = 0.8;
    chain.market("ore", test::closed_side(), test::open_side());
    auto scenario = chain.build();
    scenario.id = "base";
    scenario.years = {2020};
    scenario.region.id = "somewhere";
    scenario.region.base_year = 2020;
    model::Statistic statistic;
    statistic.datum = test::datum(dug / 1000.0, "kt");
    if (range) {
        statistic.datum.range = {range->first / 1000.0, range->second / 1000.0};
    }
    statistic.indicator = "made_ore";
    statistic.explanation = "a flood";
    scenario.region.statistics.emplace("ore_2020", statistic);
    scenario.region.statistics.emplace("people_2020", model::Statistic{});
    return scenario;
}

} // namespace

TEST_CASE("A statistic is set against the run in its own unit", "[study][base_year]") {
    const auto base = study::compare_base_year(mine(82.0, std::nullopt));
    REQUIRE(base.figures.size() == 2);
    const auto& ore = base.figures[0];
    CHECK(ore.id == "ore_2020");
    REQUIRE(ore.model);
    CHECK(*ore.model == Approx(0.080).epsilon(1e-12));
    CHECK(ore.unit == "kt");
    CHECK_FALSE(ore.differs()); // 80 is within 5 % of 82
    CHECK_FALSE(base.figures[1].model);
}

TEST_CASE("A run outside the range of a statistic differs, and the reason is printed",
          "[study][base_year]") {
    CHECK(study::compare_base_year(mine(90.0, std::nullopt)).figures[0].differs());
    CHECK_FALSE(study::compare_base_year(mine(90.0, std::pair(75.0, 95.0))).figures[0].differs());
    const auto base = study::compare_base_year(mine(90.0, std::pair(85.0, 95.0)));
    CHECK(base.figures[0].differs());
    const auto text = study::base_year_text(base, table::Language::en, 0);
    CHECK(text.find("a flood") != std::string::npos);
    CHECK(text.find("1 more statistic has no counterpart") != std::string::npos);
}

TEST_CASE("A statistic of the same source as the plants is no check, and is marked so",
          "[study][base_year]") {
    auto scenario = mine(82.0, std::nullopt);
    const auto plain =
        study::base_year_text(study::compare_base_year(scenario), table::Language::en, 0);
    CHECK(plain.find("no check") == std::string::npos);
    auto& ore = scenario.region.statistics.at("ore_2020");
    ore.name = {"采出矿石", "ore dug"};
    ore.same_source = true;
    const auto base = study::compare_base_year(scenario);
    const auto en = study::base_year_text(base, table::Language::en, 0);
    CHECK(en.find("= ore dug") != std::string::npos);
    CHECK(en.find("= same source as the model's plants: no check") != std::string::npos);
    const auto zh = study::base_year_text(base, table::Language::zh, 0);
    CHECK(zh.find("不构成校验") != std::string::npos);
}

TEST_CASE("A statistic is shown in the units of its reader", "[study][base_year]") {
    const auto base = study::compare_base_year(mine(90.0, std::pair(85.0, 95.0)));
    const auto zh = study::base_year_text(base, table::Language::zh, 0);
    CHECK(zh.find("0.009  0.0085  0.0095  0.008") != std::string::npos); // 10,000 t
    CHECK(zh.find("万吨") != std::string::npos);
    const auto en = study::base_year_text(base, table::Language::en, 0);
    CHECK(en.find("0.09  0.085  0.095   0.08") != std::string::npos);
    CHECK(en.find("kt") != std::string::npos);
}

TEST_CASE("The base year of a region is run once, by its plainest scenario", "[study][base_year]") {
    auto longer = mine(80.0, std::nullopt);
    longer.id = "a_pathway";
    longer.years = {2020, 2025};
    auto later = mine(80.0, std::nullopt);
    later.id = "a_plan";
    later.years = {2025};
    const std::vector<model::Scenario> all{longer, later, mine(80.0, std::nullopt)};
    const auto chosen = study::base_scenarios(all);
    REQUIRE(chosen.size() == 1);
    CHECK(chosen[0]->id == "base");
}

TEST_CASE("Targets are counted by what became of them", "[study][base_year]") {
    auto scenario = mine(80.0, std::nullopt);
    const auto target = [](const std::string& id) {
        model::Target one;
        one.id = id;
        return one;
    };
    auto judged = target("a");
    judged.policies = {"p"};
    judged.carried_by = "also";
    auto compared = target("b");
    compared.statistic = "ore_2020";
    auto recorded = target("c");
    recorded.statistic = "people_2020"; // nothing in a run counts people
    auto not_judged = target("d");
    not_judged.not_judged = "no figure";
    scenario.targets = model::Registry<model::Target>({judged, compared, recorded, not_judged});
    const auto counts = study::compare_base_year(scenario).targets;
    CHECK(counts.judged == 1);
    CHECK(counts.compared == 1);
    CHECK(counts.recorded == 1);
    CHECK(counts.all() == 4);
    CHECK(counts.carried == 0);
    CHECK(counts.not_judged == 1);
}
