#include "support/catch.hpp"
#include "support/near.hpp"
#include "support/solved_year.hpp"
#include <chainsim/model/scenario.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>

// Each scenario of the district does what the first lines of its file say.

namespace {

using Catch::Matchers::WithinRel;
using chainsim::test::Near;
using chainsim::test::solved_base;
using chainsim::test::solved_plan;
using chainsim::test::SolvedYear;

SolvedYear solved(const std::string& scenario, int year) {
    SolvedYear result(chainsim::test::source("scenarios/hainan/" + scenario + ".yaml"), year);
    REQUIRE(result.solution().outcome == chainsim::system::Outcome::solved);
    return result;
}

/// Products of which a year has more capacity than the base year.
std::set<std::string> grown(const SolvedYear& year) {
    constexpr std::string_view head = "capacity_";
    std::map<std::string, double> before;
    for (const auto& one :
         chainsim::accounts::evaluate(solved_base().system(), solved_base().solution())) {
        before[one.id] = one.value;
    }
    std::set<std::string> result;
    for (const auto& one : chainsim::accounts::evaluate(year.system(), year.solution())) {
        if (one.id.starts_with(head) && one.value > before[one.id] * (1.0 + 1e-9)) {
            result.insert(one.id.substr(head.size()));
        }
    }
    return result;
}

} // namespace

TEST_CASE("Price stress changes money of the year and nothing else", "[validation][scenarios]") {
    const auto year = solved("stress_prices", 2025);
    // GDP is counted at prices of the base year, which the stress leaves alone.
    for (const auto* id : {"gdp", "energy_total_equivalent", "energy_total_calorific", "co2_total",
                           "fresh_water", "made_coke"}) {
        CAPTURE(id);
        CHECK_THAT(year.indicator(id), WithinRel(solved_plan().indicator(id), 1e-9));
    }
    CHECK(year.indicator("value_added") < 0.9 * solved_plan().indicator("value_added"));
}

TEST_CASE("In the drought the river gives 60 % of what it gave in 2020",
          "[validation][scenarios]") {
    const auto year = solved("drought", 2025);
    const double taken = year.indicator("water_taken_raw_water_yellow_river");
    const double before = solved_base().indicator("water_taken_raw_water_yellow_river");
    CHECK(taken <= 0.6 * before * (1.0 + 1e-6));
    CHECK(taken >= 0.599 * before); // all of it is taken
}

TEST_CASE("Hydrogen first makes hydrogen of gas that LNG and methanol had",
          "[validation][scenarios]") {
    const auto year = solved("hydrogen", 2025);
    const auto delta = [&](std::string_view id) {
        return year.indicator(id) - solved_plan().indicator(id);
    };
    CHECK(delta("made_hydrogen") > 0.0);
    CHECK(delta("sold_liquid_hydrogen") > 0.0);
    CHECK(delta("made_lng") < 0.0);
    CHECK(delta("made_methanol") < 0.0);
    // More gas goes to hydrogen, and the gas is the same.
    CHECK(year.consumed_by("cog_hydrogen_psa", "coke_oven_gas") >
          1.5 * solved_plan().consumed_by("cog_hydrogen_psa", "coke_oven_gas"));
    CHECK_THAT(year.produced("coke_oven_gas"), Near(solved_plan().produced("coke_oven_gas"), 1e-9));
}

TEST_CASE("Chemicals first has neither more coke nor more ovens than 2020",
          "[validation][scenarios]") {
    const auto year = solved("chemicals_first", 2025);
    CHECK(year.indicator("made_coke") <= solved_base().indicator("made_coke"));
    CHECK(year.indicator("capacity_coke") <=
          solved_base().indicator("capacity_coke") * (1.0 + 1e-9));
    const auto more = grown(year);
    for (const auto* id : {"butanediol", "propylene", "vinylon_fibre", "polyoxymethylene"}) {
        CAPTURE(id);
        CHECK(more.count(id) == 1);
    }
}

TEST_CASE("Coke first has more coke, its gas, fuel and power, and no chemicals beyond 2020",
          "[validation][scenarios]") {
    const auto year = solved("coke_first", 2025);
    CHECK(year.indicator("made_coke") > 1.5 * solved_base().indicator("made_coke"));
    CHECK_THAT(year.indicator("capacity_methanol"),
               WithinRel(solved_base().indicator("capacity_methanol"), 1e-9));
    const std::set<std::string> allowed{"coke",
                                        "hot_coke",
                                        "coke_oven_gas",
                                        "desulphurised_coke_oven_gas",
                                        "deammoniated_coke_oven_gas",
                                        "ammonia_water_20", // of gas cleaning
                                        "lng",
                                        "electricity",
                                        "green_electricity",
                                        "fresh_water",
                                        "reclaimed_water",
                                        "corrosion_resistant_glass_fibre"}; // of the coke park
    for (const auto& id : grown(year)) {
        CAPTURE(id);
        CHECK(allowed.count(id) == 1);
    }
}

TEST_CASE("Without new capacity no project is built and no plant is added",
          "[validation][scenarios]") {
    for (const int at : {2025, 2035}) {
        const auto year = solved("no_new_capacity", at);
        const auto& projects = year.scenario().projects;
        // Projects of the plan that are plants of 2020 stand.
        CHECK(std::none_of(projects.begin(), projects.end(), [](const auto& project) {
            return project.selected && project.existing.empty();
        }));
        CHECK(grown(year).empty());
    }
}

TEST_CASE("With every option built the district solves, closes, and runs every loop",
          "[validation][scenarios]") {
    const auto year = solved("all_options", 2030);
    for (const auto& project : year.scenario().projects) {
        CAPTURE(project.id);
        CHECK(project.selected == (project.id != "o_like_for_like_power"));
    }
    const auto closure = year.closure();
    CHECK(closure.balance < 1e-9);
    CHECK(closure.accounts < 1e-9);
    CHECK(closure.mass < 0.005);
    CHECK(closure.energy == 0.0);
    for (const auto* loop :
         {"chp_haibowan", "cog_ccpp", "orc", "power_xilaifeng", "recycled_lime_haihua",
          "carbide_haihua_recycled", "water_saline_mines", "claus_acid_gas", "desulph_salts",
          "gypsum_board", "heat_pump_town", "fuel_cell", "battery_storage", "co2_capture",
          "electrolysis_alkaline", "electrolysis_pem"}) {
        CAPTURE(loop);
        CHECK(year.activity(loop) > 0.0);
    }
}
