#include "support/catch.hpp"
#include <chainsim/units/quantity.hpp>

#include <string>
#include <utility>

using chainsim::units::Unit;

TEST_CASE("A dimension has the name an engineer would give it", "[units][dimension]") {
    const std::pair<const char*, const char*> expected[] = {
        {"t", "mass"},
        {"1", "dimensionless"},
        {"%", "dimensionless"},
        {"kWh", "energy"},
        {"MW", "power"},
        {"m3", "volume"},
        {"mu", "area"},
        {"CNY", "money"},
        {"a", "time"},
        {"kWh/t", "energy per mass"},
        {"m3/t", "volume per mass"},
        {"CNY/t", "money per mass"},
        {"t/(1000 m3)", "mass per volume"},
        {"t/a", "mass per time"},
        {"MJ/m3", "energy per volume"},
        {"CNY/kWh", "money per energy"},
    };
    for (const auto& [text, name] : expected) {
        INFO(text);
        CHECK(Unit::parse(text).dimension().name() == name);
    }
}

TEST_CASE("A unit remembers what stood above and below its line", "[units][dimension]") {
    CHECK(Unit::parse("t/t").dimension_name() == "mass per mass");
    CHECK(Unit::parse("m3/m3").dimension_name() == "volume per volume");
    CHECK(Unit::parse("CNY/(t/a)").dimension_name() == "money per (mass per time)");
    CHECK(Unit::parse("%").dimension_name() == "dimensionless");
    CHECK(Unit::parse("GJ/t").dimension_name() == "energy per mass");
}

TEST_CASE("A dimension without a name is written in base units", "[units][dimension]") {
    CHECK(Unit::parse("kg m2 s-1").dimension().name() == "kg m2 s-1");
    CHECK(Unit::parse("1/a").dimension().name() == "per time");
}
