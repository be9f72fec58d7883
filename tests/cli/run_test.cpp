#include "program.hpp"
#include "support/catch.hpp"
#include <chainsim/base/sha256.hpp>
#include <chainsim/io/file.hpp>
#include <chainsim/io/sqlite.hpp>

#include <algorithm>
#include <filesystem>
#include <set>
#include <string>
#include <sys/mount.h>
#include <vector>

using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;
using chainsim::test::call;
using chainsim::test::names_in;
using chainsim::test::Scratch;
using chainsim::test::small_scenario;
namespace fs = std::filesystem;
namespace io = chainsim::io;

namespace {

/// Every file below a folder with its text.
std::vector<std::pair<std::string, std::string>> contents(const fs::path& folder) {
    std::vector<std::pair<std::string, std::string>> result;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (entry.is_regular_file()) {
            result.emplace_back(fs::relative(entry.path(), folder).string(),
                                io::read_file(entry.path()));
        }
    }
    std::sort(result.begin(), result.end());
    return result;
}

chainsim::test::Ended run(const fs::path& target, const std::string& before = {}) {
    return call({"run", small_scenario, "-o", target.string(), "--lang", "en"}, before);
}

} // namespace

SCENARIO("A run writes its folder", "[cli][run]") {
    const Scratch scratch;
    const auto folder = scratch / "run";
    GIVEN("a run of a small scenario") {
        const auto ended = run(folder);
        INFO(ended.errors);
        REQUIRE(ended.code == 0);
        THEN("the folder holds what a run promises, and no half file beside it") {
            CHECK(names_in(folder) ==
                  std::set<std::string>{
                      "chain.dot", "commodities.csv", "energy_balance.csv", "energy_bridge.csv",
                      "facilities.csv", "facility_carbon.csv", "facility_energy.csv", "flows.csv",
                      "indicators.csv", "inputs", "manifest.json", "policies.csv", "products.csv",
                      "projects.csv", "run.sqlite", "summary.json", "water_quotas.csv"});
            CHECK(names_in(scratch.path()) == std::set<std::string>{"run"});
        }
        THEN("the summary says where the results are, and what holds each plant") {
            CHECK_THAT(ended.output, Contains("key indicators") && Contains("held by"));
            CHECK_THAT(ended.last_error(), Contains("results are in " + folder.string()));
        }
        THEN("tables begin as they should") {
            CHECK_THAT(io::read_file(folder / "projects.csv"),
                       StartsWith("year,id,name_zh,kind,status,capacity,unit,confidence"));
            CHECK_THAT(io::read_file(folder / "flows.csv"),
                       StartsWith("year,facility,process,commodity,direction,role,amount,unit,tce,"
                                  "confidence,basis\n"));
        }
        THEN("every digest of the manifest is that of its file") {
            const auto manifest = nlohmann::json::parse(io::read_file(folder / "manifest.json"));
            CHECK(manifest.at("schema") == "chainsim.manifest/1");
            for (const auto& file : manifest.at("files")) {
                const auto path = file.at("path").get<std::string>();
                CHECK(chainsim::sha256(io::read_file(folder / path)) ==
                      file.at("sha256").get<std::string>());
            }
            for (const auto& file : manifest.at("inputs")) {
                const auto path = file.at("path").get<std::string>();
                CHECK(chainsim::sha256(io::read_file(folder / "inputs" / path)) ==
                      file.at("sha256").get<std::string>());
            }
            CHECK_THAT(manifest.at("scenario").at("file").get<std::string>(),
                       Catch::Matchers::EndsWith("coke_6200kt.yaml"));
        }
        THEN("the summary has the schema, and each commodity balances") {
            const auto summary = nlohmann::json::parse(io::read_file(folder / "summary.json"));
            CHECK(summary.at("schema") == "chainsim.summary/1");
            CHECK(summary.at("engine").contains("commit"));
            CHECK(summary.at("scenario").at("hash").get<std::string>().size() == 64);
            const auto& year = summary.at("years").at(0);
            CHECK(year.at("solver").at("status") == "solved");
            for (const auto& one : year.at("commodities")) {
                const auto get = [&](const char* key) { return one.at(key).get<double>(); };
                const double in = get("produced") + get("bought");
                const double out =
                    get("consumed") + get("sold") + get("disposed") + get("final_demand");
                INFO(one.dump());
                CHECK(std::abs(in - out) <= 1e-9 * std::max(in, out));
            }
            for (const auto& facility : year.at("facilities")) {
                CHECK(facility.at("binding").contains("kind"));
            }
        }
        THEN("the database holds the same flows as the table") {
            const auto flows = io::read_sqlite(folder / "run.sqlite", "flows");
            const auto text = io::read_file(folder / "flows.csv");
            CHECK(flows.rows() + 1 ==
                  static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')));
        }
        WHEN("it is run again, from the scenario or from its own folder") {
            const auto before = contents(folder);
            REQUIRE(run(folder).code == 0);
            const auto again = scratch / "again";
            REQUIRE(call({"run", folder.string(), "-o", again.string(), "--quiet"}).code == 0);
            THEN("all bytes are the same") {
                CHECK(contents(folder) == before);
                const auto copy = contents(again);
                CHECK(copy.size() == before.size());
                CHECK(io::read_file(again / "summary.json") ==
                      io::read_file(folder / "summary.json"));
            }
        }
    }
}

TEST_CASE("As one document, the summary and nothing else is printed", "[cli][run]") {
    const Scratch scratch;
    const auto folder = scratch / "run";
    const auto ended = call({"run", small_scenario, "-o", folder.string(), "--json", "--quiet"});
    CHECK(ended.code == 0);
    CHECK(ended.errors.empty());
    CHECK(ended.output == io::read_file(folder / "summary.json"));
    CHECK(call({"run", small_scenario, "-o", folder.string(), "--quiet"}).output.empty());
}

TEST_CASE("Other years can be asked for", "[cli][run]") {
    const Scratch scratch;
    const auto folder = scratch / "run";
    const auto ended =
        call({"run", small_scenario, "-o", folder.string(), "--json", "--years", "2025,2021,2025"});
    REQUIRE(ended.code == 0);
    const auto summary = ended.json();
    REQUIRE(summary.at("years").size() == 2);
    CHECK(summary.at("years").at(0).at("year") == 2021);
    CHECK(summary.at("years").at(1).at("year") == 2025);
}

TEST_CASE("A folder that is no run is left alone", "[cli][run]") {
    const Scratch scratch;
    const auto folder = scratch / "mine";
    fs::create_directory(folder);
    SECTION("an empty one is taken") {
        CHECK(run(folder).code == 0);
        CHECK(fs::exists(folder / "summary.json"));
    }
    SECTION("one that holds something is refused") {
        io::write_file(folder / "thesis.txt", "years of work");
        const auto ended = run(folder);
        CHECK(ended.code == 2);
        CHECK(ended.last_error() == "chainsim: cannot write '" + folder.string() +
                                        "': it holds other files than a run; choose an empty "
                                        "folder, or one that is not there yet");
        CHECK(names_in(folder) == std::set<std::string>{"thesis.txt"});
    }
    SECTION("the run of another scenario is refused, and stays") {
        REQUIRE(call({"run", "scenarios/hainan/base_2020.yaml", "-o", folder.string(), "--quiet"})
                    .code == 0);
        const auto before = io::read_file(folder / "manifest.json");
        const auto ended = run(folder);
        CHECK(ended.code == 2);
        CHECK(ended.last_error() == "chainsim: cannot write '" + folder.string() +
                                        "': it holds a run of the scenario 'base_2020'; choose "
                                        "another folder, or remove that one");
        CHECK(io::read_file(folder / "manifest.json") == before);
    }
    SECTION("an empty name is refused") {
        CHECK(call({"run", small_scenario, "-o", ""}).code == 2);
    }
    SECTION("a file is refused") {
        io::write_file(scratch / "file", "x");
        CHECK(run(scratch / "file").code == 2);
    }
    CHECK(names_in(scratch.path()).size() <= 2);
}

TEST_CASE("A folder that cannot be written is a clear error", "[cli][run]") {
    const Scratch scratch;
    io::write_file(scratch / "file", "x");
    const auto below_file = run(scratch / "file" / "deep" / "run");
    CHECK(below_file.code != 0);
    CHECK_THAT(below_file.last_error(), Contains("Not a directory"));
    // Nobody, not even root, can make a folder in /proc.
    const auto in_proc = run("/proc/chainsim");
    CHECK(in_proc.code == 4);
    CHECK(in_proc.last_error() ==
          "chainsim: cannot make '/proc/chainsim': No such file or directory");
}

TEST_CASE("A disk that fills up leaves the old run and no half folder", "[cli][run]") {
    const Scratch scratch;
    const auto folder = scratch / "run";
    REQUIRE(run(folder).code == 0);
    const auto before = contents(folder);
    // A limit on the size of a file stops writing as a full disk does, once its signal is ignored.
    const auto ended = run(folder, "trap '' XFSZ; ulimit -f 20");
    CHECK(ended.code == 4);
    CHECK_THAT(ended.last_error(), StartsWith("chainsim: cannot write '" + folder.string() + "/"));
    CHECK(contents(folder) == before);
    CHECK(names_in(scratch.path()) == std::set<std::string>{"run"});
}

TEST_CASE("A tiny disk that is full is a clear error", "[cli][run]") {
    const Scratch scratch;
    const auto disk = scratch / "disk";
    fs::create_directory(disk);
    if (mount("chainsim-test", disk.c_str(), "tmpfs", 0, "size=64k") != 0) {
        WARN("no right to mount a file system here: not tested");
        return;
    }
    const auto ended = run(disk / "run");
    CHECK(ended.code == 4);
    CHECK_THAT(ended.last_error(), Contains("No space left on device") || Contains("full"));
    CHECK(names_in(disk).empty());
    CHECK(umount(disk.c_str()) == 0);
}

TEST_CASE("A run that is killed leaves no half folder, and the next one cleans up", "[cli][run]") {
    const Scratch scratch;
    const auto folder = scratch / "run";
    // The system kills a process that writes more than the limit, in the midst of writing.
    const auto killed = run(folder, "ulimit -c 0; ulimit -f 20");
    CHECK(killed.code > 128);
    CHECK_FALSE(fs::exists(folder));
    const auto left = names_in(scratch.path());
    REQUIRE(left.size() == 1);
    CHECK_THAT(*left.begin(), StartsWith(".run.partial-"));

    CHECK(run(folder).code == 0);
    CHECK(names_in(scratch.path()) == std::set<std::string>{"run"});
}

TEST_CASE("A demand that cannot be met ends with 3 and says which", "[cli][run]") {
    const Scratch scratch;
    const auto folder = scratch / "run";
    const auto ended = call({"run", "tests/cli/no_coke.yaml", "-o", folder.string(), "--json"});
    CHECK(ended.code == 3);
    CHECK(ended.last_error() == "chainsim: no solution in 2025: the demand for coke cannot be met");
    CHECK(ended.json().at("years").at(0).at("solver").at("status") == "infeasible");
    CHECK_FALSE(fs::exists(folder));
}

TEST_CASE("Bad input ends with 2, all problems told, their count last", "[cli][run]") {
    const Scratch scratch;
    io::write_file(scratch / "bad.yaml",
                   "format: chainsim.scenario/1\nscenario: bad\nyears: [x]\n");
    const auto ended =
        call({"run", (scratch / "bad.yaml").string(), "-o", (scratch / "run").string()});
    CHECK(ended.code == 2);
    CHECK_THAT(ended.errors, Contains("bad.yaml:3:"));
    CHECK_THAT(ended.last_error(), StartsWith("chainsim: ") && Contains("in the input"));
    CHECK_FALSE(fs::exists(scratch / "run"));
}

TEST_CASE("A hard policy that is missed ends with 1, and the results are there", "[cli][run]") {
    const Scratch scratch;
    const auto folder = scratch / "run";
    const auto ended = call({"run", "tests/cli/idle.yaml", "-o", folder.string(), "--json"});
    CHECK(ended.code == 1);
    CHECK(ended.last_error() == "chainsim: hard policies missed: some_work (2025)");
    const auto policies = ended.json().at("years").at(0).at("policies");
    REQUIRE(policies.size() == 2);
    CHECK(policies.at(0).at("id") == "soft_hope"); // missed as well, but it is not hard
    CHECK(policies.at(0).at("verdict") == "missed");
    CHECK(policies.at(1).at("id") == "some_work");
    CHECK(policies.at(1).at("verdict") == "missed");
    CHECK(fs::exists(folder / "summary.json"));
}
