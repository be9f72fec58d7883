#include "support/catch.hpp"
#include "support/chain_builder.hpp"
#include <chainsim/graph/flow_network.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

using chainsim::graph::Direction;
using chainsim::graph::FlowNetwork;
using chainsim::graph::Node;
using chainsim::graph::NodeKind;
using chainsim::test::ChainBuilder;
namespace model = chainsim::model;

namespace {

/// Ids of nodes, in their order.
std::vector<std::string> ids(const model::Scenario& scenario, const FlowNetwork& network,
                             const std::vector<int>& positions) {
    std::vector<std::string> result;
    for (const int position : positions) {
        const Node node = network.nodes()[static_cast<std::size_t>(position)];
        switch (node.kind) {
        case NodeKind::commodity:
            result.push_back(
                scenario.model.commodities[model::Index<model::Commodity>{node.record}].id);
            break;
        case NodeKind::process:
            result.push_back(
                scenario.model.processes[model::Index<model::Process>{node.record}].id);
            break;
        case NodeKind::facility:
            result.push_back(scenario.facilities[model::Index<model::Facility>{node.record}].id);
            break;
        }
    }
    return result;
}

/// Coal becomes coke and tar; lime and carbide slag go round; salt stands alone.
ChainBuilder district() {
    ChainBuilder chain;
    chain.process("coking", {{"coal", -1.4}, {"coke", 1.0}, {"tar", 0.05}});
    chain.process("carbide_furnace", {{"lime", -0.9}, {"coke", -0.5}, {"carbide", 1.0}});
    chain.process("acetylene_plant", {{"carbide", -2.9}, {"acetylene", 1.0}, {"slag", 3.3}});
    chain.process("lime_kiln", {{"slag", -1.4}, {"lime", 1.0}});
    chain.process("salt_mine", {{"brine", -3.0}, {"salt", 1.0}});
    chain.facility("ovens", "coking", 100.0);
    chain.facility("furnace", "carbide_furnace", 10.0);
    chain.facility("generator", "acetylene_plant", 3.0);
    chain.facility("kiln", "lime_kiln", 5.0);
    chain.facility("mine", "salt_mine", 1.0);
    return chain;
}

} // namespace

SCENARIO("Components come upstream before downstream, and loops are one component",
         "[graph][flow_network]") {
    GIVEN("a district with one loop") {
        const auto scenario = district().build();
        const auto network = FlowNetwork::of(scenario, 2025);

        THEN("the loop is lime, carbide, slag and their plants") {
            const auto loops = network.loops();
            REQUIRE(loops.size() == 1);
            CHECK(ids(scenario, network, loops.front()) ==
                  std::vector<std::string>{"carbide", "lime", "slag", "furnace", "generator",
                                           "kiln"});
        }
        THEN("every flow leads into its own component or a later one") {
            const auto components = network.components();
            std::vector<std::size_t> order(network.nodes().size());
            std::size_t nodes = 0;
            for (std::size_t i = 0; i < components.size(); ++i) {
                for (const int node : components[i]) {
                    order[static_cast<std::size_t>(node)] = i;
                    ++nodes;
                }
            }
            CHECK(nodes == network.nodes().size());
            for (const auto& edge : network.edges()) {
                CHECK(order[static_cast<std::size_t>(edge.from)] <=
                      order[static_cast<std::size_t>(edge.to)]);
            }
        }
        THEN("tar reaches nothing, and coal and the ovens reach tar") {
            const int tar =
                network.find({NodeKind::commodity, scenario.model.commodities.find("tar")->value})
                    .value();
            CHECK(ids(scenario, network, network.reach(tar, Direction::downstream)) ==
                  std::vector<std::string>{"tar"});
            CHECK(ids(scenario, network, network.reach(tar, Direction::upstream)) ==
                  std::vector<std::string>{"coal", "tar", "ovens"});
        }
        THEN("the salt mine is an island of its own, the smaller one") {
            const auto islands = network.islands();
            REQUIRE(islands.size() == 2);
            CHECK(ids(scenario, network, islands[1]) ==
                  std::vector<std::string>{"brine", "salt", "mine"});
        }
    }
}

TEST_CASE("A network of a year holds the facilities that are there", "[graph][flow_network]") {
    auto chain = district();
    chain.facility("kiln", "lime_kiln", 5.0).start = 2026;
    chain.facility("mine", "salt_mine", 1.0).retire = 2025;
    const auto scenario = chain.build();
    const auto facilities = [&](int year) {
        const auto network = FlowNetwork::of(scenario, year);
        return std::count_if(network.nodes().begin(), network.nodes().end(),
                             [](const Node& node) { return node.kind == NodeKind::facility; });
    };
    CHECK(facilities(2024) == 4);
    CHECK(facilities(2025) == 3);
    CHECK(facilities(2026) == 4);
    CHECK(FlowNetwork::of(scenario, 2025).loops().empty());
}

TEST_CASE("A network of a library holds every process and commodity", "[graph][flow_network]") {
    auto chain = district();
    chain.commodity("sulphur");
    const auto scenario = chain.build();
    const auto network = FlowNetwork::of(scenario.model);
    CHECK(network.nodes().size() ==
          scenario.model.commodities.size() + scenario.model.processes.size());
    CHECK(network.islands().size() == 3);
    CHECK(network.loops().size() == 1);
}

TEST_CASE("A network without nodes has no parts", "[graph][flow_network]") {
    const auto network = FlowNetwork::of(model::Model{});
    CHECK(network.components().empty());
    CHECK(network.islands().empty());
    CHECK_THROWS_AS(network.reach(0, Direction::upstream), chainsim::ContractError);
}
