#include "support/catch.hpp"
#include <chainsim/input/document.hpp>
#include <chainsim/input/findings.hpp>

using namespace chainsim;
using input::Findings;

TEST_CASE("Findings are told by file, line and column, each once", "[input][findings]") {
    Findings ignored;
    const input::Document document("b.yaml", "x: 1\ny: 2\n", ignored);
    Findings findings;
    findings.add({&document, 2, 1}, "y", "second");
    findings.add({&document, 1, 4}, "x", "first");
    findings.add({&document, 2, 1}, "y", "second");
    Diagnostic other;
    other.where.file = "a.yaml";
    other.message = "of another file";
    findings.add(other);
    CHECK(findings.size() == 4);
    const auto found = findings.take();
    REQUIRE(found.size() == 3);
    CHECK(found[0].message == "of another file");
    CHECK(found[1].message == "first");
    CHECK(found[1].line_text == "x: 1");
    CHECK(found[2].message == "second");
    CHECK(findings.empty());
}

TEST_CASE("Several things about one place are each told once, in the order they were found",
          "[input][findings]") {
    Findings findings;
    for (int reader = 0; reader < 3; ++reader) {
        for (const char* message : {"mass does not close", "carbon does not close"}) {
            chainsim::Diagnostic diagnostic;
            diagnostic.where = {"a.yaml", 3, 1};
            diagnostic.message = message;
            findings.add(diagnostic);
        }
    }
    const auto told = findings.take();
    REQUIRE(told.size() == 2);
    CHECK(told[0].message == "mass does not close");
    CHECK(told[1].message == "carbon does not close");
}

TEST_CASE("Raising without findings does nothing", "[input][findings]") {
    Findings findings;
    CHECK_NOTHROW(findings.raise());
    findings.add(Diagnostic{});
    CHECK_THROWS_AS(findings.raise(), InputError);
}

TEST_CASE("A hostile file does not fill the memory with findings", "[input][findings]") {
    Findings ignored;
    const input::Document document("a.yaml", std::string(1000000, 'x'), ignored);
    Findings findings;
    for (std::size_t i = 0; i < input::most_findings + 5; ++i) {
        findings.add({&document, 1, static_cast<int>(i)}, "", "m");
    }
    const auto found = findings.take();
    CHECK(found.size() == input::most_findings + 1);
    CHECK(found.back().message == "5 more problems are not shown");
    CHECK(found.front().line_text.size() < 500);
}
