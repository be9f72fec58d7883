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

/// Words of a text that look like paths of the project: `engine/chainsim/io`, `models/chains.yaml`.
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

} // namespace

TEST_CASE("Every path that a README names exists", "[readme]") {
    std::size_t count = 0;
    std::vector<fs::path> readmes{source_path("README.md")};
    for (const std::string folder : {"engine", "models", "scenarios", "tests", "examples"}) {
        for (const auto& entry : fs::recursive_directory_iterator(source_path(folder))) {
            if (entry.path().filename() == "README.md") {
                readmes.push_back(entry.path());
            }
        }
    }
    for (const auto& readme : readmes) {
        for (const auto& path : paths_in(chainsim::io::read_file(readme))) {
            INFO(readme << " names " << path);
            CHECK((fs::exists(source_path(path)) || fs::exists(readme.parent_path() / path)));
            ++count;
        }
    }
    CHECK(count > 10);
}
