#include "support/catch.hpp"
#include <chainsim/units/quantity.hpp>

#include <string>

using chainsim::units::Quantity;
using chainsim::units::Unit;
using chainsim::units::UnitError;

TEST_CASE("A quantity is a number with its unit", "[units][quantity]") {
    CHECK(Quantity::parse("3250 kWh/t").in("MWh/t") == 3.25);
    CHECK(Quantity::parse("95 %").in("1") == 0.95);
    CHECK(Quantity::parse("95%").in("1") == 0.95);
    CHECK(Quantity::parse("0.95").in("1") == 0.95);
    CHECK(Quantity::parse("1.2e3 万吨").in("kt") == 12000.0);
    CHECK(Quantity::parse("-5 t").in("t") == -5.0);
    CHECK(Quantity::parse("  3 t ").in("t") == 3.0);
    CHECK(Quantity::parse("5 1000 m3").in("m3") == 5000.0);
    CHECK(Quantity::parse("960 kt/a").in("t/a") == 960000.0);
}

TEST_CASE("In its own unit a quantity is the number as written", "[units][quantity]") {
    const Quantity gas = Quantity::parse("0.1 m3/t");
    CHECK(gas.number() == 0.1);
    CHECK(gas.in("m3/t") == 0.1);
    CHECK(gas.unit().text() == "m3/t");
}

TEST_CASE("Energy of standard coal is that of GB/T 2589", "[units][quantity]") {
    // 0.1229 kgce/kWh is 3.6 MJ / 29.3076 MJ, to four figures.
    CHECK(Quantity::parse("1 kWh").in("kgce") == Approx(3.6 / 29.3076).epsilon(1e-12));
}

TEST_CASE("What is no quantity is refused", "[units][quantity]") {
    for (const char* text : {"",        " ",
                             "t",       "kWh/t",
                             "nan t",   "inf t",
                             ".inf",    "1,000 t",
                             "1_000 t", "1'000 t",
                             "010 t",   "0x10 t",
                             "1.2.3 t", "1e999 t",
                             "3 tt",    "3 t t/",
                             "12 /t",   "+3 t",
                             ".5 t",    "5. t x",
                             "three t", "1e300 Mtce 1000000"}) {
        INFO(text);
        CHECK_THROWS_AS(Quantity::parse(text), UnitError);
    }
    CHECK_THROWS_AS(Quantity::parse(std::string(100000, '1')), UnitError);
}

TEST_CASE("A refused quantity is told in its own words", "[units][quantity]") {
    CHECK_THROWS_WITH(Quantity::parse("1,000 t"),
                      "'1,000 t' is not a number with a unit: digits are not grouped, and "
                      "the decimal sign is one point");
    CHECK_THROWS_WITH(Quantity::parse("about 3 t"), "'about 3 t' is not a number with a unit");
    CHECK_THROWS_WITH(Quantity::parse("12 /t"),
                      "'12 /t' has nothing above the line of its unit; write for example '12 1/t'");
}

TEST_CASE("Adding tonnes to gigajoules is refused with both named", "[units][quantity]") {
    CHECK_THROWS_WITH(Quantity::parse("1 t") + Quantity::parse("1 GJ"),
                      "'GJ' is energy; 't' is mass");
    CHECK_THROWS_WITH(Quantity::parse("1 t").in("GJ"), "'t' is mass; 'GJ' is energy");
    CHECK_THROWS_WITH(Quantity::parse("1 t/t").in("kg"), "'t/t' is mass per mass; 'kg' is mass");
}

TEST_CASE("Sums and multiples are in the unit of the first", "[units][quantity]") {
    CHECK(to_string(Quantity::parse("1 t") + Quantity::parse("500 kg")) == "1.5 t");
    CHECK(to_string(Quantity::parse("1 t") - Quantity::parse("500 kg")) == "0.5 t");
    CHECK(to_string(3.0 * Quantity::parse("2 万元")) == "6 万元");
}

TEST_CASE("The text of a quantity reads back as the same", "[units][quantity]") {
    for (const char* text : {"3250 kWh/t", "0.1", "-2.5e-07 t/(1000 m3)", "5 1000 m3", "1 1/t",
                             "7 万吨标煤", "1e+30 t"}) {
        INFO(text);
        const Quantity quantity = Quantity::parse(text);
        CHECK(to_string(quantity) == text);
        const Quantity again = Quantity::parse(to_string(quantity));
        CHECK(again.number() == quantity.number());
        CHECK(again.unit() == quantity.unit());
    }
}
