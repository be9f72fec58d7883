#include "support/catch.hpp"
#include "support/scratch.hpp"
#include <chainsim/load/load_scenario.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace fs = std::filesystem;
using namespace chainsim;

namespace {

const fs::path cases = fs::path(CHAINSIM_SOURCE_DIR) / "tests" / "refusal";

std::string text_of(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    REQUIRE(stream);
    std::ostringstream text;
    text << stream.rdbuf();
    return text.str();
}

void write(const fs::path& file, const std::string& text) {
    std::ofstream(file, std::ios::binary) << text;
}

/// Works in another folder for as long as it lives, so that messages name short paths.
class WorkingFolder {
public:
    explicit WorkingFolder(const fs::path& folder) : before_(fs::current_path()) {
        fs::current_path(folder);
    }
    ~WorkingFolder() {
        std::error_code ignored;
        fs::current_path(before_, ignored);
    }
    WorkingFolder(const WorkingFolder&) = delete;
    WorkingFolder(WorkingFolder&&) = delete;
    WorkingFolder& operator=(const WorkingFolder&) = delete;
    WorkingFolder& operator=(WorkingFolder&&) = delete;

private:
    fs::path before_;
};

/// The world, in a folder of its own.
void make_world(const fs::path& folder) {
    fs::create_directories(folder / "models");
    fs::create_directories(folder / "study");
    fs::copy_file(cases / "world" / "models.yaml", folder / "models" / "world.yaml");
    for (const char* name : {"region.yaml", "plants.yaml", "base.yaml"}) {
        fs::copy_file(cases / "world" / name, folder / "study" / name);
    }
}

/// Puts a case into the world and reads it; the words in which it is refused.
std::string refusal_of(const std::string& name) {
    const test::Scratch scratch;
    make_world(scratch.path());
    std::string wanted = "models";
    if (fs::is_directory(cases / name)) {
        fs::copy(cases / name, scratch.path(),
                 fs::copy_options::recursive | fs::copy_options::overwrite_existing);
        wanted = fs::exists(scratch / "study/scenario.yaml") ? "study/scenario.yaml" : "models";
    } else {
        const std::string file = name + ".yaml";
        const std::string text = text_of(cases / file);
        if (text.find("format: chainsim.study/") != std::string::npos) {
            write(scratch / "study" / file, text);
            write(scratch / "study/scenario.yaml",
                  "format: chainsim.scenario/1\nscenario: case\nmodels: ../models\n"
                  "include: [region.yaml, " +
                      file + "]\nyears: [2025]\n");
            wanted = "study/scenario.yaml";
        } else if (text.find("format: chainsim.scenario/") != std::string::npos) {
            write(scratch / "study" / file, text);
            wanted = "study/" + file;
        } else {
            write(scratch / "models" / file, text);
        }
    }
    const WorkingFolder here(scratch.path());
    try {
        if (wanted == "models") {
            (void)load::load_model(wanted);
        } else {
            (void)load::load_scenario(wanted);
        }
    } catch (const InputError& error) {
        return std::string(error.what()) + '\n';
    }
    return "accepted\n";
}

std::vector<std::string> case_names() {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(cases)) {
        if (entry.path().extension() == ".txt" && entry.path().filename() != "CMakeLists.txt") {
            names.push_back(entry.path().stem().string());
        }
    }
    std::sort(names.begin(), names.end());
    return names;
}

} // namespace

TEST_CASE("The world in which cases are wrong is right itself", "[refusal]") {
    const test::Scratch scratch;
    make_world(scratch.path());
    CHECK_NOTHROW(load::load_model(scratch / "models"));
    CHECK_NOTHROW(load::load_scenario(scratch / "study/base.yaml"));
}

TEST_CASE("Bad input is refused at the right place with the right words", "[refusal]") {
    const auto names = case_names();
    REQUIRE(names.size() >= 45);
    for (const auto& name : names) {
        SECTION(name) { CHECK(refusal_of(name) == text_of(cases / (name + ".txt"))); }
    }
}

TEST_CASE("Every case has its text, and every text its case", "[refusal]") {
    for (const auto& entry : fs::directory_iterator(cases)) {
        const fs::path& path = entry.path();
        const bool is_case =
            path.extension() == ".yaml" || (entry.is_directory() && path.filename() != "world");
        if (is_case) {
            INFO(path);
            CHECK(fs::exists(cases / (path.stem().string() + ".txt")));
        }
    }
    for (const auto& name : case_names()) {
        INFO(name);
        CHECK((fs::exists(cases / (name + ".yaml")) || fs::is_directory(cases / name)));
    }
}
