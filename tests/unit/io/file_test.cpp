#include "support/catch.hpp"
#include "support/scratch.hpp"
#include <chainsim/base/error.hpp>
#include <chainsim/io/file.hpp>

#include <string>

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
