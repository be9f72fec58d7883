#include "program.hpp"
#include "support/catch.hpp"

#include <string>
#include <vector>

using Catch::Matchers::Contains;
using chainsim::test::call;

namespace {

chainsim::test::Ended trace(const std::string& from, const std::string& to,
                            std::vector<std::string> more = {"--json"}) {
    std::vector<std::string> arguments{
        "trace", chainsim::test::plan_scenario, "--from", from, "--to", to};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return call(arguments);
}

} // namespace

TEST_CASE("A path ends with 0 and tells its share and its plants", "[cli][trace]") {
    const auto ended = trace("coal_tar", "炭黑");
    REQUIRE(ended.code == 0);
    CHECK(ended.errors.empty());
    const auto answer = ended.json();
    CHECK(answer.at("relation") == "path");
    CHECK(answer.at("share").get<double>() >= 0.0);
    CHECK(answer.at("share").get<double>() <= 1.0);
    CHECK(answer.at("to").at("id") == "carbon_black");
    CHECK(answer.at("paths").at(0).at("commodities").front() == "coal_tar");
    CHECK(answer.at("paths").at(0).at("commodities").back() == "carbon_black");
    CHECK(answer.at("via").front() == "coal_tar_distillation");
    CHECK(answer.at("built").is_boolean());
}

TEST_CASE("Siblings end with 0 and name their parent", "[cli][trace]") {
    const auto ended = trace("polyoxymethylene", "paraformaldehyde");
    CHECK(ended.code == 0);
    CHECK(ended.json().at("relation") == "siblings");
    CHECK(ended.json().at("via") == nlohmann::json({"formaldehyde_37"}));
}

TEST_CASE("What has no chain ends with 1, and says so last", "[cli][trace]") {
    for (const std::string to : {"electricity", "clean_coal", "steam_mp"}) {
        INFO(to);
        const auto ended = trace("polyoxymethylene", to);
        CHECK(ended.code == 1);
        CHECK(ended.json().at("relation") == "absent");
        CHECK_THAT(ended.last_error(), Contains("no chain leads from 'polyoxymethylene' to"));
    }
}

TEST_CASE("Utilities make no chains", "[cli][trace]") {
    struct Pair {
        std::string from;
        std::string to;
    };
    for (const auto& [from, to] : std::vector<Pair>{{"electricity", "calcium_carbide"},
                                                    {"fresh_water", "methanol"},
                                                    {"steam_mp", "phenol"},
                                                    {"caustic_soda_32", "phenol"},
                                                    {"coke_oven_gas", "hot_coke"},
                                                    {"phenol_oil", "needle_coke"},
                                                    {"benzene", "butanediol"},
                                                    {"aniline", "sulphur"}}) {
        INFO(from << " -> " << to);
        CHECK(trace(from, to).code == 1);
    }
}

TEST_CASE("An unknown word ends with 2 and the nearest known one", "[cli][trace]") {
    const auto ended = trace("coal_tra", "carbon_black");
    CHECK(ended.code == 2);
    CHECK(ended.output.empty());
    CHECK(ended.last_error() == "chainsim: unknown commodity 'coal_tra'; did you mean 'coal_tar'?");
}

TEST_CASE("Without a target all that is made is listed", "[cli][trace]") {
    const auto ended =
        call({"trace", chainsim::test::plan_scenario, "--from", "crude_benzol", "--json"});
    CHECK(ended.code == 0);
    CHECK(ended.json().at("reached").size() > 3);
    CHECK(ended.json().at("reached").at(0).at("steps") == 1);
}

TEST_CASE("A reader gets names in the language asked for", "[cli][trace]") {
    CHECK_THAT(trace("coal_tar", "carbon_black", {"--lang", "zh"}).output,
               Contains("煤焦油") && Contains("有产业链联系"));
    CHECK_THAT(trace("coal_tar", "carbon_black", {"--lang", "en"}).output,
               Contains("a chain links them"));
    CHECK(trace("coal_tar", "carbon_black", {"--quiet"}).output.empty());
}

TEST_CASE("A commodity and itself are no pair", "[cli][trace]") {
    const auto ended = trace("methanol", "甲醇");
    CHECK(ended.code == 2);
    CHECK(ended.output.empty());
    CHECK(ended.last_error() ==
          "chainsim: 'methanol' and '甲醇' are one and the same, methanol: name two, or leave --to "
          "out to list all that it is made into");
}
