#include "program.hpp"
#include "support/catch.hpp"

#include <string>

using Catch::Matchers::Contains;
using chainsim::test::call;
using chainsim::test::plan_scenario;

TEST_CASE("Gaps names what leaves raw and what is bought, with tonnes, value and energy",
          "[cli][gaps]") {
    const auto ended = call({"gaps", plan_scenario, "--json"});
    REQUIRE(ended.code == 0);
    CHECK(ended.errors.empty());
    const auto document = ended.json();
    CHECK(document.at("schema") == "chainsim.gaps/1");
    CHECK(document.at("year") == 2025);
    const auto& gaps = document.at("gaps");
    CHECK(gaps.size() >= 10);
    bool bought = false;
    bool surplus = false;
    for (const auto& gap : gaps) {
        bought = bought || gap.at("kind") == "bought";
        surplus = surplus || gap.at("kind") == "surplus";
        CHECK(gap.at("tonnes").get<double>() >= 0.0);
        CHECK(gap.at("amount").get<double>() > 0.0);
        CHECK(!gap.at("candidates").empty());
    }
    CHECK(bought);
    CHECK(surplus);
    CHECK(document.at("chains").size() == 28);
    for (const auto& chain : document.at("chains")) {
        CHECK(chain.at("realised").get<int>() <= chain.at("length").get<int>());
    }
    CHECK(document.at("local_conversion").at("coke_oven_gas").get<double>() > 0.5);
}

TEST_CASE("Gaps are ranked as asked", "[cli][gaps]") {
    const auto ended = call({"gaps", plan_scenario, "--json", "--by", "tonnage", "--top", "5"});
    REQUIRE(ended.code == 0);
    const auto document = ended.json();
    const auto& gaps = document.at("gaps");
    REQUIRE(gaps.size() == 5);
    for (std::size_t i = 1; i < gaps.size(); ++i) {
        CHECK(gaps[i - 1].at("tonnes").get<double>() >= gaps[i].at("tonnes").get<double>());
    }
    CHECK(call({"gaps", plan_scenario, "--by", "wealth"}).code == 2);
}

TEST_CASE("Gaps speaks Chinese", "[cli][gaps]") {
    const auto gaps = call({"gaps", plan_scenario, "--lang", "zh"}, "export COLUMNS=160");
    CHECK(gaps.code == 0);
    CHECK_THAT(gaps.output, Contains("延链") && Contains("补链") && Contains("规划产业链") &&
                                Contains("亿元") && Contains("万吨标煤"));
}
