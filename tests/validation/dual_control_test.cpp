#include "support/catch.hpp"
#include "support/near.hpp"
#include "support/solved_year.hpp"
#include <chainsim/study/check_report.hpp>

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

// The dual control of a small district against the paper beside it: dual_control/README.md.

namespace {

using chainsim::study::Colour;
using chainsim::study::Judgement;
using chainsim::study::Verdict;
using chainsim::test::Near;

chainsim::study::Run case_run(const std::string& scenario) {
    return chainsim::study::open(
               chainsim::test::source("tests/validation/dual_control/" + scenario))
        .run();
}

const Judgement& policy(const chainsim::study::YearRun& year, const std::string& id) {
    const auto& all = year.policies();
    const auto found =
        std::find_if(all.begin(), all.end(), [&id](const Judgement& one) { return one.id == id; });
    REQUIRE(found != all.end());
    return *found;
}

double remark(const Judgement& judged, const std::string& id) {
    const auto found = std::find_if(judged.remarks.begin(), judged.remarks.end(),
                                    [&id](const auto& one) { return one.id == id; });
    REQUIRE(found != judged.remarks.end());
    return found->value;
}

} // namespace

SCENARIO("The dual control of a district is what paper says", "[validation][dual_control]") {
    GIVEN("the rule that deducts raw material and non-fossil energy") {
        const auto run = case_run("deducted.yaml");
        const auto& year = run.year(2025);
        THEN("total, deductions and what is controlled agree") {
            CHECK_THAT(year.indicator("energy_total_equivalent").in("tce"),
                       Near(2'913'200.0, 1e-9, "tce"));
            CHECK_THAT(year.indicator("energy_feedstock").in("tce"), Near(450'000.0, 1e-9, "tce"));
            CHECK_THAT(year.indicator("energy_renewable").in("tce"), Near(119'200.0, 1e-9, "tce"));
            CHECK_THAT(year.indicator("energy_controlled").in("tce"),
                       Near(2'344'000.0, 1e-9, "tce"));
            CHECK_THAT(year.indicator("gdp_given").in("万元"), Near(1'276'281.5625, 1e-9, "万元"));
            CHECK_THAT(year.indicator("energy_intensity").in("tce/万元"),
                       Near(1.8365853, 1e-7, "tce/万元"));
        }
        THEN("the rest of the economy is what the plants leave of the GDP that is given") {
            CHECK_THAT(year.indicator("gdp_rest").in("CNY") +
                           (year.indicator("gdp").in("CNY") - 90e8),
                       Near(1.2762815625e10, 1e-9, "CNY"));
        }
        THEN("the drop, its margin and the room in tce agree") {
            const auto& judged = policy(year, "intensity");
            CHECK(judged.verdict == Verdict::met);
            CHECK(judged.colour == Colour::green);
            CHECK_FALSE(judged.illustration);
            CHECK_THAT(judged.value, Near(23.47561, 1e-6, "%"));
            CHECK_THAT(judged.bound, Near(15.0, 1e-12, "%"));
            CHECK_THAT(judged.margin, Near(8.47561, 1e-6, "%"));
            CHECK_THAT(judged.turns_at, Near(23.47561, 1e-6, "%"));
            CHECK_THAT(remark(judged, "room"), Near(259'614.39, 1e-6, "tce"));
            CHECK_THAT(remark(judged, "allowed_growth"), Near(8.4839, 1e-5, "%"));
        }
        THEN("so does the rise") {
            const auto& judged = policy(year, "rise");
            CHECK_THAT(judged.value, Near(-56'000.0, 1e-9, "tce"));
            CHECK_THAT(judged.margin, Near(259'600.0, 1e-9, "tce"));
        }
        THEN("within the period what is due by the year is asked for") {
            const auto& first = policy(run.year(2021), "intensity");
            CHECK_THAT(first.value, Near(12.89683, 1e-6, "%"));
            CHECK_THAT(first.bound, Near(3.1981, 1e-5, "%"));
            CHECK_THAT(policy(run.year(2021), "rise").bound, Near(40'720.0, 1e-9, "tce"));
            const auto& third = policy(run.year(2023), "intensity");
            CHECK_THAT(third.value, Near(15.63186, 1e-6, "%"));
            CHECK_THAT(third.bound, Near(9.290796, 1e-6, "%"));
        }
    }
    GIVEN("the same district, raw material counted in both years") {
        const auto run = case_run("counted.yaml");
        const auto& year = run.year(2025);
        CHECK(year.indicator("energy_feedstock").in("tce") == 0.0);
        CHECK_THAT(year.indicator("energy_controlled").in("tce"), Near(2'794'000.0, 1e-9, "tce"));
        const auto& judged = policy(year, "intensity");
        CHECK_THAT(judged.value, Near(24.51133, 1e-6, "%"));
        CHECK_THAT(remark(judged, "room"), Near(352'034.05, 1e-6, "tce"));
        CHECK_THAT(policy(year, "rise").value, Near(-106'000.0, 1e-9, "tce"));
    }
}

SCENARIO("Without base figures there is no verdict, and what can be said is said",
         "[validation][dual_control]") {
    const auto run = case_run("no_base.yaml");
    const auto& judged = policy(run.year(2025), "intensity");
    CHECK(judged.verdict == Verdict::undetermined);
    CHECK(judged.missing == std::vector<std::string>{"E_0", "F_0", "NF_0", "GDP_0"});
    CHECK_THAT(remark(judged, "allowed_growth"), Near(8.4839, 1e-5, "%"));
    const auto text = chainsim::study::check_text(
        {run, 2025, {}, {}, {}, {}, {}},
        {.language = chainsim::table::Language::en, .width = 0, .all = false, .project = {}});
    CHECK(text.find("E_0, F_0, NF_0, GDP_0") != std::string::npos);
    CHECK(text.find("8.484 %") != std::string::npos);
}

SCENARIO("On estimated base figures the verdict of the plan is an illustration with its range",
         "[validation][dual_control]") {
    const auto run =
        chainsim::study::open(chainsim::test::source("scenarios/hainan/plan_2025.yaml")).run();
    const auto& judged = policy(run.year(2025), "energy_intensity_14");
    CHECK(judged.illustration);
    REQUIRE(judged.range.has_value());
    CHECK(judged.range->first < judged.value);
    CHECK(judged.value < judged.range->second);
    const auto& carbon = policy(run.year(2025), "carbon_intensity_14");
    CHECK(carbon.verdict == Verdict::undetermined);
    CHECK(carbon.missing == std::vector<std::string>{"CO2_0"});
}

SCENARIO("Certificates from elsewhere count up to their cap", "[validation][dual_control]") {
    const auto run = case_run("certificates.yaml");
    for (const auto& [year, counted] : {std::pair(2023, 59'600.0), std::pair(2025, 150'000.0)}) {
        INFO(year);
        const auto& one = run.year(year);
        CHECK_THAT(one.indicator("energy_certificates").in("tce"), Near(counted, 1e-9, "tce"));
        CHECK_THAT(one.indicator("energy_renewable").in("tce"),
                   Near(119'200.0 + counted, 1e-9, "tce"));
        CHECK_THAT(one.indicator("energy_controlled").in("tce"),
                   Near(2'344'000.0 - counted, 1e-9, "tce"));
        // the consumption itself is what it was
        CHECK_THAT(one.indicator("energy_total_equivalent").in("tce"),
                   Near(2'913'200.0, 1e-9, "tce"));
    }
}

SCENARIO("A group of plants has accounts and a target of its own", "[validation][dual_control]") {
    const auto run = case_run("certificates.yaml");
    const auto& year = run.year(2025);
    THEN("its energy is what crosses the boundaries of its plants") {
        CHECK_THAT(year.indicator("energy_calorific_of_works").in("tce"),
                   Near(511'450.0, 1e-9, "tce"));
        CHECK_THAT(year.indicator("energy_equivalent_of_works").in("tce"),
                   Near(599'000.0, 1e-9, "tce"));
        CHECK_THAT(year.indicator("value_added_of_works").in("CNY"), Near(475e6, 1e-9, "CNY"));
        CHECK_THAT(year.indicator("energy_intensity_of_works").in("tce/万元"),
                   Near(12.610526, 1e-7, "tce/万元"));
        CHECK_THAT(year.indicator("energy_equivalent_of_solar_owner").in("tce"),
                   Near(0.0, 1e-9, "tce"));
    }
    THEN("its drop since a base of its own is missed by a little") {
        const auto& judged = policy(year, "works_intensity");
        CHECK(judged.verdict == Verdict::missed);
        CHECK(judged.colour == Colour::orange);
        CHECK_THAT(judged.value, Near(9.924812, 1e-6, "%"));
        CHECK_THAT(judged.bound, Near(10.0, 1e-12, "%"));
        CHECK_THAT(policy(run.year(2023), "works_intensity").bound,
                   Near(100.0 * (1.0 - std::pow(0.9, 0.6)), 1e-9, "%"));
    }
    THEN("its rise has the range of its base") {
        const auto& judged = policy(year, "works_energy");
        CHECK(judged.unit == "tce");
        CHECK(judged.verdict == Verdict::met);
        CHECK_THAT(judged.value, Near(49'000.0, 1e-9, "tce"));
        REQUIRE(judged.range.has_value());
        CHECK_THAT(judged.range->first, Near(39'000.0, 1e-9, "tce"));
        CHECK_THAT(judged.range->second, Near(99'000.0, 1e-9, "tce"));
        CHECK_THAT(policy(run.year(2023), "works_energy").bound, Near(60'000.0, 1e-9, "tce"));
    }
    THEN("without base and target it is undetermined, and says what is missing") {
        const auto& judged = policy(year, "works_unknown");
        CHECK(judged.verdict == Verdict::undetermined);
        CHECK(judged.missing == std::vector<std::string>{"value_added_of_works[2020]", "R"});
    }
}

SCENARIO("Works that lose money are not judged by their energy per value added",
         "[validation][dual_control]") {
    const auto run = case_run("loss.yaml");
    const auto& year = run.year(2025);
    // 500,000 t x (2,000 - 2 x 1,500 + 0.5 x 500 - 300)
    CHECK_THAT(year.indicator("value_added_of_works").in("CNY"), Near(-525e6, 1e-9, "CNY"));
    const auto& judged = policy(year, "works_intensity");
    CHECK(judged.verdict == Verdict::undetermined);
    CHECK(judged.colour == Colour::none);
    CHECK(judged.missing == std::vector<std::string>{"value_added_of_works > 0"});
    // 100,000 MWh of the sun are curtailed: primary energy was no credit, and is no charge
    CHECK_THAT(year.indicator("energy_equivalent_of_solar_owner").in("tce"),
               Near(0.0, 1e-9, "tce"));
}

SCENARIO("Groups of the district agree with the plants one by one", "[validation][dual_control]") {
    const auto run =
        chainsim::study::open(chainsim::test::source("scenarios/hainan/plan_2025.yaml")).run();
    const auto& year = run.year(2025);
    for (const auto& group : run.scenario().groups) {
        INFO(group.id);
        double calorific = 0.0;
        double equivalent = 0.0;
        double flared = 0.0;
        for (const auto& one : year.energy().facilities) {
            if (group.holds(run.scenario().facilities[one.facility])) {
                calorific += one.calorific;
                equivalent += one.equivalent;
                flared += one.flared;
            }
        }
        // What is flared is spread over plants by what they would make, there by what they made.
        const double slack = 0.1 * flared + 1e-9 * equivalent;
        CHECK(std::abs(year.indicator("energy_calorific_of_" + group.id).in("tce") - calorific) <=
              slack);
        CHECK(std::abs(year.indicator("energy_equivalent_of_" + group.id).in("tce") - equivalent) <=
              slack);
    }
    double carbon = 0.0;
    for (const auto& one : year.carbon()) {
        carbon += one.total;
    }
    const double flares = year.indicator("co2_enterprise").in("t") - carbon;
    CHECK(flares >= 0.0);
    CHECK(flares < 0.02 * carbon);
}
