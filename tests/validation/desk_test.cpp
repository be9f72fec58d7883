#include "support/catch.hpp"
#include "support/near.hpp"
#include "support/solved_year.hpp"
#include <chainsim/base/error.hpp>
#include <chainsim/study/admission.hpp>
#include <chainsim/study/budget.hpp>
#include <chainsim/study/card.hpp>
#include <chainsim/study/check_report.hpp>
#include <chainsim/study/evaluation.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

// The planner's desk against the paper beside it: desk/README.md.

namespace {

using Catch::Matchers::Contains;
using chainsim::test::Near;
using chainsim::test::source;
using Json = nlohmann::json;
namespace study = chainsim::study;

const study::Study& tutorial_desk() {
    static const auto opened = study::open(source("scenarios/tutorial/desk_2030.yaml"));
    return opened;
}

const study::Study& plan_desk() {
    static const auto opened = study::open(source("scenarios/hainan/plan_2025.yaml"));
    return opened;
}

/// A record of a scenario, to change.
template <class Record>
Record& record_of(chainsim::model::Registry<Record>& registry, const std::string& id) {
    std::uint32_t position = 0;
    while (position + 1 < registry.size() &&
           registry[chainsim::model::Index<Record>{position}].id != id) {
        ++position;
    }
    auto& found = registry[chainsim::model::Index<Record>{position}];
    REQUIRE(found.id == id);
    return found;
}

/// The tutorial's desk with the methanol project starting in another year.
study::Study moved_to(int start) {
    auto scenario = tutorial_desk().scenario();
    auto& project = record_of(scenario.projects, "gas_to_methanol");
    const int shift = start - project.start.value_or(start);
    project.start = start;
    for (const auto& id : project.facilities) {
        auto& facility = record_of(scenario.facilities, id);
        facility.start = facility.start.value_or(start) + shift;
    }
    return study::Study(std::move(scenario));
}

const study::BudgetYear& budget_year(const study::BudgetAccount& account, int year) {
    const auto found = std::find_if(account.years.begin(), account.years.end(),
                                    [year](const auto& one) { return one.year == year; });
    REQUIRE(found != account.years.end());
    return *found;
}

double line_of(const study::BudgetYear& year, study::BudgetLine line) {
    return year.lines.at(static_cast<std::size_t>(line));
}

/// What the methanol project adds to the controlled energy of a year, by two runs.
double methanol_in(int year) {
    auto without = tutorial_desk().scenario();
    for (const auto& id : record_of(without.projects, "gas_to_methanol").facilities) {
        record_of(without.facilities, id).start = 2200;
    }
    const auto controlled = [year](const study::Study& one) {
        return one.run(year).year(year).indicator("energy_controlled").in("tce");
    };
    return controlled(tutorial_desk()) - controlled(study::Study(std::move(without)));
}

Json page_of(const study::Page& page) { return Json::parse(study::page_json(page)); }

const Json& row_of(const Json& part, const std::string& id) {
    const auto found =
        std::find_if(part.begin(), part.end(), [&](const auto& one) { return one.at("id") == id; });
    INFO(id);
    REQUIRE(found != part.end());
    return *found;
}

} // namespace

