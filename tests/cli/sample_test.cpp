#include "program.hpp"
#include "support/catch.hpp"
#include <chainsim/io/file.hpp>

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;
using chainsim::test::call;
using chainsim::test::Ended;
using chainsim::test::plan_scenario;
using chainsim::test::Scratch;
using chainsim::test::small_scenario;
namespace fs = std::filesystem;
namespace test = chainsim::test;

namespace {

/// Files of a folder, by name.
using Files = std::map<std::string, std::string>;

Files files_of(const fs::path& folder) {
    Files files;
    for (const auto& name : test::names_in(folder)) {
        files[name] = chainsim::io::read_file(folder / name);
    }
    return files;
}

void check_same(const Files& one, const Files& other) {
    REQUIRE(one.size() == other.size());
    for (const auto& [name, bytes] : one) {
        CAPTURE(name);
        REQUIRE(other.contains(name));
        CHECK((other.at(name) == bytes)); // nobody wants to read the bytes
    }
}

/// Three blocks of draws, the last of them not full.
Ended sample_into(const fs::path& folder, std::vector<std::string> more = {},
                  const std::string& before = {}) {
    std::vector<std::string> arguments{"sample",  small_scenario, "-n",           "2500",
                                       "--quiet", "-o",           folder.string()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return call(arguments, before);
}

/// Kills a sample in the middle of its second block: the system ends a program whose file grows
/// beyond the limit (POSIX counts it in 512 bytes).
Ended interrupted(const fs::path& folder, const Files& whole) {
    const auto limit = whole.at("draws.nc").size() * 3 / 5 / 512;
    return sample_into(folder, {}, "ulimit -c 0; ulimit -f " + std::to_string(limit));
}

} // namespace

TEST_CASE("A sample is the same to the byte, however many threads make it", "[cli][sample]") {
    const Scratch scratch;
    const auto alone = sample_into(scratch / "one", {"--threads", "1"});
    INFO(alone.errors);
    REQUIRE(alone.code == 0);
    REQUIRE(sample_into(scratch / "two", {"--threads", "2"}).code == 0);
    const auto files = files_of(scratch / "one");
    CHECK(files.contains("draws.nc"));
    CHECK(files.contains("sample.json"));
    CHECK_FALSE(files.contains("draws.bin"));
    check_same(files, files_of(scratch / "two"));
    CHECK(test::names_in(scratch.path()) == std::set<std::string>{"one", "two"});

    SECTION("again into the same folder takes its place") {
        REQUIRE(sample_into(scratch / "one").code == 0);
        check_same(files, files_of(scratch / "one"));
    }
    SECTION("another seed draws others") {
        REQUIRE(sample_into(scratch / "three", {"--seed", "2"}).code == 0);
        CHECK((files_of(scratch / "three").at("draws.nc") != files.at("draws.nc")));
    }
}

TEST_CASE("An interrupted sample goes on, and ends with the same bytes", "[cli][sample]") {
    const Scratch scratch;
    REQUIRE(sample_into(scratch / "whole").code == 0);
    const auto whole = files_of(scratch / "whole");
    const auto folder = scratch / "cut";
    const auto partial = scratch / "cut.partial";
    REQUIRE(interrupted(folder, whole).code != 0);
    REQUIRE_FALSE(fs::exists(folder));
    REQUIRE(fs::exists(partial / "draws.bin"));
    const auto left = chainsim::io::read_file(partial / "draws.bin");
    const auto is_left_alone = [&] {
        return chainsim::io::read_file(partial / "draws.bin") == left && !fs::exists(folder);
    };

    SECTION("without --resume it is refused, and what was done is kept") {
        const auto refused = sample_into(folder);
        CHECK(refused.code == 2);
        CHECK_THAT(refused.errors, Contains("--resume") && Contains("cut.partial"));
        CHECK(is_left_alone());
    }
    SECTION("as another sample it is refused") {
        for (const std::vector<std::string>& other : {std::vector<std::string>{"--seed", "2"},
                                                      {"--method", "random"},
                                                      {"--open-recipes"}}) {
            auto arguments = other;
            arguments.emplace_back("--resume");
            const auto refused = sample_into(folder, arguments);
            CAPTURE(other, refused.errors);
            CHECK(refused.code == 2);
            CHECK_THAT(refused.errors, Contains("another sample"));
            CHECK(is_left_alone());
        }
    }
    SECTION("with --resume it is finished, by any number of threads") {
        const std::string threads = GENERATE("1", "2");
        CAPTURE(threads);
        const auto resumed = sample_into(folder, {"--resume", "--threads", threads});
        INFO(resumed.errors);
        REQUIRE(resumed.code == 0);
        CHECK_FALSE(fs::exists(partial));
        check_same(whole, files_of(folder));
    }
    SECTION("a byte that was lost on the disk costs its block alone") {
        auto bytes = left;
        bytes[bytes.size() / 4] = static_cast<char>(bytes[bytes.size() / 4] ^ 1);
        chainsim::io::write_file(partial / "draws.bin", bytes);
        REQUIRE(sample_into(folder, {"--resume"}).code == 0);
        check_same(whole, files_of(folder));
    }
}

TEST_CASE("With nothing to go on with, --resume begins", "[cli][sample]") {
    const Scratch scratch;
    REQUIRE(sample_into(scratch / "whole").code == 0);
    REQUIRE(sample_into(scratch / "resumed", {"--resume"}).code == 0);
    check_same(files_of(scratch / "whole"), files_of(scratch / "resumed"));
}

TEST_CASE("A sample of the plan says how likely each policy is met", "[cli][sample]") {
    const Scratch scratch;
    const auto ended =
        call({"sample", plan_scenario, "-n", "64", "--json", "-o", (scratch / "sample").string()});
    INFO(ended.errors);
    REQUIRE(ended.code == 0);
    const auto document = ended.json();
    CHECK_FALSE(document.empty());
    CHECK(chainsim::io::read_file(scratch / "sample/sample.json") == ended.output);
    const auto text = call(
        {"sample", plan_scenario, "-n", "64", "--lang", "zh", "-o", (scratch / "zh").string()});
    CHECK(text.code == 0);
    CHECK_FALSE(text.output.empty());
}

TEST_CASE("Wrong options of a sample are refused", "[cli][sample]") {
    const Scratch scratch;
    const auto refused = [&](std::vector<std::string> options) {
        std::vector<std::string> arguments{"sample", small_scenario, "-o",
                                           (scratch / "never").string()};
        arguments.insert(arguments.end(), options.begin(), options.end());
        CAPTURE(options);
        CHECK(call(arguments).code == 2);
        CHECK_FALSE(fs::exists(scratch / "never"));
        CHECK_FALSE(fs::exists(scratch / "never.partial"));
    };
    refused({"-n", "0"});
    refused({"-n", "-5"});
    refused({"-n", "many"});
    refused({"-n", "2000000000"});
    refused({"--method", "halton"});
    refused({"--seed", "-1"});
    refused({"--threads", "-1"});
    refused({"--threads", "2000"});
    refused({"--until", "0"});
    refused({"--until", "60"});
    refused({"--years", "1800"});
    refused({"--draws"});
    CHECK(call({"sample"}).code == 2);
    CHECK(call({"sample", "no_such_file.yaml"}).code == 2);
    CHECK(call({"sample", small_scenario, "-o", ""}).code == 2);
}

TEST_CASE("A folder that is no sample is left alone", "[cli][sample]") {
    const Scratch scratch;
    fs::create_directory(scratch / "mine");
    chainsim::io::write_file(scratch / "mine/notes.txt", "mine");
    const auto ended = sample_into(scratch / "mine");
    CHECK(ended.code == 2);
    CHECK_THAT(ended.errors, Contains("it is no sample"));
    CHECK(test::names_in(scratch / "mine") == std::set<std::string>{"notes.txt"});
    CHECK(test::names_in(scratch.path()) == std::set<std::string>{"mine"});
}

TEST_CASE("Without a solution sample ends with 3", "[cli][sample]") {
    const Scratch scratch;
    const auto ended =
        call({"sample", "tests/cli/no_coke.yaml", "-n", "8", "-o", (scratch / "never").string()});
    CHECK(ended.code == 3);
    CHECK(ended.output.empty());
    CHECK_THAT(ended.last_error(), StartsWith("chainsim: no solution in "));
    CHECK(test::names_in(scratch.path()).empty());
}
