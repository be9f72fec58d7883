#include "support/catch.hpp"
#include "support/near.hpp"
#include "support/solved_year.hpp"
#include <chainsim/base/diagnostic.hpp>
#include <chainsim/study/solve_for.hpp>
#include <chainsim/study/study.hpp>

#include <algorithm>
#include <cmath>
#include <string>

// The district of tests/validation/dual_control, with 100,000 t of methanol more from 2024 on:
// per t, 1 MWh is brought in at 0.298 tce, and what it takes of gas is deducted. So in 2025
//     controlled = 2,344,000 + 100,000 x 0.298 = 2,373,800 tce.

namespace {

using chainsim::study::Answer;
using chainsim::study::Answered;
using chainsim::test::Near;

const chainsim::study::Study& unknowns() {
    static const auto study = chainsim::study::open(
        chainsim::test::source("tests/validation/dual_control/unknowns.yaml"));
    return study;
}

Answer answer_to(const std::string& question, const std::string& policy) {
    const auto& scenario = unknowns().scenario();
    const auto answers = chainsim::study::solve_for(
        scenario, 2025, chainsim::study::read_question(question, scenario), policy);
    REQUIRE(answers.size() == 1);
    return answers.front();
}

} // namespace

TEST_CASE("Energy to save is what is used beyond the bound", "[validation][solve_for]") {
    const auto cap = answer_to("energy", "cap");
    CHECK(cap.answered == Answered::found);
    CHECK_THAT(cap.needed, Near(2'373'800.0 - 2'360'000.0, 1e-9, "tce"));
    // Of a drop by 60 %: 0.4 x 2.4 x the GDP of the year, 1,276,281.5625 x 10^4 CNY.
    const auto drop = answer_to("energy", "intensity");
    CHECK_THAT(drop.needed, Near(2'373'800.0 - 0.4 * 2.4 * 1'276'281.5625, 1e-9, "tce"));
}

TEST_CASE("Green power to buy is that energy at k, and no more than power is bought",
          "[validation][solve_for]") {
    const auto cap = answer_to("green_power", "cap");
    CHECK(cap.answered == Answered::found);
    CHECK_THAT(cap.needed, Near(13'800.0 / 0.298, 1e-9, "MWh"));
    CHECK_THAT(cap.limit, Near(600'000.0, 1e-9, "MWh"));
    const auto drop = answer_to("green_power", "intensity");
    CHECK(drop.answered == Answered::out_of_reach);
    CHECK_THAT(drop.needed, Near((2'373'800.0 - 1'225'230.3) / 0.298, 1e-9, "MWh"));
}

TEST_CASE("Growth that is needed is what makes the intensity equal to its bound",
          "[validation][solve_for]") {
    const auto drop = answer_to("growth", "intensity");
    CHECK(drop.answered == Answered::found);
    CHECK_THAT(drop.now, Near(5.0, 1e-9, "%"));
    CHECK_THAT(drop.needed,
               Near(100.0 * (std::pow(2'373'800.0 / (0.4 * 2.4 * 1e6), 0.2) - 1.0), 1e-8, "%"));
    CHECK(answer_to("growth", "cap").answered == Answered::no_effect);
}

TEST_CASE("A price that is needed closes the gap of value added", "[validation][solve_for]") {
    // Methanol 600,000 t x 2,000 + purge gas 300,000 x 500 + power asked for 1,000,000 x 300,
    // less gas 1,200,000 x 500, coal 278,571.43 x 500, power 600,000 x 300: 730.714 x 10^6 CNY.
    const double now = 1.2e9 + 0.15e9 + 0.3e9 - 0.6e9 - 600'000.0 * 0.325 / 0.7 * 500.0 - 0.18e9;
    const auto methanol = answer_to("price:methanol", "enough_value_added");
    CHECK(methanol.answered == Answered::found);
    CHECK_THAT(methanol.margin, Near(now - 8e8, 1e-9, "CNY"));
    CHECK_THAT(methanol.now, Near(2000.0, 1e-12, "CNY/t"));
    CHECK_THAT(methanol.needed, Near(2000.0 + (8e8 - now) / 600'000.0, 1e-9, "CNY/t"));
    CHECK(answer_to("price:methanol", "cap").answered == Answered::no_effect);
}

TEST_CASE("A start is the nearest year whose plants leave the bound kept",
          "[validation][solve_for]") {
    const auto cap = answer_to("start:more_methanol", "cap");
    CHECK(cap.answered == Answered::found);
    CHECK(cap.now == 2024.0);
    CHECK(cap.needed == 2026.0);
    REQUIRE(cap.by_year.size() == 3);
    CHECK_THAT(cap.by_year[0].second, Near(-13'800.0, 1e-9, "tce"));
    CHECK_THAT(cap.by_year[1].second, Near(-13'800.0, 1e-9, "tce"));
    CHECK_THAT(cap.by_year[2].second, Near(16'000.0, 1e-9, "tce"));
}

TEST_CASE("What nothing can be said of is refused with what may be asked",
          "[validation][solve_for]") {
    const auto& scenario = unknowns().scenario();
    const auto why = [&](const std::string& question) -> std::string {
        try {
            (void)chainsim::study::read_question(question, scenario);
        } catch (const chainsim::InputError& error) {
            return error.diagnostics().front().message + "; " + error.diagnostics().front().help;
        }
        return {};
    };
    const std::string help = "write energy, green_power, growth, price:COMMODITY or start:PROJECT";
    CHECK(why("enrgy") == "'enrgy' is nothing that can be solved for; " + help);
    CHECK(why("price") == "'price' is nothing that can be solved for; " + help);
    CHECK(why("growth:2025") == "'growth:2025' is nothing that can be solved for; " + help);
    CHECK(why("price:methanl") == "unknown price 'methanl'; did you mean 'methanol'?");
    CHECK(why("start:more_methanl") ==
          "unknown project 'more_methanl'; did you mean 'more_methanol'?");
}
