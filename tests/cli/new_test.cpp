#include "program.hpp"
#include "support/catch.hpp"
#include <chainsim/io/file.hpp>

#include <filesystem>
#include <set>
#include <string>
#include <vector>

using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;
using chainsim::test::call;
using chainsim::test::names_in;
using chainsim::test::Scratch;
using chainsim::test::source_path;
namespace fs = std::filesystem;
namespace io = chainsim::io;

namespace {

/// The starter that is in the sources: every file, for none may be forgotten.
std::set<std::string> starter() { return names_in(source_path("scenarios/tutorial")); }

void check_works(const fs::path& folder) {
    const Scratch scratch;
    INFO(folder);
    const auto validated = call({"validate", folder.string(), "--quiet"}, "cd /");
    INFO(validated.errors);
    CHECK(validated.code == 0);
    CHECK(validated.errors.empty());
    for (const std::string scenario : {"base_2025.yaml", "methanol_2030.yaml"}) {
        const auto ran = call(
            {"run", (folder / scenario).string(), "--quiet", "-o", (scratch / scenario).string()},
            "cd /");
        INFO(ran.errors);
        CHECK(ran.code == 0);
    }
}

} // namespace

SCENARIO("A starter district is written and works as it is", "[cli][new]") {
    const Scratch scratch;
    GIVEN("a folder that is not there yet, nor the one above it") {
        const auto folder = scratch / "districts" / "mine";
        const auto ended = call({"new", folder.string(), "--lang", "en"});
        INFO(ended.errors);
        REQUIRE(ended.code == 0);
        THEN("it holds the files of the sources, and nothing is left beside it") {
            CHECK(names_in(folder) == starter());
            CHECK(names_in(folder.parent_path()) == std::set<std::string>{"mine"});
            for (const auto& name : starter()) {
                if (name != "base_2025.yaml") {
                    CHECK(io::read_file(folder / name) ==
                          io::read_file(source_path("scenarios/tutorial") / name));
                }
            }
        }
        THEN("it names the models that belong to the program, and works from anywhere") {
            const auto models = fs::relative(source_path("models"), folder).generic_string();
            CHECK_THAT(io::read_file(folder / "base_2025.yaml"),
                       Contains("\nmodels: " + models + " "));
            check_works(folder);
        }
        THEN("it says what to do next") {
            CHECK(ended.errors.empty());
            CHECK_THAT(ended.output,
                       StartsWith("the starter district is in " + folder.string()) &&
                           Contains("\n  chainsim validate " + folder.string() + "\n") &&
                           Contains("\n  chainsim run " + folder.string() + "/base_2025.yaml\n") &&
                           Contains("begin with " + folder.string() + "/region.yaml"));
        }
    }
    GIVEN("an empty folder, in which the user stands") {
        const auto folder = scratch / "empty";
        fs::create_directory(folder);
        const auto ended = call({"new", ".", "--quiet"}, "cd '" + folder.string() + "'");
        INFO(ended.errors);
        CHECK(ended.code == 0);
        CHECK(ended.output.empty());
        CHECK(names_in(folder) == starter());
        check_works(folder);
    }
    GIVEN("a name that YAML and shells do not take as it is, and other models") {
        const auto models = scratch / "my models: #1";
        fs::copy(source_path("models"), models, fs::copy_options::recursive);
        const auto folder = scratch / "示例 it's";
        const auto ended =
            call({"new", folder.string(), "--models", models.string(), "--lang", "zh"});
        INFO(ended.errors);
        REQUIRE(ended.code == 0);
        CHECK_THAT(io::read_file(folder / "base_2025.yaml"),
                   Contains("\nmodels: \"../my models: #1\" "));
        CHECK_THAT(ended.output, StartsWith("示例区已写入 ") && Contains("示例 it'\\''s'\n"));
        check_works(folder);
    }
}

TEST_CASE("A starter district is told as one document", "[cli][new]") {
    const Scratch scratch;
    const auto folder = scratch / "mine";
    const auto ended = call({"new", folder.string(), "--json"});
    REQUIRE(ended.code == 0);
    CHECK(ended.errors.empty());
    const auto answer = ended.json();
    CHECK(answer.at("folder") == folder.string());
    CHECK(answer.at("files").get<std::set<std::string>>() == starter());
    CHECK(answer.at("scenarios") ==
          nlohmann::json({"base_2025.yaml", "desk_2030.yaml", "methanol_2030.yaml"}));
    CHECK(answer.at("next").at(0) == "chainsim validate " + folder.string());
    CHECK(fs::is_directory(folder / answer.at("models").get<std::string>()));
}

