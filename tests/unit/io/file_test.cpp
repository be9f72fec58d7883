#include "support/catch.hpp"
#include "support/scratch.hpp"
#include <chainsim/base/error.hpp>
#include <chainsim/io/file.hpp>

#include <filesystem>
#include <string>
#include <vector>

namespace io = chainsim::io;

TEST_CASE("A file is written whole and read back", "[io][file]") {
    const chainsim::test::Scratch scratch;
    const std::string text("焦炭\0tar\n", 11);
    io::write_file(scratch / "a.txt", "something that was there before and was longer");
    io::write_file(scratch / "a.txt", text);
    CHECK(io::read_file(scratch / "a.txt") == text);
}

TEST_CASE("What the system refuses is told with the path and its reason", "[io][file]") {
    const chainsim::test::Scratch scratch;
    io::write_file(scratch / "file", "");
    const std::string missing = (scratch / "no" / "a.txt").string();
    CHECK_THROWS_WITH(io::read_file(missing),
                      "cannot read '" + missing + "': No such file or directory");
    CHECK_THROWS_WITH(io::write_file(missing, "x"),
                      "cannot write '" + missing + "': No such file or directory");
    const std::string below_file = (scratch / "file" / "a.txt").string();
    CHECK_THROWS_WITH(io::write_file(below_file, "x"),
                      "cannot write '" + below_file + "': Not a directory");
    CHECK_THROWS_AS(io::read_file(scratch.path()), chainsim::IoError);
}

TEST_CASE("A full disk is an error", "[io][file]") {
    CHECK_THROWS_WITH(io::write_file("/dev/full", "x"),
                      "cannot write '/dev/full': No space left on device");
}

TEST_CASE("Many files are synchronised, and the first that fails is told", "[io][file]") {
    const chainsim::test::Scratch scratch;
    std::vector<std::filesystem::path> files;
    for (int i = 0; i < 20; ++i) {
        files.push_back(scratch / std::to_string(i));
        io::write_file(files.back(), std::to_string(i), io::Device::later);
    }
    io::synchronise(files);
    CHECK(io::read_file(files[19]) == "19");
    io::synchronise(std::vector<std::filesystem::path>{});
    files[7] = scratch / "gone";
    files[11] = scratch / "gone too";
    CHECK_THROWS_WITH(io::synchronise(files), "cannot open '" + (scratch / "gone").string() +
                                                  "': No such file or directory");
}
