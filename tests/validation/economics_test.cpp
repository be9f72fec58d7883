#include "support/catch.hpp"
#include <chainsim/accounts/cash_flow.hpp>
#include <chainsim/study/project_economics.hpp>
#include <chainsim/study/study.hpp>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <string>
#include <vector>

// Worked by hand in economics/README.md.

using namespace chainsim;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;

namespace {

accounts::Operations whole_project() {
    accounts::Operations one;
    one.investment = {1000, 0, 0, 0, 0};
    one.sales = {0, 800, 800, 800, 800};
    one.purchases = {0, 300, 300, 300, 300};
    one.labour = {0, 50, 50, 50, 50};
    one.other_costs = {0, 30, 30, 30, 30};
    one.production_taxes = {0, 20, 20, 20, 20};
    one.depreciation = {0, 200, 200, 200, 200};
    one.working_capital = 0.125;
    one.remaining_value = 200;
    return one;
}

void check_rows(const std::vector<double>& row, const std::vector<double>& expected) {
    REQUIRE(row.size() == expected.size());
    for (std::size_t i = 0; i < row.size(); ++i) {
        INFO("year " << i + 1);
        CHECK_THAT(row[i], WithinAbs(expected[i], 1e-9));
    }
}

} // namespace

TEST_CASE("Present value, payback and return are those of the textbook", "[economics]") {
    const std::vector<double> flows{-4200, -4700, 2000, 2500, 2500, 2500, 2500};
    // The textbook has factors of four digits: half a digit of each flow.
    CHECK_THAT(accounts::present_value(flows, 0.08), WithinAbs(242.76, 1.0));
    CHECK_THAT(accounts::payback(std::vector<double>{-600, -900, 300, 500, 500, 500, 500, 500}, 0.0)
                   .value_or(0.0),
               WithinAbs(5.4, 1e-12));
    const auto rate = accounts::internal_rate(std::vector<double>{-1000, 250, 250, 250, 250, 250});
    REQUIRE(rate.value.has_value());
    CHECK_THAT(rate.value.value_or(0.0), WithinAbs(0.0793, 5e-5));
}

TEST_CASE("A whole project has the cash flow worked by hand", "[economics]") {
    const std::vector<double> tax(5, 0.25);
    const auto cash = accounts::cash_flow(whole_project(), tax, 5, {0.6, 0.05, 2});
    check_rows(cash.working_capital, {0, 100, 0, 0, -100});
    check_rows(cash.income_tax, {0, 50, 50, 50, 50});
    check_rows(cash.before_tax, {-1000, 300, 400, 400, 700});
    check_rows(cash.after_tax, {-1000, 250, 350, 350, 650});
    check_rows(cash.debt_service, {0, 338.25, 322.875, 0, 0});
    check_rows(cash.equity_income_tax, {0, 42.3125, 46.15625, 50, 50});
    check_rows(cash.equity, {-400, -80.5625, 30.96875, 350, 650});
    CHECK_THAT(accounts::present_value(cash.after_tax, 0.1), WithinAbs(203.1345, 1e-4));
    CHECK_THAT(accounts::payback(cash.after_tax, 0.1).value_or(0.0), WithinAbs(4.4967, 1e-4));
}

TEST_CASE("At its rate of return an investment is worth nothing", "[economics]") {
    const std::vector<double> tax(5, 0.25);
    const auto cash = accounts::cash_flow(whole_project(), tax, 5, {0.6, 0.05, 2});
    for (const auto* flows : {&cash.before_tax, &cash.after_tax, &cash.equity}) {
        const auto rate = accounts::internal_rate(*flows);
        REQUIRE(rate.value.has_value());
        CHECK_THAT(accounts::present_value(*flows, rate.value.value_or(0.0)), WithinAbs(0.0, 1e-6));
    }
}

