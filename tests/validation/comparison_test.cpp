#include "support/catch.hpp"
#include "support/scratch.hpp"
#include "support/solved_year.hpp"
#include <chainsim/io/file.hpp>
#include <chainsim/study/comparison.hpp>
#include <chainsim/study/detail/hybrids.hpp>

#include <cmath>
#include <filesystem>
#include <string>
#include <vector>

// Two plans of the real district against each other, and combinations of them against runs.

namespace {

using Catch::Matchers::WithinRel;
using chainsim::test::Scratch;
using chainsim::test::SolvedYear;
using chainsim::test::source;
namespace fs = std::filesystem;
namespace study = chainsim::study;

const std::string coke_first = "scenarios/hainan/coke_first.yaml";
const std::string chemicals_first = "scenarios/hainan/chemicals_first.yaml";

const study::ComparedPair* pair_of(const study::Comparison& comparison) {
    return comparison.pairs.empty() ? nullptr : &comparison.pairs.front();
}

} // namespace

TEST_CASE("Named changes explain at least 99.9 % of what sets coke and chemicals apart",
          "[compare][district]") {
    const std::vector studies{study::open(source(coke_first)),
                              study::open(source(chemicals_first))};
    const auto comparison = study::compare(studies, {.year = {}, .of = {}, .orders = 4, .seed = 1});
    const auto* pair = pair_of(comparison);
    REQUIRE(pair != nullptr);
    CHECK(pair->players > 50);
    std::size_t checked = 0;
    for (const auto& why : pair->why) {
        const auto& one = comparison.explained_year().indicators[why.indicator];
        double sum = 0.0;
        for (const double amount : why.amount) {
            sum += amount;
        }
        INFO(one.id);
        // The difference is that of two whole runs; the sum knows only the combinations.
        CHECK(std::abs(sum - one.difference(1)) <= 1e-3 * std::abs(one.difference(1)));
        CHECK(std::abs(one.difference(1)) > 0.0);
        checked += one.id == "energy_total_equivalent" || one.id == "energy_controlled" ||
                           one.id == "value_added"
                       ? 1
                       : 0;
    }
    CHECK(checked == 3);
    // What only one of the plans builds is among the causes.
    std::size_t named = 0;
    for (const auto& change : pair->changes) {
        named += change.id == "project:b09_jianlong_coking" ||
                         change.id == "project:b10_huahai_bdo" || change.id == "project:o_graphene"
                     ? 1
                     : 0;
    }
    CHECK(named == 3);
}

TEST_CASE("A combination of two plans equals a run of the scenario that says the same",
          "[compare][district]") {
    // Coke first, with one project of the other plan; and without one of its own.
    const Scratch scratch;
    for (const std::string folder : {"models", "scenarios"}) {
        fs::copy(source(folder), scratch / folder, fs::copy_options::recursive);
    }
    struct Combination {
        std::string change;
        std::string key;
    };
    auto a = study::open(source(coke_first)).scenario();
    auto b = study::open(source(chemicals_first)).scenario();
    const auto differences = study::detail::differences(a, b, 2025);
    study::detail::Hybrids hybrids(a, b, differences, 2025,
                                   {"energy_total_equivalent", "fresh_water", "value_added"});
    for (const auto& [change, key] :
         {Combination{"b10_huahai_bdo", "also"}, Combination{"b09_jianlong_coking", "skip"},
          Combination{"o_dry_quenching", "also"}}) {
        INFO(change);
        chainsim::analysis::Coalition chosen(hybrids.players().size());
        std::size_t found = 0;
        for (std::size_t p = 0; p < hybrids.players().size(); ++p) {
            if (differences.changes[hybrids.players()[p]].id == "project:" + change) {
                chosen.add(p);
                ++found;
            }
        }
        CHECK((found == 1 || change == "o_dry_quenching")); // starts after 2025
        const auto file = scratch / "scenarios/hainan/combination.yaml";
        chainsim::io::write_file(file, "format: chainsim.scenario/1\nscenario: combination\n"
                                       "name: {zh: 组合, en: combination}\n"
                                       "extends: coke_first.yaml\n" +
                                           key + ": [" + change + "]\n");
        const SolvedYear run(file, 2025);
        const auto values = hybrids(chosen);
        REQUIRE(values.has_value());
        CHECK_THAT((*values)[0], WithinRel(run.indicator("energy_total_equivalent"), 1e-9));
        CHECK_THAT((*values)[1], WithinRel(run.indicator("fresh_water"), 1e-9));
        CHECK_THAT((*values)[2], WithinRel(run.indicator("value_added"), 1e-9));
    }
}

TEST_CASE("Price paths, replacements and retrofits of the pathway leave nothing unexplained",
          "[compare][district]") {
    const std::vector studies{study::open(source("scenarios/hainan/pathway_2035.yaml")),
                              study::open(source("scenarios/hainan/no_new_capacity.yaml"))};
    const auto comparison =
        study::compare(studies, {.year = 2035, .of = {"land"}, .orders = 2, .seed = 1});
    const auto* pair = pair_of(comparison);
    REQUIRE(pair != nullptr);
    CHECK(pair->attributed);
    CHECK(pair->why.size() > 8);
    for (const auto& why : pair->why) {
        const auto& one = comparison.explained_year().indicators[why.indicator];
        INFO(one.id);
        CHECK(std::abs(why.unexplained) <= 1e-9 * std::abs(one.values.front()));
    }
}
