#include "support/catch.hpp"
#include <chainsim/study/detail/reader.hpp>

#include <string>

using chainsim::study::detail::amount_text;
using chainsim::table::Language;

SCENARIO("Amounts are read in the units of the language", "[study][reader]") {
    const auto zh = [](double value, const std::string& unit) {
        return amount_text(value, unit, Language::zh);
    };
    const auto en = [](double value, const std::string& unit) {
        return amount_text(value, unit, Language::en);
    };
    GIVEN("an amount of the accounts") {
        THEN("it is scaled to what statistics are told in") {
            CHECK(zh(12'345'678.0, "t") == "1,235 万吨");
            CHECK(en(12'345'678.0, "t") == "12,346 kt");
            CHECK(zh(26.7e9, "CNY") == "267 亿元");
            CHECK(en(26.7e9, "CNY") == "26.7 × 10^9 CNY");
        }
    }
    GIVEN("a figure in a unit of several words") {
        THEN("each word is said in the language") {
            CHECK(zh(3.2, "MWh/t") == "3.2 兆瓦时/吨");
            CHECK(zh(500.0, "kt/a") == "500 千吨/年");
            CHECK(zh(1200.0, "CNY/(t/a)") == "1,200 元/(吨/年)");
            CHECK(zh(0.2, "1000 m3/t") == "0.2 千立方米/吨");
            CHECK(zh(0.2, "t/(1000 m3)") == "0.2 吨/千立方米");
            CHECK(en(2.5, "人/亿元") == "2.5 persons/10^8 CNY");
            CHECK(en(1.0, "tce/万元") == "1 tce/10^4 CNY");
        }
        THEN("two numbers never stand side by side") {
            CHECK(en(152.0, "亿元") == "152 × 10^8 CNY");
            CHECK(en(0.2, "1000 m3/t") == "0.2 × 1000 m3/t");
        }
        THEN("one with a word that is not known stays as it is") {
            CHECK(zh(1.0, "t/furlong") == "1 t/furlong");
        }
    }
}