TEST_CASE("A starter district is refused where something would be lost or mixed up", "[cli][new]") {
    const Scratch scratch;
    const auto folder = scratch / "mine";
    const auto refused = [&](const std::vector<std::string>& arguments) {
        std::vector<std::string> all{"new"};
        all.insert(all.end(), arguments.begin(), arguments.end());
        const auto ended = call(all);
        CHECK(ended.code == 2);
        CHECK(ended.output.empty());
        return ended.last_error();
    };
    SECTION("a folder that holds something, even hidden") {
        fs::create_directory(folder);
        io::write_file(folder / ".thesis", "years of work");
        CHECK(refused({folder.string()}) ==
              "chainsim: cannot write '" + folder.string() +
                  "': '.thesis' is in it; choose a folder that is empty, or not there yet");
        CHECK(names_in(folder) == std::set<std::string>{".thesis"});
    }
    SECTION("a starter that is there already") {
        REQUIRE(call({"new", folder.string(), "--quiet"}).code == 0);
        io::write_file(folder / "region.yaml", "mine");
        CHECK_THAT(refused({folder.string()}), Contains("is in it"));
        CHECK(io::read_file(folder / "region.yaml") == "mine");
    }
    SECTION("a file") {
        io::write_file(folder, "x");
        CHECK(refused({folder.string()}) ==
              "chainsim: cannot write '" + folder.string() +
                  "': it is not a folder; choose one that is empty, or not there yet");
    }
    SECTION("an empty name, and none") {
        CHECK_THAT(refused({""}), Contains("an empty name"));
        CHECK_THAT(refused({}), Contains("DIR is required"));
    }
    SECTION("models that are not there, or hold none") {
        CHECK_THAT(refused({folder.string(), "--models", (scratch / "none").string()}),
                   Contains((scratch / "none").string()));
        fs::create_directory(scratch / "none");
        io::write_file(scratch / "none" / "broken.yaml", "format: chainsim.models/1\nx: 1\n");
        CHECK_THAT(refused({folder.string(), "--models", (scratch / "none").string()}),
                   Contains("in the input"));
        CHECK_FALSE(fs::exists(folder));
    }
    SECTION("a folder inside of the models") {
        fs::create_directory(scratch / "models");
        const auto inside = scratch / "models" / "mine";
        CHECK(refused({inside.string(), "--models", (scratch / "models").string()}) ==
              "chainsim: cannot write '" + inside.string() + "': it lies inside of the models '" +
                  (scratch / "models").string() +
                  "', and would be read as part of them; choose another place");
    }
}

TEST_CASE("A program without models beside it says so", "[cli][new]") {
    const Scratch scratch;
    fs::copy_file(CHAINSIM_PROGRAM, scratch / "chainsim");
    const auto folder = scratch / "mine";
    const auto call_copy = [&](const std::string& more) {
        return call({"--version"}, "'" + (scratch / "chainsim").string() + "' new '" +
                                       folder.string() + "' " + more + " || exit $?");
    };
    const auto alone = call_copy("");
    CHECK(alone.code == 2);
    CHECK(alone.last_error() == "chainsim: no models beside the program in '" +
                                    scratch.path().string() + "': name their folder with --models");
    CHECK_FALSE(fs::exists(folder));
    CHECK(call_copy("--models models --quiet").code == 0);
    check_works(folder);
}

TEST_CASE("A starter district that cannot be written leaves nothing", "[cli][new]") {
    const Scratch scratch;
    SECTION("no folder can be made there") {
        const auto ended = call({"new", "/proc/mine"}); // not even by root
        CHECK(ended.code == 4);
        CHECK(ended.output.empty());
        CHECK(ended.last_error() ==
              "chainsim: cannot make '/proc/mine': No such file or directory");
    }
    SECTION("below a file") {
        io::write_file(scratch / "file", "x");
        const auto ended = call({"new", (scratch / "file" / "mine").string()});
        CHECK(ended.code != 0);
        CHECK_THAT(ended.last_error(), Contains("Not a directory"));
    }
    SECTION("the disk is full") {
        const auto folder = scratch / "mine";
        const auto ended = call({"new", folder.string()}, "trap '' XFSZ; ulimit -f 1");
        CHECK(ended.code == 4);
        CHECK_THAT(ended.last_error(),
                   StartsWith("chainsim: cannot write '" + folder.string() + "/"));
        CHECK(names_in(scratch.path()).empty());
        fs::create_directory(folder);
        CHECK(call({"new", folder.string()}, "trap '' XFSZ; ulimit -f 1").code == 4);
        CHECK(names_in(folder).empty());
    }
}
