#include "support/catch.hpp"
#include "support/near.hpp"
#include "support/scratch.hpp"
#include "support/solved_year.hpp"
#include <chainsim/study/run_folder.hpp>
#include <chainsim/study/solve_for.hpp>
#include <chainsim/study/study.hpp>
#include <chainsim/study/summary.hpp>
#include <chainsim/study/tables.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

// What becomes of a run when the statistics have a word in it.

namespace {

using chainsim::study::Basis;
using chainsim::test::Near;
using chainsim::test::source;
namespace model = chainsim::model;
namespace study = chainsim::study;

constexpr const char* energy = "energy_total_equivalent";
constexpr double told_2025 = 451'049.0; // tce, of scenarios/tutorial/actuals.csv
constexpr double gdp_2025 = 2.44027e9;  // CNY, the sum of its months

const study::Study& told_desk() {
    static const auto opened = study::open(source("scenarios/tutorial/desk_2030.yaml"));
    return opened;
}

const study::Run& desk_run() {
    static const auto run = told_desk().run();
    return run;
}

double tce(const study::YearRun& year) { return year.indicator(energy).in("tce"); }
double planned_tce(const study::YearRun& year) { return year.planned(energy).in("tce"); }

const study::Judgement& told_policy(const study::YearRun& year, const std::string& id) {
    const auto found = std::find_if(year.policies().begin(), year.policies().end(),
                                    [&id](const auto& one) { return one.id == id; });
    REQUIRE(found != year.policies().end());
    return *found;
}

model::Actual figure_of(int year, const std::string& indicator, double value) {
    model::Actual one;
    one.year = year;
    one.boundary = "district";
    one.indicator = indicator;
    one.value = value;
    one.grade = model::ReportGrade::verified;
    return one;
}

/// The desk on a single figure of the statistics.
study::Study desk_told(int year, const std::string& indicator, double value) {
    return study::with_actuals(told_desk(), {"one.csv", {figure_of(year, indicator, value)}});
}

} // namespace

SCENARIO("What the statistics tell of a year replaces the model", "[validation][actuals]") {
    const auto& year = desk_run().year(2025);
    CHECK_THAT(tce(year), Near(told_2025, 1e-12, "tce"));
    CHECK(year.basis_of(energy) == Basis::actual);
    CHECK(planned_tce(year) != told_2025);
    // nothing tells of water
    CHECK(year.basis_of("fresh_water") == Basis::planned);
    CHECK(year.indicator("fresh_water").in("m^3") == year.planned("fresh_water").in("m^3"));
    // a quotient of what is told is told; a policy is judged on it
    CHECK_THAT(year.indicator("energy_intensity").in("tce/万元"),
               Near(told_2025 / gdp_2025 * 1e4, 1e-9, "tce"));
    CHECK(told_policy(year, "energy_cap").basis == Basis::actual);
    CHECK_THAT(told_policy(year, "energy_cap").value, Near(told_2025, 1e-12, "tce"));
}

