#include "ovens.hpp"
#include "support/catch.hpp"
#include <chainsim/study/summary.hpp>
#include <chainsim/study/version.hpp>

#include <nlohmann/json.hpp>

#include <string>

using Catch::Matchers::Contains;
using chainsim::table::Language;
namespace study = chainsim::study;
namespace test = chainsim::test;

TEST_CASE("The summary has every field of its schema", "[study][summary]") {
    auto chain = test::ovens_chain();
    chain.policy("cap", "made_coke").at_most = chainsim::model::Path(test::datum(1.0, "t"));
    const auto json =
        nlohmann::json::parse(study::summary_json(study::Study(test::ovens(chain)).run()));
    CHECK(json.at("schema") == "chainsim.summary/1");
    CHECK(json.at("engine").at("version") == std::string(study::version()));
    CHECK(json.at("scenario").at("id") == "ovens");
    CHECK(json.at("scenario").at("name").contains("zh"));
    const auto& year = json.at("years").at(0);
    for (const char* key : {"year", "solver", "closure", "indicators", "policies", "facilities",
                            "commodities", "products"}) {
        INFO(key);
        CHECK(year.contains(key));
    }
    for (const char* key : {"balance", "accounts", "mass", "energy", "elements"}) {
        INFO(key);
        CHECK(year.at("closure").contains(key));
    }
    CHECK(year.at("indicators").at("made_coke").at("value") == 150.0);
    CHECK(year.at("indicators").at("made_coke").at("unit") == "t");
    const auto& policy = year.at("policies").at(0);
    CHECK(policy.at("verdict") == "missed");
    for (const char* key : {"id", "indicator", "formula", "inputs", "value", "bound", "margin",
                            "unit", "hard", "illustration", "missing", "source", "confidence"}) {
        INFO(key);
        CHECK(policy.contains(key));
    }
    const auto& still = year.at("facilities").at(2);
    CHECK(still.at("binding") == nlohmann::json{{"kind", "feedstock"}, {"commodity", "tar"}});
    CHECK(year.at("facilities").at(0).at("binding").at("commodity").is_null());
    CHECK(json.at("confidence").at("made_coke").contains("estimate"));
}

TEST_CASE("A planner reads the year in the units of statistics", "[study][summary]") {
    const auto run = study::Study(test::ovens()).run();
    const std::string zh = study::summary_text(run, Language::zh, 0);
    CHECK_THAT(zh, Contains("== 2025 年 ==") && Contains("焦炉二号") &&
                       Contains("原料不足：tar(中)") && Contains("万吨标煤") && Contains("亿元"));
    const std::string en = study::summary_text(run, Language::en, 0);
    CHECK_THAT(en, Contains("== year 2025 ==") && Contains("ovens no. 2") &&
                       Contains("short of tar") && Contains("Mtce") && Contains("10^9 CNY"));
    // What is not there yet is no plant of the year.
    CHECK_THAT(en, !Contains("still_2"));
}
