#include "support/catch.hpp"
#include "support/near.hpp"
#include "support/solved_year.hpp"
#include <chainsim/study/study.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

// The debts of the plan, by hand from its projects: 3.0 + 3.2 + 3.6 Mt/a of coke, of which 2.0
// replace ovens; 450 + 870 kt/a of carbide; at 1.25 to 1. No document assigns what the city shut.

using chainsim::study::LedgerJudgement;
using chainsim::study::Verdict;
using chainsim::test::Near;
using chainsim::test::source;

namespace {

const chainsim::study::Run& plan_run() {
    static const auto run = chainsim::study::open(source("scenarios/hainan/plan_2025.yaml")).run();
    return run;
}

/// The debt of a rule, of capacity that of one product.
const LedgerJudgement& debt(std::string_view rule, std::string_view product = {}) {
    const auto& commodities = plan_run().scenario().model.commodities;
    const auto& all = plan_run().year(2025).ledgers();
    const auto found = std::find_if(all.begin(), all.end(), [&](const LedgerJudgement& one) {
        return one.id == rule &&
               (one.product ? commodities[*one.product].id == product : product.empty());
    });
    if (found == all.end()) {
        FAIL("no debt by " << rule << " " << product);
    }
    return *found;
}

} // namespace

TEST_CASE("New coke is not covered, whoever got the ovens that were shut",
          "[validation][ledgers]") {
    const auto& coke = debt("capacity_frozen_2021", "coke");
    CHECK_THAT(coke.fresh, Near(9.8e6, 1e-9, "t"));
    CHECK_THAT(coke.required, Near(1.25 * 9.8e6, 1e-9, "t"));
    CHECK_THAT(coke.covered, Near(2.0e6, 1e-9, "t"));
    CHECK_THAT(coke.uncovered, Near(10.25e6, 1e-9, "t"));
    CHECK_THAT(coke.unassigned, Near(7.29e6, 1e-9, "t"));
    CHECK(coke.verdict == Verdict::missed); // 7.8 at 1 to 1
}

TEST_CASE("New carbide could be covered by furnaces of which nobody says who got them",
          "[validation][ledgers]") {
    const auto& carbide = debt("capacity_frozen_2021", "calcium_carbide");
    CHECK_THAT(carbide.fresh, Near(1.32e6, 1e-9, "t"));
    CHECK_THAT(carbide.uncovered, Near(1.65e6, 1e-9, "t"));
    CHECK(carbide.verdict == Verdict::undetermined);
    CHECK(carbide.missing == std::vector<std::string>{"wuhai_area_carbide_furnaces"});
}

TEST_CASE("Pollutants of projects are no more than those of the district",
          "[validation][ledgers]") {
    for (const char* kind : {"so2", "nox", "pm", "voc"}) {
        const auto& one = debt(std::string(kind) + "_regional_cut");
        CAPTURE(kind, one.fresh);
        CHECK(one.fresh > 0.0);
        CHECK(one.fresh < plan_run().year(2025).indicator(kind).in("t"));
        CHECK(one.verdict == Verdict::undetermined);
        CHECK(one.missing == std::vector<std::string>{"sources"});
    }
}
