#include "support/catch.hpp"
#include "support/chain_builder.hpp"
#include <chainsim/graph/trace.hpp>

#include <string>
#include <vector>

using chainsim::graph::Relation;
using chainsim::graph::YearFlows;
using chainsim::test::ChainBuilder;
namespace graph = chainsim::graph;
namespace model = chainsim::model;
using Catch::Matchers::WithinRel;

namespace {

/// Methanol becomes formaldehyde, of which two polymers are made, and olefins.
ChainBuilder methanol_chain() {
    ChainBuilder chain;
    chain.process("silver", {{"methanol", -0.45}, {"formaldehyde", 1.0}});
    chain.process("pom", {{"formaldehyde", -2.9}, {"polyoxymethylene", 1.0}});
    chain.process("paraform", {{"formaldehyde", -2.75}, {"paraformaldehyde", 1.0}});
    chain.process("mto", {{"methanol", -5.8}, {"propylene", 1.0}, {"ethylene", 0.95}});
    chain.process("mtp", {{"methanol", -3.4}, {"propylene", 1.0}});
    chain.process("pp", {{"propylene", -1.0}, {"polypropylene", 1.0}});
    chain.family("olefins", {"ethylene", "propylene"});
    chain.facility("formalin", "silver", 100.0);
    chain.facility("polymer", "pom", 10.0);
    chain.facility("olefin_plant", "mto", 20.0);
    return chain;
}

model::Index<model::Commodity> commodity(const model::Scenario& scenario, const std::string& id) {
    return scenario.model.commodities.find(id).value();
}

model::Index<model::Facility> facility(const model::Scenario& scenario, const std::string& id) {
    return scenario.facilities.find(id).value();
}

std::vector<std::string> names(const model::Scenario& scenario, const graph::Way& way) {
    std::vector<std::string> result;
    for (const auto index : way.commodities) {
        result.push_back(scenario.model.commodities[index].id);
    }
    return result;
}

} // namespace

SCENARIO("A chain of processes is a path", "[graph][trace]") {
    const auto scenario = methanol_chain().build();
    WHEN("all its plants are built") {
        const auto answer = graph::trace(scenario, 2025, "methanol", "polyoxymethylene");
        THEN("it is told by its commodities, processes and facilities") {
            CHECK(answer.relation == Relation::path);
            CHECK(answer.built);
            REQUIRE(answer.ways.size() == 1);
            CHECK(names(scenario, answer.ways[0]) ==
                  std::vector<std::string>{"methanol", "formaldehyde", "polyoxymethylene"});
            REQUIRE(answer.ways[0].facilities.size() == 2);
            CHECK(answer.ways[0].facilities[0] == std::vector{facility(scenario, "formalin")});
            CHECK_FALSE(answer.share.has_value());
        }
    }
    WHEN("a plant is missing") {
        const auto answer = graph::trace(scenario, 2025, "methanol", "polypropylene");
        THEN("the library still has the path, and it says that it is not built") {
            CHECK(answer.relation == Relation::path);
            CHECK_FALSE(answer.built);
            REQUIRE(answer.ways.size() == 1);
            CHECK(answer.ways[0].processes[0].size() == 2);
            CHECK(answer.ways[0].facilities[1].empty());
        }
    }
    WHEN("a commodity is traced to itself") {
        const auto answer = graph::trace(scenario, 2025, "methanol", "methanol");
        THEN("it is a path of no step") {
            CHECK(answer.relation == Relation::path);
            CHECK(answer.ways.at(0).commodities.size() == 1);
        }
    }
}

SCENARIO("Two products of one parent are siblings", "[graph][trace]") {
    const auto scenario = methanol_chain().build();
    THEN("neither is made from the other, and the parent is named") {
        const auto answer = graph::trace(scenario, 2025, "polyoxymethylene", "paraformaldehyde");
        CHECK(answer.relation == Relation::siblings);
        CHECK(answer.parents == std::vector{commodity(scenario, "formaldehyde")});
        CHECK_FALSE(answer.share.has_value());
    }
    THEN("one may be made from the parent in two steps, but not both") {
        CHECK(graph::trace(scenario, 2025, "ethylene", "polypropylene").relation ==
              Relation::siblings);
        CHECK(graph::trace(scenario, 2025, "polypropylene", "polyoxymethylene").relation ==
              Relation::absent);
    }
}

SCENARIO("A family answers by any of its members", "[graph][trace]") {
    const auto scenario = methanol_chain().build();
    THEN("a member that is built goes first") {
        const auto answer = graph::trace(scenario, 2025, "methanol", "olefins");
        CHECK(answer.relation == Relation::family);
        CHECK(answer.target == commodity(scenario, "ethylene"));
    }
    THEN("a family can also be what is asked from") {
        const auto answer = graph::trace(scenario, 2025, "olefins", "polypropylene");
        CHECK(answer.relation == Relation::family);
        CHECK(answer.source == commodity(scenario, "propylene"));
    }
}

TEST_CASE("What has nothing to do with each other is absent, and the way back is told",
          "[graph][trace]") {
    auto chain = methanol_chain();
    chain.commodity("salt");
    const auto scenario = chain.build();
    CHECK(graph::trace(scenario, 2025, "salt", "methanol").relation == Relation::absent);
    CHECK_FALSE(graph::trace(scenario, 2025, "salt", "methanol").reverse);
    const auto back = graph::trace(scenario, 2025, "polyoxymethylene", "methanol");
    CHECK(back.relation == Relation::absent);
    CHECK(back.reverse);
    CHECK_THROWS_AS(graph::trace(scenario, 2025, "methanol", "uranium"), graph::UnknownCommodity);
}

