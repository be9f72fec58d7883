#include "support/catch.hpp"
#include "support/chain_builder.hpp"
#include <chainsim/base/diagnostic.hpp>
#include <chainsim/reconcile/measurements.hpp>
#include <chainsim/reconcile/solver.hpp>

#include <algorithm>
#include <cmath>
#include <string>

using Catch::Matchers::Contains;
using Catch::Matchers::WithinRel;
using namespace chainsim::reconcile;
using chainsim::InputError;

namespace {

const std::string head = "year,facility,commodity,direction,value,unit,uncertainty\n";

/// Ovens take 1.25 t of coal and give 0.5 t of gas for a tonne of coke; a boiler burns gas.
/// Coal is bought, coke sold; gas is neither, so that all of it is burnt.
chainsim::model::Scenario works(bool with_range = false) {
    chainsim::test::ChainBuilder chain;
    chain.process("coking", {{"coke", 1.0}, {"gas", 0.5}, {"coal", -1.25}});
    chain.process("burning", {{"steam", 1.0}, {"gas", -0.1}});
    chain.facility("ovens", "coking", 1000.0);
    chain.facility("boiler", "burning", 10000.0);
    chain.market("gas", chainsim::test::closed_side(), chainsim::test::closed_side());
    auto scenario = chain.build();
    if (with_range) {
        const auto coking = scenario.model.processes.find("coking");
        REQUIRE(coking);
        auto& coal = scenario.model.processes[*coking].inputs.front();
        coal.datum.range = {1.15, 1.35};
        coal.datum.distribution = chainsim::model::Distribution::uniform;
    }
    return scenario;
}

std::size_t place(const Measurements& read, const std::string& id) {
    const auto found = std::find_if(read.problem.variables.begin(), read.problem.variables.end(),
                                    [&](const auto& one) { return one.id == id; });
    INFO("variable " << id);
    REQUIRE(found != read.problem.variables.end());
    return static_cast<std::size_t>(found - read.problem.variables.begin());
}

std::string refusal_of_plants(const std::string& text, int year = 0) {
    try {
        (void)read_plants(text, "m.csv", works(), year);
    } catch (const InputError& error) {
        return error.what();
    }
    return {};
}

} // namespace

SCENARIO("What plants took and gave is held against their recipes", "[reconcile][plants]") {
    GIVEN("coal and coke of ovens whose recipe is exact, both measured to 1 %") {
        const auto read = read_plants(head + "2025,ovens,coal,in,1250,t,12.5\n"
                                             "2025,ovens,coke,out,1020,t,10.2\n",
                                      "m.csv", works());
        const auto solution = solve(read.problem);
        REQUIRE(solution.outcome == Outcome::solved);
        THEN("they are two measurements of one activity: 1000 and 1020, weighted by 10 and 10.2") {
            const double w1 = 1.0 / 100.0;
            const double w2 = 1.0 / (10.2 * 10.2);
            const double mean = (1000.0 * w1 + 1020.0 * w2) / (w1 + w2);
            const auto& activity = solution.estimates[place(read, "ovens")];
            CHECK_THAT(activity.value, WithinRel(mean, 1e-10));
            CHECK_THAT(activity.sigma, WithinRel(1.0 / std::sqrt(w1 + w2), 1e-10));
            CHECK_THAT(solution.estimates[place(read, "ovens.in.coal")].value,
                       WithinRel(1.25 * mean, 1e-10));
        }
        THEN("the year is that of the file, and gas follows from the recipe") {
            CHECK(read.year == 2025);
            REQUIRE(std::any_of(read.derived.begin(), read.derived.end(), [](const auto& one) {
                return one.id == "ovens.out.gas" && one.factor == 0.5;
            }));
        }
        THEN("what is sold of the coke is all that is made: nobody else takes it") {
            const auto& sold = solution.estimates[place(read, "sell.coke")];
            CHECK(sold.standing == Standing::observable);
            CHECK_THAT(sold.value,
                       WithinRel(solution.estimates[place(read, "ovens")].value, 1e-10));
        }
    }
    GIVEN("a coefficient with a range from 1.15 to 1.35, every value as likely") {
        const auto read = read_plants(head + "2025,ovens,coal,in,1300,t,0\n"
                                             "2025,ovens,coke,out,1000,t,0\n",
                                      "m.csv", works(true));
        THEN("it is a measurement of 1.25 with the standard deviation 0.2 / sqrt(12)") {
            const auto& one = read.problem.variables[place(read, "ovens.in.coal.coefficient")];
            CHECK_THAT(*one.measured, WithinRel(1.25, 1e-15));
            CHECK_THAT(one.sigma, WithinRel(0.2 / std::sqrt(12.0), 1e-12));
        }
        THEN("figures known exactly move it to 1.3") {
            const auto solution = solve(read.problem);
            REQUIRE(solution.outcome == Outcome::solved);
            CHECK_THAT(solution.estimates[place(read, "ovens.in.coal.coefficient")].value,
                       WithinRel(1.3, 1e-10));
        }
    }
}

