#include "support/catch.hpp"
#include <chainsim/input/document.hpp>
#include <chainsim/input/reader.hpp>

#include <array>
#include <string>
#include <vector>

using namespace chainsim;
using input::Field;
using input::FieldKind;
using input::FieldPath;
using input::Presence;
using input::RecordReader;

namespace {

constexpr std::array<std::string_view, 3> colours{"red", "green", "blue"};
constexpr std::array fields{
    Field{.key = "title", .presence = Presence::required, .doc = "What it is called."},
    Field{.key = "words", .kind = FieldKind::texts},
    Field{.key = "colour", .kind = FieldKind::word, .words = colours},
    Field{.key = "count", .kind = FieldKind::whole, .minimum = 0.0, .maximum = 10.0},
    Field{.key = "hard", .kind = FieldKind::yes_no},
    Field{.key = "capacity", .kind = FieldKind::quantity, .unit = "t/a", .minimum = 0.0},
    Field{.key = "share", .kind = FieldKind::quantity, .unit = "1", .minimum = 0.0, .maximum = 1.0},
    Field{.key = "parts", .kind = FieldKind::map},
    Field{.key = "steps", .kind = FieldKind::list},
};
const input::RecordTable table{"thing", "A thing.", fields};

/// A document read by the table above.
struct Reading {
    input::Findings findings;
    input::Document document;
    FieldPath root{"things"};
    FieldPath path{root, "x"};
    RecordReader reader;

    explicit Reading(const std::string& text)
        : document("a.yaml", text, findings), reader(document.root(), table, path, findings) {}

    /// "message | help" of everything noted.
    std::vector<std::string> notes() {
        std::vector<std::string> result;
        for (const auto& diagnostic : findings.take()) {
            result.push_back(diagnostic.message + " | " + diagnostic.help);
        }
        return result;
    }
};

using Notes = std::vector<std::string>;

} // namespace

TEST_CASE("What is right is handed out", "[input][reader]") {
    Reading r("title: Mill\nwords: [a, b]\ncolour: green\ncount: 3\nhard: false\n"
              "capacity: 2 万吨/年\nshare: 50 %\nparts: {a: 1}\nsteps: [x]\n");
    CHECK(r.reader.text("title") == "Mill");
    CHECK(r.reader.texts("words") == std::vector<std::string>{"a", "b"});
    CHECK(r.reader.word("colour") == 1U);
    CHECK(r.reader.whole("count") == 3);
    CHECK(r.reader.yes_no("hard") == false);
    CHECK(r.reader.quantity("capacity")->in("kt/a") == 20.0);
    CHECK(r.reader.quantity("share")->in("1") == 0.5);
    CHECK(r.reader.value("parts")->find("a") != nullptr);
    CHECK(r.reader.value("steps")->items.size() == 1);
    CHECK_NOTHROW(r.reader.finish());
    CHECK(r.findings.empty());
}

TEST_CASE("What is absent is absent", "[input][reader]") {
    Reading r("title: Mill\n");
    CHECK(r.reader.texts("words").empty());
    CHECK_FALSE(r.reader.word("colour"));
    CHECK_FALSE(r.reader.whole("count"));
    CHECK_FALSE(r.reader.quantity("capacity"));
    CHECK(r.reader.value("parts") == nullptr);
    CHECK(r.findings.empty());
}

TEST_CASE("Unknown and missing keys are noted at once", "[input][reader]") {
    Reading r("colur: red\ncapasity: 1 t/a\nzzz: 1\n");
    CHECK(r.notes() == Notes{"unknown key `colur` | did you mean 'colour'?",
                             "the key `title` is missing | add `title: ...`. What it is called.",
                             "unknown key `capasity` | did you mean 'capacity'?",
                             "unknown key `zzz` | a thing takes: title, words, colour, count, "
                             "hard, capacity, share, "
                             "parts, steps"});
}

TEST_CASE("A key that nobody read is a mistake of the program", "[input][reader]") {
    Reading r("title: Mill\n");
    CHECK_THROWS_AS(r.reader.finish(), ContractError);
    CHECK_THROWS_AS(r.reader.text("absent_from_table"), ContractError);
    CHECK_THROWS_AS(r.reader.text("count"), ContractError);
}

