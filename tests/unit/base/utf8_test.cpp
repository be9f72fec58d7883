#include "support/catch.hpp"
#include <chainsim/base/utf8.hpp>

using namespace chainsim;

TEST_CASE("Text of any script that is UTF-8 has no invalid byte", "[base][utf8]") {
    CHECK_FALSE(utf8::find_invalid(""));
    CHECK_FALSE(utf8::find_invalid("coke 焦炭 é 𠀀"));
}

TEST_CASE("The first byte that is not UTF-8 is found", "[base][utf8]") {
    CHECK(utf8::find_invalid("ab\xFFz") == 2U);          // no lead byte
    CHECK(utf8::find_invalid("\xC0\xAF") == 0U);         // overlong '/'
    CHECK(utf8::find_invalid("\xE0\x80\xAF") == 0U);     // overlong, three bytes
    CHECK(utf8::find_invalid("\xED\xA0\x80") == 0U);     // surrogate
    CHECK(utf8::find_invalid("\xF4\x90\x80\x80") == 0U); // beyond U+10FFFF
    CHECK(utf8::find_invalid("a\xE7\x84") == 1U);        // cut off
    CHECK(utf8::find_invalid("\xBD\xB9") == 0U);         // GBK, as old spreadsheets write
}

TEST_CASE("Decoding gives characters, and U+FFFD for what is none", "[base][utf8]") {
    CHECK(utf8::decode("a焦b") == U"a焦b");
    CHECK(utf8::decode("a\xFFz") == U"a\uFFFDz");
}

TEST_CASE("Chinese characters take two columns", "[base][utf8]") {
    CHECK(utf8::display_width(U'a') == 1);
    CHECK(utf8::display_width(U'é') == 1);
    CHECK(utf8::display_width(U'焦') == 2);
    CHECK(utf8::display_width(U'（') == 2);
}

TEST_CASE("A long text is cut between characters", "[base][utf8]") {
    CHECK(utf8::shorten("焦炭", 2) == "焦炭");
    CHECK(utf8::shorten("焦炭炉", 2) == "焦炭...");
    CHECK(utf8::shorten("", 5).empty());
}
