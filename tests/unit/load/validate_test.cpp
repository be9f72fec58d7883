#include "support/catch.hpp"
#include "world.hpp"
#include <chainsim/load/load_scenario.hpp>

#include <algorithm>
#include <string>
#include <vector>

using namespace chainsim;

namespace {

std::vector<std::string> messages(const load::Validation& validation) {
    std::vector<std::string> result;
    for (const auto& problem : validation.problems) {
        result.push_back(problem.message);
    }
    return result;
}

using Messages = std::vector<std::string>;

} // namespace

TEST_CASE("What is right has no problems", "[load][validate]") {
    const test::World world;
    const auto validation = load::validate({world.path("models"), world.path("study")});
    CHECK(messages(validation).empty());
    CHECK(validation.models.size() == 1);
    REQUIRE(validation.scenarios.size() == 1);
    CHECK(validation.scenarios[0].id == "base");
}

TEST_CASE("Problems of all files are told, each once", "[load][validate]") {
    const test::World world;
    world.write("models/x.yaml", "format: chainsim.models/1\nfactors:\n  f: 3 tt\n");
    world.write("study/other.yaml",
                "format: chainsim.scenario/1\nscenario: other\nextends: base.yaml\nbild: all\n");
    const auto validation = load::validate({world.path("models"), world.path("study")});
    CHECK(messages(validation) ==
          Messages{"'3 tt' is a text; a map with the keys of a factor is needed",
                   "unknown key `bild`"});
    CHECK(validation.models.empty());
    CHECK(validation.scenarios.empty());
}

TEST_CASE("A study file that no scenario includes is told", "[load][validate]") {
    const test::World world;
    world.write("study/forgotten.yaml", "format: chainsim.study/1\nfacilities: {}\n");
    CHECK(messages(load::validate({world.path("study")})) ==
          Messages{"no scenario in this folder includes this file"});
}

TEST_CASE("A file without a known format is told", "[load][validate]") {
    const test::World world;
    world.write("study/a.yaml", "region: {id: x}\n");
    world.write("study/b.yaml", "format: chainsim.other/1\n");
    world.write("study/c.yaml", "a: [\n");
    const auto found = messages(load::validate({world.path("study")}));
    REQUIRE(found.size() == 3);
    CHECK(found[0] == "the key `format` is missing");
    CHECK(found[1] == "'chainsim.other/1' is no format that is read here");
    CHECK(found[2].starts_with("this is not YAML"));
}

TEST_CASE("A single file is judged for itself", "[load][validate]") {
    const test::World world;
    world.write("models/good.yaml", "format: chainsim.models/1\n");
    world.write("models/bad.yaml",
                "format: chainsim.models/1\nfactors:\n  f: {value: 3, source: x}\n");
    CHECK(messages(load::validate({world.path("models/good.yaml")})).empty());
    CHECK(messages(load::validate({world.path("models/bad.yaml")})) ==
          Messages{"the figure has no confidence, and neither has a record around it"});
    CHECK(messages(load::validate({world.path("study/plants.yaml")})).empty());
    std::filesystem::remove(world.path("models/bad.yaml"));
    CHECK(load::validate({world.path("study/base.yaml")}).scenarios.size() == 1);
}

TEST_CASE("A study file is judged by the scenarios that include it, and told of itself alone",
          "[load][validate]") {
    const test::World world;
    world.write("study/plants.yaml", "format: chainsim.study/1\nfacilities:\n"
                                     "  kiln: {process: lime_kilm, capacty: 5 kt/a}\n");
    world.write("study/region.yaml", "format: chainsim.study/1\nregiom: {id: x}\n");
    const auto found = messages(load::validate({world.path("study/plants.yaml")}));
    CHECK(found == Messages{"the key `capacity` is missing", "unknown process 'lime_kilm'",
                            "unknown key `capacty`"});
    world.write("study/alone.yaml", "format: chainsim.study/1\nfacilities: {}\n");
    CHECK(messages(load::validate({world.path("study/alone.yaml")})) ==
          Messages{"no scenario beside this file includes it, so only its sections were read"});
}

TEST_CASE("What two scenarios tell of one place is told once", "[load][validate]") {
    const test::World world;
    world.write("study/second.yaml",
                "format: chainsim.scenario/1\nscenario: second\nextends: base.yaml\n");
    world.write("study/plants.yaml", "format: chainsim.study/1\nfacilities:\n"
                                     "  kiln: {process: lime_kilm, capacty: 5 kt/a}\n");
    const auto found = messages(load::validate({world.path("study")}));
    for (const char* message : {"unknown key `capacty`", "unknown process 'lime_kilm'"}) {
        CAPTURE(message);
        CHECK(std::count(found.begin(), found.end(), message) == 1);
    }
}

TEST_CASE("A path that is not there is a problem like any other", "[load][validate]") {
    const test::World world;
    CHECK(load::validate({world.path("absent"), world.path("absent.yaml")}).problems.size() == 2);
}
