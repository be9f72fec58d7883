#include "support/catch.hpp"
#include "support/scratch.hpp"
#include <chainsim/input/document.hpp>

#include <fstream>
#include <string>
#include <vector>

using namespace chainsim;
using input::Document;
using input::Findings;
using input::Node;

namespace {

/// "line:column message" of everything that is wrong with a text.
std::vector<std::string> faults(const std::string& text) {
    Findings findings;
    const Document document("a.yaml", text, findings);
    std::vector<std::string> result;
    for (const auto& diagnostic : findings.take()) {
        result.push_back(std::to_string(diagnostic.where.line) + ':' +
                         std::to_string(diagnostic.where.column) + ' ' + diagnostic.message);
    }
    return result;
}

using Faults = std::vector<std::string>;

/// "line:column" of a place.
std::string at(const input::Place& place) {
    return std::to_string(place.line) + ':' + std::to_string(place.column);
}

} // namespace

TEST_CASE("Every key and value knows where it stands", "[input][document]") {
    Findings findings;
    const Document document("a.yaml",
                            "a: 1\n"
                            "b:\n"
                            "  c: [x, \"y\"]\n"
                            "  d: {e: f}\n"
                            "g:\n"
                            "  - h\n",
                            findings);
    REQUIRE(findings.empty());
    REQUIRE(document.is_readable());
    const Node& root = document.root();
    REQUIRE(root.is_map());
    CHECK(at(root.find("a")->place) == "1:1");
    CHECK(at(root.find("a")->value.place) == "1:4");
    CHECK(root.find("a")->value.text == "1");
    const Node& b = root.find("b")->value;
    CHECK(at(b.find("c")->place) == "3:3");
    REQUIRE(b.find("c")->value.items.size() == 2);
    CHECK(at(b.find("c")->value.items[1].place) == "3:10");
    CHECK(b.find("c")->value.items[1].quoted);
    CHECK_FALSE(b.find("c")->value.items[0].quoted);
    CHECK(at(b.find("d")->value.find("e")->value.place) == "4:10");
    CHECK(at(root.find("g")->value.items[0].place) == "6:5");
    CHECK(root.find("g")->value.items[0].place.location() == SourceLocation{"a.yaml", 6, 5});
}

TEST_CASE("Columns count characters, not bytes", "[input][document]") {
    Findings findings;
    const Document document("a.yaml", "名称: 焦炭\nx: {炉: [煤, 气]}\n", findings);
    const Node& root = document.root();
    CHECK(at(root.find("名称")->value.place) == "1:5");
    CHECK(at(root.find("x")->value.find("炉")->value.items[1].place) == "2:12");
}

TEST_CASE("Lines may end with LF or CR LF, and a byte order mark is passed over",
          "[input][document]") {
    Findings findings;
    const Document document("a.yaml",
                            "\xEF\xBB\xBF"
                            "a: 1\r\nb: 2\r\n",
                            findings);
    CHECK(findings.empty());
    CHECK(at(document.root().find("a")->place) == "1:1");
    CHECK(document.root().find("b")->value.text == "2");
    CHECK(document.line(1) == "a: 1");
    CHECK(document.line(2) == "b: 2");
    CHECK(document.line(9).empty());
}

TEST_CASE("An empty text is a document with nothing in it", "[input][document]") {
    for (const char* text : {"", "\n\n", "# only a comment\n", "---\n"}) {
        INFO(text);
        Findings findings;
        const Document document("a.yaml", text, findings);
        CHECK(findings.empty());
        CHECK(document.is_readable());
        CHECK(document.root().is_null());
    }
}

TEST_CASE("Texts of several lines are read as YAML folds them", "[input][document]") {
    Findings findings;
    const Document document("a.yaml",
                            "folded: >-\n  one\n  two\n"
                            "kept: |\n  one\n  two\n"
                            "plain: one\n  two\n"
                            "quoted: \"one\n  two\"\n",
                            findings);
    REQUIRE(findings.empty());
    CHECK(document.root().find("folded")->value.text == "one two");
    CHECK(document.root().find("kept")->value.text == "one\ntwo\n");
    CHECK(document.root().find("plain")->value.text == "one two");
    CHECK(document.root().find("quoted")->value.text == "one two");
}

