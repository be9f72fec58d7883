#include "program.hpp"
#include "support/catch.hpp"
#include <chainsim/io/file.hpp>

#include <filesystem>
#include <string>

using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;
using Catch::Matchers::WithinRel;
using chainsim::test::call;
using chainsim::test::plan_scenario;
using chainsim::test::Scratch;
namespace fs = std::filesystem;
namespace test = chainsim::test;

namespace {

/// Runs the plan with a plant of the base at no availability, as a planner would write it.
nlohmann::json run_without(const Scratch& scratch, const std::string& facility) {
    for (const std::string folder : {"models", "scenarios"}) {
        fs::copy(test::source_path(folder), scratch / folder,
                 fs::copy_options::recursive | fs::copy_options::skip_existing);
    }
    const auto file = scratch / "scenarios/hainan/off.yaml";
    chainsim::io::write_file(file, "format: chainsim.scenario/1\n"
                                   "scenario: off\n"
                                   "name: {zh: 停运, en: off}\n"
                                   "extends: plan_2025.yaml\n"
                                   "changes: {facilities: {" +
                                       facility + ": {availability: 0 %}}}\n");
    const auto ended = call({"run", file.string(), "--json", "-o", (scratch / "run").string()});
    INFO(ended.errors);
    return ended.json().at("years").at(0).at("indicators");
}

} // namespace

TEST_CASE("Outages ranks every running plant, as a run without it finds", "[cli][outages]") {
    const auto ended = call({"outages", plan_scenario, "--json"});
    REQUIRE(ended.code == 0);
    CHECK(ended.errors.empty());
    const auto document = ended.json();
    CHECK(document.at("schema") == "chainsim.outages/1");
    const auto& outages = document.at("outages");
    CHECK(outages.size() > 200);
    for (std::size_t i = 1; i < outages.size(); ++i) {
        CHECK(outages[i - 1].at("lost_value_added").get<double>() >=
              outages[i].at("lost_value_added").get<double>());
    }
    const Scratch scratch;
    const auto& first = outages.front();
    const auto run = run_without(scratch, first.at("facility").get<std::string>());
    CHECK_THAT(document.at("base").at("value_added").get<double>() -
                   first.at("lost_value_added").get<double>(),
               WithinRel(run.at("value_added").at("value").get<double>(), 1e-9));
    CHECK_THAT(document.at("base").at("energy_total_equivalent").get<double>() +
                   first.at("energy").get<double>(),
               WithinRel(run.at("energy_total_equivalent").at("value").get<double>(), 1e-9));
}

TEST_CASE("Outages speaks Chinese, and shows no more than asked for", "[cli][outages]") {
    const auto outages = call({"outages", plan_scenario, "--lang", "zh", "--top", "3"});
    CHECK(outages.code == 0);
    CHECK_THAT(outages.output, Contains("增加值损失") && Contains("停产"));
    // Gases are at normal conditions, and an amount stays whole in 80 columns.
    const auto narrow = call({"outages", plan_scenario, "--lang", "zh"}, "export COLUMNS=80");
    CHECK_THAT(narrow.output, Contains(" 百万标方") && !Contains("立方米"));
    const Scratch scratch;
    const auto policies =
        call({"run", plan_scenario, "--lang", "zh", "-o", (scratch / "run").string()});
    CHECK_THAT(policies.output, Contains("克标煤/千瓦时") && Contains("立方米/兆瓦时") &&
                                    Contains("万千瓦") && Contains("当年价"));
    CHECK(call({"outages", plan_scenario, "--top", "2", "--json"}).json().at("outages").size() ==
          2);
    CHECK(call({"outages", plan_scenario, "--quiet"}).output.empty());
}

TEST_CASE("A run folder serves outages as well as its scenario", "[cli][outages]") {
    const Scratch scratch;
    const auto folder = (scratch / "run").string();
    REQUIRE(call({"run", test::small_scenario, "-o", folder, "--quiet"}).code == 0);
    const auto from_run = call({"outages", folder, "--json"});
    REQUIRE(from_run.code == 0);
    CHECK(from_run.output == call({"outages", test::small_scenario, "--json"}).output);
}

TEST_CASE("Wrong options of outages are refused", "[cli][outages]") {
    CHECK(call({"outages", plan_scenario, "--top", "-1"}).code == 2);
    CHECK(call({"outages", plan_scenario, "--top", "0"}).code == 2);
}

TEST_CASE("Without a solution outages ends with 3", "[cli][outages]") {
    const auto ended = call({"outages", "tests/cli/no_coke.yaml", "--json"});
    CHECK(ended.code == 3);
    CHECK(ended.output.empty());
    CHECK_THAT(ended.last_error(), StartsWith("chainsim: no solution in "));
}