SCENARIO("The share is what goes on, multiplied step by step", "[graph][trace]") {
    const auto scenario = methanol_chain().build();
    GIVEN("a year in which 45 t of 200 t methanol become formaldehyde, and 58 of its 100 t POM") {
        YearFlows flows;
        flows.taken = {{facility(scenario, "formalin"), commodity(scenario, "methanol"), 45.0},
                       {facility(scenario, "olefin_plant"), commodity(scenario, "methanol"), 116.0},
                       {facility(scenario, "polymer"), commodity(scenario, "formaldehyde"), 58.0}};
        flows.used.assign(scenario.model.commodities.size(), 0.0);
        flows.used[commodity(scenario, "methanol").value] = 200.0;
        flows.used[commodity(scenario, "formaldehyde").value] = 100.0;
        const auto share = [&](const std::string& from, const std::string& to) {
            return graph::trace(scenario, 2025, from, to, &flows).share.value();
        };
        THEN("45 / 200 x 58 / 100 of the methanol goes on into POM") {
            CHECK_THAT(share("methanol", "formaldehyde"), WithinRel(45.0 / 200.0, 1e-12));
            CHECK_THAT(share("methanol", "polyoxymethylene"),
                       WithinRel(45.0 / 200.0 * 58.0 / 100.0, 1e-12));
        }
        THEN("a plant with two products counts whole for each of them") {
            CHECK_THAT(share("methanol", "propylene"), WithinRel(116.0 / 200.0, 1e-12));
            CHECK_THAT(share("methanol", "ethylene"), WithinRel(116.0 / 200.0, 1e-12));
        }
        THEN("into a family goes what goes into any member: 45 t x 58 / 100 and 116 t of 200 t") {
            auto families = methanol_chain();
            families.family("materials", {"polyoxymethylene", "propylene", "ethylene"});
            const auto both = graph::trace(families.build(), 2025, "methanol", "materials", &flows);
            CHECK_THAT(both.share.value(), WithinRel((45.0 * 0.58 + 116.0) / 200.0, 1e-12));
            const auto olefin = commodity(scenario, "propylene"); // takes most, and answers
            CHECK(both.target == olefin);
        }
        THEN("of a family goes on what does of its members together: 58 t of 200 t and 100 t, "
             "since of the methanol 45 / 200 x 58 / 100 does") {
            auto families = methanol_chain();
            families.family("c1", {"methanol", "formaldehyde"});
            const auto both =
                graph::trace(families.build(), 2025, "c1", "polyoxymethylene", &flows);
            CHECK_THAT(both.share.value(), WithinRel((45.0 * 0.58 + 58.0) / 300.0, 1e-12));
        }
        THEN("nothing goes on along a way that is not built") {
            CHECK(share("methanol", "polypropylene") == 0.0);
        }
        THEN("all that it is made into is listed, nearest first") {
            const auto all = graph::trace_all(scenario, 2025, "methanol", &flows);
            REQUIRE(all.size() == 6);
            CHECK(all[0].commodity == commodity(scenario, "ethylene"));
            CHECK(all[0].steps == 1);
            CHECK(all[0].built);
            CHECK(all[5].steps == 2);
            CHECK(all[5].commodity == commodity(scenario, "polypropylene"));
            CHECK_FALSE(all[5].built);
        }
    }
}

TEST_CASE("In a loop the share sums the rounds", "[graph][trace]") {
    // Of the carbide 4/5 is made into acetylene, whose slag all comes back as lime, of which half
    // is made into carbide: r = 0.8 (slag to lime) x 1; from lime r(lime -> acetylene) = 0.5 x 0.8.
    ChainBuilder chain;
    chain.process("furnace", {{"lime", -0.9}, {"carbide", 1.0}});
    chain.process("generator", {{"carbide", -2.9}, {"acetylene", 1.0}, {"slag", 3.3}});
    chain.process("kiln", {{"slag", -1.4}, {"lime", 1.0}});
    chain.process("cement", {{"slag", -1.0}, {"clinker", 1.0}});
    chain.facility("a", "furnace", 1.0);
    chain.facility("b", "generator", 1.0);
    chain.facility("c", "kiln", 1.0);
    chain.facility("d", "cement", 1.0);
    const auto scenario = chain.build();
    YearFlows flows;
    flows.taken = {{facility(scenario, "a"), commodity(scenario, "lime"), 50.0},
                   {facility(scenario, "b"), commodity(scenario, "carbide"), 80.0},
                   {facility(scenario, "c"), commodity(scenario, "slag"), 60.0},
                   {facility(scenario, "d"), commodity(scenario, "slag"), 20.0}};
    flows.used.assign(scenario.model.commodities.size(), 100.0);
    flows.used[commodity(scenario, "slag").value] = 80.0;
    // clinker: r(slag) = 1/4 + 3/4 r(lime), r(lime) = 1/2 r(carbide), r(carbide) = 4/5 r(slag),
    // so r(slag) = 1/4 / (1 - 3/4 x 1/2 x 4/5) = 0.25 / 0.7.
    const auto answer = graph::trace(scenario, 2025, "slag", "clinker", &flows);
    CHECK_THAT(answer.share.value(), WithinRel(0.25 / 0.7, 1e-11));
}
