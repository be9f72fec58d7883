#include "support/catch.hpp"
#include "support/solved_year.hpp"

#include <string>

// Each scenario of the district does what the first lines of its file say.

namespace {

using Catch::Matchers::WithinRel;
using chainsim::test::SolvedYear;

SolvedYear solved(const std::string& scenario, int year) {
    SolvedYear result(chainsim::test::source("scenarios/hainan/" + scenario + ".yaml"), year);
    REQUIRE(result.solution().outcome == chainsim::system::Outcome::solved);
    return result;
}

const SolvedYear& base() {
    static const SolvedYear year = solved("base_2020", 2020);
    return year;
}

const SolvedYear& plan() {
    static const SolvedYear year = solved("plan_2025", 2025);
    return year;
}

} // namespace

TEST_CASE("Price stress changes money of the year and nothing else", "[validation][scenarios]") {
    const auto year = solved("stress_prices", 2025);
    // GDP is counted at prices of the base year, which the stress leaves alone.
    for (const auto* id : {"gdp", "energy_total_equivalent", "energy_total_calorific", "co2_total",
                           "fresh_water", "made_coke"}) {
        CAPTURE(id);
        CHECK_THAT(year.indicator(id), WithinRel(plan().indicator(id), 1e-9));
    }
    CHECK(year.indicator("value_added") < 0.9 * plan().indicator("value_added"));
}
