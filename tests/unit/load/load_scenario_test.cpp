#include "support/catch.hpp"
#include "world.hpp"
#include <chainsim/load/load_scenario.hpp>

#include <algorithm>

using namespace chainsim;

TEST_CASE("A scenario has its years, plants and models", "[load][scenario]") {
    const test::World world;
    const auto scenario = load::load_scenario(world.path("study/base.yaml"));
    CHECK(scenario.id == "base");
    CHECK(scenario.years == std::vector<int>{2020, 2025});
    CHECK(scenario.region.id == "somewhere");
    CHECK(scenario.region.base_year == 2020);
    CHECK(scenario.model.processes.size() == 2);
    CHECK(scenario.facilities.ids() ==
          std::vector<std::string>{"furnace_a", "furnace_b1", "kiln_a"});
    CHECK(scenario.projects.ids() == std::vector<std::string>{"furnace_b", "kiln_b"});
    const auto& kiln = scenario.facilities.at("kiln_a");
    CHECK(scenario.model.processes[kiln.process].id == "lime_kiln");
    CHECK(kiln.capacity.value.in("t/a") == 100000.0);
    CHECK_FALSE(kiln.start);
    CHECK(kiln.project.empty());
}

TEST_CASE("A selected project builds its facilities, and retires what it replaces",
          "[load][scenario]") {
    const test::World world;
    const auto scenario = load::load_scenario(world.path("study/base.yaml"));
    const auto& built = scenario.facilities.at("furnace_b1");
    CHECK(built.project == "furnace_b");
    CHECK(built.start == 2024);
    CHECK(built.provenance.confidence == model::Confidence::seed); // of the project
    CHECK(built.capacity.provenance.source == "the plan");
    CHECK(scenario.facilities.at("furnace_a").retire == 2024);
    CHECK(scenario.projects.at("furnace_b").selected);
    CHECK_FALSE(scenario.projects.at("kiln_b").selected);
    CHECK(scenario.projects.at("furnace_b").facilities == std::vector<std::string>{"furnace_b1"});
}

TEST_CASE("A scenario may build other projects, all, or none", "[load][scenario]") {
    const test::World world;
    CHECK(world.scenario("build: []\n").facilities.ids() ==
          std::vector<std::string>{"furnace_a", "kiln_a"});
    CHECK_FALSE(world.scenario("build: []\n").facilities.at("furnace_a").retire);
    CHECK(world.scenario("build: all\n").facilities.size() == 4);
    CHECK(world.scenario("build: all\nskip: [kiln_b]\n").facilities.size() == 3);
    CHECK(world.scenario("skip: [furnace_b]\n").facilities.size() == 2); // the base builds it
}

TEST_CASE("A scenario may move the start of a project", "[load][scenario]") {
    const test::World world;
    const auto scenario = world.scenario("start: {furnace_b: 2026}\n");
    CHECK(scenario.facilities.at("furnace_b1").start == 2026);
    CHECK(scenario.facilities.at("furnace_a").retire == 2026);
    CHECK(scenario.projects.at("furnace_b").start == 2026);
}

TEST_CASE("What a scenario does not say it has from what it extends", "[load][scenario]") {
    const test::World world;
    const auto same = world.scenario("");
    CHECK(same.id == "case");
    CHECK(same.years == std::vector<int>{2020, 2025});
    CHECK(same.seed == 0);
    CHECK(same.facilities.size() == 3);
    const auto other = world.scenario("years: [2030]\nseed: 42\nname: {zh: 他, en: other}\n");
    CHECK(other.years == std::vector<int>{2030});
    CHECK(other.seed == 42);
    CHECK(other.name.zh == "他");
}

