#include "ovens.hpp"
#include "support/catch.hpp"
#include <chainsim/base/error.hpp>
#include <chainsim/study/outage_report.hpp>

#include <nlohmann/json.hpp>

using Catch::Matchers::Contains;
using Catch::Matchers::WithinRel;
using chainsim::table::Language;
namespace study = chainsim::study;
namespace test = chainsim::test;

TEST_CASE("Outages are written with names, ranks and what each costs", "[study][outages]") {
    auto chain = test::ovens_chain();
    chain.price("coke", 300.0);
    const study::Study study(test::ovens(chain));
    const auto report = study::outages(study, 2025);
    const auto document = nlohmann::json::parse(study::outages_json(study, report, 0));
    CHECK(document.at("schema") == "chainsim.outages/1");
    CHECK(document.at("year") == 2025);
    REQUIRE(document.at("outages").size() == 3);
    // 150 t coke x 300 + (6 t pitch + 1.5 t oil - 210 t coal - 4.5 MWh) x 100
    CHECK_THAT(document.at("base").at("value_added").get<double>(), WithinRel(24300.0, 1e-9));
    const auto& first = document.at("outages").at(0); // without it the tar has no outlet
    CHECK(first.at("facility") == "still");
    CHECK_THAT(first.at("lost_value_added").get<double>(), WithinRel(24300.0, 1e-9));
    CHECK(first.at("stops").size() == 2);
    CHECK(first.at("stops").at(0).at("facility") == "ovens_a");
    CHECK(first.at("sold_less").at(0).at("commodity") == "coke");
    const auto& last = document.at("outages").at(2); // a third of all
    CHECK(last.at("facility") == "ovens_b");
    CHECK(last.at("name").at("zh") == "焦炉二号");
    CHECK(last.at("process") == "coking");
    CHECK(last.at("activity") == 50.0);
    CHECK_THAT(last.at("lost_value_added").get<double>(), WithinRel(8100.0, 1e-9));
    CHECK(document.at("unsolved").empty());
}

TEST_CASE("No more outages are written than asked for", "[study][outages]") {
    const study::Study study(test::ovens());
    const auto report = study::outages(study, 2025);
    CHECK(nlohmann::json::parse(study::outages_json(study, report, 1)).at("outages").size() == 1);
}

TEST_CASE("A reader is told what is lost, and by whose loss nothing is", "[study][outages]") {
    auto chain = test::ovens_chain();
    chain.price("coke", 300.0);
    const study::Study study(test::ovens(chain));
    const auto report = study::outages(study, 2025);
    const auto zh = study::outages_text(study, report, Language::zh, 160, 0);
    CHECK_THAT(zh, Contains("增加值损失") && Contains("焦炉二号") && Contains("亿元"));
    const auto en = study::outages_text(study, report, Language::en, 0, 0);
    CHECK_THAT(en, Contains("each of 3 running plants off") && Contains("ovens no. 2") &&
                       Contains("unsold coke") && Contains(" × 10^6 CNY"));
    for (const auto& text : {zh, en}) { // 10^9 beside 10^6 would be misread
        CHECK_THAT(text, !Contains("10^9"));
    }
    // Narrow terminals get two tables of names that can be read.
    const auto narrow = study::outages_text(study, report, Language::en, 80, 0);
    CHECK_THAT(narrow, Contains("ovens no. 2"));
    CHECK_THAT(study::outages_text(study, report, Language::en, 0, 1), Contains("more rows"));
}

TEST_CASE("Outages of a year without a solution say why", "[study][outages]") {
    auto chain = test::ovens_chain();
    chain.commodity("metal");
    chain.market("metal", test::closed_side(), test::closed_side());
    chain.demand("metal", 10.0);
    const study::Study study(test::ovens(chain));
    const auto report = study::outages(study, 2025);
    REQUIRE(report.failure.has_value());
    CHECK_THAT(report.failure->message, Contains("metal"));
    CHECK_THROWS_AS(study::outages_json(study, report, 0), chainsim::ContractError);
}
