#include <chainsim/graph/flow_network.hpp>

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/connected_components.hpp>
#include <boost/graph/reverse_graph.hpp>
#include <boost/graph/strong_components.hpp>

#include <algorithm>
#include <cstddef>
#include <map>
#include <set>

namespace chainsim::graph {

namespace {

using Directed = boost::adjacency_list<boost::vecS, boost::vecS, boost::bidirectionalS>;
using Undirected = boost::adjacency_list<boost::vecS, boost::vecS, boost::undirectedS>;

template <class Graph>
Graph to_boost(const FlowNetwork& network) {
    Graph graph(network.nodes().size());
    for (const auto& edge : network.edges()) {
        boost::add_edge(static_cast<std::size_t>(edge.from), static_cast<std::size_t>(edge.to),
                        graph);
    }
    return graph;
}

/// Node positions by group number.
std::vector<std::vector<int>> grouped(const std::vector<int>& group_of, int groups) {
    std::vector<std::vector<int>> result(static_cast<std::size_t>(groups));
    for (std::size_t node = 0; node < group_of.size(); ++node) {
        result[static_cast<std::size_t>(group_of[node])].push_back(static_cast<int>(node));
    }
    return result;
}

/// A process, or a facility that runs it, with the node that stands for it.
struct User {
    Node node;
    const model::Process* process;
};

Node commodity_node(model::Index<model::Commodity> commodity) {
    return {NodeKind::commodity, commodity.value};
}

int position_of(const FlowNetwork& network, const Node& node) {
    const auto found = network.find(node);
    CHAINSIM_EXPECT(found.has_value(), "a flow of a node that is not in the network");
    return *found;
}

std::vector<Edge> edges_of(const std::vector<User>& users, const FlowNetwork& network) {
    std::vector<Edge> edges;
    for (const auto& user : users) {
        const int own = position_of(network, user.node);
        for (const auto& flow : user.process->inputs) {
            edges.push_back({position_of(network, commodity_node(flow.commodity)), own, flow.amount,
                             flow.kind});
        }
        for (const auto& flow : user.process->outputs) {
            edges.push_back({own, position_of(network, commodity_node(flow.commodity)), flow.amount,
                             flow.kind});
        }
    }
    return edges;
}

void add_commodities_of(const model::Process& process, std::set<Node>& nodes) {
    for (const auto& flow : process.inputs) {
        nodes.insert(commodity_node(flow.commodity));
    }
    for (const auto& flow : process.outputs) {
        nodes.insert(commodity_node(flow.commodity));
    }
}

std::vector<int> ascending(const std::set<int>& values) { return {values.begin(), values.end()}; }

/// Collects every node that a search meets.
class Collector : public boost::default_bfs_visitor {
public:
    explicit Collector(std::set<int>& found) : found_(&found) {}
    template <class Vertex, class Graph>
    void discover_vertex(Vertex vertex, const Graph& /*graph*/) {
        found_->insert(static_cast<int>(vertex));
    }

private:
    std::set<int>* found_;
};

} // namespace

FlowNetwork FlowNetwork::of(const model::Model& model) {
    FlowNetwork network;
    std::vector<User> users;
    for (std::uint32_t i = 0; i < model.commodities.size(); ++i) {
        network.nodes_.push_back({NodeKind::commodity, i});
    }
    for (std::uint32_t i = 0; i < model.processes.size(); ++i) {
        network.nodes_.push_back({NodeKind::process, i});
        users.push_back({network.nodes_.back(), &model.processes[model::Index<model::Process>{i}]});
    }
    network.edges_ = edges_of(users, network);
    return network;
}

FlowNetwork FlowNetwork::of(const model::Scenario& scenario, int year) {
    FlowNetwork network;
    std::vector<User> users;
    std::set<Node> nodes;
    for (std::uint32_t i = 0; i < scenario.facilities.size(); ++i) {
        const auto& facility = scenario.facilities[model::Index<model::Facility>{i}];
        if (!facility.exists(year)) {
            continue;
        }
        const auto& process = scenario.model.processes[facility.process_in(year)];
        users.push_back({{NodeKind::facility, i}, &process});
        nodes.insert(users.back().node);
        add_commodities_of(process, nodes);
    }
    network.nodes_.assign(nodes.begin(), nodes.end());
    network.edges_ = edges_of(users, network);
    return network;
}

std::optional<int> FlowNetwork::find(Node node) const {
    const auto found = std::lower_bound(nodes_.begin(), nodes_.end(), node);
    if (found == nodes_.end() || *found != node) {
        return std::nullopt;
    }
    return static_cast<int>(found - nodes_.begin());
}

std::vector<std::vector<int>> FlowNetwork::components() const {
    if (nodes_.empty()) {
        return {};
    }
    const auto graph = to_boost<Directed>(*this);
    std::vector<int> component(nodes_.size());
    const int count = boost::strong_components(
        graph, boost::make_iterator_property_map(component.begin(),
                                                 boost::get(boost::vertex_index, graph)));
    auto result = grouped(component, count);
    // The algorithm numbers a component once all that lies downstream of it has its numbers.
    std::reverse(result.begin(), result.end());
    return result;
}

std::vector<std::vector<int>> FlowNetwork::loops() const {
    auto result = components();
    std::erase_if(result, [](const std::vector<int>& nodes) { return nodes.size() < 2; });
    return result;
}

std::vector<int> FlowNetwork::reach(int node, Direction direction) const {
    const auto graph = to_boost<Directed>(*this);
    const auto start = static_cast<std::size_t>(node);
    CHAINSIM_EXPECT(node >= 0 && start < nodes_.size(), "no such node");
    std::set<int> found;
    if (direction == Direction::downstream) {
        boost::breadth_first_search(graph, start, boost::visitor(Collector(found)));
    } else {
        boost::breadth_first_search(boost::make_reverse_graph(graph), start,
                                    boost::visitor(Collector(found)));
    }
    return ascending(found);
}

std::vector<std::vector<int>> FlowNetwork::islands() const {
    if (nodes_.empty()) {
        return {};
    }
    const auto graph = to_boost<Undirected>(*this);
    std::vector<int> component(nodes_.size());
    const int count = boost::connected_components(
        graph, boost::make_iterator_property_map(component.begin(),
                                                 boost::get(boost::vertex_index, graph)));
    auto result = grouped(component, count);
    std::stable_sort(result.begin(), result.end(),
                     [](const auto& a, const auto& b) { return a.size() > b.size(); });
    return result;
}

} // namespace chainsim::graph