SCENARIO("A forecast starts from the last year that is told", "[validation][actuals]") {
    const auto& base = desk_run().year(2025);
    const auto& year = desk_run().year(2030);
    const double by_hand = planned_tce(year) + (told_2025 - planned_tce(base));
    CHECK_THAT(tce(year), Near(by_hand, 1e-12, "tce"));
    CHECK(year.basis_of(energy) == Basis::expected);
    // controlled energy moves by as much
    CHECK_THAT(year.indicator("energy_controlled").in("tce") -
                   year.planned("energy_controlled").in("tce"),
               Near(told_2025 - planned_tce(base), 1e-9, "tce"));

    WHEN("the year is run alone, it rests on the same year") {
        const auto alone = told_desk().run(2030);
        REQUIRE(alone.years().size() == 1);
        CHECK(tce(alone.years().front()) == tce(year));
    }
    WHEN("what is asked of it is solved, it is asked of the same figures") {
        const auto answers =
            study::solve_for(told_desk().scenario(), 2025,
                             study::read_question("energy", told_desk().scenario()), "energy_cap");
        REQUIRE(answers.size() == 1);
        CHECK_THAT(answers.front().needed, Near(told_2025 - 450'000.0, 1e-9, "tce"));
    }
    WHEN("nothing is told, the model speaks alone") {
        const auto run = study::with_actuals(told_desk(), {}).run();
        CHECK_FALSE(run.year(2025).is_told());
        CHECK(tce(run.year(2030)) == planned_tce(year));
    }
}

SCENARIO("GDP as given grows from what is told, and amounts of plants keep their ratio",
         "[validation][actuals]") {
    const auto& year = desk_run().year(2030);
    CHECK_THAT(year.indicator("gdp_given").in("CNY"),
               Near(gdp_2025 * std::pow(1.05, 5.0), 1e-9, "CNY"));
    const double made = desk_run().year(2025).planned("made_coke").in("t");
    const auto run = desk_told(2025, "made_coke", 0.5 * made).run();
    CHECK_THAT(run.year(2030).indicator("made_coke").in("t"),
               Near(0.5 * run.year(2030).planned("made_coke").in("t"), 1e-9, "t"));
}

SCENARIO("Statistics older than the model's base year anchor nothing", "[validation][actuals]") {
    const auto run = desk_told(1990, energy, 3e5).run();
    CHECK_FALSE(run.year(2025).is_told());
    CHECK_FALSE(run.year(2030).is_told());
}

SCENARIO("A deduction that is told moves controlled energy", "[validation][actuals]") {
    const auto plan = study::open(source("scenarios/hainan/plan_2025.yaml"));
    const auto told =
        study::with_actuals(
            plan,
            {"two.csv", {figure_of(2025, "energy_feedstock", 1e5), figure_of(2025, energy, 9e6)}})
            .run(2025);
    const auto& year = told.years().front();
    const double non_fossil = year.planned("energy_renewable").in("tce");
    CHECK_THAT(year.indicator("energy_controlled").in("tce"),
               Near(9e6 - 1e5 - non_fossil, 1e-9, "tce"));
    CHECK(year.basis_of("energy_controlled") == Basis::expected); // non-fossil energy is planned
}

SCENARIO("A year that lacks a month is no ground for a verdict", "[validation][actuals]") {
    auto actuals = told_desk().scenario().actuals;
    std::erase_if(actuals.figures, [](const model::Actual& one) {
        return one.indicator == energy && one.enterprise.empty() && one.year == 2025 &&
               one.month.value_or(3) == 3; // March, and the yearbook
    });
    const auto run = study::with_actuals(told_desk(), std::move(actuals)).run(2025);
    const auto& cap = told_policy(run.years().front(), "energy_cap");
    CHECK(cap.verdict == study::Verdict::undetermined);
    CHECK(cap.missing == std::vector<std::string>{"2025-03"});
    CHECK(told_policy(run.years().front(), "intensity_14").verdict == study::Verdict::undetermined);
}

SCENARIO("What is tried of an unknown moves no year that is over", "[validation][actuals]") {
    auto world = desk_told(2025, "value_added", 1e8).scenario();
    model::Policy floor;
    floor.id = "added_floor";
    floor.name = {"增加值", "value added"};
    floor.indicator = "value_added";
    floor.from = 2030;
    floor.unit = "CNY";
    model::Datum bound;
    bound.value = {2e9, chainsim::units::Unit::parse("CNY")};
    floor.at_least = model::Path(bound);
    world.policies = model::Registry<model::Policy>(std::vector{floor});
    const auto answers =
        study::solve_for(world, 2030, study::read_question("price:coke", world), "added_floor");
    REQUIRE(answers.size() == 1);
    CHECK(answers.front().answered == study::Answered::found);
}

SCENARIO("A figure of the past moves no year before it", "[validation][actuals]") {
    const auto run = desk_told(2030, energy, 5e5).run();
    CHECK_FALSE(run.year(2025).is_told());
    CHECK_THAT(tce(run.year(2030)), Near(5e5, 1e-12, "tce"));
    CHECK(run.year(2030).confidence().at(energy).at(
              static_cast<std::size_t>(model::Confidence::verified)) == 1.0);
}

SCENARIO("A quotient told alone moves with the model by its ratio", "[validation][actuals]") {
    constexpr const char* intensity = "energy_intensity";
    const auto& base = desk_run().year(2025).planned(intensity);
    const auto run = desk_told(2025, intensity, 2.0 * base.number()).run();
    CHECK_THAT(run.year(2025).indicator(intensity).number(),
               Near(2.0 * base.number(), 1e-12, "tce/CNY"));
    CHECK_THAT(run.year(2030).indicator(intensity).number(),
               Near(2.0 * run.year(2030).planned(intensity).number(), 1e-12, "tce/CNY"));
    CHECK(run.year(2030).basis_of(intensity) == Basis::expected);
}

SCENARIO("The bridge closes on what is told by a statistical difference", "[validation][actuals]") {
    for (const auto& year : desk_run().years()) {
        const auto& bridge = year.energy().bridge;
        const double sum =
            std::accumulate(bridge.terms.begin(), bridge.terms.end(), 0.0,
                            [](double all, const auto& term) { return all + term.value; });
        CHECK_THAT(sum, Near(tce(year), 1e-9, "tce"));
        CHECK_THAT(bridge.total, Near(tce(year), 1e-9, "tce"));
        const auto found =
            std::find_if(bridge.terms.begin(), bridge.terms.end(),
                         [](const auto& term) { return term.id == "statistical_difference"; });
        REQUIRE(found != bridge.terms.end());
        CHECK_THAT(found->value, Near(tce(year) - planned_tce(year), 1e-9, "tce"));
    }
}

SCENARIO("Every figure says what it is", "[validation][actuals]") {
    for (const auto& table : study::tables_of(desk_run())) {
        INFO(table.name());
        const auto& cells = std::get<std::vector<std::string>>(table.column("basis").cells);
        CHECK(std::all_of(cells.begin(), cells.end(), [](const std::string& one) {
            return one == "actual" || one == "expected" || one == "planned";
        }));
    }
    const auto json = nlohmann::json::parse(study::summary_json(desk_run()));
    const auto& years = json.at("years");
    const auto& told = years.at(0).at("indicators").at(energy);
    CHECK(told.at("basis") == "actual");
    CHECK(told.at("planned") == planned_tce(desk_run().year(2025)));
    CHECK(years.at(0).at("basis") == "planned");
    for (const auto& one : years.at(1).at("policies")) {
        CHECK(one.contains("basis"));
    }
}

SCENARIO("A run folder keeps the statistics that it was made of", "[validation][actuals]") {
    const chainsim::test::Scratch scratch;
    const auto folder = scratch / "run";
    study::write_run(desk_run(), folder);
    CHECK(std::filesystem::exists(folder / "inputs" / "scenarios" / "tutorial" / "actuals.csv"));
    CHECK(study::summary_json(study::open(folder).run()) == study::summary_json(desk_run()));
}
