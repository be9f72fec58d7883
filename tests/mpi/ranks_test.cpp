#include "support/catch.hpp"
#include "support/scratch.hpp"
#include <chainsim/io/file.hpp>

#include <cstdlib>
#include <filesystem>
#include <map>
#include <string>
#include <sys/wait.h>

// What one process writes is the answer that any number of ranks must give, to the byte.

namespace fs = std::filesystem;
using chainsim::io::read_file;
using chainsim::io::write_file;
using chainsim::test::Scratch;

namespace {

struct Shell {
    int code = 0;
    std::string errors;
};

/// Runs shell text in the source folder, with the programs as $one and $ranks.
Shell shell(const std::string& text) {
    const Scratch scratch;
    const std::string errors = (scratch / "errors").string();
    // Several ranks on one core, by root or not, of one machine without a network.
    const std::string command =
        "cd '" CHAINSIM_SOURCE_DIR "' && export OMPI_MCA_rmaps_base_oversubscribe=1 "
        "OMPI_MCA_hwloc_base_binding_policy=none OMPI_MCA_btl=self,vader OMPI_ALLOW_RUN_AS_ROOT=1 "
        "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 one='" CHAINSIM_PROGRAM "' mpi='" CHAINSIM_MPI_PROGRAM
        "' run='" CHAINSIM_MPIRUN "' && { " +
        text + "; } > /dev/null 2> '" + errors + "' < /dev/null";
    const int status = std::system(command.c_str());
    return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), read_file(errors)};
}

std::string ranks(int count) { return "\"$run\" -n " + std::to_string(count) + " \"$mpi\" "; }

/// Every file below a folder, with its bytes.
std::map<std::string, std::string> files_in(const fs::path& folder) {
    std::map<std::string, std::string> files;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (entry.is_regular_file()) {
            files[fs::relative(entry.path(), folder).string()] = read_file(entry.path());
        }
    }
    return files;
}

void check_same_files(const fs::path& folder, const fs::path& expected) {
    const auto found = files_in(folder);
    const auto wanted = files_in(expected);
    CHECK(found.size() == wanted.size());
    CHECK(wanted.size() > 2);
    for (const auto& [name, bytes] : wanted) {
        INFO(name);
        CHECK((found.contains(name) && found.at(name) == bytes));
    }
}

const std::string desk = "sample scenarios/tutorial/desk_2030.yaml --quiet -n ";

/// In a folder, what the tutorial and a scenario without coke are made of; beside it the models.
void copy_sources(const fs::path& folder) {
    const fs::path root = CHAINSIM_SOURCE_DIR;
    fs::create_directories(folder / "cases");
    fs::copy(root / "models", folder / "../models",
             fs::copy_options::recursive | fs::copy_options::skip_existing);
    fs::copy(root / "scenarios/tutorial", folder / "tutorial", fs::copy_options::recursive);
    for (const std::string name : {"no_coke.yaml", "no_coke_region.yaml"}) {
        fs::copy(root / "tests/cli" / name, folder / "cases" / name);
    }
}

std::string scenario(const std::string& id, const std::string& base) {
    return "format: chainsim.scenario/1\nscenario: " + id +
           "\nname: {zh: 一, en: one}\nextends: " + base + "\n";
}

/// Seven scenarios, of which four can be run, and a file that is none.
void write_counties(const fs::path& folder) {
    const fs::path counties = folder / "counties";
    copy_sources(counties);
    write_file(counties / "0001.yaml", scenario("first", "tutorial/methanol_2030.yaml"));
    write_file(counties / "0002.yaml", scenario("second", "cases/no_coke.yaml"));
    write_file(counties / "0003.yaml", scenario("third", "tutorial/base_2025.yaml"));
    write_file(counties / "0004.yaml", scenario("first", "tutorial/base_2025.yaml"));
    write_file(counties / "0005.yaml",
               scenario("fifth", "tutorial/base_2025.yaml") + "yaers: [2025]\n");
    write_file(counties / "0006.yaml", scenario("sixth", "tutorial/desk_2030.yaml"));
    write_file(counties / "0007.yaml", scenario("seventh", "tutorial/base_2025.yaml") +
                                           "changes:\n  policies:\n    water_cap: {at_most: 1 "
                                           "m3}\n");
    write_file(counties / "plants.yaml", "format: chainsim.study/1\n");
}

} // namespace

