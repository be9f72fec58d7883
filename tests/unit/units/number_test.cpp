#include "support/catch.hpp"
#include <chainsim/units/quantity.hpp>

#include <clocale>

using chainsim::units::parse_number;
using chainsim::units::UnitError;

TEST_CASE("Numbers are read exactly", "[units][number]") {
    CHECK(parse_number("12") == 12.0);
    CHECK(parse_number("-0.5") == -0.5);
    CHECK(parse_number("1.2e3") == 1200.0);
    CHECK(parse_number("0") == 0.0);
    CHECK(parse_number("0.1") == 0.1);
    CHECK(parse_number("2.2250738585072014e-308") == 2.2250738585072014e-308);
}

TEST_CASE("What other readers of numbers let pass is refused", "[units][number]") {
    for (const char* text :
         {"010", "00",   "0x1f", "1_000",    "1,5",   ".5",    "+1",     "nan",
          "NaN", "inf",  "-inf", "infinity", ".inf",  "",      "-",      "--1",
          "1e",  "1e5x", "1 ",   " 1",       "1.5.2", "1e999", "1e-999", "１２"}) {
        INFO(text);
        CHECK_THROWS_AS(parse_number(text), UnitError);
    }
}

TEST_CASE("The message says what is wrong with a number", "[units][number]") {
    CHECK_THROWS_WITH(parse_number("010"), "'010' is not a number: it begins with a superfluous 0");
    CHECK_THROWS_WITH(parse_number("1e999"),
                      "'1e999' is not a number: it is too large or too small for a double");
    CHECK_THROWS_WITH(parse_number("1.5.2"), "'1.5.2' is not a number: '.2' does not belong to it");
    CHECK_THROWS_WITH(parse_number("nan"),
                      "'nan' is not a number: it must begin with a digit, or with '-' and a digit");
}

TEST_CASE("The locale of the process changes nothing", "[units][number]") {
    const char* const before = std::setlocale(LC_ALL, nullptr);
    for (const char* name : {"de_DE.UTF-8", "de_DE.utf8", "zh_CN.UTF-8", "C.UTF-8"}) {
        if (std::setlocale(LC_ALL, name) == nullptr) {
            continue; // not installed here
        }
        CHECK(parse_number("1.5") == 1.5);
        CHECK(chainsim::units::Quantity::parse("1.5 t").in("kg") == 1500.0);
    }
    std::setlocale(LC_ALL, before);
}
