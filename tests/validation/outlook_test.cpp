#include "support/catch.hpp"
#include "support/near.hpp"
#include "support/scratch.hpp"
#include "support/solved_year.hpp"
#include <chainsim/base/error.hpp>
#include <chainsim/load/load_actuals.hpp>
#include <chainsim/study/outlook.hpp>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

// Year ends of the tutorial district against the paper beside it: outlook/README.md.

namespace {

using chainsim::study::Basis;
using chainsim::study::Outlook;
using chainsim::study::YearEnd;
using chainsim::test::Near;
using chainsim::test::source;
namespace load = chainsim::load;
namespace model = chainsim::model;
namespace study = chainsim::study;

const study::Study& tutorial() {
    static const auto opened = study::open(source("scenarios/tutorial/base_2025.yaml"));
    return opened;
}

model::Actuals tutorial_actuals() {
    return load::load_actuals(source("scenarios/tutorial/actuals.csv"), tutorial().scenario());
}

Outlook outlook_on(model::Actuals actuals, int month, std::optional<int> year = std::nullopt) {
    return study::outlook(study::with_actuals(tutorial(), std::move(actuals)), month, year);
}

Outlook tutorial_outlook(int month) { return outlook_on(tutorial_actuals(), month); }

const YearEnd& year_end(const Outlook& outlook, const std::string& enterprise,
                        const std::string& indicator) {
    const auto found =
        std::find_if(outlook.year_ends.begin(), outlook.year_ends.end(), [&](const YearEnd& one) {
            return one.enterprise == enterprise && one.indicator == indicator &&
                   (one.boundary == "district" || !enterprise.empty());
        });
    REQUIRE(found != outlook.year_ends.end());
    return *found;
}

std::size_t place_of(const Outlook& outlook, const std::string& policy) {
    const auto found = std::find_if(outlook.policies.begin(), outlook.policies.end(),
                                    [&](const auto& one) { return one.id == policy; });
    REQUIRE(found != outlook.policies.end());
    return static_cast<std::size_t>(found - outlook.policies.begin());
}

/// What is wrong with a file of these rows.
std::string refusal_of_rows(const std::string& rows) {
    const chainsim::test::Scratch scratch;
    const auto file = scratch / "actuals.csv";
    std::ofstream(file) << "year,month,boundary,enterprise,indicator,value,unit,source,grade\n"
                        << rows;
    try {
        (void)load::load_actuals(file, tutorial().scenario());
    } catch (const chainsim::InputError& error) {
        std::string text;
        for (const auto& one : error.diagnostics()) {
            text += std::to_string(one.where.line) + ':' + std::to_string(one.where.column) + ' ' +
                    one.message + (one.help.empty() ? "" : " | " + one.help) + '\n';
        }
        return text;
    }
    return "accepted\n";
}

} // namespace

SCENARIO("A year ends at its months so far and the rest of last year times the growth",
         "[validation][outlook]") {
    for (const auto& [month, to_date, last, full] : {std::tuple(3, 111964.0, 109732.0, 450262.71),
                                                     std::tuple(6, 220837.0, 215787.0, 450532.67),
                                                     std::tuple(9, 332963.0, 324355.0, 450802.9)}) {
        INFO(month);
        const auto outlook = tutorial_outlook(month);
        CHECK(outlook.year == 2025);
        const auto& end = year_end(outlook, "", "energy_total_equivalent");
        CHECK_THAT(end.to_date, Near(to_date, 1e-12, "tce"));
        CHECK_THAT(end.to_date_last_year, Near(last, 1e-12, "tce"));
        CHECK_THAT(end.last_year, Near(442380.0, 1e-12, "tce"));
        CHECK_THAT(end.full_year, Near(full, 1e-8, "tce"));
        CHECK(end.basis == Basis::expected);
        CHECK(end.missing.empty());
    }
    const auto whole = tutorial_outlook(12);
    const auto& end = year_end(whole, "", "energy_total_equivalent");
    CHECK_THAT(end.full_year, Near(451049.0, 1e-12, "tce"));
    CHECK(end.basis == Basis::actual);
}

