#include "support/catch.hpp"
#include "support/scratch.hpp"
#include <chainsim/input/document.hpp>
#include <chainsim/io/file.hpp>
#include <chainsim/load/load_scenario.hpp>
#include <chainsim/sheets/sheets.hpp>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

using Catch::Matchers::Contains;
using chainsim::InputError;
using chainsim::input::Document;
using chainsim::input::Findings;
using chainsim::input::Node;
namespace fs = std::filesystem;
namespace sheets = chainsim::sheets;

namespace {

const std::string root = CHAINSIM_SOURCE_DIR;

/// Whether two trees say the same, in whatever order their maps have it.
bool is_same(const Node& a, const Node& b, std::string& where) {
    if (a.kind != b.kind || a.items.size() != b.items.size() ||
        a.entries.size() != b.entries.size() || a.text != b.text) {
        return false;
    }
    for (std::size_t i = 0; i < a.items.size(); ++i) {
        if (!is_same(a.items[i], b.items[i], where)) {
            where = "[" + std::to_string(i) + "]" + where;
            return false;
        }
    }
    return std::all_of(a.entries.begin(), a.entries.end(), [&](const auto& entry) {
        const auto* other = b.find(entry.key);
        if (other != nullptr && is_same(entry.value, other->value, where)) {
            return true;
        }
        where = "." + entry.key + where;
        return false;
    });
}

void write_all(const std::vector<sheets::File>& files, const fs::path& folder) {
    for (const auto& file : files) {
        fs::create_directories((folder / file.path).parent_path());
        chainsim::io::write_file(folder / file.path, file.text);
    }
}

const sheets::File& file_of(const std::vector<sheets::File>& files, const std::string& path) {
    const auto found = std::find_if(files.begin(), files.end(),
                                    [&path](const auto& one) { return one.path == path; });
    REQUIRE(found != files.end());
    return *found;
}

/// What tables say of a scenario of one file, and what they are read as.
std::vector<sheets::File> tables_of(const std::string& yaml) {
    return sheets::to_sheets({{"one.yaml", yaml}}, "one.yaml", false);
}

std::string problems_of(const fs::path& folder) {
    try {
        (void)sheets::from_sheets(folder);
    } catch (const InputError& error) {
        return error.what();
    }
    return {};
}

} // namespace

TEST_CASE("Tables and back, every file of a district says the same", "[sheets]") {
    for (const char* name :
         {"scenarios/tutorial/desk_2030.yaml", "scenarios/hainan/pathway_2035.yaml"}) {
        const auto scenario = chainsim::load::load_scenario(root + "/" + name);
        const chainsim::test::Scratch scratch;
        write_all(sheets::to_sheets(scenario.inputs, name, true), scratch.path());
        const auto back = sheets::from_sheets(scratch.path());
        CHECK(back.main_input == name);
        REQUIRE(back.files.size() == scenario.inputs.size());
        for (const auto& input : scenario.inputs) {
            INFO(input.path);
            const auto& file = file_of(back.files, input.path);
            if (!input.path.ends_with(".yaml")) {
                CHECK(file.text == input.text);
                continue;
            }
            Findings findings;
            const Document before(input.path, input.text, findings);
            const Document after(input.path, file.text, findings);
            REQUIRE(findings.empty());
            std::string where;
            const bool same = is_same(before.root(), after.root(), where);
            INFO(where);
            CHECK(same);
        }
    }
}

TEST_CASE("A recipe is a row, and its flows are rows of another table", "[sheets]") {
    const auto files = tables_of("format: chainsim.models/1\n"
                                 "processes:\n"
                                 "  milling:\n"
                                 "    name: {zh: 磨, en: milling}\n"
                                 "    inputs: {ore: {value: 1.5 t/t, range: [1.4, 1.6]}}\n"
                                 "    reactions: [a -> b, b -> c]\n");
    CHECK(file_of(files, "processes.csv").text ==
          "file,id,name.zh,name.en,reactions[]\none.yaml,milling,磨,milling,a -> b | b -> c\n");
    CHECK(file_of(files, "processes.inputs.csv").text ==
          "file,id,key,value,range[]\none.yaml,milling,ore,1.5 t/t,1.4 | 1.6\n");
    CHECK(file_of(files, "files.csv").text == "path,format,main\none.yaml,chainsim.models/1,yes\n");
}

