#pragma once

#include <chainsim/model/scenario.hpp>

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace chainsim::graph {

enum class NodeKind { commodity, process, facility };

/// A node of the network: a record of the model or scenario, by its position in its registry.
struct Node {
    NodeKind kind = NodeKind::commodity;
    std::uint32_t record = 0;

    friend auto operator<=>(const Node&, const Node&) = default;
};

/// A flow from a commodity into its user, or from a maker into a commodity.
struct Edge {
    int from = 0; ///< position of a node
    int to = 0;
    double amount = 0.0; ///< unit of account of the commodity per unit of the reference product
    model::FlowKind kind = model::FlowKind::feedstock;
};

enum class Direction { downstream, upstream };

/// Who takes what from whom: a directed graph with commodities on one side and processes, or the
/// facilities that run them, on the other.
///
/// Nodes stand in the order of the registries, commodities first, so that every answer is
/// independent of the order in which files and records were read.
///
/// Threads  all members are const and may be called at once.
/// Cost     each answer takes time in proportion to nodes and edges.
class FlowNetwork {
public:
    /// All commodities and all processes of the library.
    [[nodiscard]] static FlowNetwork of(const model::Model& model);

    /// The facilities that are there in `year`, with the coefficients of their processes (overrides
    /// move amounts, not links), and the commodities that they take or give.
    [[nodiscard]] static FlowNetwork of(const model::Scenario& scenario, int year);

    [[nodiscard]] const std::vector<Node>& nodes() const noexcept { return nodes_; }
    [[nodiscard]] const std::vector<Edge>& edges() const noexcept { return edges_; }
    /// Position of a node, if it is there.
    [[nodiscard]] std::optional<int> find(Node node) const;

    /// The strongly connected components, upstream before downstream: every edge leads from a
    /// component into itself or into a later one. A component of several nodes is a loop (steam
    /// that feeds its own boiler house, carbide slag that becomes lime). Nodes ascend within each.
    ///
    /// Source  Tarjan (1972), Depth-first search and linear graph algorithms, by Boost.Graph.
    [[nodiscard]] std::vector<std::vector<int>> components() const;

    /// The components of several nodes, in the same order.
    [[nodiscard]] std::vector<std::vector<int>> loops() const;

    /// All nodes that can be reached from a node, itself included, ascending.
    [[nodiscard]] std::vector<int> reach(int node, Direction direction) const;

    /// Groups of nodes without any flow between them, largest first, then by their first node.
    [[nodiscard]] std::vector<std::vector<int>> islands() const;

private:
    std::vector<Node> nodes_; ///< ascending
    std::vector<Edge> edges_;
};

} // namespace chainsim::graph