SCENARIO("The policies are judged on what the statistics say", "[validation][outlook]") {
    const auto outlook = tutorial_outlook(9);
    const auto cap = place_of(outlook, "energy_cap");
    CHECK_THAT(outlook.policies[cap].value, Near(450802.9, 1e-8, "tce"));
    CHECK(outlook.policies[cap].verdict == study::Verdict::missed);
    // 332,963 tce of nine months keep the bound of 450,000; the forecast does not
    CHECK(outlook.policies[cap].colour == study::Colour::orange);
    CHECK(outlook.policies[cap].basis == Basis::expected);
    CHECK_THAT(outlook.to_save[cap], Near(802.9, 1e-4, "tce"));
    // what no statistic tells is the model's
    CHECK(outlook.policies[place_of(outlook, "water_cap")].basis == Basis::planned);
    const auto december = tutorial_outlook(12);
    CHECK(december.policies[cap].basis == Basis::actual);
    CHECK(december.policies[cap].colour == study::Colour::red);
}

SCENARIO("Enterprises are ranked by what saving costs them", "[validation][outlook]") {
    const auto outlook = tutorial_outlook(9);
    REQUIRE(outlook.savers.size() == 2);
    CHECK(outlook.savers[0].enterprise == "示例焦化");
    CHECK_THAT(outlook.savers[0].energy, Near(265197.9699, 1e-8, "tce"));
    CHECK_THAT(outlook.savers[0].tce_per_10k, Near(14.301116, 1e-6, "tce"));
    CHECK(outlook.savers[0].tce_per_10k > outlook.savers[1].tce_per_10k);
}

SCENARIO("A month that is missing is named, and nothing is guessed", "[validation][outlook]") {
    auto actuals = tutorial_actuals();
    std::erase_if(actuals.figures, [](const model::Actual& one) {
        return one.indicator == "energy_total_equivalent" && one.enterprise.empty() &&
               ((one.year == 2025 && one.month == 2) || (one.year == 2024 && one.month == 11));
    });
    const auto early = outlook_on(actuals, 1);
    CHECK(year_end(early, "", "energy_total_equivalent").missing ==
          std::vector<std::string>{"2024-11"});
    const auto later = outlook_on(actuals, 3);
    const auto& end = year_end(later, "", "energy_total_equivalent");
    CHECK(end.missing == std::vector<std::string>{"2025-02"});
    CHECK(std::isnan(end.full_year));
    // and no verdict rests on a year that lacks a month
    const auto& cap = later.policies[place_of(later, "energy_cap")];
    CHECK(cap.verdict == study::Verdict::undetermined);
    CHECK(cap.colour == study::Colour::none);
    CHECK(cap.missing == std::vector<std::string>{"2025-02"});
}

SCENARIO("A better grade takes the place of a lesser one", "[validation][outlook]") {
    auto actuals = tutorial_actuals();
    model::Actual verified;
    verified.year = 2025;
    verified.boundary = "district";
    verified.indicator = "energy_total_equivalent";
    verified.value = 460'000.0;
    verified.grade = model::ReportGrade::verified;
    actuals.figures.push_back(verified);
    const auto outlook = outlook_on(actuals, 12);
    CHECK_THAT(year_end(outlook, "", "energy_total_equivalent").full_year,
               Near(460'000.0, 1e-12, "tce"));
    CHECK_THROWS_AS(outlook_on(actuals, 9, 2019), chainsim::InputError);
}

SCENARIO("Rows that are wrong are refused all at once, where they stand", "[validation][outlook]") {
    CHECK(refusal_of_rows("2025,13,district,,energy_total_equivalent,1,tce,x,flash\n"
                          "2025,1,city,,energy_totl_equivalent,one,tce,x,flash\n"
                          "2025,1,district,厂,energy_total_equivalent,1,t,,sure\n") ==
          "2:6 '13' is no month from 1 to 12\n"
          "3:8 unknown boundary 'city' | known: above_scale, district\n"
          "3:14 unknown indicator 'energy_totl_equivalent' | did you mean "
          "'energy_total_equivalent'?\n"
          "4:45 't' does not fit 'energy_total_equivalent' | write it in tce, as 吨标煤 or "
          "万吨标煤\n"
          "4:47 a figure without a source | say which report it stands in\n"
          "4:48 unknown grade 'sure' | known: flash, annual, verified\n");
    CHECK(refusal_of_rows("2025,1,district,,energy_total_equivalent,1,tce,x,flash\n"
                          "2025,1,district,,energy_total_equivalent,2,tce,x,flash\n") ==
          "3:42 the same figure at the same grade | line 2 has it already\n");
    CHECK(refusal_of_rows("2025,1,district,,energy_total_equivalent,1,tce,x,flash\n,,,,,,,,\n\n") ==
          "accepted\n");
    CHECK(refusal_of_rows("2025,1,district\n") ==
          "2:1 3 cells in a table of 9 columns | quote cells that hold a comma\n");
}
