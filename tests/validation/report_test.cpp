#include "support/catch.hpp"
#include "support/near.hpp"
#include "support/solved_year.hpp"
#include <chainsim/study/budget.hpp>
#include <chainsim/study/check_report.hpp>
#include <chainsim/study/feasibility.hpp>
#include <chainsim/study/report.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <string>
#include <vector>

// The two-page report says what the accounts behind it say.

namespace {

using chainsim::test::Near;
using chainsim::test::source;
using Json = nlohmann::json;
namespace study = chainsim::study;

const study::Study& reported_plan() {
    static const auto opened = study::open(source("scenarios/hainan/plan_2025.yaml"));
    return opened;
}

Json report_of(const std::vector<study::Study>& studies) {
    return Json::parse(study::page_json(study::report_page(studies)));
}

const Json& plan_report() {
    static const auto report = report_of({reported_plan()});
    return report;
}

const Json& row(const Json& report, const std::string& part, const std::string& id) {
    const auto& rows = report.at(part);
    const auto found = std::find_if(rows.begin(), rows.end(),
                                    [&id](const Json& one) { return one.at("id") == id; });
    REQUIRE(found != rows.end());
    return *found;
}

double number_in(const Json& report, const std::string& part, const std::string& id,
                 const std::string& column) {
    return row(report, part, id).at(column).at("value").get<double>();
}

} // namespace

SCENARIO("The first screen agrees with check, budget and feasibility", "[validation][report]") {
    const auto& report = plan_report();
    CHECK(report.at("schema") == "chainsim.report/1");
    CHECK(report.at("year") == 2025);
    CHECK(report.at("verdict") == "missed");
    const auto checked = study::check(reported_plan(), {});
    for (const auto& policy : checked.run.year(2025).policies()) {
        if (policy.id == "energy_intensity_14") {
            CHECK_THAT(number_in(report, "first_screen", "intensity", "value"),
                       Near(policy.value, 1e-12, "%"));
            CHECK_THAT(number_in(report, "targets", policy.id, "margin"),
                       Near(policy.margin, 1e-12, "%"));
        }
    }
    const auto accounts = study::budgets(reported_plan());
    REQUIRE_FALSE(accounts.empty());
    for (const auto& one : accounts.front().years) {
        if (one.year == 2025) {
            CHECK_THAT(number_in(report, "first_screen", "budget", "value"),
                       Near(one.left, 1e-9, "tce"));
        }
    }
    const auto needs = study::feasibility(reported_plan());
    CHECK_THAT(number_in(report, "access", "power", "needed"),
               Near(needs.needs.front().needed, 1e-9, "MW"));
    double five = 0.0;
    for (std::size_t i = 0; i < 5; ++i) {
        five += checked.weights.at(i).pull.controlled;
    }
    CHECK_THAT(number_in(report, "first_screen", "projects", "value"), Near(five, 1e-9, "tce"));
}

SCENARIO("The causes of the report add up to the change of its years", "[validation][report]") {
    const auto& report = plan_report();
    double sum = 0.0;
    for (const char* id : {"scale", "structure", "intensity", "other"}) {
        sum += number_in(report, "causes", id, "value");
    }
    const double before = number_in(report, "years", "energy_total_equivalent", "2020");
    const double after = number_in(report, "years", "energy_total_equivalent", "2025");
    CHECK_THAT(sum, Near(after - before, 1e-9, "tce"));
}

SCENARIO("A report has its parts in their order, and other scenarios beside it",
         "[validation][report]") {
    const std::vector<study::Study> studies{reported_plan(),
                                            study::open(source("scenarios/hainan/hydrogen.yaml"))};
    const auto page = study::report_page(studies);
    std::vector<std::string> ids;
    ids.reserve(page.parts.size());
    for (const auto& part : page.parts) {
        ids.push_back(part.id);
    }
    CHECK(ids == std::vector<std::string>{"first_screen", "conclusion", "rules", "targets", "years",
                                          "comparison", "causes", "projects", "access",
                                          "sensitivity", "risks", "sources"});
    const auto report = Json::parse(study::page_json(page));
    const auto other = studies.back().run(2025);
    CHECK_THAT(number_in(report, "comparison", "energy_controlled", "hydrogen"),
               Near(other.year(2025).planned("energy_controlled").in("tce"), 1e-9, "tce"));
    CHECK(number_in(report, "comparison", "energy_controlled", "plan_2025") ==
          number_in(plan_report(), "years", "energy_controlled", "2025"));
}

SCENARIO("What is actual is marked in the report", "[validation][report]") {
    const auto report = report_of({study::open(source("scenarios/tutorial/desk_2030.yaml"))});
    const auto& energy = row(report, "years", "energy_total_equivalent");
    CHECK(energy.at("2025").at("basis") == "actual");
    CHECK(energy.at("2030").at("basis") == "expected");
    CHECK_FALSE(row(report, "years", "fresh_water").at("2025").contains("basis"));
}
