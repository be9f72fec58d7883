#include "support/catch.hpp"
#include "support/solved_year.hpp"
#include <chainsim/io/csv.hpp>
#include <chainsim/io/file.hpp>
#include <chainsim/load/load_scenario.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

// What the 14th Five-Year Plan of the district names, against what the study holds. The lists in
// tests/validation/plan are copied from the plan.

using namespace chainsim;
using test::source;

namespace {

/// Column of a list by id.
std::map<std::string, std::string> column_of(const std::string& file, const std::string& name) {
    const auto table = io::from_csv(io::read_file(source("tests/validation/plan/" + file)), file);
    const auto& ids = table.column("id");
    const auto& values = table.column(name);
    std::map<std::string, std::string> result;
    for (std::size_t row = 0; row < table.rows(); ++row) {
        result.emplace(std::get<std::string>(ids.at(row)), std::get<std::string>(values.at(row)));
    }
    return result;
}

const model::Scenario& scenario_of_plan() {
    static const auto scenario = load::load_scenario(source("scenarios/hainan/plan_2025.yaml"));
    return scenario;
}

/// Projects that the study adds to those of the plan begin so: what the plan's text calls for
/// without naming a project, and options beyond it.
bool is_own(const std::string& id) { return id.starts_with("o_") || id.starts_with("p_"); }

/// Projects of which the plan states a sum over products that it does not name: the split is
/// assumed.
bool is_sum(const std::string& id) {
    return id == "b11_geruihuayang_polymers" || id == "b11_xinminghai_pharma" ||
           id == "b12_shengran_carbon";
}

} // namespace

TEST_CASE("Every project that the plan names is one entry of the study, and nothing else is",
          "[validation][plan]") {
    const auto named = column_of("projects.csv", "name_zh");
    REQUIRE(named.size() == 87);
    for (const auto& [id, name] : named) {
        INFO(id << " " << name);
        CHECK(scenario_of_plan().projects.contains(id));
    }
    for (const auto& project : scenario_of_plan().projects) {
        INFO(project.id);
        CHECK((is_own(project.id) || named.contains(project.id)));
    }
}

TEST_CASE("A project of the plan has an owner, a box, a status and land or plants",
          "[validation][plan]") {
    for (const auto& [id, given] : column_of("projects.csv", "capacity_given")) {
        if (!scenario_of_plan().projects.contains(id)) {
            continue; // told by the case above
        }
        const auto& project = scenario_of_plan().projects.at(id);
        CAPTURE(id);
        CHECK_FALSE(project.owner.empty());
        CHECK(project.name.zh != id);
        CHECK(project.name.en != id);
        CHECK(project.selected);
        const bool stands = !project.existing.empty();
        const bool does_something = stands || !project.facilities.empty() ||
                                    !project.retrofits.empty() || project.land ||
                                    !project.provenance.note.empty();
        CHECK(does_something);
        CHECK((project.kind == "infrastructure" || project.capacity ||
               !project.provenance.note.empty()));
        if (given == "yes") { // a figure of the plan: something of the project rests on it
            const bool is_seed = (project.capacity && project.capacity->provenance.confidence ==
                                                          model::Confidence::seed) ||
                                 std::any_of(project.facilities.begin(), project.facilities.end(),
                                             [](const std::string& facility) {
                                                 return scenario_of_plan()
                                                            .facilities.at(facility)
                                                            .capacity.provenance.confidence ==
                                                        model::Confidence::seed;
                                             });
            CHECK((is_seed || stands || is_sum(id)));
        }
    }
}

TEST_CASE("What is built in the plan has its schedule of investment", "[validation][plan]") {
    for (const auto& project : scenario_of_plan().projects) {
        if (project.selected && project.capex) {
            CAPTURE(project.id);
            CHECK_FALSE(project.schedule.empty());
        }
    }
}

TEST_CASE("Every target and rule of the plan is accounted for, in the plan's words",
          "[validation][plan]") {
    const auto quotes = column_of("targets.csv", "quote");
    REQUIRE(quotes.size() == 104);
    CHECK(scenario_of_plan().targets.size() == quotes.size());
    for (const auto& [id, quote] : quotes) {
        CAPTURE(id);
        REQUIRE(scenario_of_plan().targets.contains(id));
        CHECK(scenario_of_plan().targets.at(id).quote == quote);
    }
}

TEST_CASE("Growth of GDP is asked of the model's own base year", "[validation][plan]") {
    const test::SolvedYear base(source("scenarios/hainan/base_2020.yaml"), 2020);
    const auto& policy = scenario_of_plan().policies.at("gdp_growth");
    REQUIRE(policy.at_least);
    double expected = base.indicator("gdp");
    for (int year = policy.from; year <= policy.until.value(); ++year) {
        CAPTURE(year);
        expected *= 1.05; // the plan: about 5 % a year
        CHECK_THAT(policy.at_least->at(year).in("CNY"),
                   Catch::Matchers::WithinRel(expected, 0.005));
    }
}

TEST_CASE("Energy production is judged as output, which the nameplate of idle mines cannot meet",
          "[validation][plan]") {
    const auto& policy = scenario_of_plan().policies.at("energy_production");
    CHECK(policy.indicator == "energy_production");
    const test::SolvedYear base(source("scenarios/hainan/base_2020.yaml"), 2020);
    const double asked = policy.at_least->at(2025).in("tce");
    CHECK(base.indicator("energy_production") < asked);
    CHECK(base.indicator("energy_production_capacity") > asked); // the other reading
}
