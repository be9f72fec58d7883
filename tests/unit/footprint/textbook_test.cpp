#include "support/catch.hpp"
#include "works.hpp"

#include <array>

using Catch::Matchers::WithinRel;
using chainsim::footprint::Allocation;
using chainsim::test::ChainBuilder;
using chainsim::test::Works;

namespace {

/// Heijungs and Suh, The Computational Structure of Life Cycle Assessment (2002), chapter 2: 10 kWh
/// of power take 2 l of fuel and give 1 kg CO2 and 0.1 kg SO2; 100 l of fuel take 50 l of crude oil
/// and give 10 kg CO2 and 2 kg SO2.
Works power_of_fuel(double power_in_fuel = 0.0) {
    ChainBuilder chain("heijungs_suh");
    chain.process("generation", {{"fuel", -0.2}, {"power", 1.0}});
    chain.process("refining",
                  power_in_fuel > 0.0
                      ? std::vector<chainsim::test::FlowSpec>{{"crude", -0.5},
                                                              {"power", -power_in_fuel},
                                                              {"fuel", 1.0}}
                      : std::vector<chainsim::test::FlowSpec>{{"crude", -0.5}, {"fuel", 1.0}});
    chain.facility("plant", "generation", 1000.0);
    chain.facility("refinery", "refining", 1000.0).driver = chainsim::model::Driver::on_demand;
    chain.market("crude", chainsim::test::open_side(), std::nullopt);
    chain.price("crude", 1.0);
    chain.price("power", 10.0);
    Works works(chain);
    works.state("co2", "kg");
    works.state("so2", "kg");
    const auto co2 = works.burdens.find("co2");
    works.burdens.direct(co2, works.column("plant")) = 0.1;
    works.burdens.direct(co2, works.column("refinery")) = 0.1;
    const auto so2 = static_cast<int>(works.burdens.info.size()) - 1;
    works.burdens.direct(so2, works.column("plant")) = 0.01;
    works.burdens.direct(so2, works.column("refinery")) = 0.02;
    return works;
}

/// As they go on in chapter 3: beside 10 kWh the plant gives 18 MJ of heat, which a boiler makes
/// from 5 l of fuel for 90 MJ, with 3 kg CO2.
Works power_and_heat() {
    ChainBuilder chain("heijungs_suh_heat");
    chain.process("cogeneration", {{"fuel", -0.2}, {"power", 1.0}, {"heat", 1.8}});
    chain.process("firing", {{"fuel", -5.0 / 90.0}, {"heat", 1.0}});
    chain.process("refining", {{"crude", -0.5}, {"fuel", 1.0}});
    chain.commodity("power").lhv = 3.6;
    chain.commodity("heat").lhv = 1.0;
    chain.facility("plant", "cogeneration", 1000.0);
    chain.facility("boiler", "firing", 10000.0).driver = chainsim::model::Driver::on_demand;
    chain.facility("refinery", "refining", 10000.0).driver = chainsim::model::Driver::on_demand;
    chain.market("crude", chainsim::test::open_side(), std::nullopt);
    chain.market("heat", std::nullopt, chainsim::test::closed_side());
    chain.demand("heat", 5000.0);
    chain.price("crude", 1.0);
    chain.price("power", 10.0);
    chain.price("heat", 1.0);
    Works works(chain);
    works.state("co2", "kg");
    works.state("so2", "kg");
    const auto co2 = works.burdens.find("co2");
    works.burdens.direct(co2, works.column("plant")) = 0.1;
    works.burdens.direct(co2, works.column("boiler")) = 3.0 / 90.0;
    works.burdens.direct(co2, works.column("refinery")) = 0.1;
    const auto so2 = static_cast<int>(works.burdens.info.size()) - 1;
    works.burdens.direct(so2, works.column("plant")) = 0.01;
    works.burdens.direct(so2, works.column("refinery")) = 0.02;
    return works;
}

} // namespace

TEST_CASE("Power with heat is credited with the boiler that it replaces, or shares with the heat",
          "[footprint][textbook]") {
    const auto works = power_and_heat();
    const auto power = works.row("power");
    const auto of_1000_kwh = [&](Allocation allocation) {
        const auto footprint = works.footprint(allocation);
        const Eigen::VectorXd carried = 1000.0 * footprint.intensity().col(power);
        return std::array{carried[works.burdens.find("co2")], carried[carried.size() - 1],
                          1000.0 * footprint.requirement(power)[works.row("crude")]};
    };
    // The plant runs 100 times, the boiler 20 times less (1800 MJ), so that fuel is refined once,
    // 200 l less 100 l: 100 + 10 - 60 kg CO2, 10 + 2 kg SO2, 50 l of crude oil.
    const auto replaced = of_1000_kwh(Allocation::substitution);
    CHECK_THAT(replaced[0], WithinRel(50.0, 1e-12));
    CHECK_THAT(replaced[1], WithinRel(12.0, 1e-12));
    CHECK_THAT(replaced[2], WithinRel(50.0, 1e-12));
    // 36 MJ of power to 18 MJ of heat: two thirds of what plant and 200 l of fuel bring.
    const auto shared = of_1000_kwh(Allocation::energy);
    CHECK_THAT(shared[0], WithinRel(80.0, 1e-12));
    CHECK_THAT(shared[1], WithinRel(28.0 / 3.0, 1e-12));
    CHECK_THAT(shared[2], WithinRel(200.0 / 3.0, 1e-12));
    // 10 x 10 to 18 x 1: by value power bears 100 / 118.
    const auto valued = of_1000_kwh(Allocation::economic);
    CHECK_THAT(valued[0], WithinRel(120.0 * 100.0 / 118.0, 1e-12));
}

TEST_CASE("1000 kWh of the textbook carry 120 kg CO2, 14 kg SO2 and 100 l of crude oil",
          "[footprint][textbook]") {
    const auto works = power_of_fuel();
    for (const auto allocation : chainsim::footprint::allocations) {
        INFO(to_string(allocation)); // one product a plant: nothing to allocate
        const auto footprint = works.footprint(allocation);
        const auto power = works.row("power");
        const Eigen::VectorXd carried = 1000.0 * footprint.intensity().col(power);
        CHECK_THAT(carried[works.burdens.find("co2")], WithinRel(120.0, 1e-12));
        CHECK_THAT(carried[carried.size() - 1], WithinRel(14.0, 1e-12));
        CHECK_THAT(1000.0 * footprint.requirement(power)[works.row("crude")],
                   WithinRel(100.0, 1e-12));
        CHECK_THAT(carried[works.burdens.find("cost")], WithinRel(100.0, 1e-12));
    }
}

TEST_CASE("A loop is followed to its end", "[footprint][textbook]") {
    // A unit of fuel takes 0.5 of power: of a unit of power, 1 / (1 - 0.2 x 0.5) is made in all.
    const auto works = power_of_fuel(0.5);
    const auto footprint = works.footprint(Allocation::mass);
    const auto power = works.row("power");
    CHECK_THAT(footprint.requirement(power)[power], WithinRel(1.0 / 0.9, 1e-12));
    CHECK_THAT(footprint.requirement(power)[works.row("crude")], WithinRel(0.1 / 0.9, 1e-12));
    CHECK_THAT(footprint.intensity()(works.burdens.find("co2"), power),
               WithinRel(0.12 / 0.9, 1e-12));
}
