#include "support/catch.hpp"
#include "support/scratch.hpp"
#include <chainsim/base/diagnostic.hpp>
#include <chainsim/io/file.hpp>
#include <chainsim/view/folders_view.hpp>

#include <nlohmann/json.hpp>

namespace fs = std::filesystem;
using chainsim::test::Scratch;
using chainsim::view::FolderKind;

TEST_CASE("A folder is known by what stands in it", "[view][folders]") {
    const Scratch folder;
    CHECK(chainsim::view::kind_of(folder.path()) == FolderKind::other);
    chainsim::io::write_file(folder.path() / "manifest.json", "{}");
    CHECK(chainsim::view::kind_of(folder.path()) == FolderKind::run);
    chainsim::io::write_file(folder.path() / "sample.json", "{}");
    CHECK(chainsim::view::kind_of(folder.path()) == FolderKind::sample);
    chainsim::io::write_file(folder.path() / "optimise.json", "{}");
    CHECK(chainsim::view::kind_of(folder.path()) == FolderKind::front);
}

TEST_CASE("A document that is none of ours is refused by name", "[view][folders]") {
    const Scratch folder;
    for (const char* text : {"{}", "[1]", "no json", R"({"schema": "chainsim.optimise/1"})",
                             R"({"schema": "chainsim.optimise/1", "goals": 3, "plans": []})"}) {
        INFO(text);
        chainsim::io::write_file(folder.path() / "optimise.json", text);
        CHECK_THROWS_AS(chainsim::view::front_json(folder.path()), chainsim::InputError);
    }
}

TEST_CASE("A sample gives quantiles, bounds and chances", "[view][folders]") {
    const Scratch folder;
    chainsim::io::write_file(folder.path() / "sample.json",
                             R"({"schema": "chainsim.sample/1", "draws": 64})");
    chainsim::io::write_file(
        folder.path() / "policies.csv",
        "year,id,name_zh,name_en,hard,indicator,side,unit,bound,draws,chance,chance_low,chance_"
        "high\n"
        "2030,cap,上限,cap,1,energy_controlled,at_most,tce,7.5e6,64,0.75,0.63,0.84\n");
    chainsim::io::write_file(
        folder.path() / "indicators.csv",
        "year,id,name_zh,name_en,unit,nominal,draws,mean,sd,least,p01,p05,p25,p50,p75,p95,p99,"
        "most\n"
        "2030,energy_controlled,能耗,energy,tce,7e6,64,7e6,1e5,6e6,6.1e6,6.2e6,6.8e6,7e6,7.2e6,"
        "7.6e6,7.8e6,8e6\n"
        "2030,made_coke,焦炭,coke,t,1,64,1,0,1,1,1,1,1,1,1,1,1\n");
    const auto sample = chainsim::view::sample_json(folder.path());
    CHECK(sample.at("draws") == 64);
    REQUIRE(sample.at("distributions").size() == 1); // of single products it is silent
    const auto& one = sample.at("distributions").at(0);
    CHECK(one.at("bound") == 7.5e6);
    CHECK(one.at("chance") == 0.75);
    CHECK(one.at("quantiles").at(4) == nlohmann::ordered_json::array({0.5, 7e6}));
    CHECK(sample.at("chances").at(0).at("low") == 0.63);
}