TEST_CASE("Wrong kinds are told in the words of the writer", "[input][reader]") {
    Reading r(
        "title: [a]\nwords: a\ncolour: grene\ncount: 3.5\nhard: yes\ncapacity: {a: 1}\nparts: 3\n"
        "steps: {a: 1}\n");
    (void)r.reader.text("title");
    (void)r.reader.texts("words");
    (void)r.reader.word("colour");
    (void)r.reader.whole("count");
    (void)r.reader.yes_no("hard");
    (void)r.reader.quantity("capacity");
    (void)r.reader.value("parts");
    (void)r.reader.value("steps");
    CHECK(r.notes() ==
          Notes{"a list stands here; a text that is not empty is needed | ",
                "'a' is a text; a list of texts is needed | ",
                "'grene' is not known here | did you mean 'green'?",
                "'3.5' is not a whole number | ", "'yes' is a text; true or false is needed | ",
                "a map stands here; a number with its unit is needed | ",
                "'3' is a text; a map is needed | ", "a map stands here; a list is needed | "});
}

TEST_CASE("Whole numbers are whole, and within their limits", "[input][reader]") {
    for (const char* text : {"11", "-1", "010", "1e3", "0x1", "99999999999999999999", "+1", "~"}) {
        INFO(text);
        Reading r(std::string("title: t\ncount: ") + text + "\n");
        CHECK_FALSE(r.reader.whole("count"));
        CHECK(r.findings.size() == 1);
    }
}

TEST_CASE("A quantity of another dimension is refused with an example", "[input][reader]") {
    Reading r("title: t\ncapacity: 960 kt\nshare: 3\n");
    (void)r.reader.quantity("capacity");
    (void)r.reader.quantity("share");
    CHECK(r.notes() ==
          Notes{"'960 kt' is mass; mass per time is needed here | write for example '960 kt/a'",
                "'3' is more than 1 | "});
}

TEST_CASE("Where another kind of thing is needed, only its unit can be told; commas are named",
          "[input][reader]") {
    Reading r("title: t\ncapacity: 5 GJ\n");
    (void)r.reader.quantity("capacity");
    CHECK(r.notes() == Notes{"'5 GJ' is energy; mass per time is needed here | write it in t/a"});
    Reading grouped("title: t\ncapacity: 530,000 t/a\n");
    (void)grouped.reader.quantity("capacity");
    const auto notes = grouped.notes();
    REQUIRE(notes.size() == 1);
    CHECK_THAT(notes.front(), Catch::Matchers::EndsWith("| write the number without commas"));
}

TEST_CASE("A bare number is refused where a unit is needed", "[input][reader]") {
    Reading r("title: t\ncapacity: 960\n");
    CHECK_FALSE(r.reader.quantity("capacity"));
    CHECK(r.notes() ==
          Notes{"'960' has no unit; mass per time is needed here | write for example '960 t/a'"});
}

TEST_CASE("Negative amounts, infinities and nonsense are refused", "[input][reader]") {
    Reading negative("title: t\ncapacity: -3 t/a\n");
    CHECK_FALSE(negative.reader.quantity("capacity"));
    CHECK(negative.notes() == Notes{"'-3 t/a' is negative | "});
    for (const char* text :
         {".inf t/a", "nan t/a", "0x10 t/a", "010 t/a", "1e999 t/a", "t/a", "~"}) {
        INFO(text);
        Reading r(std::string("title: t\ncapacity: ") + text + "\n");
        CHECK_FALSE(r.reader.quantity("capacity"));
        CHECK(r.findings.size() == 1);
    }
}

TEST_CASE("A record that is no map is told once", "[input][reader]") {
    Reading r("- a\n- b\n");
    CHECK(r.notes() == Notes{"a list stands here; a map with the keys of a thing is needed | "});
    CHECK(r.reader.text("title").empty());
}

TEST_CASE("A path names the way to a value", "[input][reader]") {
    const FieldPath root("processes");
    const FieldPath mill(root, "mill");
    CHECK(FieldPath(mill, "inputs").text() == "processes.mill.inputs");
    const FieldPath top("");
    CHECK(FieldPath(top, "years").text() == "years");
}