TEST_CASE("A sample has the same bytes on one rank, on three, and without any", "[mpi]") {
    const Scratch scratch;
    const auto folder = [&](const std::string& name) { return (scratch / name).string(); };
    const auto one = shell("\"$one\" " + desk + "5000 -o " + folder("one"));
    INFO(one.errors);
    REQUIRE(one.code == 0);
    for (const auto& [name, command] :
         std::map<std::string, std::string>{{"alone", ranks(1) + desk + "5000"},
                                            {"three", ranks(3) + desk + "5000"},
                                            {"threads", ranks(3) + desk + "5000 --threads 2"}}) {
        INFO(name);
        const auto ended = shell(command + " -o " + folder(name));
        INFO(ended.errors);
        CHECK(ended.code == 0);
        check_same_files(folder(name), folder("one"));
    }
}

TEST_CASE("A sample over ranks ends where the chances are sure, as one process does", "[mpi]") {
    const Scratch scratch;
    const std::string one = (scratch / "one").string();
    const std::string three = (scratch / "three").string();
    REQUIRE(shell("\"$one\" " + desk + "50000 --until 2 -o " + one).code == 0);
    const auto ended = shell(ranks(3) + desk + "50000 --until 2 -o " + three);
    INFO(ended.errors);
    CHECK(ended.code == 0);
    check_same_files(three, one);
}

TEST_CASE("What was taken before a rank was killed is kept, and gone on with", "[mpi]") {
    const Scratch scratch;
    const std::string one = (scratch / "one").string();
    const std::string three = (scratch / "three").string();
    const std::string draws = std::to_string(1 << 16);
    // The highest rank is killed once blocks have come; `mpirun` then ends all.
    const auto killed =
        shell(ranks(3) + desk + draws + " -o " + three + " & launcher=$!; blocks='" + three +
              ".partial/draws.bin'; "
              "until [ \"$(stat -c %s \"$blocks\" 2>/dev/null || echo 0)\" -gt 500000 ]; do "
              "kill -0 $launcher || exit 90; sleep 0.01; done; "
              "kill -9 $(pgrep -P $launcher | tail -n 1); wait $launcher");
    INFO(killed.errors);
    CHECK(killed.code != 0);
    CHECK(killed.code != 90);
    CHECK(killed.errors.find("exited on signal 9") != std::string::npos);
    // Rank 0 says besides where the draws lie, if the launcher leaves it the time to.
    REQUIRE(fs::exists(three + ".partial/draws.bin"));

    const auto kept = fs::file_size(three + ".partial/draws.bin");
    CHECK(kept > 500000);
    CHECK(shell(ranks(3) + desk + draws + " -o " + three).code == 2); // not without being told
    const auto resumed = shell(ranks(3) + desk + draws + " --resume -o " + three);
    INFO(resumed.errors);
    CHECK(resumed.code == 0);
    REQUIRE(shell("\"$one\" " + desk + draws + " -o " + one).code == 0);
    check_same_files(three, one);
}

