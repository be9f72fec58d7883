#include "saving.hpp"
#include "support/catch.hpp"
#include "support/scratch.hpp"
#include <chainsim/base/error.hpp>
#include <chainsim/io/file.hpp>

#include <csignal>
#include <filesystem>
#include <string>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using chainsim::IoError;
using chainsim::io::read_file;
using chainsim::test::Scratch;
using chainsim::workbench::Existing;
using chainsim::workbench::save_whole;

namespace fs = std::filesystem;

TEST_CASE("A file that is saved never takes the place of another one unasked", "[workbench]") {
    const Scratch scratch;
    const auto file = scratch / "plan.yaml";
    CHECK(save_whole(file, "first", Existing::kept));
    CHECK_FALSE(save_whole(file, "second", Existing::kept));
    CHECK(read_file(file) == "first");
    CHECK(save_whole(file, "second", Existing::replaced));
    CHECK(read_file(file) == "second");
    CHECK(std::distance(fs::directory_iterator(scratch.path()), {}) == 1);
    CHECK_THROWS_AS(save_whole(scratch / "no" / "plan.yaml", "text", Existing::kept), IoError);
}

TEST_CASE("Whoever is killed while saving leaves the old file or the new one", "[workbench]") {
    const Scratch scratch;
    const auto file = scratch / "plan.yaml";
    const std::string old_text(200000, 'a');
    const std::string new_text(200000, 'b');
    REQUIRE(save_whole(file, old_text, Existing::kept));
    for (int i = 0; i < 40; ++i) {
        const pid_t child = ::fork();
        REQUIRE(child >= 0);
        if (child == 0) {
            while (true) {
                (void)save_whole(file, new_text, Existing::replaced);
                (void)save_whole(file, old_text, Existing::replaced);
            }
        }
        std::this_thread::sleep_for(std::chrono::microseconds(700 * (i + 1)));
        ::kill(child, SIGKILL);
        ::waitpid(child, nullptr, 0);
        const auto text = read_file(file);
        CHECK((text == old_text || text == new_text));
    }
}
