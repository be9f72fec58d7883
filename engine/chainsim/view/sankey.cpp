#include <chainsim/view/sankey.hpp>

#include <algorithm>
#include <cstddef>
#include <deque>
#include <map>
#include <utility>

namespace chainsim::view {

namespace {

/// What each node gives and takes among those that are not yet placed.
struct Open {
    std::vector<double> given;
    std::vector<double> taken;
    std::vector<char> is_placed;

    explicit Open(const Sankey& sankey)
        : given(sankey.nodes.size()), taken(sankey.nodes.size()), is_placed(sankey.nodes.size()) {
        for (const auto& link : sankey.links) {
            given[static_cast<std::size_t>(link.from)] += link.value;
            taken[static_cast<std::size_t>(link.to)] += link.value;
        }
    }

    void place(std::size_t node, const Sankey& sankey) {
        is_placed[node] = 1;
        for (const auto& link : sankey.links) {
            const auto from = static_cast<std::size_t>(link.from);
            const auto to = static_cast<std::size_t>(link.to);
            if (from == node) {
                taken[to] -= link.value;
            }
            if (to == node) {
                given[from] -= link.value;
            }
        }
    }

    [[nodiscard]] bool is_free(std::size_t node) const { return is_placed[node] == 0; }
};

/// Whether nothing of note is left of a sum of which parts were taken away.
bool is_gone(double rest, double whole) { return rest <= 1e-9 * whole; }

/// Places of the nodes in an order that lets as little as possible flow back.
std::vector<int> places(const Sankey& sankey) {
    const Open whole(sankey);
    Open open(sankey);
    const std::size_t count = sankey.nodes.size();
    std::deque<std::size_t> front;
    std::deque<std::size_t> back;
    while (front.size() + back.size() < count) {
        std::size_t chosen = count;
        bool is_last = false;
        double best = 0.0;
        for (std::size_t n = 0; n < count && !is_last; ++n) {
            if (open.is_free(n) && is_gone(open.given[n], whole.given[n])) {
                chosen = n; // nothing leads from it to what is not placed: it comes last
                is_last = true;
            }
        }
        for (std::size_t n = 0; n < count && !is_last; ++n) {
            const double more = open.given[n] - open.taken[n];
            if (open.is_free(n) && (chosen == count || more > best)) {
                chosen = n;
                best = more;
            }
        }
        open.place(chosen, sankey);
        if (is_last) {
            back.push_front(chosen);
        } else {
            front.push_back(chosen);
        }
    }
    std::vector<int> place(count);
    int next = 0;
    for (const auto* part : {&front, &back}) {
        for (const std::size_t node : *part) {
            place[node] = next++;
        }
    }
    return place;
}

void drop_unused_nodes(Sankey& sankey) {
    std::vector<int> kept(sankey.nodes.size(), -1);
    for (const auto& link : sankey.links) {
        kept[static_cast<std::size_t>(link.from)] = 0;
        kept[static_cast<std::size_t>(link.to)] = 0;
    }
    std::vector<SankeyNode> nodes;
    for (std::size_t n = 0; n < kept.size(); ++n) {
        if (kept[n] == 0) {
            kept[n] = static_cast<int>(nodes.size());
            nodes.push_back(std::move(sankey.nodes[n]));
        }
    }
    sankey.nodes = std::move(nodes);
    for (auto& link : sankey.links) {
        link.from = kept[static_cast<std::size_t>(link.from)];
        link.to = kept[static_cast<std::size_t>(link.to)];
    }
}

} // namespace

std::string_view to_string(SankeyKind kind) {
    switch (kind) {
    case SankeyKind::source:
        return "source";
    case SankeyKind::chain:
        return "chain";
    case SankeyKind::facility:
        return "facility";
    case SankeyKind::use:
        return "use";
    case SankeyKind::loss:
        return "loss";
    }
    return {};
}

int Sankey::node(const std::string& node_id, const model::Name& node_name, SankeyKind kind) {
    const auto found = std::find_if(nodes.begin(), nodes.end(),
                                    [&](const SankeyNode& one) { return one.id == node_id; });
    if (found != nodes.end()) {
        return static_cast<int>(found - nodes.begin());
    }
    nodes.push_back({node_id, node_name, kind, {}});
    return static_cast<int>(nodes.size()) - 1;
}

void mark_loops(Sankey& sankey) {
    drop_unused_nodes(sankey);
    const auto place = places(sankey);
    for (auto& link : sankey.links) {
        link.back =
            place[static_cast<std::size_t>(link.from)] >= place[static_cast<std::size_t>(link.to)];
    }
}

void gather_small(Sankey& sankey, std::size_t most, const model::Name& rest) {
    if (sankey.links.size() <= most) {
        return;
    }
    std::stable_sort(sankey.links.begin(), sankey.links.end(),
                     [](const SankeyLink& a, const SankeyLink& b) { return a.value > b.value; });
    std::map<std::pair<int, int>, std::vector<SankeyLink>> small;
    for (std::size_t i = most; i < sankey.links.size(); ++i) {
        small[{sankey.links[i].from, sankey.links[i].to}].push_back(std::move(sankey.links[i]));
    }
    sankey.links.resize(most);
    for (auto& [ends, links] : small) {
        SankeyLink sum = links.front();
        if (links.size() > 1) {
            sum.value = 0.0;
            for (const auto& link : links) {
                sum.value += link.value;
            }
            sum.what = rest;
        }
        sankey.links.push_back(std::move(sum));
    }
}

void drop_thin(Sankey& sankey, double share) {
    double largest = 0.0;
    for (const auto& link : sankey.links) {
        largest = std::max(largest, link.value);
    }
    std::erase_if(sankey.links,
                  [&](const SankeyLink& link) { return link.value < share * largest; });
}

} // namespace chainsim::view
