#include "program.hpp"
#include "support/catch.hpp"

#include <map>
#include <string>
#include <vector>

using Catch::Matchers::Contains;
using chainsim::test::call;
using chainsim::test::plan_scenario;

namespace {

const std::string paper_scenario = "tests/validation/dual_control/deducted.yaml";

} // namespace

TEST_CASE("Check judges every policy and product, by group and the worst first", "[cli][check]") {
    const auto ended = call({"check", plan_scenario, "--json"});
    REQUIRE(ended.code == 0); // all that is missed there is soft
    CHECK(ended.errors.empty());
    const auto document = ended.json();
    CHECK(document.at("schema") == "chainsim.check/1");
    const auto& year = document.at("years").at(0);
    CHECK(year.at("year") == 2025);
    const std::map<std::string, int> groups{{"access", 0},       {"efficiency", 1},
                                            {"dual_control", 2}, {"environment", 3},
                                            {"economy", 4},      {"plan", 5}};
    const std::map<std::string, int> verdicts{
        {"missed", 0}, {"undetermined", 1}, {"met", 2}, {"not_applicable", 3}};
    std::pair<int, int> last{0, 0};
    for (const auto& policy : year.at("policies")) {
        const std::pair now{groups.at(policy.at("group")), verdicts.at(policy.at("verdict"))};
        CHECK(last <= now);
        last = now;
        for (const char* key : {"formula", "inputs", "value", "bound", "margin", "turns_at",
                                "source", "confidence", "missing", "illustration"}) {
            CHECK(policy.contains(key));
        }
    }
    CHECK(year.at("products").size() > 20);
}

TEST_CASE("Check weighs each project by the district without it", "[cli][check]") {
    const auto all = call({"check", plan_scenario, "--json"}).json();
    const auto& weights = all.at("projects").at("weights");
    REQUIRE(weights.size() > 40);
    double before = weights.at(0).at("energy_controlled").get<double>();
    for (const auto& one : weights) {
        const double energy = one.at("energy_controlled").get<double>();
        CHECK(energy <= before);
        before = energy;
        // n is refused, with the reason, where no value is added; then it is no number.
        CHECK((one.at("value_added").get<double>() > 0.0) == one.at("n_refused").is_null());
        CHECK(one.at("n").is_null() != one.at("n_refused").is_null());
    }
    const std::string heaviest = weights.at(0).at("id");
    const auto one = call({"check", plan_scenario, "--project", heaviest, "--json"}).json();
    REQUIRE(one.at("projects").at("weights").size() == 1);
    CHECK(one.at("projects").at("weights").at(0) == weights.at(0));
}

TEST_CASE("Check refuses a project that is not there, and names the nearest", "[cli][check]") {
    const auto ended = call({"check", plan_scenario, "--project", "b08_yellow_river_intak"});
    CHECK(ended.code == 2);
    CHECK_THAT(ended.last_error(), Contains("did you mean 'b08_yellow_river_intake'?"));
}

TEST_CASE("Check speaks Chinese, of what is missing as well", "[cli][check]") {
    const auto ended = call({"check", plan_scenario, "--lang", "zh"});
    CHECK_THAT(ended.output,
               Contains("无法判定，缺：CO2_0") && Contains("示意") && Contains("到期允许的增幅"));
}

TEST_CASE("Check ends with 1 if a hard policy is missed, and names it", "[cli][check]") {
    CHECK(call({"check", paper_scenario}).code == 0);
    const auto ended = call({"check", "tests/validation/dual_control/missed.yaml"});
    CHECK(ended.code == 1);
    CHECK_THAT(ended.last_error(),
               Contains("hard policies missed: intensity (2021), intensity (2025)"));
}

TEST_CASE("Of several years check shows what is not met, and all if asked", "[cli][check]") {
    const auto some = call({"check", paper_scenario, "--lang", "en"});
    const auto all = call({"check", paper_scenario, "--lang", "en", "--all"});
    CHECK(some.output.size() < all.output.size());
    CHECK_THAT(all.output, Contains("== year 2021 ==") && Contains("== year 2025 =="));
}

TEST_CASE("Check solves for one unknown, and says what cannot be asked", "[cli][check]") {
    const std::string unknowns = "tests/validation/dual_control/unknowns.yaml";
    const auto solved =
        call({"check", unknowns, "--solve-for", "green_power", "--policy", "cap", "--json"});
    CHECK(solved.code == 1); // a hard policy is missed
    const auto answer = solved.json().at("solved_for");
    CHECK(answer.at("parameter") == "green_power");
    CHECK(answer.at("answers").at(0).at("answer") == "found");
    CHECK(answer.at("answers").at(0).at("unit") == "MWh");
    const auto text =
        call({"check", unknowns, "--solve-for", "start:more_methanol", "--lang", "en"});
    CHECK_THAT(text.output, Contains("margins by first year") && Contains("2026"));
    const auto refused = call({"check", unknowns, "--solve-for", "weather"});
    CHECK(refused.code == 2);
    CHECK(refused.output.empty());
    CHECK_THAT(refused.errors, Contains("'weather' is nothing that can be solved for"));
    CHECK(call({"check", unknowns, "--policy", "cap"}).code == 2); // without --solve-for
    CHECK(call({"check", unknowns, "--solve-for", "growth", "--policy", "cup"}).code == 2);
}
