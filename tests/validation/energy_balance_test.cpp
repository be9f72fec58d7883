#include "support/catch.hpp"
#include "support/near.hpp"
#include "support/solved_year.hpp"
#include <chainsim/study/study.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <utility>

// The regional energy balance against the paper beside it, energy_balance/README.md, and against
// the accounts on every scenario of the district.

namespace {

using chainsim::accounts::EnergyBalance;
using chainsim::accounts::EnergyLine;
using chainsim::test::Near;

chainsim::study::Run run_of(const std::string& scenario) {
    return chainsim::study::open(chainsim::test::source(scenario)).run();
}

double tce(const EnergyBalance& balance, const std::string& line, const std::string& carrier) {
    const auto& columns = balance.columns;
    const auto found = std::find_if(columns.begin(), columns.end(),
                                    [&](const auto& one) { return one.id == carrier; });
    REQUIRE(found != columns.end());
    return balance.line(line)
        .by_carrier[static_cast<std::size_t>(found - columns.begin())]
        .calorific;
}

double term(const chainsim::accounts::EnergyBridge& bridge, const std::string& id) {
    const auto found = std::find_if(bridge.terms.begin(), bridge.terms.end(),
                                    [&](const auto& one) { return one.id == id; });
    REQUIRE(found != bridge.terms.end());
    return found->value;
}

/// Sum over a column of what comes in and goes out, by each of the three ways to count.
void check_columns(const EnergyBalance& balance) {
    for (std::size_t c = 0; c < balance.columns.size(); ++c) {
        const auto rest = balance.line("difference").by_carrier[c];
        double size = 1.0;
        for (const auto& line : balance.lines) {
            size = std::max(size, std::abs(line.by_carrier[c].physical));
        }
        INFO(balance.columns[c].id);
        CHECK(std::abs(rest.physical) <= 1e-9 * size);
        CHECK(std::abs(rest.calorific) <= 1e-9 * size);
        CHECK(std::abs(rest.equivalent) <= 1e-9 * size);
    }
}

} // namespace

