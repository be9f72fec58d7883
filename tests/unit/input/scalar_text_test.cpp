#include "support/catch.hpp"
#include <chainsim/input/document.hpp>
#include <chainsim/input/scalar_text.hpp>

#include <string>

using namespace chainsim::input;

namespace {

/// What is read of a text that stands behind a key.
Node read(const std::string& text) {
    Findings findings;
    const Document document("test.yaml", "key: " + text + "\n", findings);
    REQUIRE(findings.empty());
    return document.root().find("key")->value;
}

} // namespace

TEST_CASE("A text in quotes is read as this text", "[input][scalar]") {
    for (const std::string text :
         {"", " ", "a: b", "# no remark", "~", "2025", "a \"b\" \\c", "two\nlines", "tab\there",
          "- item", "{a: b}", "[x]", "*alias", "乌海", "'tis", "\x01"}) {
        INFO(text);
        CHECK(read(quoted_scalar(text)).text == text);
        CHECK(read(quoted_scalar(text)).quoted);
    }
}

TEST_CASE("A plain text is read as itself, and what is not is known", "[input][scalar]") {
    for (const std::string text : {"coke", "3250 kWh/t", "-5 %", "a -> b", "true", "2025",
                                   "320 万吨/年", "../../models", "x#y", "a:b", "it's"}) {
        INFO(text);
        CHECK(is_plain_scalar(text));
        CHECK(read(text).text == text);
    }
    for (const std::string text :
         {"",   " a", "a ", "a: b", "a #b", "~",  "null", "- a", "[a]", "{a}",  "*a", "&a",
          "!a", "|",  ">",  "'a",   "\"a",  "%a", "@a",   "`a",  "a:",  "a\nb", "---"}) {
        INFO(text);
        CHECK_FALSE(is_plain_scalar(text));
    }
}