TEST_CASE("A key that stands twice is refused with both places, and reading goes on",
          "[input][document]") {
    Findings findings;
    const Document document("a.yaml", "a: {b: 1, b: 2}\nc: 3\nc: 4\n", findings);
    CHECK(document.is_readable());
    CHECK(document.root().find("a")->value.find("b")->value.text == "1");
    CHECK(document.root().find("c")->value.text == "3");
    const auto found = findings.take();
    REQUIRE(found.size() == 2);
    CHECK(found[0].message == "key `b` stands twice in this map");
    CHECK(found[0].field == "a");
    REQUIRE(found[0].also.size() == 1);
    CHECK(found[0].also[0] == SourceLocation{"a.yaml", 1, 5});
    CHECK(found[1].where == SourceLocation{"a.yaml", 3, 1});
    CHECK(found[1].line_text == "c: 4");
}

TEST_CASE("Anchors and aliases are refused, so no file stands for a larger one",
          "[input][document]") {
    CHECK(faults("a: &x 1\nb: *x\n") ==
          Faults{"1:4 '&x' is an anchor or alias, and these are not taken"});
    CHECK(faults("a: *x\n") == Faults{"1:4 '*' is an anchor or alias, and these are not taken"});
    CHECK(faults("a: &a [x]\nb: &b [*a,*a,*a]\nc: &c [*b,*b,*b]\n").size() == 1);
    CHECK(faults("a: '&x'\nb: \"*x\"\n").empty()); // quoted, they are texts
}

TEST_CASE("Tags are refused", "[input][document]") {
    CHECK(faults("a: !!int 5\n") ==
          Faults{"1:4 'tag:yaml.org,2002:int' is a tag, and tags are not taken"});
    CHECK(faults("a: !python/object x\n").size() == 1);
    CHECK(faults("a: !t {b: 1}\n").size() == 1);
}

TEST_CASE("A file holds one document", "[input][document]") {
    CHECK(faults("a: 1\n---\nb: 2\n").size() == 1);
    CHECK(faults("---\na: 1\n...\n").empty());
}

TEST_CASE("Nesting beyond 64 is refused", "[input][document]") {
    CHECK(faults(std::string(64, '[') + std::string(64, ']')).empty());
    CHECK(faults(std::string(65, '[') + std::string(65, ']')) ==
          Faults{"1:65 maps and lists within each other are deeper than 64"});
    CHECK(faults(std::string(100000, '[')).size() == 1);
    CHECK(faults(std::string(100000, '{')).size() == 1);
}

TEST_CASE("Bytes that are no text are refused before YAML is asked", "[input][document]") {
    CHECK(faults("a: \xFF\n") == Faults{"1:4 byte 0xFF is not UTF-8"});
    CHECK(faults("焦: \xBD\xB9\n") == Faults{"1:4 byte 0xBD is not UTF-8"});
    CHECK(faults(std::string("a: \0b\n", 6)) == Faults{"1:4 control character 0x00 in the text"});
    CHECK(faults("a: 1\rb: 2\n") == Faults{"1:5 control character 0x0D in the text"});
    CHECK(faults("a:\n\tb: 1\n") == Faults{"2:1 a tab in the indentation"});
    CHECK(faults("a:\n  \tb: 1\n") == Faults{"2:3 a tab in the indentation"});
    CHECK(faults("a: 1\t# a comment\n").empty());
}

TEST_CASE("A quotation that the file ends in is not taken as closed", "[input][document]") {
    CHECK(faults("a: \"x\n") == Faults{"1:4 the quotation that begins here is not closed"});
    CHECK(faults("a: 'x''\n") == Faults{"1:4 the quotation that begins here is not closed"});
    CHECK(faults("a: \"x\\\"\n") == Faults{"1:4 the quotation that begins here is not closed"});
    CHECK(faults("a: 'it''s'\nb: \"say \\\"x\\\"\"\n").empty());
}

