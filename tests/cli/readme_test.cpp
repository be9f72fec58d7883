#include "program.hpp"
#include "support/catch.hpp"
#include <chainsim/io/file.hpp>

#include <filesystem>
#include <regex>
#include <string>
#include <vector>

using chainsim::test::source_path;
namespace fs = std::filesystem;

namespace {

/// Words of a text that look like paths of the project: `engine/chainsim/io`, `models/prices`.
std::vector<std::string> paths_in(const std::string& text) {
    static const std::regex path(
        R"((?:^|[\s`(])((?:engine|models|scenarios|tests|examples|\.ci)/[A-Za-z0-9_./-]*))",
        std::regex::multiline);
    std::vector<std::string> result;
    for (std::sregex_iterator found(text.begin(), text.end(), path), end; found != end; ++found) {
        std::string word = (*found)[1];
        while (!word.empty() && (word.back() == '.' || word.back() == '/')) {
            word.pop_back();
        }
        result.push_back(word);
    }
    return result;
}

/// True for a scenario that the text itself tells to write: `scenario: NAME` stands in it.
bool is_written_there(const std::string& path, const std::string& text) {
    return text.find("\nscenario: " + fs::path(path).stem().string() + "\n") != std::string::npos;
}

} // namespace

TEST_CASE("Every path that a README names exists", "[readme]") {
    std::size_t count = 0;
    std::vector<fs::path> readmes{source_path("README.md")};
    for (const std::string folder : {"engine", "models", "scenarios", "tests", "examples"}) {
        for (fs::recursive_directory_iterator entry(source_path(folder)), end; entry != end;
             ++entry) {
            if (entry->path().filename() == "node_modules") {
                entry.disable_recursion_pending(); // packages speak of their own files
            } else if (entry->path().filename() == "README.md") {
                readmes.push_back(entry->path());
            }
        }
    }
    for (const auto& readme : readmes) {
        const std::string text = chainsim::io::read_file(readme);
        for (const auto& path : paths_in(text)) {
            INFO(readme << " names " << path);
            CHECK((fs::exists(source_path(path)) || fs::exists(readme.parent_path() / path) ||
                   is_written_there(path, text)));
            ++count;
        }
    }
    CHECK(count > 10);
}
