#include "program.hpp"
#include "support/catch.hpp"
#include <chainsim/io/file.hpp>

#include <cmath>
#include <filesystem>
#include <string>

using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;
using Catch::Matchers::WithinRel;
using chainsim::test::call;
using chainsim::test::plan_scenario;
using chainsim::test::Scratch;
namespace test = chainsim::test;

namespace {

const std::string prices_scenario = "scenarios/hainan/stress_prices.yaml";
const std::string drought_scenario = "scenarios/hainan/drought.yaml";

} // namespace

TEST_CASE("Compare names the changes and gives each its part", "[cli][compare]") {
    const auto ended = call({"compare", plan_scenario, prices_scenario, "--json"});
    REQUIRE(ended.code == 0);
    CHECK(ended.errors.empty());
    const auto document = ended.json();
    CHECK(document.at("schema") == "chainsim.compare/1");
    CHECK(document.at("attribution").at("method") == "exact");
    CHECK(document.at("changes").size() == 10);
    const auto& value = document.at("indicators").at("value_added");
    double sum = 0.0;
    double shares = 0.0;
    for (const auto& cause : value.at("contributions")) {
        CHECK_THAT(cause.at("change").get<std::string>(), StartsWith("price:"));
        sum += cause.at("amount").get<double>();
        shares += cause.at("share").get<double>();
    }
    CHECK_THAT(sum, WithinRel(value.at("difference").get<double>(), 1e-9));
    CHECK_THAT(shares, WithinRel(1.0, 1e-9));
    // Prices move no plant.
    const auto& energy = document.at("indicators").at("energy_total_equivalent");
    CHECK(energy.at("difference") == 0.0);
    CHECK(energy.at("contributions").empty());
}

TEST_CASE("Compare takes more than two, in the order given, and names asked for",
          "[cli][compare]") {
    const auto ended = call({"compare", plan_scenario, drought_scenario, prices_scenario, "--of",
                             "made_coke", "--of", "land", "--json"});
    REQUIRE(ended.code == 0);
    const auto document = ended.json();
    CHECK(document.at("scenarios").at(2).at("id") == "stress_prices");
    CHECK(document.at("others").at(0).at("scenario") == "stress_prices");
    const auto& coke = document.at("indicators").at("made_coke");
    CHECK(coke.at("b").get<double>() < coke.at("a").get<double>());
    CHECK_FALSE(coke.at("contributions").empty());
    CHECK_FALSE(document.at("indicators").at("made_methanol").contains("contributions"));
}

TEST_CASE("Compare speaks Chinese, fits the terminal, and can be silent", "[cli][compare]") {
    const auto text =
        call({"compare", plan_scenario, drought_scenario, "--lang", "zh"}, "COLUMNS=100 ");
    CHECK(text.code == 0);
    CHECK_THAT(text.output, Contains("差异来源") && Contains("互有取舍") && Contains("可用率"));
    CHECK(call({"compare", plan_scenario, drought_scenario, "--quiet"}).output.empty());
}

TEST_CASE("A seed draws the same orders again", "[cli][compare]") {
    const auto drawn = [](const std::string& seed) {
        return call({"compare", "scenarios/hainan/coke_first.yaml",
                     "scenarios/hainan/chemicals_first.yaml", "--draws", "2", "--seed", seed,
                     "--json"});
    };
    const auto one = drawn("5");
    REQUIRE(one.code == 0);
    CHECK(one.json().at("attribution").at("orders") == 2);
    CHECK(one.output == drawn("5").output);
    CHECK(one.output != drawn("6").output);
}

TEST_CASE("A run folder compares as its scenario, and --expect-same tells", "[cli][compare]") {
    const Scratch scratch;
    const auto folder = (scratch / "run").string();
    REQUIRE(call({"run", test::small_scenario, "-o", folder, "--quiet"}).code == 0);
    CHECK(call({"compare", folder, test::small_scenario, "--expect-same"}).code == 0);
    const auto differs = call({"compare", plan_scenario, prices_scenario, "--expect-same"});
    CHECK(differs.code == 1);
    CHECK_FALSE(differs.output.empty());
    CHECK_THAT(differs.last_error(), StartsWith("chainsim: the scenarios differ, most of all in"));
}

TEST_CASE("Wrong questions to compare are refused", "[cli][compare]") {
    CHECK(call({"compare", plan_scenario}).code == 2);
    CHECK(call({"compare", plan_scenario, "no_such_file.yaml"}).code == 2);
    CHECK(call({"compare", plan_scenario, prices_scenario, "--draws", "1"}).code == 2);
    const auto unknown = call({"compare", plan_scenario, prices_scenario, "--of", "value_aded"});
    CHECK(unknown.code == 2);
    CHECK_THAT(unknown.last_error(), Contains("did you mean 'value_added'?"));
    const auto apart = call({"compare", plan_scenario, "scenarios/hainan/base_2020.yaml"});
    CHECK(apart.code == 2);
    CHECK_THAT(apart.last_error(), Contains("no year in common"));
}

TEST_CASE("Without a solution compare ends with 3 and names the scenario", "[cli][compare]") {
    const auto ended = call(
        {"compare", test::small_scenario, "tests/cli/no_coke.yaml", "--year", "2025", "--json"});
    CHECK(ended.code == 3);
    CHECK(ended.output.empty());
    CHECK_THAT(ended.last_error(), StartsWith("chainsim: no_coke: no solution in "));
}

TEST_CASE("Two years of one scenario are told apart by scale, structure and intensity",
          "[cli][compare]") {
    const std::string pathway = "scenarios/hainan/pathway_2035.yaml";
    const auto ended = call({"compare", pathway, "--years", "2020,2025", "--json"});
    REQUIRE(ended.code == 0);
    const auto document = ended.json();
    CHECK(document.at("schema") == "chainsim.years/1");
    const auto& effects = document.at("effects");
    double sum = 0.0;
    for (const char* effect : {"scale", "structure", "intensity", "other"}) {
        sum += effects.at(effect).get<double>();
    }
    const double change =
        document.at("values").at(1).get<double>() - document.at("values").at(0).get<double>();
    CHECK(std::abs(sum - change) <= 1e-6 * std::abs(change));
    CHECK_THAT(call({"compare", pathway, "--years", "2020,2025", "--lang", "zh"}).output,
               Contains("规模") && Contains("化学原料和化学制品制造业"));
    CHECK(call({"compare", pathway}).code == 2);
    CHECK(call({"compare", pathway, "--years", "2025,2020"}).code == 2);
    CHECK(call({"compare", pathway, pathway, "--years", "2020,2025"}).code == 2);
}
