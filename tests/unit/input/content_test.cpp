#include "support/catch.hpp"
#include <chainsim/input/content.hpp>
#include <chainsim/input/document.hpp>

#include <string>

using namespace chainsim::input;

namespace {

std::string content(const std::string& text) {
    Findings findings;
    const Document document("test.yaml", text, findings);
    REQUIRE(findings.empty());
    return content_of(document.root());
}

const std::string plain = R"(
processes:
  coking:
    product: coke
    inputs: {coal: 1.4 t/t, electricity: 30 kWh/t}
  melting: {product: slag}
years: [2025, 2030]
note:
)";

} // namespace

TEST_CASE("Spellings of one content are one content", "[input][content]") {
    CHECK(content(plain) == R"({"note":~,"processes":{"coking":{"inputs":{"coal":"1.4 t/t",)"
                            R"("electricity":"30 kWh/t",},"product":"coke",},)"
                            R"("melting":{"product":"slag",},},"years":["2025","2030",],})");
    CHECK(content(plain) == content(R"(# A remark.
note: ~
years:
- 2025   # another
- 2030
"processes":
    melting:
        product: slag
    coking:
        inputs:
            electricity: 30 kWh/t
            coal: 1.4 t/t
        product: 'coke'
)"));
}

TEST_CASE("Another word, place or order of a list is another content", "[input][content]") {
    for (const std::string other :
         {"a: [1, 2]", "a: [2, 1, 0]", "a: [1, 2, 0,  ~]", "a: ['1', 2, 0]", "a: {1: 2}",
          "a: '1, 2, 0'", "b: [1, 2, 0]", "a: [[1, 2], 0]", "a: [1, 2, 0]\nb: ~", "a:", "a: []",
          "a: {}", "a: ''"}) {
        INFO(other);
        CHECK(content("a: [1, 2, 0]") != content(other));
    }
    CHECK(content("a: '~'") != content("a: ~"));
    CHECK(content("a: '30 kWh'") != content("a: 30 kWh")); // in quotes it is no quantity
    CHECK(content("a: 'true'") != content("a: true"));
}
