#include "support/catch.hpp"
#include <chainsim/units/quantity.hpp>

#include <string>
#include <thread>
#include <utility>
#include <vector>

using Catch::Matchers::WithinRel;
using chainsim::units::Unit;
using chainsim::units::UnitError;

namespace {

double scale(const char* text) { return Unit::parse(text).scale(); }

} // namespace

TEST_CASE("Units of the trade are so many kg, m, s and CNY", "[units][unit]") {
    CHECK(scale("t") == 1000.0);
    CHECK(scale("kt") == 1e6);
    CHECK(scale("kWh") == 3.6e6);
    CHECK(scale("GJ") == 1e9);
    CHECK(scale("a") == 365.0 * 24.0 * 3600.0); // the year of 8760 h
    CHECK(scale("%") == 0.01);
    CHECK_THAT(scale("tce"), WithinRel(29.3076e9, 1e-12)); // GB/T 2589-2020
    CHECK_THAT(scale("kgce"), WithinRel(29.3076e6, 1e-12));
    CHECK_THAT(scale("Mtce"), WithinRel(29.3076e15, 1e-12));
    CHECK_THAT(scale("mu"), WithinRel(10000.0 / 15.0, 1e-12)); // 15 mu are a hectare
    CHECK(scale("1000 m3") == 1000.0);
}

TEST_CASE("Chinese words of statistics mean the same as units written otherwise", "[units][unit]") {
    const std::pair<const char*, const char*> same[] = {
        {"吨", "t"},
        {"万吨", "10000 t"},
        {"亿吨", "100000000 t"},
        {"吨标煤", "tce"},
        {"吨标准煤", "tce"},
        {"万吨标煤", "10000 tce"},
        {"千克标准煤", "kgce"},
        {"元", "CNY"},
        {"万元", "10000 CNY"},
        {"亿元", "100000000 CNY"},
        {"千瓦时", "kWh"},
        {"万千瓦时", "10 MWh"},
        {"亿千瓦时", "100 GWh"},
        {"兆瓦时", "MWh"},
        {"万千瓦", "10 MW"},
        {"立方米", "m3"},
        {"万立方米", "10000 m3"},
        {"亿立方米", "100000000 m3"},
        {"标方", "m3"},
        {"Nm3", "m3"},
        {"万Nm3", "10000 m3"},
        {"万m3", "10000 m3"}, // not (10000 m)3
        {"亩", "mu"},
        {"公顷", "15 mu"},
        {"年", "a"},
        {"吨/年", "t/a"},
        {"万吨/年", "10 kt/a"},
        {"元/吨", "CNY/t"},
        {"元/千瓦时", "CNY/kWh"},
        {"千克标准煤/吨", "kgce/t"},
        {"万元/亩", "10000 CNY/mu"},
        {"平方公里", "km2"},
        {"万 t", "10 kt"},
        {"人", "1"},
    };
    for (const auto& [chinese, latin] : same) {
        INFO(chinese);
        CHECK(Unit::parse(chinese).dimension() == Unit::parse(latin).dimension());
        CHECK_THAT(scale(chinese), WithinRel(scale(latin), 1e-12));
    }
}

TEST_CASE("Powers are written in any usual way", "[units][unit]") {
    for (const char* text : {"m3", "m^3", "m³", "m m m", "m·m·m", "m2 m", "m*m2", "m.m2"}) {
        INFO(text);
        CHECK(Unit::parse(text) == Unit::parse("m3"));
    }
    CHECK(Unit::parse("kg m2 s-2") == Unit::parse("J"));
    CHECK(Unit::parse("t  m-3") == Unit::parse("t/m3"));
}

TEST_CASE("Divisors multiply", "[units][unit]") {
    CHECK(Unit::parse("kWh/t/a") == Unit::parse("kWh/(t a)"));
    CHECK(Unit::parse("CNY/(t/a)").dimension() == Unit::parse("CNY a/t").dimension());
    CHECK(Unit::parse("kWh / t") == Unit::parse("kWh/t"));
}

TEST_CASE("What may be read in two ways is refused", "[units][unit]") {
    CHECK_THROWS_WITH(
        Unit::parse("t/1000 m3"),
        "'t/1000 m3' is not a unit: a number below the line may be read in two ways; write "
        "for example 't/(1000 m3)'");
    CHECK_THROWS_WITH(
        Unit::parse("kWh/t a"),
        "'kWh/t a' is not a unit: what follows below the line may be read in two ways; "
        "write parentheses as in 'kWh/(t a)'");
    CHECK_THROWS_AS(Unit::parse("元/万 t"), UnitError);
}