SCENARIO("The energy balance of three plants is what paper says", "[validation][energy]") {
    const auto run = run_of("tests/validation/energy_balance/district.yaml");
    const auto& year = run.year(2020);
    const auto& balance = year.energy().balance;
    THEN("supply agrees, by carrier and in total") {
        CHECK_THAT(tce(balance, "primary_production", "coal"), Near(700'000.0, 1e-9, "tce"));
        CHECK_THAT(tce(balance, "brought_in", "power"), Near(14'625.1, 1e-9, "tce"));
        CHECK_THAT(tce(balance, "brought_in", "not_split"), Near(87'710.0, 1e-9, "tce"));
        CHECK_THAT(tce(balance, "sent_out", "coke"), Near(-285'000.0, 1e-9, "tce"));
        CHECK_THAT(balance.line("available").total.calorific, Near(275'335.1, 1e-9, "tce"));
        CHECK_THAT(balance.line("available").total.equivalent, Near(296'172.0, 1e-9, "tce"));
    }
    THEN("so do transformation, losses and final use") {
        CHECK_THAT(tce(balance, "coking", "coal"), Near(-420'000.0, 1e-9, "tce"));
        CHECK_THAT(balance.line("coking").total.calorific, Near(-63'000.0, 1e-9, "tce"));
        CHECK_THAT(balance.line("thermal_power").total.calorific, Near(-36'336.0, 1e-9, "tce"));
        CHECK_THAT(balance.line("losses_flared").total.calorific, Near(27'000.0, 1e-9, "tce"));
        CHECK_THAT(balance.line("industry").total.calorific, Near(30'564.1, 1e-9, "tce"));
        CHECK_THAT(balance.line("services").total.calorific, Near(58'771.0, 1e-9, "tce"));
        CHECK_THAT(balance.line("households").total.calorific, Near(18'435.0, 1e-9, "tce"));
        CHECK_THAT(balance.line("rest_not_split").total.calorific, Near(41'229.0, 1e-9, "tce"));
        CHECK(balance.line("raw_material").total.calorific == 0.0);
        check_columns(balance);
    }
    THEN("the bridge leads from the enterprises to the whole society") {
        const auto& bridge = year.energy().bridge;
        CHECK_THAT(term(bridge, "above_scale"), Near(154'442.1, 1e-9, "tce"));
        CHECK_THAT(term(bridge, "below_scale"), Near(2'458.0, 1e-9, "tce"));
        CHECK_THAT(term(bridge, "power_equivalent"), Near(20'836.9, 1e-9, "tce"));
        CHECK_THAT(bridge.total, Near(296'172.0, 1e-9, "tce"));
        CHECK(std::abs(bridge.difference) <= 1e-6);
    }
    THEN("the coke works is charged with what it flares and with its water") {
        const auto& all = year.energy().facilities;
        const auto found = std::find_if(all.begin(), all.end(), [&](const auto& one) {
            return run.scenario().facilities[one.facility].id == "coke_works";
        });
        REQUIRE(found != all.end());
        CHECK_THAT(found->taken, Near(448'106.1, 1e-9, "tce"));
        CHECK_THAT(found->given, Near(357'000.0, 1e-9, "tce"));
        CHECK_THAT(found->flared, Near(27'000.0, 1e-9, "tce"));
        CHECK_THAT(found->media, Near(38.565, 1e-9, "tce"));
        CHECK_THAT(found->calorific, Near(118'144.665, 1e-9, "tce"));
        CHECK_THAT(found->equivalent, Near(119'720.565, 1e-9, "tce"));
    }
}

TEST_CASE("On every scenario the columns sum and the bridge closes on the energy total",
          "[validation][energy]") {
    for (const std::string name :
         {"base_2020", "plan_2025", "pathway_2035", "coke_first", "chemicals_first", "hydrogen",
          "drought", "no_new_capacity", "stress_prices", "all_options"}) {
        const auto run = run_of("scenarios/hainan/" + name + ".yaml");
        for (const auto& year : run.years()) {
            INFO(name << ' ' << year.year());
            const auto& energy = year.energy();
            check_columns(energy.balance);
            CHECK_THAT(energy.balance.line("consumption").total.calorific,
                       Near(year.indicator("energy_total_calorific").in("tce"), 1e-9, "tce"));
            CHECK_THAT(energy.balance.line("consumption").total.equivalent,
                       Near(year.indicator("energy_total_equivalent").in("tce"), 1e-9, "tce"));
            CHECK(std::abs(energy.bridge.difference) <= 1e-9 * energy.bridge.total);
            // Every plant of the district says which industry it is of, and all sectors are named.
            CHECK(std::abs(energy.balance.line("not_classified").total.calorific) <= 1e-6);
            CHECK(std::abs(energy.balance.line("rest_not_split").total.calorific) <= 1e-3);
        }
    }
}

TEST_CASE("Coke of top-charged ovens with dry quenching costs the district about 0.10 tce/t",
          "[validation][energy]") {
    // What such works lose and burn, less the steam of dry quenching; an independent estimate.
    const auto run = run_of("scenarios/hainan/plan_2025.yaml");
    const auto& year = run.year(2025);
    std::map<std::string, std::pair<double, double>> by_process; // tce, units made
    for (const auto& one : year.energy().facilities) {
        const auto& facility = run.scenario().facilities[one.facility];
        auto& sum = by_process[run.scenario().model.processes[facility.process_in(2025)].id];
        sum.first += one.calorific - one.media;
        sum.second += year.activity(one.facility);
    }
    const auto per_unit = [&](const std::string& process) {
        const auto& [energy, made] = by_process.at(process);
        return energy / made;
    };
    const auto& [wet, wet_made] = by_process.at("coke_wet_quenching");
    const double coke = by_process.at("coke_dry_quenching").second + wet_made;
    double cleaning = 0.0;
    for (const char* step :
         {"cog_desulphurisation", "cog_ammonium_sulphate", "cog_benzol_washing"}) {
        cleaning += by_process.at(step).first / coke;
    }
    CHECK_THAT(per_unit("coking_top_charging") + per_unit("coke_dry_quenching") + cleaning,
               Near(0.10, 0.15, "tce/t"));
    // Stamp-charged ovens, wet quenched, lose twice as much: no steam, and more gas to the ovens.
    CHECK(per_unit("coking_stamp_charging") + wet / wet_made > 0.15);
}