SCENARIO("What one plant gives the others take", "[reconcile][plants]") {
    GIVEN("coke of the ovens and steam of the boiler, by gas that is not traded") {
        const auto read = read_plants(head + "2025,ovens,coke,out,1000,t,10\n"
                                             "2025,boiler,steam,out,5200,t,52\n",
                                      "m.csv", works());
        const auto solution = solve(read.problem);
        REQUIRE(solution.outcome == Outcome::solved);
        THEN("gas of the one is gas of the other: 0.5 coke = 0.1 steam") {
            CHECK_THAT(0.5 * solution.estimates[place(read, "ovens")].value,
                       WithinRel(0.1 * solution.estimates[place(read, "boiler")].value, 1e-10));
            CHECK(solution.degrees_of_freedom == 1);
        }
    }
    GIVEN("a boiler of which nothing was measured") {
        const auto read = read_plants(head + "2025,ovens,coke,out,1000,t,10\n", "m.csv", works());
        THEN("its steam follows from the gas, or it is left out where that tells nothing") {
            const auto solution = solve(read.problem);
            REQUIRE(solution.outcome == Outcome::solved);
            CHECK(solution.degrees_of_freedom == 0);
        }
    }
    GIVEN("trade of the district") {
        const auto read = read_plants(head + "2025,ovens,coke,out,1000,t,10\n"
                                             "2025,,coal,buy,1300,t,13\n",
                                      "m.csv", works());
        const auto solution = solve(read.problem);
        REQUIRE(solution.outcome == Outcome::solved);
        THEN("what is bought is what the plants take") {
            CHECK(solution.estimates[place(read, "buy.coal")].standing == Standing::redundant);
            CHECK_THAT(solution.estimates[place(read, "buy.coal")].value,
                       WithinRel(1.25 * solution.estimates[place(read, "ovens")].value, 1e-10));
        }
    }
}

SCENARIO("Headings, words and units may be Chinese", "[reconcile][plants]") {
    const auto read = read_plants("年份,装置,物料,方向,数值,单位,不确定度,置信水平\n"
                                  "2025,ovens,coke,产出,0.1,万吨,2 %,95 %\n",
                                  "m.csv", works());
    const auto& one = read.problem.variables[place(read, "ovens.out.coke")];
    CHECK_THAT(*one.measured, WithinRel(1000.0, 1e-12));
    CHECK_THAT(one.sigma, WithinRel(20.0 / 1.959964, 1e-6));
}

SCENARIO("Rows of other years are left for another time", "[reconcile][plants]") {
    const std::string rows = head + "2024,ovens,coke,out,900,t,10\n2025,ovens,coke,out,1000,t,10\n";
    CHECK(read_plants(rows, "m.csv", works(), 2024).year == 2024);
    CHECK_THAT(refusal_of_plants(rows),
               Contains("measurements of several years") && Contains("--year 2025"));
    CHECK_THAT(refusal_of_plants(rows, 2030), Contains("no measurements of 2030"));
}

SCENARIO("What is wrong with measurements of plants is told at once", "[reconcile][plants]") {
    const auto told = refusal_of_plants(head + "2025,oven,coke,out,1,t,1\n"    // 2
                                               "2025,ovens,cokes,out,1,t,1\n"  // 3
                                               "2025,ovens,coke,away,1,t,1\n"  // 4
                                               "2025,ovens,coke,buy,1,t,1\n"   // 5
                                               "2025,,coke,out,1,t,1\n"        // 6
                                               "2025,ovens,coke,out,1,MWh,1\n" // 7
                                               "2025,ovens,coke,out,-1,t,1\n"  // 8
                                               "2025,ovens,coke,out,,t,\n"     // 9
                                               "20255,ovens,coke,out,1,t,1\n"  // 10
                                               "2025,ovens,steam,out,1,t,1\n"  // 11
                                               "2025,ovens,gas,in,1,t,1\n");   // 12
    for (const char* text :
         {"m.csv:2:6: error: unknown facility 'oven'", "did you mean 'ovens'?",
          "m.csv:3:12: error:", "m.csv:4:17: error: unknown direction 'away'",
          "m.csv:5:17: error: plants do not buy: the district does",
          "m.csv:6:6: error: 'out' of no facility", "m.csv:7:23: error: 'MWh' does not fit 'coke'",
          "m.csv:8:21: error: '-1' is negative", "m.csv:9:21: error: a row without a value",
          "m.csv:10:1: error: '20255' is no year",
          "m.csv:11:12: error: the recipe of 'ovens' gives no 'steam'",
          "m.csv:12:16: error: the recipe of 'ovens' takes no 'gas'"}) {
        CHECK_THAT(told, Contains(text));
    }
    CHECK_THAT(told, !Contains("second time")); // rows that are wrong stand for nothing
    CHECK_THAT(refusal_of_plants(head + "2025,ovens,coke,out,1,t,1\n2025,ovens,coke,out,2,t,1\n"),
               Contains("m.csv:3:21: error: the same flow a second time") &&
                   Contains("line 2 has it already"));
}
