#include "program.hpp"
#include "support/catch.hpp"
#include "support/near.hpp"

#include <map>
#include <string>

// The starter district is invented, so nothing in it is right or wrong by a source: what is held
// here is its arithmetic, done by hand, and the story that its README tells.

using chainsim::test::call;
using chainsim::test::Near;
using chainsim::test::Scratch;

namespace {

/// The years of a scenario of the tutorial, by year; the program must end with 0.
std::map<int, nlohmann::json> years_of(const std::string& scenario) {
    const Scratch scratch;
    const auto ended =
        call({"run", "scenarios/tutorial/" + scenario, "--json", "-o", (scratch / "run").string()});
    INFO(ended.errors);
    REQUIRE(ended.code == 0);
    std::map<int, nlohmann::json> result;
    const auto summary = ended.json();
    for (const auto& year : summary.at("years")) {
        result.emplace(year.at("year").get<int>(), year);
    }
    return result;
}

const nlohmann::json& with_id(const nlohmann::json& list, const std::string& id) {
    for (const auto& one : list) {
        if (one.at("id") == id) {
            return one;
        }
    }
    FAIL("no '" << id << "'");
    return list;
}

double made(const nlohmann::json& year, const std::string& facility) {
    return with_id(year.at("facilities"), facility).at("activity").get<double>();
}

/// What holds a facility: `feedstock: hot_coke`, or `capacity`.
std::string binding(const nlohmann::json& year, const std::string& facility) {
    const auto& found = with_id(year.at("facilities"), facility).at("binding");
    const auto& commodity = found.at("commodity");
    return found.at("kind").get<std::string>() +
           (commodity.is_string() ? ": " + commodity.get<std::string>() : std::string());
}

double flared(const nlohmann::json& year, const std::string& gas) {
    return with_id(year.at("commodities"), gas).at("disposed").get<double>();
}

double indicator(const nlohmann::json& year, const std::string& id) {
    return year.at("indicators").at(id).at("value").get<double>();
}

} // namespace

TEST_CASE("The starter district is valid", "[cli][tutorial]") {
    const auto ended = call({"validate", "scenarios/tutorial", "--quiet"});
    CHECK(ended.code == 0);
    CHECK(ended.output.empty());
    CHECK(ended.errors.empty());
}

TEST_CASE("The starter district runs as its own arithmetic says", "[cli][tutorial]") {
    const auto years = years_of("base_2025.yaml");
    REQUIRE(years.size() == 1);
    const auto& year = years.at(2025);
    // 1,060 kt/a of hot coke at 85 %; 1.06 t of it a t of coke; 474 m3 of gas a t, of which each
    // step of cleaning gives 1 in 1.006, 1.006 and 1.007.
    CHECK_THAT(made(year, "ovens"), Near(901e3, 1e-9, "t"));
    CHECK_THAT(made(year, "quench"), Near(850e3, 1e-9, "t"));
    const double gas = 901.0 * 474.0 / (1.006 * 1.006 * 1.007);
    CHECK_THAT(made(year, "benzol_washing"), Near(gas, 1e-9, "1000 m3"));
    CHECK(flared(year, "coke_oven_gas") > 0.45 * gas);
    CHECK(flared(year, "coke_oven_gas") < 0.55 * gas);
    CHECK(indicator(year, "value_added") < 0.0);

    const std::map<std::string, std::string> expected{
        {"ovens", "capacity"},
        {"quench", "feedstock: hot_coke"},
        {"desulphurisation", "feedstock: crude_coke_oven_gas"},
        {"ammonium_sulphate", "feedstock: desulphurised_coke_oven_gas"},
        {"benzol_washing", "feedstock: deammoniated_coke_oven_gas"},
        {"liquor", "feedstock: ammonia_liquor"},
        {"boiler", "demand: steam"},
        {"heater", "demand: process_heat"},
        {"cooling", "demand: cooling_water"},
        {"makeup", "demand: makeup_water"},
    };
    CHECK(year.at("facilities").size() == expected.size());
    for (const auto& [facility, held] : expected) {
        INFO(facility);
        CHECK(binding(year, facility) == held);
    }
}

TEST_CASE("The project of the starter district uses the gas that was flared", "[cli][tutorial]") {
    const auto years = years_of("methanol_2030.yaml");
    REQUIRE(years.size() == 2);
    const auto& before = years.at(2025);
    const auto& after = years.at(2030);
    CHECK(binding(before, "methanol") == "not_built");
    CHECK(binding(after, "methanol") == "capacity");
    CHECK_THAT(made(after, "methanol"), Near(100e3, 1e-9, "t"));
    CHECK_THAT(made(after, "oxygen"), Near(100.0 * 454.2, 1e-9, "1000 m3"));
    CHECK(flared(after, "coke_oven_gas") < 0.05 * flared(before, "coke_oven_gas"));
    CHECK(flared(after, "methanol_purge_gas") > 0.0);
    CHECK(indicator(after, "value_added") > 0.0);
    CHECK(indicator(after, "co2_fuel") < indicator(before, "co2_fuel"));

    // Close to the cap of 2.5 million m3, and below it.
    CHECK(indicator(after, "fresh_water") > 2.0e6);
    for (const auto& policy : after.at("policies")) {
        CHECK(policy.at("verdict") == (policy.at("id") == "water_cap" ? "met" : "not_applicable"));
    }
    for (const auto& [number, year] : years) {
        INFO(number);
        CHECK(year.at("closure").at("balance").get<double>() <= 1e-9);
        CHECK(year.at("closure").at("accounts").get<double>() <= 1e-9);
    }
}
