#include "support/catch.hpp"
#include "support/near.hpp"
#include "support/solved_year.hpp"
#include <chainsim/accounts/unit_energy.hpp>

#include <string>
#include <string_view>

// Unit energy worked by hand from the recipes of models/, on the district of 2020, where nothing is
// improved yet. kgce: power 0.1229 a kWh, heat 34.12 a GJ, water 0.2571 a m3, cooling water
// 0.26 kWh and 0.0185 m3 a m3: 0.0320 + 0.0048 (less if made of reclaimed water).

using chainsim::test::Near;
using chainsim::test::solved_base;
using chainsim::test::SolvedYear;
using chainsim::test::source;
namespace accounts = chainsim::accounts;

namespace {

constexpr double power = 0.1229;
constexpr double heat = 34.12;
constexpr double water = 0.2571;
constexpr double cooling = 0.26 * power;

/// Of the first plant that is judged by a standard.
double unit_energy(std::string_view standard) {
    const auto& year = solved_base();
    for (const auto& one :
         accounts::unit_energies(year.scenario(), year.system(), year.solution())) {
        if (year.scenario().model.unit_standards[one.standard].id == standard) {
            return one.value;
        }
    }
    FAIL("no plant is judged by " << standard);
    return 0.0;
}

/// Share of what is there of a commodity that is not flared.
double used(std::string_view commodity) {
    const double there = solved_base().produced(commodity) + solved_base().bought(commodity);
    return 1.0 - solved_base().disposed(commodity) / there;
}

} // namespace

TEST_CASE("Caustic soda of 32 %: 2330 kWh and 0.2 t of steam", "[validation][products]") {
    // 286.4 + 18.1 + 0.7 + 2.2; plants report 300-350, GB 21257-2024 draws its levels at 308 to
    // 350.
    const double expected = 2330.0 * power + 0.53 * heat + 2.856 * water + 70.0 * cooling;
    CHECK_THAT(expected, Near(307.4, 0.001));
    CHECK_THAT(unit_energy("caustic_soda_30"), Near(expected, 0.002, "kgce/t"));
}

TEST_CASE("Caustic soda of 50 %: evaporation and 1.002 t of the weak liquor",
          "[validation][products]") {
    const double weak = 2330.0 * power + 0.53 * heat + 2.856 * water + 70.0 * cooling;
    const double expected = 1.002 * weak + 30.0 * power + 2.1 * heat + 35.0 * cooling;
    CHECK_THAT(expected, Near(384.5, 0.001)); // below 410, level 1: 2.1 GJ are 0.75 t of steam
    CHECK_THAT(unit_energy("caustic_soda_45"), Near(expected, 0.002, "kgce/t"));
}

TEST_CASE("Carbide: power, carbon with its drying, less the furnace gas that is used",
          "[validation][products]") {
    // 1.125 t of semi-coke of 842.8, 14 kWh and 0.45 GJ give 1 t of dry semi-coke: 965.2 kgce.
    const double dry = 1.125 * 842.8 + 14.0 * power + 0.45 * heat;
    // Furnace 399.4, dry semi-coke 464.1, nut coke 58.3, cooling and water 2.5, nitrogen 0.5. The
    // recipe takes 0.54 t of carbon materials, the least of its range (norm 0.55-0.65): with 0.60 t
    // it would lie 56 kgce higher, and all of its furnace gas used or not makes 147.
    const double taken = 3250.0 * power + 0.4808 * dry + 0.06 * 971.4 + 75.0 * cooling +
                         0.35 * water + 0.01722 * 250.0 * power;
    CHECK_THAT(taken, Near(925.1, 0.001));
    CHECK_THAT(unit_energy("calcium_carbide"),
               Near(taken - 0.3779 * 388.2 * used("carbide_furnace_gas"), 0.003, "kgce/t"));
}

TEST_CASE("Coke of stamp-charged ovens, quenched wet", "[validation][products]") {
    // Ovens, per t of hot coke: coal 758.7 + 615.9, gas fired 126.3, power 3.9, steam 9.0; given
    // hot coke 971.4, raw gas 300.7, tar 66.9: 174.8 lost.
    const double ovens = 0.8219 * 923.1 + 0.6763 * 910.7 + 0.2103 * 600.4 + 32.0 * power +
                         0.265 * heat + 0.5 * water + 18.0 * cooling - 971.4 - 0.474 * 634.4 -
                         0.0544 * 1229.4;
    // Cleaning, per 1000 m3 each: 1006 m3 in, 1006 m3 on, 1007 m3 on.
    const double desulphurisation =
        1.006 * 634.4 - 633.6 + 16.0 * power + 0.0265 * heat + 6.0 * cooling;
    const double ammonia = 1.006 * 633.6 - 634.6 + 9.0 * power + 0.053 * heat + 3.0 * cooling;
    const double benzol = 1.007 * 634.6 - 600.4 * used("coke_oven_gas") -
                          0.02843 * 1369.2 * used("crude_benzol") + 9.0 * power +
                          (0.098 + 0.045) * heat + 7.0 * cooling;
    const double gas = 0.474 / 1.006 * (desulphurisation + (ammonia + benzol / 1.007) / 1.006);
    const double liquor = 0.2361 / 43.75 * (60.0 * power + 15.9 * heat + 120.0 * cooling);
    // 1.06 t of hot coke give 1 t of coke and 0.06 t of breeze, which both count as product.
    const double expected = ovens + gas + liquor + (3.0 * power + 0.5 * water) / 1.06;
    CHECK_THAT(unit_energy("coke_stamp"), Near(expected, 0.005, "kgce/t"));
    // Above the 140 and, with its allowance of 46.46, about at level 3 of GB 21342-2025. The
    // standard would allow 11.4 more for volatile matter of 28 % and 3.7 for each point of moisture
    // above 10.5 %, which needs measured coal; wet quenching itself loses the heat that dry
    // quenching turns into 64 kgce of steam.
    CHECK(expected > 140.0);
}