TEST_CASE("What is wrong on every rank is told once, with the exit code", "[mpi]") {
    const auto count = [](const std::string& text, const std::string& word) {
        std::size_t found = 0;
        for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
            ++found;
        }
        return found;
    };
    const Scratch scratch;
    const std::string target = " -o " + (scratch / "none").string();
    const auto unknown = shell(ranks(3) + "sampel");
    CHECK(unknown.code == 2);
    CHECK(count(unknown.errors, "chainsim_mpi: unknown command 'sampel'; did you mean 'sample'?") ==
          1);
    const auto unsolved = shell(ranks(3) + "sample tests/cli/no_coke.yaml -n 10" + target);
    INFO(unsolved.errors);
    CHECK(unsolved.code == 3);
    CHECK(count(unsolved.errors, "chainsim_mpi: ") == 1);
    CHECK(shell("\"$one\" sample tests/cli/no_coke.yaml -n 10" + target).code == 3);
}

TEST_CASE("A rank that reads other inputs ends all", "[mpi]") {
    const Scratch scratch;
    for (const std::string rank : {"0", "1"}) {
        copy_sources(scratch / rank);
        write_file(scratch / rank / "one.yaml",
                   scenario("one", "tutorial/base_2025.yaml") + (rank == "0" ? "" : "# another\n"));
    }
    const auto ended = shell(
        "cd " + scratch.path().string() +
        " && \"$run\" -n 2 sh -c 'exec \"$mpi\" sample \"$OMPI_COMM_WORLD_RANK/one.yaml\" -n 10 "
        "-o none'");
    INFO(ended.errors);
    CHECK(ended.code == 2);
    CHECK(ended.errors.find("chainsim_mpi: rank 1: what it reads of the scenario differs from that "
                            "of rank 0\n") != std::string::npos);
}

TEST_CASE("A folder of scenarios is run as each would be alone, whatever fails", "[mpi]") {
    const Scratch scratch;
    write_counties(scratch.path());
    const std::string counties = (scratch / "counties").string();
    const std::string one = (scratch / "one").string();
    const std::string three = (scratch / "three").string();
    const auto alone = shell(ranks(1) + "run " + counties + " -o " + one);
    const auto ended = shell(ranks(3) + "run " + counties + " -o " + three);
    INFO(ended.errors);
    CHECK(alone.code == 2);
    CHECK(ended.code == 2);
    CHECK(ended.errors.find("0002.yaml: no_solution: ") != std::string::npos);
    CHECK(ended.errors.find("chainsim_mpi: of 7 scenarios 2 with bad input, 1 without a solution, "
                            "1 that miss a hard policy") != std::string::npos);
    check_same_files(three, one);

    const std::string table = read_file(fs::path(three) / "runs.csv");
    CHECK(table.starts_with("file,id,outcome,message\n0001.yaml,first,done,\n0002.yaml,second,"
                            "no_solution,"));
    CHECK(table.find("\n0003.yaml,third,done,\n0004.yaml,first,bad_input,its id 'first' is that of "
                     "0001.yaml\n0005.yaml,,bad_input,") != std::string::npos);
    CHECK(table.ends_with("\n0006.yaml,sixth,done,\n0007.yaml,seventh,missed,hard policies missed: "
                          "water_cap (2025)\n"));
    CHECK(table.find("yaers") != std::string::npos);

    const std::string single = (scratch / "single").string();
    REQUIRE(shell("\"$one\" run " + counties + "/0001.yaml --quiet -o " + single).code == 0);
    check_same_files(fs::path(three) / "first", single);

    // A run that stands there is kept, one that was lost is made again.
    const auto first = fs::last_write_time(fs::path(three) / "first" / "manifest.json");
    fs::remove_all(fs::path(three) / "third");
    CHECK(shell(ranks(3) + "run " + counties + " --resume -o " + three).code == 2);
    CHECK(fs::last_write_time(fs::path(three) / "first" / "manifest.json") == first);
    check_same_files(three, one);
}

TEST_CASE("A folder that holds no scenario is refused", "[mpi]") {
    const Scratch scratch;
    const auto ended = shell(ranks(2) + "run " + scratch.path().string());
    CHECK(ended.code == 2);
    CHECK(ended.errors.find("chainsim_mpi: no scenario file (*.yaml with a line `scenario: ID`) "
                            "stands in '") != std::string::npos);
}
