#include "support/catch.hpp"
#include "works.hpp"
#include <chainsim/study/ledgers.hpp>

#include <optional>
#include <string>
#include <utility>
#include <vector>

// The new mill makes 12 t of iron in the place of the old one, 10 t.

using Catch::Matchers::WithinRel;
using chainsim::study::LedgerJudgement;
using chainsim::study::Verdict;
using chainsim::test::datum;
namespace model = chainsim::model;
namespace study = chainsim::study;
namespace test = chainsim::test;

namespace {

model::Index<model::Commodity> commodity(const model::Scenario& scenario, const std::string& id) {
    if (const auto found = scenario.model.commodities.find(id)) {
        return *found;
    }
    FAIL("there is no " << id);
    return {};
}

model::LedgerRule rule(const model::Scenario& scenario, double ratio,
                       std::optional<std::pair<double, double>> range = std::nullopt) {
    model::LedgerRule one;
    one.id = "iron_capacity";
    one.kind = model::LedgerKind::capacity;
    one.products = {commodity(scenario, "iron")};
    one.ratio = datum(ratio, "1");
    one.ratio.range = range;
    one.years = {2020, std::nullopt};
    return one;
}

model::LedgerSource source(const model::Scenario& scenario, double amount,
                           std::vector<model::LedgerUse> uses) {
    model::LedgerSource one;
    one.id = "old_works_elsewhere";
    one.kind = model::LedgerKind::capacity;
    one.commodity = scenario.model.commodities.find("iron");
    one.amount = amount;
    one.stopped = 2019;
    one.uses = std::move(uses);
    return one;
}

/// The debts of 2025 with these rules and sources.
std::vector<LedgerJudgement> judged(model::Scenario scenario, std::vector<model::LedgerRule> rules,
                                    std::vector<model::LedgerSource> sources) {
    scenario.ledger_rules = model::Registry(std::move(rules));
    scenario.ledger_sources = model::Registry(std::move(sources));
    return study::Study(std::move(scenario)).run().years().front().ledgers();
}

} // namespace

TEST_CASE("What a project replaces covers it by itself", "[study]") {
    const auto scenario = test::works_chain({"new_mill"}).build();
    const auto equal = judged(scenario, {rule(scenario, 1.0)}, {});
    REQUIRE(equal.size() == 1);
    CHECK_THAT(equal.front().fresh, WithinRel(12.0, 1e-12));
    CHECK_THAT(equal.front().required, WithinRel(12.0, 1e-12));
    CHECK_THAT(equal.front().covered, WithinRel(10.0, 1e-12));
    CHECK_THAT(equal.front().uncovered, WithinRel(2.0, 1e-12));
    CHECK(equal.front().verdict == Verdict::undetermined); // it may have bought the rest
    CHECK(equal.front().missing == std::vector<std::string>{"sources"});

    const auto met =
        judged(scenario, {rule(scenario, 1.0)}, {source(scenario, 5.0, {{"new_mill", 2.0}})});
    CHECK(met.front().verdict == Verdict::met);
    CHECK_THAT(met.front().unassigned, WithinRel(3.0, 1e-12));
    CHECK_THAT(met.front().uncovered, Catch::Matchers::WithinAbs(0.0, 1e-12));
}

TEST_CASE("What nobody is recorded to use covers nothing, and leaves the verdict open", "[study]") {
    const auto scenario = test::works_chain({"new_mill"}).build();
    const auto open = judged(scenario, {rule(scenario, 1.0)}, {source(scenario, 5.0, {})});
    CHECK(open.front().verdict == Verdict::undetermined);
    CHECK(open.front().missing == std::vector<std::string>{"old_works_elsewhere"});
    CHECK_THAT(open.front().uncovered, WithinRel(2.0, 1e-12));
    // It would not be enough in any case.
    const auto missed = judged(scenario, {rule(scenario, 1.0)}, {source(scenario, 1.0, {})});
    CHECK(missed.front().verdict == Verdict::missed);
}

TEST_CASE("What stood idle all of 2020 serves nobody", "[study]") {
    const auto scenario = test::works_chain({"new_mill"}).build();
    auto idle = source(scenario, 5.0, {});
    idle.idle_2020 = true;
    const auto debts = judged(scenario, {rule(scenario, 1.0)}, {idle});
    CHECK(debts.front().unassigned == 0.0);
    CHECK(debts.front().missing == std::vector<std::string>{"sources"});
}

TEST_CASE("No verdict hangs on a ratio that is not sure", "[study]") {
    const auto scenario = test::works_chain({"new_mill"}).build();
    const auto sources = std::vector{source(scenario, 5.0, {{"new_mill", 5.0}})};
    const auto between = judged(scenario, {rule(scenario, 1.25, std::pair(1.0, 1.5))}, sources);
    CHECK(between.front().verdict == Verdict::undetermined);
    CHECK(between.front().missing == std::vector<std::string>{"ratio"});
    CHECK(between.front().uncovered == 0.0); // 15 t are required and covered at 1.25
    const auto met = judged(scenario, {rule(scenario, 1.1, std::pair(1.0, 1.25))}, sources);
    CHECK(met.front().verdict == Verdict::met);
}

TEST_CASE("Without any record a debt is undetermined", "[study]") {
    auto scenario = test::works_chain({"new_mill"}).build();
    for (auto kind : {model::LedgerKind::energy, model::LedgerKind::coal}) {
        auto one = rule(scenario, 1.0);
        one.kind = kind;
        one.carriers = {commodity(scenario, "ore")};
        // ore counts as coal, and iron takes 1.5 t of it
        auto& ore = scenario.model.commodities[commodity(scenario, "ore")];
        ore.energy_product = true;
        ore.standard_coal = datum(700.0, "kgce/t");
        const auto debts = judged(scenario, {one}, {});
        REQUIRE(debts.size() == 1);
        CHECK_THAT(debts.front().fresh, WithinRel(12.0 * 1.5 * 0.7, 1e-12));
        CHECK_THAT(debts.front().covered, WithinRel(10.0 * 1.5 * 0.7, 1e-12)); // of the old mill
    }
    const auto kiln = test::works_chain({"kiln"}).build();
    auto lime = rule(kiln, 1.0);
    lime.products = {commodity(kiln, "lime")};
    const auto debts = judged(kiln, {lime}, {});
    REQUIRE(debts.size() == 1);
    CHECK(debts.front().verdict == Verdict::undetermined);
    CHECK(debts.front().missing == std::vector<std::string>{"sources"});
    CHECK_THAT(debts.front().uncovered, WithinRel(20.0, 1e-12));
}

TEST_CASE("A rule binds the projects of its years and products", "[study]") {
    const auto scenario = test::works_chain({"new_mill", "kiln"}).build();
    auto late = rule(scenario, 1.0);
    late.years = {2021, std::nullopt};
    CHECK(judged(scenario, {late}, {}).empty());
    auto energy = rule(scenario, 1.0);
    energy.kind = model::LedgerKind::energy;
    energy.products = {commodity(scenario, "gravel")};
    CHECK(judged(scenario, {energy}, {}).empty());
    CHECK(judged(test::works_chain({}).build(), {rule(scenario, 1.0)}, {}).empty());
}
