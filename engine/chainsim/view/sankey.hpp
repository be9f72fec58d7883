#pragma once

#include <chainsim/model/datum.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace chainsim::view {

/// What stands at an end of a flow.
enum class SankeyKind {
    source,   ///< bought, or taken from nature
    chain,    ///< all plants of a chain
    facility, ///< one plant
    use,      ///< sold, delivered
    loss      ///< used up, emitted, wasted
};

[[nodiscard]] std::string_view to_string(SankeyKind kind);

struct SankeyNode {
    std::string id;
    model::Name name;
    SankeyKind kind = SankeyKind::chain;
    std::string drill; ///< id of the diagram that shows what is inside, or empty
};

/// A flow from one node to another.
struct SankeyLink {
    int from = 0;
    int to = 0;
    double value = 0.0;
    model::Name what;
    bool back = false; ///< closes a loop: without such links the diagram has none
};

struct Sankey {
    std::string id;
    model::Name name;
    std::string unit;
    std::vector<SankeyNode> nodes;
    std::vector<SankeyLink> links;

    /// Position of a node, added if it is not there.
    int node(const std::string& id, const model::Name& name, SankeyKind kind);
};

/// Marks links so that the others form no loop: those that lead backward in an order of the nodes
/// that lets as little as possible flow back. Nodes without links are dropped; the rest keep their
/// order.
///
/// Source  Eades, Lin, Smyth (1993), A fast and effective heuristic for the feedback arc set
/// problem. Cost    nodes x (nodes + links).
void mark_loops(Sankey& sankey);

/// Makes one link of those between the same two nodes beyond the `most` largest links of all; what
/// they carry is then `rest`.
void gather_small(Sankey& sankey, std::size_t most, const model::Name& rest);

/// Drops links below a share of the largest one.
void drop_thin(Sankey& sankey, double share);

} // namespace chainsim::view