TEST_CASE("Prefixes are taken only where they are usual", "[units][unit]") {
    // UDUNITS would read these as a thousandth of a tonne, a are, a kiloare, a hecto-are.
    for (const char* text : {"mt", "Kt", "ka", "hm3", "dt", "Ma", "mkWh", "kCNY", "pct"}) {
        INFO(text);
        CHECK_THROWS_AS(Unit::parse(text), UnitError);
    }
}

TEST_CASE("An unknown unit is refused with the nearest known one", "[units][unit]") {
    CHECK_THROWS_WITH(Unit::parse("KWH"), "unknown unit 'KWH'; did you mean 'kWh'?");
    CHECK_THROWS_WITH(Unit::parse("kwh/t"), "unknown unit 'kwh' in 'kwh/t'; did you mean 'kWh'?");
    CHECK_THROWS_WITH(Unit::parse("kgec/t"),
                      "unknown unit 'kgec' in 'kgec/t'; did you mean 'kgce'?");
    CHECK_THROWS_WITH(Unit::parse("吨标准媒"), "unknown unit '吨标准媒'; did you mean '吨标准煤'?");
    CHECK_THROWS_WITH(Unit::parse("Nm"), "unknown unit 'Nm'");
    CHECK_THROWS_WITH(Unit::parse("furlong"), "unknown unit 'furlong'");
}

TEST_CASE("A text that is no unit is refused", "[units][unit]") {
    for (const char* text :
         {"",
          " ",
          "/t",
          "t/",
          "t//t",
          "(t",
          "t)",
          "()",
          "t+t",
          "t^",
          "t-",
          "m0",
          "m10",
          "m^-",
          "0",
          "01",
          "1e3",
          "1.5 t",
          "t @ 20",
          "log(re 1 W)",
          "degC",
          "days since 2000",
          "t\n",
          "\"t\"",
          "万亿亿t",
          "9999999999 t",
          "m9 m9 m9 m9 m9 m9 m9 m9 m9 m9 m9 m9 m9 m9 m9 m9 m9 m9 m9 km9 km9 km9 km9 km9"}) {
        INFO(text);
        CHECK_THROWS_AS(Unit::parse(text), UnitError);
    }
    CHECK_THROWS_AS(Unit::parse(std::string(5000, '(')), UnitError);
    CHECK_THROWS_AS(Unit::parse(std::string("t\0", 2)), UnitError);
}

TEST_CASE("A unit per another is written so that it reads back", "[units][unit]") {
    const Unit t = Unit::parse("t");
    const Unit gas = Unit::parse("1000 m3");
    CHECK(t.per(gas).text() == "t/(1000 m3)");
    CHECK(gas.per(t).text() == "1000 m3/t");
    CHECK(Unit::parse("CNY").per(t.per(Unit::parse("a"))).text() == "CNY/(t/a)");
    CHECK(t.per(Unit::parse("m3")).text() == "t/m3");
    CHECK(t.per(Unit{}).text() == "t");
    CHECK(Unit{}.per(t).text() == "1/t");
    for (const Unit& unit : {t.per(gas), gas.per(t), Unit{}.per(t), gas.per(gas)}) {
        CHECK(Unit::parse(unit.text()) == unit);
    }
}

TEST_CASE("Units that agree as a whole may still not be alike", "[units][unit]") {
    const Unit needed = Unit::parse("t/t");
    CHECK(Unit::parse("kg/t").is_like(needed));
    CHECK_FALSE(Unit::parse("m3/m3").is_like(needed));
    CHECK_FALSE(Unit::parse("%").is_like(needed));
    CHECK(Unit::parse("m3/m3").is_convertible_to(needed));
}

TEST_CASE("Many threads may parse units at once", "[units][unit]") {
    std::vector<std::thread> threads;
    std::vector<double> results(8, 0.0);
    for (std::size_t i = 0; i < results.size(); ++i) {
        threads.emplace_back([&results, i] {
            for (int k = 1; k < 300; ++k) {
                results[i] += Unit::parse(std::to_string(k) + " kWh/t").scale();
            }
        });
    }
    for (auto& thread : threads) {
        thread.join();
    }
    for (const double result : results) {
        CHECK(result == results.front());
    }
}
