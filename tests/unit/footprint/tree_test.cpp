#include "support/catch.hpp"
#include "works.hpp"
#include <chainsim/footprint/tree.hpp>

#include <cmath>
#include <random>

using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using chainsim::footprint::Allocation;
using chainsim::footprint::Branch;
using chainsim::test::ChainBuilder;
using chainsim::test::FlowSpec;
using chainsim::test::Works;
namespace footprint = chainsim::footprint;

namespace {

/// Coal (10 CNY/t) becomes coke (1.5 t/t) and steel takes both coke and coal; a third of the steel
/// goes back into the coke ovens' upkeep.
Works steel() {
    ChainBuilder chain("steel");
    chain.process("coking", {{"coal", -1.5}, {"steel", -0.1}, {"coke", 1.0}});
    chain.process("smelting", {{"coke", -0.5}, {"coal", -0.2}, {"steel", 1.0}});
    chain.facility("ovens", "coking", 100.0).driver = chainsim::model::Driver::on_demand;
    chain.facility("furnace", "smelting", 100.0);
    chain.market("coal", chainsim::test::open_side(), std::nullopt);
    chain.price("coal", 10.0);
    chain.price("steel", 100.0);
    return Works(chain);
}

void check_sums(const Branch& branch) {
    if (branch.parts.empty()) {
        return;
    }
    double sum = 0.0;
    for (const auto& part : branch.parts) {
        sum += part.burden;
        check_sums(part);
    }
    CHECK_THAT(sum, WithinAbs(branch.burden, 1e-9 * std::abs(branch.burden) + 1e-12));
}

} // namespace

TEST_CASE("The parts of a tree sum to it at every branch", "[footprint][tree]") {
    const auto works = steel();
    const auto all = works.footprint(Allocation::mass);
    const int cost = works.burdens.find("cost");
    const auto tree = footprint::tree_of(all, works.row("steel"), cost, {0.001, 8});
    // A unit takes 0.2 coal and 0.5 coke, this 1.5 coal and 0.1 steel: 9.5 / 0.95 CNY.
    CHECK_THAT(tree.burden, WithinRel(9.5 / 0.95, 1e-12));
    REQUIRE(tree.parts.size() == 2);
    CHECK(tree.parts[0].row == works.row("coke"));
    CHECK_THAT(tree.parts[0].burden, WithinRel(0.5 * (15.0 + 0.1 * 10.0), 1e-12));
    check_sums(tree);
}

TEST_CASE("What is too small stands together as a rest", "[footprint][tree]") {
    const auto works = steel();
    const auto all = works.footprint(Allocation::mass);
    const auto tree =
        footprint::tree_of(all, works.row("steel"), works.burdens.find("cost"), {0.3, 8});
    REQUIRE(tree.parts.size() == 2);
    CHECK(tree.parts.back().kind == Branch::Kind::rest); // the coal that steel takes itself, 20 %
    CHECK(tree.parts.back().count == 1);
    CHECK_THAT(tree.parts.back().burden, WithinRel(2.0, 1e-12));
    check_sums(tree);
}

TEST_CASE("Paths are ranked, and with their remainder they are the whole", "[footprint][tree]") {
    const auto works = steel();
    const auto all = works.footprint(Allocation::mass);
    const int cost = works.burdens.find("cost");
    const int steel_row = works.row("steel");
    const int coke = works.row("coke");
    const int coal = works.row("coal");
    const auto found = footprint::paths_of(all, steel_row, cost, 3);
    CHECK(found.is_complete);
    REQUIRE(found.paths.size() == 3);
    CHECK(found.paths[0].rows == std::vector<int>{steel_row, coke, coal});
    CHECK_THAT(found.paths[0].burden, WithinRel(7.5, 1e-12));
    CHECK(found.paths[1].rows == std::vector<int>{steel_row, coal});
    CHECK_THAT(found.paths[1].burden, WithinRel(2.0, 1e-12));
    CHECK(found.paths[2].rows == std::vector<int>{steel_row, coke, steel_row, coke, coal});
    CHECK_THAT(found.paths[2].burden, WithinRel(0.375, 1e-12));
    CHECK_THAT(found.remainder, WithinRel(10.0 - 9.875, 1e-9));
}

TEST_CASE("Both ways to a total agree in chains made at random", "[footprint][property]") {
    std::mt19937 random(11);
    std::uniform_real_distribution<double> amount(0.05, 0.4);
    for (int round = 0; round < 20; ++round) {
        ChainBuilder chain("random");
        constexpr int count = 6;
        const auto name = [](int i) { return std::string("m") + std::to_string(i); };
        for (int i = 0; i < count; ++i) {
            std::vector<FlowSpec> flows{{"ore", -1.0}};
            for (int k = 0; k < 2; ++k) {
                const int other = static_cast<int>(random() % count);
                if (other != i && (flows.size() < 2 || flows.back().commodity != name(other))) {
                    flows.push_back({name(other), -amount(random)});
                }
            }
            flows.push_back({name(i), 1.0});
            chain.process("p" + std::to_string(i), flows);
            chain.facility("f" + std::to_string(i), "p" + std::to_string(i), 1e6).driver =
                chainsim::model::Driver::on_demand;
            chain.price(name(i), 50.0);
            chain.market(name(i), std::nullopt, chainsim::test::closed_side());
            chain.demand(name(i), 10.0 * amount(random));
        }
        chain.market("ore", chainsim::test::open_side(), std::nullopt);
        chain.price("ore", 7.0);
        const Works works(chain);
        REQUIRE(works.solution.outcome == chainsim::system::Outcome::solved);
        const auto all = works.footprint(Allocation::economic);
        const int cost = works.burdens.find("cost");
        double demanded = 0.0;
        for (int r = 0; r < works.system.equations.rows(); ++r) {
            // e y = d q
            CHECK_THAT(all.own().row(cost).dot(all.requirement(r)),
                       WithinRel(all.intensity()(cost, r), 1e-9));
            demanded += all.intensity()(cost, r) * works.system.equations.demand[r];
        }
        CHECK_THAT(demanded, WithinRel(7.0 * works.solution.bought[works.row("ore")], 1e-9));
    }
}
