#include "ovens.hpp"
#include "support/catch.hpp"
#include <chainsim/study/products.hpp>

#include <cmath>
#include <functional>
#include <string>

// The ovens of ovens.hpp take 30 kWh a t of coke and nothing else that counts: 3.687 kgce/t.

using Catch::Matchers::WithinRel;
using chainsim::study::Duty;
using chainsim::study::Grade;
using chainsim::study::ProductJudgement;
using chainsim::study::Verdict;
using chainsim::test::datum;
namespace model = chainsim::model;
namespace study = chainsim::study;
namespace test = chainsim::test;

namespace {

constexpr double taken = 30.0 * 0.1229;

model::LimitEdition limits(const std::string& number, int from, std::optional<int> until,
                           std::array<double, 3> levels) {
    model::LimitEdition edition;
    edition.number = number;
    edition.years = {from, until};
    for (std::size_t i = 0; i < levels.size(); ++i) {
        edition.levels[i] = datum(levels[i], "kgce/t");
    }
    return edition;
}

model::GradeEdition grades(const std::string& number, int from, double benchmark, double baseline) {
    model::GradeEdition edition;
    edition.number = number;
    edition.years.from = from;
    edition.benchmark = datum(benchmark, "kgce/t");
    edition.baseline = datum(baseline, "kgce/t");
    return edition;
}

/// The first of the ovens, judged in a year.
ProductJudgement judged(const std::function<void(model::UnitStandard&)>& state, int year = 2025,
                        const std::function<void(model::Facility&)>& change = {}) {
    auto chain = test::ovens_chain();
    if (change) {
        change(chain.facility("ovens_a", "coking", 100.0));
    }
    auto scenario = test::ovens(chain, {year});
    model::UnitStandard standard;
    standard.id = "coke";
    standard.unit = chainsim::units::Unit::parse("kgce/t");
    standard.plants.makers = {scenario.model.processes.find("coking").value()};
    standard.plants.products = {{scenario.model.commodities.find("coke").value(), 1.0}};
    standard.electricity = datum(0.1229, "kgce/kWh");
    state(standard);
    scenario.model.unit_standards = model::Registry<model::UnitStandard>({standard});
    const auto run = study::Study(std::move(scenario)).run();
    REQUIRE(run.year(year).products().size() == 2);
    return run.year(year).products().front();
}

void in_the_project(model::Facility& facility) { facility.project = "p"; }

} // namespace

TEST_CASE("A plant that stands keeps the baseline, a new one the benchmark", "[study][products]") {
    const auto state = [](model::UnitStandard& standard) {
        standard.grades = {grades("list", 2022, 3.0, 4.0)};
    };
    const auto existing = judged(state);
    CHECK_THAT(existing.value, WithinRel(taken, 1e-12));
    CHECK(existing.unit == "kgce/t");
    CHECK(existing.duty == Duty::baseline);
    CHECK(existing.verdict == Verdict::met);
    CHECK_THAT(existing.margin, WithinRel(4.0 - taken, 1e-12));
    CHECK(existing.grade == Grade::standard);
    CHECK(existing.list == "list");
    CHECK_FALSE(existing.hard);

    const auto of_project = judged(state, 2025, in_the_project);
    CHECK(of_project.duty == Duty::benchmark);
    CHECK(of_project.verdict == Verdict::missed);
    CHECK_THAT(of_project.margin, WithinRel(3.0 - taken, 1e-12));

    const auto started = [](int year) {
        return [year](model::Facility& facility) { facility.start = year; };
    };
    CHECK(judged(state, 2025, started(2021)).duty == Duty::baseline);
    CHECK(judged(state, 2025, started(2022)).duty == Duty::benchmark);
}

