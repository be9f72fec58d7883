#include "ovens.hpp"
#include "support/catch.hpp"
#include <chainsim/study/trace_report.hpp>

#include <nlohmann/json.hpp>

#include <string>

using Catch::Matchers::Contains;
using Catch::Matchers::WithinRel;
using chainsim::table::Language;
namespace study = chainsim::study;
namespace test = chainsim::test;

namespace {

nlohmann::json traced(const study::Study& study, const std::string& from, const std::string& to) {
    return nlohmann::json::parse(study::trace_json(study, study::trace(study, 2025, from, to)));
}

} // namespace

TEST_CASE("A trace is told with its share, ways and plants", "[study][trace]") {
    const study::Study study(test::ovens());
    const auto answer = traced(study, "coal", "pitch");
    CHECK(answer.at("relation") == "path");
    CHECK_THAT(answer.at("share").get<double>(), WithinRel(1.0, 1e-12));
    CHECK(answer.at("built") == true);
    CHECK(answer.at("via") == nlohmann::json({"coking", "distillation"}));
    const auto& way = answer.at("paths").at(0);
    CHECK(way.at("commodities") == nlohmann::json({"coal", "tar", "pitch"}));
    CHECK(way.at("facilities") == nlohmann::json::parse(R"([["ovens_a", "ovens_b"], ["still"]])"));
}

TEST_CASE("Siblings are told with their parent, the absent with the way back", "[study][trace]") {
    const study::Study study(test::ovens());
    const auto siblings = traced(study, "coke", "tar");
    CHECK(siblings.at("relation") == "siblings");
    CHECK(siblings.at("via") == nlohmann::json::array({"coal"}));
    CHECK(siblings.at("share").is_null());
    const auto absent = traced(study, "pitch", "coal");
    CHECK(absent.at("relation") == "absent");
    CHECK(absent.at("reverse") == true);
    const auto report = study::trace(study, 2025, "pitch", "coal");
    CHECK(study::is_absent(report));
    CHECK(study::trace_text(study, report, Language::en, 0) ==
          "no chain leads from pitch to coal, but one leads from coal to pitch\n");
}

TEST_CASE("Without a solution there is a path and no share", "[study][trace]") {
    auto chain = test::ovens_chain();
    chain.commodity("metal");
    chain.market("metal", test::closed_side(), test::closed_side());
    chain.demand("metal", 10.0);
    const study::Study study(test::ovens(chain));
    const auto answer = traced(study, "coal", "pitch");
    CHECK(answer.at("relation") == "path");
    CHECK(answer.at("share").is_null());
}

TEST_CASE("A reader gets one line for each way", "[study][trace]") {
    const study::Study study(test::ovens());
    const auto report = study::trace(study, 2025, "coal", "pitch");
    CHECK(study::trace_text(study, report, Language::en, 0) ==
          "coal → pitch: a chain links them\n"
          "in 2025, 100.0 % of it enters plants on a way to pitch\n"
          "a plant counts whole: the share is what enters, not the mass that ends in the product\n"
          "  coal -[ovens_a +1]-> tar -[still]-> pitch  (built in this scenario)\n");
    const auto all = study::trace(study, 2025, "coal", "");
    CHECK_THAT(study::trace_text(study, all, Language::zh, 0),
               Contains("由 coal(中) 可制得的产品") && Contains("pitch"));
}
