#include "ovens.hpp"
#include "support/catch.hpp"
#include "support/scratch.hpp"
#include <chainsim/base/diagnostic.hpp>
#include <chainsim/io/file.hpp>
#include <chainsim/study/run_folder.hpp>

#include <fcntl.h>
#include <filesystem>
#include <string>
#include <sys/file.h>
#include <unistd.h>

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

TEST_CASE("A run replaces a run, and nothing that is not part of it", "[study][run_folder]") {
    const test::Scratch scratch;
    const auto folder = scratch / "run";
    const auto run = study::Study(test::ovens(), "study/ovens.yaml").run();
    study::write_run(run, folder);
    fs::remove(folder / "chain.dot");
    study::write_run(run, folder);
    CHECK(fs::exists(folder / "chain.dot"));
    for (const char* own : {"notes.txt", "inputs/study/mine.yaml", "reports/leaders.docx"}) {
        CAPTURE(own);
        fs::create_directories((folder / own).parent_path());
        io::write_file(folder / own, "a day of work");
        const auto first =
            *fs::path(own).begin() == "inputs" ? fs::path(own) : *fs::path(own).begin();
        CHECK_THROWS_WITH(study::write_run(run, folder),
                          Catch::Matchers::Contains("'" + first.string()) &&
                              Catch::Matchers::Contains("would be lost"));
        CHECK(io::read_file(folder / own) == "a day of work");
        fs::remove_all(folder / first);
    }
    study::write_run(run, folder);
    CHECK(std::distance(fs::directory_iterator(scratch.path()), fs::directory_iterator()) == 1);
}

TEST_CASE("Drafts of dead processes are removed, those of living ones are not",
          "[study][run_folder]") {
    const test::Scratch scratch;
    for (const char* name : {".run.partial-00c0ffee", ".run.partial-0badcafe", ".run.partial-x"}) {
        fs::create_directory(scratch / name);
    }
    // Another process, here or on another machine, is at work in one of them.
    const int held = ::open((scratch / ".run.partial-0badcafe").c_str(), O_RDONLY | O_DIRECTORY);
    REQUIRE(::flock(held, LOCK_EX | LOCK_NB) == 0);
    study::write_run(study::Study(test::ovens(), "study/ovens.yaml").run(), scratch / "run");
    CHECK_FALSE(fs::exists(scratch / ".run.partial-00c0ffee"));
    CHECK(fs::exists(scratch / ".run.partial-0badcafe"));
    CHECK(fs::exists(scratch / ".run.partial-x"));
    CHECK(::close(held) == 0);
}

TEST_CASE("A run that a killed process had set aside comes back", "[study][run_folder]") {
    const test::Scratch scratch;
    const auto run = study::Study(test::ovens(), "study/ovens.yaml").run();
    study::write_run(run, scratch / "run");
    fs::rename(scratch / "run", scratch / ".run.partial-00c0ffee.old");
    auto other = test::ovens();
    other.id = "other";
    // It is there again when the next run looks, which therefore does not take its place.
    CHECK_THROWS_WITH(
        study::write_run(study::Study(other, "study/ovens.yaml").run(), scratch / "run"),
        Catch::Matchers::Contains("it holds a run of the scenario 'ovens'"));
    CHECK(study::is_run(scratch / "run"));
}

TEST_CASE("A link to a run stays a link, and the run behind it is replaced",
          "[study][run_folder]") {
    const test::Scratch scratch;
    const auto run = study::Study(test::ovens(), "study/ovens.yaml").run();
    study::write_run(run, scratch / "real");
    fs::create_directory_symlink(scratch / "real", scratch / "link");
    fs::remove(scratch / "real" / "chain.dot");
    study::write_run(run, scratch / "link");
    CHECK(fs::is_symlink(scratch / "link"));
    CHECK(fs::exists(scratch / "real" / "chain.dot"));
}

TEST_CASE("A run whose inputs were changed is no origin any more", "[study][run_folder]") {
    const test::Scratch scratch;
    const auto folder = scratch / "run";
    study::write_run(study::Study(test::ovens(), "study/ovens.yaml").run(), folder);
    CHECK(study::read_origin(folder).main_input == "study/ovens.yaml");
    const auto file = folder / "inputs" / "models" / "coal.yaml";
    io::write_file(file, io::read_file(file) + "# cheaper\n");
    CHECK_THROWS_WITH(study::read_origin(folder),
                      Catch::Matchers::Contains("'inputs/models/coal.yaml' is not what was run"));
    fs::remove(file);
    CHECK_THROWS_AS(study::read_origin(folder), chainsim::InputError);
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
