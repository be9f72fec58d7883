#include "support/catch.hpp"
#include "support/chain_builder.hpp"
#include <chainsim/model/facility.hpp>

using namespace chainsim;

namespace {

model::Facility mill() {
    model::Facility facility;
    facility.capacity = test::datum(960.0, "kt/a");
    return facility;
}

const units::Unit tonne = units::Unit::parse("t");

} // namespace

TEST_CASE("Capacity is the nameplate in units of the product", "[model][facility]") {
    CHECK(mill().available_capacity(2025, tonne).value() == 960000.0);
    model::Facility gas;
    gas.capacity = test::datum(2.0, "亿立方米/年");
    CHECK(gas.available_capacity(2025, units::Unit::parse("1000 m3")).value() ==
          Approx(200000.0).epsilon(1e-12));
}

TEST_CASE("Availability lowers it", "[model][facility]") {
    auto facility = mill();
    facility.availability = 0.9;
    CHECK(facility.available_capacity(2025, tonne).value() == Approx(864000.0).epsilon(1e-12));
}

TEST_CASE("There is none before the start and from retirement on", "[model][facility]") {
    auto facility = mill();
    facility.start = 2022;
    facility.retire = 2030;
    CHECK(facility.available_capacity(2021, tonne).value() == 0.0);
    CHECK(facility.available_capacity(2022, tonne).value() == 960000.0);
    CHECK(facility.available_capacity(2029, tonne).value() == 960000.0);
    CHECK(facility.available_capacity(2030, tonne).value() == 0.0);
}

TEST_CASE("It grows by the ramp, and is whole after it", "[model][facility]") {
    auto facility = mill();
    facility.start = 2023;
    facility.ramp = {0.6, 0.8};
    CHECK(facility.available_capacity(2023, tonne).value() == Approx(576000.0).epsilon(1e-12));
    CHECK(facility.available_capacity(2024, tonne).value() == Approx(768000.0).epsilon(1e-12));
    CHECK(facility.available_capacity(2025, tonne).value() == 960000.0);
}
