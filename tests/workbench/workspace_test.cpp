#include "served.hpp"
#include "support/catch.hpp"
#include "workspace.hpp"
#include <chainsim/io/file.hpp>
#include <chainsim/study/run_folder.hpp>
#include <chainsim/study/study.hpp>

#include <filesystem>
#include <string>
#include <vector>

using chainsim::test::Served;
using chainsim::test::within;
using chainsim::workbench::Workspace;

namespace fs = std::filesystem;

TEST_CASE("The scenarios beside the one that was named may be opened, and nothing else",
          "[workbench]") {
    const Served served;
    chainsim::io::write_file(served.tutorial() / ".hidden.yaml", "scenario: hidden\n");
    const auto list = served.get("/api/scenarios").json();
    std::vector<std::string> ids;
    for (const auto& one : list.at("scenarios")) {
        ids.push_back(one.at("id").get<std::string>());
        CHECK(one.at("name").at("zh").is_string());
    }
    CHECK(ids == std::vector<std::string>{"base_2025", "desk_2030", "methanol_2030"});
    CHECK(list.at("runs").empty());
    for (const std::string name : {"region", ".hidden", "../tutorial/desk_2030", "nothing"}) {
        INFO(name);
        CHECK(served.post("/api/sessions", {{"scenario", served.called(name) + "x"}}).status ==
              404);
        CHECK(served.post("/api/sessions", {{"scenario", name + ".yaml"}}).status == 404);
    }
}

TEST_CASE("Runs are listed, and a district is compared with a run or with a scenario",
          "[workbench]") {
    const Served served;
    const auto run = chainsim::study::open(served.tutorial() / "base_2025.yaml").run();
    fs::create_directories(served.root() / "runs" / "no_run");
    chainsim::study::write_run(run, served.root() / "runs" / "before");
    const auto runs = served.get("/api/scenarios").json().at("runs");
    REQUIRE(runs.size() == 1);
    CHECK(runs[0].at("id") == "before");
    CHECK(runs[0].at("name").at("en") == "the district in 2025");
    CHECK(runs[0].at("made").get<std::string>().size() == std::string("2026-01-01 00:00").size());

    const auto opened = served.open();
    for (const auto& other : {std::string("before"), served.called("base_2025")}) {
        const auto reply = served.post(within(opened, "compare"), {{"with", other}});
        INFO(reply.body.substr(0, 300));
        REQUIRE(reply.status == 200);
        const auto comparison = reply.json().at("comparison");
        CHECK(comparison.at("year") == 2025);
        CHECK(comparison.at("names").size() == 2);
        CHECK(comparison.at("indicators").size() > 3);
    }
    CHECK(served.post(within(opened, "compare"), {{"with", "../runs/before"}}).status == 404);
    CHECK(served.post(within(opened, "compare"), {{"with", "no_run"}}).status == 404);
}

TEST_CASE("Results get names that are new, whatever a scenario is called", "[workbench]") {
    const Served served;
    Workspace workspace({served.tutorial() / "desk_2030.yaml"}, served.root() / "runs");
    const auto runs = served.root() / "runs";
    CHECK(workspace.new_run("plan", "best") == runs / "plan_best");
    CHECK(workspace.new_run("plan", "best") == runs / "plan_best_2");
    CHECK(workspace.new_run("../../etc/x", "best") == runs / "______etc_x_best");
    fs::create_directories(runs / "other_sample");
    CHECK(workspace.new_run("other", "sample") == runs / "other_sample_2");
}
