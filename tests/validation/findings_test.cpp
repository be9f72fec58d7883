#include "support/catch.hpp"
#include "support/near.hpp"
#include "support/solved_year.hpp"
#include <chainsim/units/quantity.hpp>

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

// The findings on the plan that were worked by hand from the recipes: each a small scenario, and a
// file of expected values with tolerance, reason and source beside it.

namespace {

using chainsim::test::Near;
using chainsim::test::SolvedYear;

std::vector<std::filesystem::path> expectations() {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(
             chainsim::test::source("tests/validation/findings"))) {
        if (entry.path().filename().string().ends_with(".expected.yaml")) {
            files.push_back(entry.path());
        }
    }
    std::sort(files.begin(), files.end());
    return files;
}

/// Splits "commodities.clean_coal.consumed" at its dots.
std::vector<std::string> words(const std::string& what) {
    std::vector<std::string> parts(1);
    for (const char c : what) {
        if (c == '.') {
            parts.emplace_back();
        } else {
            parts.back() += c;
        }
    }
    return parts;
}

struct CommandAnswer {
    double value = 0.0;
    std::string unit;
};

CommandAnswer ask(const SolvedYear& year, const std::string& what) {
    const auto parts = words(what);
    if (parts[0] == "commodities") {
        const auto& unit = year.scenario().model.commodities.at(parts[1]).unit.text();
        const auto& id = parts[1];
        if (parts[2] == "consumed") {
            return {year.consumed(id), unit};
        }
        if (parts[2] == "produced") {
            return {year.produced(id), unit};
        }
        if (parts[2] == "bought") {
            return {year.bought(id), unit};
        }
        if (parts[2] == "sold") {
            return {year.sold(id), unit};
        }
        if (parts[2] == "disposed") {
            return {year.disposed(id), unit};
        }
        if (parts[2] == "consumed_by") {
            return {year.consumed_by(parts[3], id), unit};
        }
    }
    if (parts[0] == "facilities" && parts[2] == "activity") {
        const auto& facility = year.scenario().facilities.at(parts[1]);
        const auto& process = year.scenario().model.processes[facility.process];
        return {year.activity(parts[1]),
                year.scenario().model.commodities[process.product].unit.text()};
    }
    if (parts[0] == "indicators") {
        const auto values = chainsim::accounts::evaluate(year.system(), year.solution());
        const auto found = std::find_if(values.begin(), values.end(),
                                        [&](const auto& one) { return one.id == parts[1]; });
        REQUIRE(found != values.end());
        return {found->value, found->unit};
    }
    FAIL("what is '" << what << "'?");
    return {};
}

void check(const SolvedYear& year, const YAML::Node& one) {
    const auto what = one["what"].as<std::string>();
    CAPTURE(what, one["reason"].as<std::string>());
    if (words(what).back() == "binding") {
        const auto facility = words(what)[1];
        CHECK(year.binding_commodity(facility) == one["value"].as<std::string>());
        return;
    }
    const auto answer = ask(year, what);
    const chainsim::units::Quantity found(answer.value, chainsim::units::Unit::parse(answer.unit));
    const auto unit = one["unit"].as<std::string>();
    CHECK_THAT(found.in(unit), Near(one["value"].as<double>(), one["rtol"].as<double>(), unit,
                                    one["atol"] ? one["atol"].as<double>() : 0.0));
}

} // namespace

TEST_CASE("The findings worked by hand from the recipes come out of the engine",
          "[validation][findings]") {
    const auto files = expectations();
    REQUIRE(files.size() >= 8);
    for (const auto& file : files) {
        const auto name = file.filename().string();
        const auto scenario =
            file.parent_path() / (name.substr(0, name.find(".expected.yaml")) + ".yaml");
        DYNAMIC_SECTION(name) {
            const auto document = YAML::LoadFile(file.string());
            const auto list = document.IsSequence() ? document : document["expected"];
            REQUIRE(list.size() > 0);
            std::map<int, SolvedYear> solved;
            for (const auto& one : list) {
                const int year = one["year"].as<int>();
                const auto& known = solved.try_emplace(year, scenario, year).first->second;
                REQUIRE(known.solution().outcome == chainsim::system::Outcome::solved);
                check(known, one);
            }
        }
    }
}