TEST_CASE("Grades lie at the benchmark and the baseline", "[study][products]") {
    const auto grade = [](double benchmark, double baseline) {
        return judged([=](model::UnitStandard& standard) {
                   standard.grades = {grades("list", 2022, benchmark, baseline)};
               })
            .grade;
    };
    CHECK(grade(4.0, 5.0) == Grade::advanced);
    CHECK(grade(3.0, 5.0) == Grade::standard);
    CHECK(grade(3.0, 3.5) == Grade::backward);
}

TEST_CASE("Without a list the levels are the duty", "[study][products]") {
    const auto state = [](model::UnitStandard& standard) {
        standard.limits = {limits("GB 1", 2020, {}, {3.0, 3.5, 4.0})};
    };
    const auto existing = judged(state);
    CHECK(existing.duty == Duty::level_3);
    CHECK(existing.verdict == Verdict::met);
    CHECK(existing.level == 3);
    CHECK_FALSE(existing.grade.has_value());
    CHECK(std::isnan(existing.benchmark));
    const auto of_project = judged(state, 2025, in_the_project);
    CHECK(of_project.duty == Duty::level_2);
    CHECK(of_project.verdict == Verdict::missed);
}

TEST_CASE("A year is judged by the edition that rules in it", "[study][products]") {
    const auto state = [](model::UnitStandard& standard) {
        standard.limits = {limits("old", 2015, 2025, {1.0, 2.0, 5.0}),
                           limits("new", 2026, {}, {1.0, 2.0, 3.0})};
    };
    const auto before = judged(state, 2025);
    CHECK(before.edition == "old");
    CHECK(before.verdict == Verdict::met);
    const auto after = judged(state, 2026);
    CHECK(after.edition == "new");
    CHECK(after.level == 4);
    CHECK(after.verdict == Verdict::missed);
    const auto none = judged(state, 2014);
    CHECK(none.edition.empty());
    CHECK(none.verdict == Verdict::undetermined);
    CHECK(none.missing == std::vector<std::string>{"limit"});
}

TEST_CASE("An edition that was not read judges nothing, and is asked for", "[study][products]") {
    const auto judgement = judged([](model::UnitStandard& standard) {
        model::LimitEdition edition;
        edition.number = "GB 2";
        edition.years.from = 2020;
        edition.not_read = "lost";
        standard.limits = {edition};
    });
    CHECK(judgement.verdict == Verdict::undetermined);
    CHECK(judgement.missing == std::vector<std::string>{"GB 2"});
    CHECK(judgement.level == 0);
    CHECK(std::isnan(judgement.bound));
}

TEST_CASE("What no plant of the trade reaches is judged by nobody", "[study][products]") {
    const auto judgement = judged([](model::UnitStandard& standard) {
        standard.grades = {grades("list", 2022, 110.0, 140.0)};
        standard.plausible = {80.0, 220.0};
    });
    CHECK(judgement.verdict == Verdict::undetermined);
    CHECK(judgement.missing == std::vector<std::string>{"plausible"});
    CHECK_THAT(judgement.margin, WithinRel(140.0 - taken, 1e-12));
}

TEST_CASE("An allowance belongs to the share that passes its process", "[study][products]") {
    const auto judgement = judged([](model::UnitStandard& standard) {
        auto edition = limits("GB 1", 2020, {}, {1.0, 2.0, 3.0});
        edition.allowances = {{standard.plants.makers.front(), datum(1.0, "kgce/t")}};
        standard.limits = {edition};
    });
    CHECK_THAT(judgement.levels[2], WithinRel(4.0, 1e-12));
    CHECK_THAT(judgement.levels[1], WithinRel(2.0, 1e-12));
    CHECK(judgement.verdict == Verdict::met);
    CHECK(judgement.level == 3);
}

TEST_CASE("Unit energy against an assumed bound is an illustration", "[study][products]") {
    CHECK(judged([](model::UnitStandard& standard) {
              auto list = grades("list", 2022, 3.0, 4.0);
              list.baseline.provenance.confidence = model::Confidence::assumption;
              standard.grades = {list};
          }).illustration);
}