TEST_CASE("Losses lower later taxes, the oldest first, for as long as they may", "[economics]") {
    accounts::Operations one;
    one.investment = one.labour = one.other_costs = one.production_taxes =
        one.depreciation = {0, 0, 0};
    one.sales = {0, 60, 60};
    one.purchases = {100, 0, 0};
    const std::vector<double> tax(3, 0.25);
    check_rows(accounts::cash_flow(one, tax, 5, {}).income_tax, {0, 0, 5});
    check_rows(accounts::cash_flow(one, tax, 1, {}).income_tax, {0, 0, 15});
}

TEST_CASE("Flows that change their sign more than once have no single return", "[economics]") {
    const auto several = accounts::internal_rate(std::vector<double>{-100, 230, -132});
    CHECK(several.sign_changes == 2); // 10 % and 20 % both solve it
    CHECK_FALSE(several.value.has_value());
    const auto loss = accounts::internal_rate(std::vector<double>{-100, -1});
    CHECK(loss.sign_changes == 0);
    CHECK_FALSE(loss.value.has_value());
    const auto loan = accounts::internal_rate(std::vector<double>{100, -110});
    CHECK_FALSE(loan.value.has_value());
    CHECK_FALSE(accounts::payback(std::vector<double>{-100, 50}, 0.0).has_value());
}

TEST_CASE("Value added by the income method equals that by the production method everywhere",
          "[economics][scenarios]") {
    const std::filesystem::path root(CHAINSIM_SOURCE_DIR);
    int scenarios = 0;
    for (const char* folder : {"scenarios/hainan", "scenarios/tutorial"}) {
        for (const auto& entry : std::filesystem::directory_iterator(root / folder)) {
            std::optional<study::Study> study;
            try {
                study.emplace(study::open(entry.path()));
            } catch (const std::exception&) {
                continue; // a file that scenarios include, and no scenario
            }
            ++scenarios;
            const auto run = study->run();
            for (const auto& year : run.years()) {
                INFO(entry.path().filename().string() << " " << year.year());
                const auto value = [&](const char* id) { return year.indicator(id).in("CNY"); };
                CHECK_THAT(value("value_added_income"), WithinRel(value("value_added"), 1e-9));
                CHECK_THAT(value("compensation") + value("tax_production") + value("depreciation") +
                               value("operating_surplus"),
                           WithinRel(value("value_added"), 1e-9));
                CHECK_THAT(value("vat") + value("tax_production") + value("tax_income"),
                           WithinRel(value("tax"), 1e-9));
                CHECK(value("tax_income") >= 0.0);
            }
        }
    }
    CHECK(scenarios >= 10);
}

TEST_CASE("The projects of the plan are valued, or it is said what they lack",
          "[economics][plan]") {
    const auto run =
        study::open(std::filesystem::path(CHAINSIM_SOURCE_DIR) / "scenarios/hainan/plan_2025.yaml")
            .run();
    const auto projects = study::project_economics(run);
    REQUIRE(projects.size() >= 87);
    int valued = 0;
    for (const auto& one : projects) {
        INFO(run.scenario().projects[one.project].id);
        if (std::isnan(one.npv_after_tax)) {
            CHECK_FALSE(one.missing.empty());
            continue;
        }
        ++valued;
        CHECK(one.npv_after_tax <= one.npv_before_tax + 1e-6);
        if (!std::isnan(one.irr_before_tax)) {
            CHECK_THAT(accounts::present_value(one.cash.before_tax, one.irr_before_tax) /
                           one.investment,
                       WithinAbs(0.0, 1e-5));
            CHECK((one.irr_before_tax >= one.required_return) == (one.npv_before_tax >= 0.0));
        }
        if (!std::isnan(one.levelised_cost) && one.price > 0.0) {
            CHECK(one.break_even_price >= one.levelised_cost - 1e-6 * std::abs(one.levelised_cost));
        }
    }
    CHECK(valued >= 50);
    CHECK(study::economics_table(run, projects).rows() == projects.size());
}