TEST_CASE("Scenarios may stand in a chain and in folders below", "[load][scenario]") {
    const test::World world;
    world.write("study/variants/two.yaml",
                "format: chainsim.scenario/1\nscenario: two\nmodels: ../../models\n"
                "include: [own.yaml]\nyears: [2025]\nbuild: []\n");
    world.write("study/variants/own.yaml", "format: chainsim.study/1\nregion: {id: r}\n");
    world.write("study/one.yaml",
                "format: chainsim.scenario/1\nscenario: one\nextends: variants/two.yaml\n"
                "years: [2026]\n");
    const auto scenario = load::load_scenario(world.path("study/one.yaml"));
    CHECK(scenario.region.id == "r");
    CHECK(scenario.years == std::vector<int>{2026});
}

TEST_CASE("A link that leads out of the folder of the scenario is not followed",
          "[load][scenario]") {
    const test::World world;
    world.write("elsewhere/secret.yaml", "format: chainsim.study/1\nregion: {id: r}\n");
    std::filesystem::create_symlink(world.path("elsewhere"), world.path("study/link"));
    const std::string words = world.refusal("include: [link/secret.yaml]\n");
    CHECK(words.find("'link/secret.yaml' leaves the folder of the scenario") != std::string::npos);
}

TEST_CASE("A scenario keeps the files it was made from", "[load][scenario]") {
    const test::World world;
    const auto scenario = world.scenario("");
    std::vector<std::string> names;
    for (const auto& input : scenario.inputs) {
        names.push_back(input.path);
    }
    CHECK(names == std::vector<std::string>{"models/world.yaml", "study/base.yaml",
                                            "study/case.yaml", "study/plants.yaml",
                                            "study/region.yaml"});
    CHECK(scenario.inputs[2].text ==
          "format: chainsim.scenario/1\nscenario: case\nextends: base.yaml\n");
}

TEST_CASE("Places are named as the user named the scenario", "[load][scenario]") {
    const test::World world;
    const std::string words = world.refusal("bild: all\n");
    CHECK(words.starts_with(world.path("study/case.yaml").string() +
                            ":4:1: error: unknown key `bild`"));
}

TEST_CASE("Markets, demand and policies are read with their paths", "[load][scenario]") {
    const test::World world;
    const auto scenario = world.scenario(R"(
add:
  markets:
    limestone:
      buy: {price: {path: {2020: 50 CNY/t, 2030: 70 CNY/t}}, limit: 5 万吨/年, rank: before_local}
      sell: none
      confidence: estimate
      source: a guess
    carbon: {buy: {limit: 300 kt}, confidence: estimate, source: a guess}
  demand:
    calcium_carbide: {value: 40 kt/a, confidence: seed, source: the plan}
  policies:
    cap:
      indicator: co2_total
      at_most: {path: {2025: 1 万吨, 2030: 0.5 万吨}, confidence: seed, source: the plan}
      from: 2025
      hard: false
)");
    const auto& limestone = scenario.markets.at("limestone");
    REQUIRE(limestone.buy);
    CHECK(limestone.buy->allowed);
    CHECK(limestone.buy->before_local);
    CHECK(limestone.buy->price->at(2025).in("CNY/t") == 60.0);
    CHECK(limestone.buy->limit->at(2025).in("t/a") == 50000.0);
    REQUIRE(limestone.sell);
    CHECK_FALSE(limestone.sell->allowed);
    const auto& carbon = scenario.markets.at("carbon");
    CHECK(carbon.buy->limit->at(2025).in("t") == 300000.0); // "per year" may be left out
    CHECK_FALSE(carbon.sell);
    CHECK(scenario.demands.at("calcium_carbide").amount.at(2025).in("t/a") == 40000.0);
    const auto& cap = scenario.policies.at("cap");
    CHECK(cap.at_most->at(2030).in("t") == 5000.0);
    CHECK_FALSE(cap.at_least);
    CHECK_FALSE(cap.hard);
    CHECK(cap.from == 2025);
}

TEST_CASE("A file that is not there is told by its path", "[load][scenario]") {
    const test::World world;
    CHECK_THROWS_AS(load::load_scenario(world.path("study/absent.yaml")), IoError);
    CHECK_THROWS_AS(load::load_scenario(world.path("study")), IoError);
}