SCENARIO("The energy budget follows the ledger on paper", "[validation][desk]") {
    const auto accounts = study::budgets(tutorial_desk());
    REQUIRE(accounts.size() == 2);
    const auto& account = accounts.front();
    REQUIRE(account.budget.kind == chainsim::model::BudgetKind::energy);
    const double first = methanol_in(2028);
    const double full = methanol_in(2029);
    CHECK_THAT(first, Near(13'805.0, 1e-4, "tce"));
    CHECK_THAT(full, Near(23'008.7, 1e-4, "tce"));
    double carried = 0.0;
    for (const auto& [year, taken] :
         {std::pair(2026, 0.0), std::pair(2027, 0.0), std::pair(2028, first),
          std::pair(2029, full - first), std::pair(2030, methanol_in(2030) - full)}) {
        INFO(year);
        const auto& one = budget_year(account, year);
        CHECK_THAT(line_of(one, study::BudgetLine::quota), Near(2'000.0, 1e-12, "tce"));
        CHECK(std::abs(line_of(one, study::BudgetLine::carried) - carried) < 1e-3);
        CHECK(std::abs(line_of(one, study::BudgetLine::approved) - taken) < 1e-3);
        carried += 2'000.0 - taken;
        CHECK(std::abs(one.left - carried) < 1e-3);
    }
    CHECK(account.first_red == 2028);
    CHECK(account.illustration);
}

SCENARIO("The carbon budget gains what the gas no longer burnt emitted", "[validation][desk]") {
    const auto accounts = study::budgets(tutorial_desk());
    REQUIRE(accounts.size() == 2);
    const auto& account = accounts.back();
    CHECK(account.budget.kind == chainsim::model::BudgetKind::carbon);
    CHECK_FALSE(account.first_red);
    const auto& year = budget_year(account, 2028);
    CHECK_THAT(line_of(year, study::BudgetLine::quota), Near(10'000.0, 1e-12, "t"));
    CHECK(line_of(year, study::BudgetLine::approved) < 0.0);
    CHECK_THAT(year.left, Near(line_of(year, study::BudgetLine::quota) +
                                   line_of(year, study::BudgetLine::carried) -
                                   line_of(year, study::BudgetLine::approved),
                               1e-9, "t"));
}

SCENARIO("An approved project that moves a year later moves the first red year",
         "[validation][desk]") {
    CHECK(study::budgets(moved_to(2029)).front().first_red == 2029);
    const auto account = study::budgets(moved_to(2029)).front();
    CHECK_THAT(budget_year(account, 2028).left, Near(6'000.0, 1e-9, "tce"));
    CHECK_FALSE(study::budgets(moved_to(2031)).front().first_red);
}

SCENARIO("What projects take of the budget over the years is their weight in a check",
         "[validation][desk]") {
    const auto account = study::budgets(plan_desk()).front();
    const auto report = study::check(plan_desk(), {2025});
    REQUIRE_FALSE(report.weights.empty());
    for (const auto& weight : report.weights) {
        const auto& id = plan_desk().scenario().projects[weight.pull.project].id;
        double sum = 0.0;
        for (const auto& year : account.years) {
            for (const auto& item : year.items) {
                sum +=
                    item.id == id && item.line >= study::BudgetLine::approved && year.year <= 2025
                        ? item.amount
                        : 0.0;
            }
        }
        INFO(id);
        CHECK(std::abs(sum - weight.pull.controlled) < 1e-3 + 1e-9 * std::abs(sum));
    }
    // and with the rest it is the rise that is judged
    for (const auto& year : account.years) {
        const double taken = line_of(year, study::BudgetLine::approved) +
                             line_of(year, study::BudgetLine::built) +
                             line_of(year, study::BudgetLine::proposed) -
                             line_of(year, study::BudgetLine::closures) -
                             line_of(year, study::BudgetLine::retrofits) -
                             line_of(year, study::BudgetLine::certificates) + year.others;
        INFO(year.year);
        CHECK(std::abs(taken - year.rise) < 1.0);
    }
    // no quota is guessed for the plan whose targets are not published
    CHECK(std::isnan(budget_year(account, 2026).left));
    CHECK(budget_year(account, 2026).missing == std::vector<std::string>{"quota"});
}

SCENARIO("The card of a coke project shows access before all else, and no verdict behind it",
         "[validation][desk]") {
    const auto page = study::card_page(plan_desk(), "b09_aoli_coke_glassfibre_park");
    REQUIRE_FALSE(page.parts.empty());
    CHECK(page.parts.front().id == "access");
    const auto card = page_of(page);
    CHECK(card.at("conclusion") == "barred");
    const auto& capacity = row_of(card.at("access"), "capacity_frozen_2021_coke");
    CHECK_THAT(capacity.at("required").at("value").get<double>(), Near(3.75e6, 1e-9, "t"));
    CHECK_THAT(capacity.at("covered").at("value").get<double>(), Near(1e6, 1e-9, "t"));
    CHECK(capacity.at("verdict") == "uncovered");
    for (std::size_t i = 1; i < page.parts.size(); ++i) {
        for (const auto& row : page.parts[i].rows) {
            for (const auto& cell : row.cells) {
                INFO(page.parts[i].id + "." + row.id);
                CHECK(cell.id != "met");
            }
        }
    }
}

SCENARIO("A card leaves no field empty without its reason, in both languages",
         "[validation][desk]") {
    for (const auto* id : {"b09_aoli_coke_glassfibre_park", "b10_huahai_bdo"}) {
        const auto page = study::card_page(plan_desk(), id);
        CHECK(page.parts.size() == 11);
        for (const auto& part : page.parts) {
            INFO(id << ' ' << part.id);
            CHECK((!part.rows.empty() || !part.notes.empty()));
            for (const auto& row : part.rows) {
                for (std::size_t c = 0; c < part.columns.size(); ++c) {
                    const auto& cell = row.cells[c];
                    const bool may_be_empty = part.columns[c] == "remark" ||
                                              (part.id == "energy" && row.id == "total") ||
                                              (part.id == "energy" && row.id == "others");
                    INFO(row.id << ' ' << part.columns[c]);
                    CHECK((may_be_empty ||
                           (cell.is_number ? !std::isnan(cell.value)
                                           : !cell.text.zh.empty() && !cell.text.en.empty())));
                }
            }
        }
    }
}

SCENARIO("A card agrees with the check of the project", "[validation][desk]") {
    const auto card = page_of(study::card_page(plan_desk(), "b10_huahai_bdo"));
    // carbide that nobody is recorded to have given up: open, and no bar
    CHECK(card.at("conclusion") == "undetermined");
    const auto check =
        Json::parse(study::check_json(study::check(plan_desk(), {2025}), "b10_huahai_bdo"));
    const auto& weight = check.at("projects").at("weights").at(0);
    const auto value = [&](const char* id) {
        return row_of(card.at("new_and_replaced"), id).at("value").at("value").get<double>();
    };
    CHECK(value("increment") == weight.at("energy").get<double>());
    CHECK(value("feedstock") == weight.at("energy_feedstock").get<double>());
    CHECK(value("controlled") == weight.at("energy_controlled").get<double>());
    CHECK(row_of(card.at("weight"), "m").at("value").at("value") == weight.at("m"));
    CHECK(row_of(card.at("economy"), "investment").at("value").at("value") ==
          check.at("economics").at(0).at("investment"));
}

SCENARIO("A coke works of 3 Mt invests less per mu than the recalled norm asks",
         "[validation][desk]") {
    auto scenario = plan_desk().scenario();
    const auto norm_of = [](const study::Study& one) {
        const auto report = study::admissions(one);
        return row_of(page_of(study::admission_page(report)).at("norms"),
                      "b09_aoli_coke_glassfibre_park_park_investment_intensity");
    };
    const auto planned = norm_of(plan_desk());
    CHECK_THAT(planned.at("value").at("value").get<double>(), Near(175.7, 1e-3, "万元/mu"));
    CHECK(planned.at("verdict") == "advice_missed");
    // the works alone
    auto& project = record_of(scenario.projects, "b09_aoli_coke_glassfibre_park");
    REQUIRE((project.capex && project.land));
    if (project.capex && project.land) {
        project.capex->value = {36.0, chainsim::units::Unit::parse("亿元")};
        project.land->value = {2100.0, chainsim::units::Unit::parse("mu")};
    }
    const auto alone = norm_of(study::Study(std::move(scenario)));
    CHECK_THAT(alone.at("value").at("value").get<double>(),
               Near(36e8 / 2100.0 / 1e4, 1e-9, "万元/mu"));
    CHECK_THAT(alone.at("bound").at("value").get<double>(), Near(220.0, 1e-9, "万元/mu"));
    CHECK(alone.at("verdict") == "advice_missed"); // the norm is recalled, and advises
    CHECK(alone.at("confidence") == "estimate");
}

SCENARIO("Enterprises are ranked by what their land brings, and the last ones named",
         "[validation][desk]") {
    const auto report = study::admissions(plan_desk());
    REQUIRE(report.land_users.size() > 10);
    CHECK(std::is_sorted(
        report.land_users.begin(), report.land_users.end(),
        [](const auto& a, const auto& b) { return a.value_added_per_mu < b.value_added_per_mu; }));
    CHECK(report.land_users.front().is_candidate);
    CHECK_FALSE(report.land_users.back().is_candidate);
    for (const auto& project : report.projects) {
        CHECK((std::isnan(project.score) || (project.score >= 0.0 && project.score <= 1.0)));
        CHECK(project.is_recalled);
    }
}

SCENARIO("A plan is evaluated on the statistics, and the causes leave no remainder",
         "[validation][desk]") {
    const auto evaluation = study::evaluate_plan(tutorial_desk(), 2025);
    const auto causes = evaluation.causes.value_or(study::Causes{});
    CHECK(causes.is_of_actuals);
    CHECK(causes.before == 2021);
    CHECK_THAT(causes.change, Near(451'049.0 - 404'000.0, 1e-12, "tce"));
    CHECK(std::abs(causes.energy.total.sum() - causes.change) < 1e-6);
    // the same by the formula, with the logarithmic mean
    double before = 0.0;
    double after = 0.0;
    for (const auto& part : causes.energy.parts) {
        before += part.activity_before;
        after += part.activity_after;
    }
    double scale = 0.0;
    double intensity = 0.0;
    for (const auto& part : causes.energy.parts) {
        const double mean = (part.energy_after - part.energy_before) /
                            std::log(part.energy_after / part.energy_before);
        scale += mean * std::log(after / before);
        intensity += mean * std::log((part.energy_after / part.activity_after) /
                                     (part.energy_before / part.activity_before));
    }
    CHECK_THAT(causes.energy.total.scale, Near(scale, 1e-9, "tce"));
    CHECK_THAT(causes.energy.total.intensity, Near(intensity, 1e-9, "tce"));

    const auto page = page_of(study::evaluation_page(tutorial_desk(), evaluation));
    const auto& intensity_row = row_of(page.at("indicators"), "intensity_14");
    // 45.1049 / 24.4027 against 40 / 19, in tce per 10^4 CNY
    CHECK_THAT(intensity_row.at("value").at("value").get<double>(),
               Near(100.0 * (1.0 - (45.1049 / 24.4027) / (40.0 / 19.0)), 1e-6, "%"));
    CHECK_THAT(intensity_row.at("base").at("value").get<double>(),
               Near(40.0 / 19.0, 1e-6, "tce/万元"));
    CHECK(intensity_row.at("basis") == "actual");
}

SCENARIO("Targets of a plan that are not handed down are asked for", "[validation][desk]") {
    const auto evaluation = study::evaluate_plan(tutorial_desk(), 2030);
    const auto page = study::evaluation_page(tutorial_desk(), evaluation);
    CHECK_THAT(study::page_text(page, chainsim::table::Language::en, 0),
               Contains("Targets of fifteenth_plan are not stated"));
    const auto causes = evaluation.causes.value_or(study::Causes{});
    REQUIRE_FALSE(causes.energy.parts.empty());
    CHECK_FALSE(causes.is_of_actuals);
    CHECK(std::abs(causes.energy.total.sum() - causes.change) < 1e-3);
    CHECK_THROWS_AS(study::evaluate_plan(tutorial_desk(), 2031), chainsim::InputError);
}