TEST_CASE("What is not YAML is told at its place", "[input][document]") {
    CHECK(faults("a: b: c\n") == Faults{"1:5 this is not YAML: illegal map value"});
    CHECK(faults("{a: b\n") == Faults{"2:1 this is not YAML: end of map flow not found"});
    CHECK(faults("a: [1, 2\nb: 3\n").size() == 1);
    CHECK(faults("? [a]\n: b\n") == Faults{"1:3 a list stands where a key is expected"});
}

TEST_CASE("Keys that YAML would take for nothing are texts", "[input][document]") {
    Findings findings;
    const Document document("a.yaml", "null: 1\n~: 2\n", findings);
    REQUIRE(findings.empty());
    REQUIRE(document.root().entries.size() == 2);
    CHECK(document.root().entries[0].key == "null");
    CHECK(document.root().entries[1].key == "~");
}

TEST_CASE("A file of more than 16 MB is refused unread", "[input][document]") {
    Findings findings;
    const Document document("a.yaml", std::string(input::largest_document + 1, '#'), findings);
    CHECK_FALSE(document.is_readable());
    CHECK(findings.take().at(0).message == "the file is larger than 16 MB");
}

TEST_CASE("A large line is counted once, not once per value", "[input][document]") {
    // A megabyte in one line; counting its characters anew for each value would take minutes.
    std::string text = "a: [";
    while (text.size() < 1000000) {
        text += "焦, ";
    }
    text += "x]\n";
    Findings findings;
    const Document document("a.yaml", text, findings);
    REQUIRE(findings.empty());
    const auto& items = document.root().find("a")->value.items;
    CHECK(items.back().place.column == static_cast<int>(5 + 3 * (items.size() - 1)));
}

TEST_CASE("Reading a file that cannot be read tells path and reason", "[input][document]") {
    const test::Scratch scratch;
    CHECK_THROWS_AS(input::read_text(scratch / "absent.yaml"), IoError);
    CHECK_THROWS_WITH(input::read_text(scratch / "absent.yaml"),
                      Catch::Contains("absent.yaml: No such file or directory"));
    CHECK_THROWS_WITH(input::read_text(scratch.path()), Catch::Contains("is not a file"));
}

TEST_CASE("Documents come in the order of their files, for any number of threads",
          "[input][document]") {
    const test::Scratch scratch;
    std::vector<input::FileName> files;
    for (int i = 0; i < 40; ++i) {
        const std::string name = std::to_string(i) + ".yaml";
        std::ofstream(scratch / name) << "n: " << i << (i % 7 == 0 ? "\nn: again\n" : "\n");
        files.push_back({scratch / name, name});
    }
    Findings findings;
    const auto documents = input::read_documents(files, findings);
    REQUIRE(documents.size() == 40);
    for (int i = 0; i < 40; ++i) {
        CHECK(documents[static_cast<std::size_t>(i)]->root().find("n")->value.text ==
              std::to_string(i));
    }
    CHECK(findings.size() == 6); // 0, 7, 14, 21, 28, 35
    files.push_back({scratch / "absent.yaml", "absent.yaml"});
    CHECK_THROWS_AS(input::read_documents(files, findings), IoError);
}

TEST_CASE("A colon of Chinese text after a key is told as what it is", "[input][document]") {
    const auto help = [](const std::string& text) {
        Findings findings;
        const Document document("a.yaml", text, findings);
        const auto found = findings.take();
        REQUIRE(found.size() == 1);
        return found[0].help;
    };
    CHECK(help("region：\n  id: x\n") ==
          "write 'region: ' with a colon of ASCII and a space, not '：'");
    CHECK(help("a:\n  - b：1\n    c: 2\n") ==
          "write 'b: ' with a colon of ASCII and a space, not '：'");
    CHECK(help("a: b: c\n").empty());
    CHECK(faults("a: 说明：不是键\n").empty());
}