TEST_CASE("Texts that look like something else stay texts", "[sheets]") {
    const std::string yaml = "format: chainsim.study/1\n"
                             "note: \"2025\"\n"
                             "region:\n"
                             "  a: '~'\n"
                             "  b: ~\n"
                             "  c: []\n"
                             "  d: {}\n"
                             "  e: \"with: colon\"\n"
                             "  f: \"two\\nlines\"\n"
                             "  g: \"'quoted'\"\n"
                             "  h: \"\"\n"
                             "  i: [x | y, z]\n"
                             "  \"k.1\": [[1, 2], {m: 3}]\n";
    const chainsim::test::Scratch scratch;
    write_all(tables_of(yaml), scratch.path());
    const auto back = sheets::from_sheets(scratch.path());
    Findings findings;
    const Document before("one.yaml", yaml, findings);
    const Document after("one.yaml", back.files.front().text, findings);
    REQUIRE(findings.empty());
    std::string where;
    INFO(back.files.front().text);
    CHECK(is_same(before.root(), after.root(), where));
    CHECK(after.root().find("note")->value.quoted); // a number it would be otherwise
}

TEST_CASE("What is wrong with a table is told with its line and column", "[sheets]") {
    const chainsim::test::Scratch scratch;
    write_all(tables_of("format: chainsim.study/1\nfacilities: {mill: {process: milling}}\n"),
              scratch.path());
    SECTION("a file that is not listed") {
        chainsim::io::write_file(scratch.path() / "facilities.csv",
                                 "file,id,process\nonne.yaml,mill,milling\n");
        CHECK_THAT(problems_of(scratch.path()), Contains("facilities.csv:2:1") &&
                                                    Contains("no file 'onne.yaml'") &&
                                                    Contains("did you mean 'one.yaml'"));
    }
    SECTION("a record that stands twice") {
        chainsim::io::write_file(scratch.path() / "facilities.csv",
                                 "file,id,process\none.yaml,mill,a\none.yaml,mill,b\n");
        CHECK_THAT(problems_of(scratch.path()),
                   Contains("facilities.csv:3") && Contains("'mill' stands twice"));
    }
    SECTION("a way out of the folder") {
        chainsim::io::write_file(scratch.path() / "files.csv",
                                 "path,format,main\n../../one.yaml,chainsim.study/1,yes\n");
        CHECK_THAT(problems_of(scratch.path()),
                   Contains("files.csv:2:1") && Contains("no path within"));
    }
    SECTION("no scenario to be opened") {
        chainsim::io::write_file(scratch.path() / "files.csv",
                                 "path,format,main\none.yaml,chainsim.study/1,\n");
        CHECK_THAT(problems_of(scratch.path()), Contains("no file is the scenario to be opened"));
    }
    SECTION("a text where more was told") {
        chainsim::io::write_file(scratch.path() / "facilities.csv",
                                 "file,id,capacity,capacity.value\none.yaml,mill,1,2\n");
        CHECK_THAT(problems_of(scratch.path()),
                   Contains("facilities.csv:2") && Contains("is told already"));
    }
    SECTION("a list with a hole") {
        chainsim::io::write_file(scratch.path() / "facilities.csv",
                                 "file,id,retire[0].year,retire[2].year\none.yaml,mill,1,2\n");
        CHECK_THAT(problems_of(scratch.path()), Contains("an item of this list is left out"));
    }
    SECTION("a table with another head") {
        chainsim::io::write_file(scratch.path() / "facilities.csv", "id,process\nmill,a\n");
        CHECK_THAT(problems_of(scratch.path()), Contains("the sheet begins with: file, id"));
    }
}

TEST_CASE("What the loader says of a line is said of the cell that it comes from", "[sheets]") {
    const chainsim::test::Scratch scratch;
    write_all(tables_of("format: chainsim.study/1\nfacilities: {mill: {process: milling}}\n"),
              scratch.path());
    const auto back = sheets::from_sheets(scratch.path());
    const auto& text = back.files.front().text;
    const auto line =
        1 +
        static_cast<int>(std::count(
            text.begin(), text.begin() + static_cast<std::ptrdiff_t>(text.find("process:")), '\n'));
    const auto moved =
        back.of_cells({{{"somewhere/one.yaml", line, 14}, "", "unknown", "", {}, "x"},
                       {{"phone.yaml", line, 1}, "", "other", "", {}, ""}});
    CHECK(to_string(moved[0].where) == "facilities.csv:2:15");
    CHECK(moved[1].where.file == "phone.yaml"); // which only ends like it
}
