#include "ovens.hpp"
#include "support/catch.hpp"
#include <chainsim/base/error.hpp>
#include <chainsim/study/gap_report.hpp>

#include <nlohmann/json.hpp>

#include <string>

using Catch::Matchers::Contains;
using Catch::Matchers::WithinRel;
using chainsim::table::Language;
namespace model = chainsim::model;
namespace study = chainsim::study;
namespace test = chainsim::test;

namespace {

/// The ovens, a library process that makes electrodes of their pitch, a chain that ends in them and
/// a list that names them.
study::Study with_electrodes() {
    auto chain = test::ovens_chain();
    chain.price("coke", 300.0);
    chain.process("baking", {{"pitch", -2.0}, {"electrode", 1.0}});
    chain.commodity("electrode").name = {"石墨电极", "graphite electrode"};
    chain.price("electrode", 5000.0);
    auto scenario = test::ovens(chain);
    model::Chain tar;
    tar.id = "tar_chain";
    tar.kind = "chain";
    tar.name = {"焦油—电极", "tar to electrodes"};
    tar.steps = {{"tar"}, {"pitch"}, {"electrode"}};
    model::Chain list;
    list.id = "tar_list";
    list.kind = "product_list";
    list.name = {"焦油产品", "products of tar"};
    list.steps = {{"pitch", "electrode"}};
    scenario.model.chains = model::Registry<model::Chain>({tar, list});
    return study::Study(scenario);
}

} // namespace

TEST_CASE("Gaps are written with what each is worth and what it takes", "[study][gaps]") {
    const auto study = with_electrodes();
    const auto report = study::gaps(study, 2025);
    const auto document = nlohmann::json::parse(study::gaps_json(study, report, 0));
    CHECK(document.at("schema") == "chainsim.gaps/1");
    CHECK(document.at("year") == 2025);
    const auto& gap = document.at("gaps").at(0);
    CHECK(gap.at("commodity") == "pitch");
    CHECK(gap.at("kind") == "surplus");
    CHECK_THAT(gap.at("amount").get<double>(), WithinRel(6.0, 1e-9));
    const auto& best = gap.at("candidates").at(0);
    CHECK(best.at("process") == "baking");
    // 3 t of electrodes at 5000, for 6 t of pitch that sold at 100
    CHECK_THAT(best.at("value_added").get<double>(), WithinRel(3.0 * 5000.0 - 600.0, 1e-9));
    const auto& chains = document.at("chains");
    REQUIRE(chains.size() == 2);
    CHECK(chains.at(0).at("length") == 2);
    CHECK(chains.at(0).at("realised") == 1);
    CHECK(chains.at(1).at("length") == 0);
    CHECK(chains.at(1).at("products") == nlohmann::json::parse(
                                             R"([{"id": "pitch", "made": true, "along": true},
                  {"id": "electrode", "made": false, "along": false}])"));
}

TEST_CASE("A reader is told which link is open and which product of a list is not made",
          "[study][gaps]") {
    const auto study = with_electrodes();
    const auto report = study::gaps(study, 2025);
    const auto zh = study::gaps_text(study, report, Language::zh, 0, 0);
    CHECK_THAT(zh, Contains("石墨电极 (可用 baking") && Contains("1/2") &&
                       Contains("未生产：石墨电极"));
    const auto en = study::gaps_text(study, report, Language::en, 0, 0);
    CHECK_THAT(en, Contains("graphite electrode (by baking") &&
                       Contains("not made: graphite electrode"));
}

TEST_CASE("A narrow terminal gets what a gap is worth and what it needs one below the other",
          "[study][gaps]") {
    const auto study = with_electrodes();
    const auto report = study::gaps(study, 2025);
    const auto count = [](const std::string& text, const std::string& word) {
        std::size_t times = 0;
        for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
            ++times;
        }
        return times;
    };
    const auto wide = study::gaps_text(study, report, Language::en, 160, 0);
    const auto narrow = study::gaps_text(study, report, Language::en, 80, 0);
    // Two lists, to extend and to close the chain.
    CHECK(count(wide, "commodity  ") + 2 == count(narrow, "commodity  "));
    CHECK(count(wide, "capex") == count(narrow, "capex"));
    CHECK(count(wide, "conditions") == count(narrow, "conditions"));
    for (const auto& text : {wide, narrow}) {
        CHECK_THAT(text, Contains("pitch") && Contains("baking"));
    }
}

TEST_CASE("Gaps of a year without a solution say why", "[study][gaps]") {
    auto chain = test::ovens_chain();
    chain.commodity("metal");
    chain.market("metal", test::closed_side(), test::closed_side());
    chain.demand("metal", 10.0);
    const study::Study study(test::ovens(chain));
    const auto report = study::gaps(study, 2025);
    REQUIRE(report.failure.has_value());
    CHECK_THAT(report.failure->message, Contains("metal"));
    CHECK_THROWS_AS(study::gaps_json(study, report, 0), chainsim::ContractError);
    CHECK_THROWS_AS(study::gaps_text(study, report, Language::en, 0, 0), chainsim::ContractError);
}
