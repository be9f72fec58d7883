#include "program.hpp"
#include "support/catch.hpp"
#include <chainsim/io/file.hpp>

#include <filesystem>
#include <string>

using Catch::Matchers::Contains;
using chainsim::test::call;

TEST_CASE("The models and scenarios of the project are valid, and every recipe is in the table",
          "[cli][validate]") {
    const auto ended = call({"validate", "models", "scenarios", "--lang", "en"});
    INFO(ended.errors);
    CHECK(ended.code == 0);
    CHECK(ended.errors.empty());
    CHECK_THAT(ended.output, Contains("coking_stamp_charging") &&
                                 Contains("confidence of the figures:") &&
                                 Contains("recorded, with no counterpart in a run") &&
                                 Contains("= same source as the model's plants: no check") &&
                                 Contains("no problems found"));
}

TEST_CASE("The same as one document", "[cli][validate]") {
    const auto ended = call({"validate", "models", "--json"});
    const auto found = ended.json();
    CHECK(ended.code == 0);
    CHECK(found.at("problems").empty());
    CHECK(found.at("recipes").size() > 100);
    for (const auto& recipe : found.at("recipes")) {
        INFO(recipe.dump());
        CHECK(std::abs(recipe.at("mass").get<double>()) <= 0.02);
        CHECK(recipe.at("energy").get<double>() <= 0.002);
        CHECK(recipe.contains("elements"));
        CHECK(recipe.contains("open_reason"));
    }
    std::size_t figures = 0;
    for (const auto& count : found.at("confidence")) {
        figures += count.get<std::size_t>();
    }
    CHECK(figures > 1000);
}

TEST_CASE("Problems come with their places, and the last line counts them", "[cli][validate]") {
    const chainsim::test::Scratch scratch;
    const std::string file = (scratch / "broken.yaml").string();
    chainsim::io::write_file(file, "format: chainsim.models/1\ncommoditys: {}\n");
    const auto ended = call({"validate", file});
    CHECK(ended.code == 2);
    CHECK_THAT(ended.errors, Contains("broken.yaml:2:1: error:") && Contains("commodities"));
    CHECK_THAT(ended.last_error(), Contains("chainsim: 1 problem in 1 file"));

    const auto document = call({"validate", file, "--json"});
    CHECK(document.code == 2);
    const auto problem = document.json().at("problems").at(0);
    CHECK(problem.at("line") == 2);
    CHECK(problem.at("column") == 1);
    CHECK(problem.contains("message"));
    CHECK(problem.contains("help"));
}

TEST_CASE("Of a run, what it was made from is validated", "[cli][validate]") {
    const chainsim::test::Scratch scratch;
    const auto run = scratch / "run";
    REQUIRE(call({"run", chainsim::test::small_scenario, "-o", run.string(), "--quiet"}).code == 0);
    const auto ended = call({"validate", run.string(), "--lang", "en"});
    INFO(ended.errors);
    CHECK(ended.code == 0);
    CHECK(ended.errors.empty());
    CHECK_THAT(ended.output, Contains("no problems found"));

    chainsim::io::write_file(run / "inputs" / chainsim::test::small_scenario, "changed");
    const auto changed = call({"validate", run.string(), "--quiet"});
    CHECK(changed.code == 2);
    CHECK_THAT(changed.last_error(), Contains("1 problem in 1 file"));
}
