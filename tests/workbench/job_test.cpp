#include "served.hpp"
#include "support/catch.hpp"

#include <chrono>
#include <filesystem>
#include <string>
#include <thread>

using Catch::Matchers::Contains;
using chainsim::test::Json;
using chainsim::test::Served;
using chainsim::test::within;

namespace fs = std::filesystem;

namespace {

Json job_of(const Served& served, const Json& opened, const std::string& id) {
    const auto jobs = served.get(within(opened, "jobs")).json();
    for (const auto& job : jobs.at("jobs")) {
        if (job.at("id") == id) {
            return job;
        }
    }
    return nullptr;
}

/// The job once it runs no more.
Json ended(const Served& served, const Json& opened, const std::string& id) {
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(120);
    while (std::chrono::steady_clock::now() < until) {
        auto job = job_of(served, opened, id);
        if (job.at("state") != "running") {
            return job;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    return nullptr;
}

std::string start(const Served& served, const Json& opened, const Json& request) {
    const auto reply = served.post(within(opened, "jobs"), request);
    INFO(reply.body);
    REQUIRE(reply.status == 200);
    CHECK(reply.json().at("state") == "running");
    return reply.json().at("id").get<std::string>();
}

constexpr int many_draws = 100000;

bool has_nothing(const fs::path& folder) { return !fs::exists(folder) || fs::is_empty(folder); }

} // namespace

TEST_CASE("Draws are watched until they are there, and stand in the view then", "[workbench]") {
    const Served served;
    const auto opened = served.open();
    const auto id = start(served, opened, {{"kind", "sample"}, {"draws", 2000}});
    const auto job = ended(served, opened, id);
    INFO(job.dump());
    CHECK(job.at("state") == "done");
    CHECK(job.at("share") == 1.0);
    CHECK(fs::exists(served.root() / "runs" / "desk_2030_sample" / "sample.json"));
    const auto view = served.post_nothing(within(opened, "refresh")).json().at("view");
    REQUIRE(view.at("samples").size() == 1);
    CHECK(view.at("samples").at(0).at("draws") == 2000);
}

TEST_CASE("Work is cancelled and leaves nothing, by the user or with the session", "[workbench]") {
    const Served served;
    const auto opened = served.open();
    const auto id = start(served, opened, {{"kind", "sample"}, {"draws", many_draws}});
    CHECK(served.post(within(opened, "jobs"), {{"kind", "sample"}}).status == 429);
    CHECK(served.end(within(opened, "jobs/" + id)).status == 200);
    CHECK(ended(served, opened, id).at("state") == "cancelled");
    CHECK(has_nothing(served.root() / "runs"));
    CHECK(served.end(within(opened, "jobs/nothing")).status == 404);

    (void)start(served, opened, {{"kind", "sample"}, {"draws", many_draws}});
    CHECK(served.end("/api/sessions/" + opened.at("session").get<std::string>()).status == 200);
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (!has_nothing(served.root() / "runs") && std::chrono::steady_clock::now() < until) {
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    CHECK(has_nothing(served.root() / "runs"));
}

TEST_CASE("Two users have work under way at the same time, and no more", "[workbench]") {
    Served served;
    const auto first = served.open();
    const auto second = served.open();
    const auto third = served.open();
    const Json request{{"kind", "sample"}, {"draws", many_draws}};
    (void)start(served, first, request);
    (void)start(served, second, request);
    CHECK(served.post(within(third, "jobs"), request).status == 429);
    CHECK(served.get(within(third, "jobs")).json().at("jobs").empty());
    // The server ends meanwhile: nothing stays.
}

TEST_CASE("A plan is sought for what the user has moved, and can be compared with", "[workbench]") {
    const Served served;
    const auto opened = served.open();
    const Json moved{
        {"seq", 1},
        {"edits", Json::array({{{"control", "project:gas_to_methanol:built"}, {"value", false}}})}};
    REQUIRE(served.post(within(opened, "edits"), moved).status == 200);
    const auto id = start(served, opened, {{"kind", "optimise"}, {"objective", "npv"}});
    const auto job = ended(served, opened, id);
    INFO(job.dump());
    CHECK((job.at("state") == "done" || job.at("state") == "failed"));
    for (const auto& entry : fs::directory_iterator(served.tutorial())) {
        CHECK_FALSE(entry.path().filename().string().starts_with("."));
    }
    if (job.contains("result")) {
        const auto result = job.at("result").get<std::string>();
        CHECK(served.get("/api/scenarios").json().at("runs").at(0).at("id") == result);
        CHECK(served.post(within(opened, "compare"), {{"with", result}}).status == 200);
    }
}

TEST_CASE("Work that cannot be done says why", "[workbench]") {
    const Served served;
    const auto opened = served.open();
    const auto jobs = within(opened, "jobs");
    for (const auto& wrong :
         {Json{{"kind", "fly"}}, Json{{"kind", "sample"}, {"draws", 1}},
          Json{{"kind", "sample"}, {"draws", 1e9}}, Json{{"kind", "sample"}, {"draws", "many"}},
          Json{{"kind", "optimise"}, {"objective", ""}},
          Json{{"kind", "optimise"}, {"pareto", {"npv"}}},
          Json{{"kind", "optimise"}, {"pareto", {1, 2}}}}) {
        CHECK(served.post(jobs, wrong).status == 422);
    }
    const auto id = start(served, opened, {{"kind", "optimise"}, {"objective", "happiness"}});
    const auto job = ended(served, opened, id);
    CHECK(job.at("state") == "failed");
    CHECK_THAT(job.at("message").get<std::string>(), Contains("happiness"));
}
