#include "served.hpp"
#include "support/catch.hpp"
#include <chainsim/io/file.hpp>

#include <filesystem>
#include <map>
#include <string>

using Catch::Matchers::Contains;
using chainsim::test::Json;
using chainsim::test::Reply;
using chainsim::test::Served;

namespace fs = std::filesystem;

namespace {

using Files = std::map<std::string, std::string>;

/// As a browser hands over a folder.
Reply upload(const Served& served, const Files& files) {
    const std::string boundary = "----boundary7";
    std::string body;
    for (const auto& [name, text] : files) {
        body += "--" + boundary +
                "\r\nContent-Disposition: form-data; name=\"files\"; filename=\"" + name +
                "\"\r\nContent-Type: application/octet-stream\r\n\r\n" + text + "\r\n";
    }
    body += "--" + boundary + "--\r\n";
    return served.send("POST", "/api/districts", body, "multipart/form-data; boundary=" + boundary);
}

/// The tutorial under another name.
Files district(const std::string& name) {
    Files files;
    const auto folder = fs::path(CHAINSIM_SOURCE_DIR) / "scenarios" / "tutorial";
    for (const auto& entry : fs::directory_iterator(folder)) {
        files[name + "/" + entry.path().filename().string()] =
            chainsim::io::read_file(entry.path());
    }
    return files;
}

std::string first_message(const Reply& reply) {
    return reply.json().at("problems").at(0).at("message").get<std::string>();
}

} // namespace

TEST_CASE("A folder that is handed over can be opened, moved and saved", "[workbench]") {
    const Served served;
    const auto reply = upload(served, district("mine"));
    INFO(reply.body.substr(0, 500));
    REQUIRE(reply.status == 200);
    const auto scenarios = reply.json().at("scenarios");
    REQUIRE(scenarios.size() == 3);
    CHECK(scenarios[0].at("file") == "uploads/mine/base_2025.yaml");
    const auto opened = served.post("/api/sessions", {{"scenario", scenarios[0].at("file")}});
    REQUIRE(opened.status == 200);
    const auto saved = served.post(chainsim::test::within(opened.json(), "save"), {{"id", "copy"}});
    CHECK(saved.json().at("file") == "uploads/mine/copy.yaml");
    CHECK(served.get("/api/scenarios").json().at("scenarios").size() == 7);

    const auto again = upload(served, district("mine"));
    CHECK(again.json().at("scenarios").at(0).at("file") == "uploads/mine-2/base_2025.yaml");
}

TEST_CASE("A scenario that is wrong is refused with its file and line", "[workbench]") {
    const Served served;
    auto files = district("mine");
    files["mine/base_2025.yaml"] += "capasity: 7\n";
    const auto reply = upload(served, files);
    REQUIRE(reply.status == 422);
    const auto problem = reply.json().at("problems").at(0);
    CHECK(problem.at("field") == "mine/base_2025.yaml");
    CHECK(problem.at("line").get<int>() > 5);
    CHECK_THAT(problem.at("message").get<std::string>(), Contains("capasity"));
    CHECK_THAT(reply.body, !Contains("/tmp/"));

    files["mine/base_2025.yaml"] = "scenario: [\n";
    CHECK(upload(served, files).status == 422);
    CHECK(served.get("/api/scenarios").json().at("scenarios").size() == 3);
}

TEST_CASE("Names that lead elsewhere, and files that are none of a district, are refused",
          "[workbench]") {
    const Served served;
    for (const std::string name :
         {"../x.yaml", "mine/../../x.yaml", "/etc/x.yaml", "mine//x.yaml", "mine/.x/y.yaml",
          "mine\\x.yaml", "mine/x.sh", "mine/x", "mine/a b.yaml", "a/b/c/d/e/f/g/h/i.yaml"}) {
        auto files = district("mine");
        files[name] = "x: 1\n";
        const auto reply = upload(served, files);
        INFO(name);
        CHECK(reply.status == 422);
        CHECK_THAT(first_message(reply), Contains("is not taken"));
    }
    CHECK(upload(served, {}).status == 422);
    CHECK_THAT(first_message(upload(served, {{"mine/x.yaml", "x: 1\n"}})),
               Contains("no scenario in this folder"));
    Files many;
    for (int i = 0; i < 401; ++i) {
        many["mine/" + std::to_string(i) + ".yaml"] = "x: 1\n";
    }
    CHECK(upload(served, many).status == 413);
    CHECK(upload(served, {{"mine/x.yaml", std::string(17U << 20U, '#')}}).status == 413);
    // Left beside the files by some systems.
    auto files = district("mine");
    files["mine/.DS_Store"] = "\x01";
    CHECK(upload(served, files).status == 200);
}

TEST_CASE("Models are read from nowhere but where the server has laid them", "[workbench]") {
    const Served served;
    for (const std::string models :
         {"../../../../../etc", "../..", "..", "/etc", "../../models/../..", "../../../models"}) {
        auto files = district("mine");
        auto& base = files["mine/base_2025.yaml"];
        const std::string named = "models: ../../models";
        base.replace(base.find(named), named.size(), "models: " + models);
        const auto reply = upload(served, files);
        INFO(models << '\n' << reply.body);
        CHECK(reply.status == 422);
        CHECK_THAT(first_message(reply), Contains("the models that it names are not there"));
    }
    // A base that does not look like one from outside.
    auto files = district("mine");
    files["mine/base_2025.yaml"] = "{scenario: base_2025, models: ../../../../../etc}\n";
    CHECK_THAT(first_message(upload(served, files)), Contains("the models that it names"));
}
