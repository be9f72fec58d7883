#include "ovens.hpp"
#include "support/catch.hpp"
#include "support/scratch.hpp"
#include <chainsim/base/diagnostic.hpp>
#include <chainsim/io/file.hpp>
#include <chainsim/study/run_folder.hpp>

#include <filesystem>
#include <string>

namespace fs = std::filesystem;
namespace io = chainsim::io;
namespace study = chainsim::study;
namespace test = chainsim::test;

TEST_CASE("A run folder knows itself again, and what it was made from", "[study][run_folder]") {
    const test::Scratch scratch;
    const auto folder = scratch / "a" / "b" / "run";
    const auto run = study::Study(test::ovens(), "study/ovens.yaml").run();
    CHECK_FALSE(study::is_run(folder));
    study::write_run(run, folder.string() + "/");
    CHECK(study::is_run(folder));
    CHECK(study::read_origin(folder).main_input == "study/ovens.yaml");
    CHECK(study::read_origin(folder).years == std::vector<int>{2025});
    CHECK(io::read_file(folder / "inputs" / "models" / "coal.yaml") ==
          "format: chainsim.models/1\n");
}

TEST_CASE("A run replaces a run, with all its files", "[study][run_folder]") {
    const test::Scratch scratch;
    const auto folder = scratch / "run";
    const auto run = study::Study(test::ovens(), "study/ovens.yaml").run();
    study::write_run(run, folder);
    io::write_file(folder / "notes.txt", "goes with the old run");
    study::write_run(run, folder);
    CHECK_FALSE(fs::exists(folder / "notes.txt"));
    CHECK(std::distance(fs::directory_iterator(scratch.path()), fs::directory_iterator()) == 1);
}

TEST_CASE("Drafts of dead processes are removed, those of living ones are not",
          "[study][run_folder]") {
    const test::Scratch scratch;
    // No process has the number that is the largest that fits; process 1 is always there.
    fs::create_directory(scratch / ".run.partial-2147483647");
    fs::create_directory(scratch / ".run.partial-1");
    fs::create_directory(scratch / ".run.partial-x");
    study::write_run(study::Study(test::ovens(), "study/ovens.yaml").run(), scratch / "run");
    CHECK_FALSE(fs::exists(scratch / ".run.partial-2147483647"));
    CHECK(fs::exists(scratch / ".run.partial-1"));
    CHECK(fs::exists(scratch / ".run.partial-x"));
}

TEST_CASE("A folder that is no run has no origin", "[study][run_folder]") {
    const test::Scratch scratch;
    CHECK_THROWS_AS(study::read_origin(scratch.path()), chainsim::InputError);
    io::write_file(scratch / "manifest.json", "{\"schema\": \"chainsim.manifest/1\"}");
    CHECK_THROWS_AS(study::read_origin(scratch.path()), chainsim::InputError);
    io::write_file(scratch / "manifest.json", "{");
    CHECK_FALSE(study::is_run(scratch.path()));
}

TEST_CASE("An input that points out of its folder is an error of the code", "[study][run_folder]") {
    const test::Scratch scratch;
    auto scenario = test::ovens();
    scenario.inputs[0].path = "../../etc/passwd";
    const auto run = study::Study(scenario).run();
    CHECK_THROWS_AS(study::write_run(run, scratch / "run"), chainsim::ContractError);
    CHECK(fs::is_empty(scratch.path()));
}
