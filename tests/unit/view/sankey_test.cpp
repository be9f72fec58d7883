#include "support/catch.hpp"
#include <chainsim/view/sankey.hpp>

#include <random>
#include <string>
#include <vector>

using chainsim::view::drop_thin;
using chainsim::view::gather_small;
using chainsim::view::mark_loops;
using chainsim::view::Sankey;
using chainsim::view::SankeyKind;

namespace {

Sankey with_nodes(int count) {
    Sankey out;
    for (int i = 0; i < count; ++i) {
        const auto id = std::to_string(i);
        (void)out.node(id, {id, id}, SankeyKind::chain);
    }
    return out;
}

/// Whether what is not marked leads nowhere back, found by taking away nodes without an inflow.
bool has_no_loop(const Sankey& sankey) {
    std::vector<int> open(sankey.nodes.size(), 0);
    for (const auto& link : sankey.links) {
        open[static_cast<std::size_t>(link.to)] += link.back ? 0 : 1;
    }
    std::vector<int> free;
    for (std::size_t n = 0; n < open.size(); ++n) {
        if (open[n] == 0) {
            free.push_back(static_cast<int>(n));
        }
    }
    std::size_t taken = 0;
    while (!free.empty()) {
        const int node = free.back();
        free.pop_back();
        ++taken;
        for (const auto& link : sankey.links) {
            if (!link.back && link.from == node && --open[static_cast<std::size_t>(link.to)] == 0) {
                free.push_back(link.to);
            }
        }
    }
    return taken == sankey.nodes.size();
}

double sum(const Sankey& sankey) {
    double out = 0.0;
    for (const auto& link : sankey.links) {
        out += link.value;
    }
    return out;
}

} // namespace

TEST_CASE("The thin flow of a loop is the one that flows back", "[view][sankey]") {
    auto sankey = with_nodes(3);
    sankey.links = {{0, 1, 100.0, {}, false}, {1, 2, 90.0, {}, false}, {2, 0, 5.0, {}, false}};
    mark_loops(sankey);
    CHECK_FALSE(sankey.links[0].back);
    CHECK_FALSE(sankey.links[1].back);
    CHECK(sankey.links[2].back);
}

TEST_CASE("A diagram without loops has no flow back", "[view][sankey]") {
    auto sankey = with_nodes(5);
    sankey.links = {{0, 3, 1.0, {}, false},
                    {3, 1, 9.0, {}, false},
                    {1, 4, 2.0, {}, false},
                    {0, 4, 7.0, {}, false}};
    mark_loops(sankey);
    CHECK(sankey.nodes.size() == 4); // node 2 has no flow
    for (const auto& link : sankey.links) {
        CHECK_FALSE(link.back);
    }
}

TEST_CASE("Whatever flows, what is not marked has no loop", "[view][sankey]") {
    std::mt19937 random(7);
    for (int round = 0; round < 200; ++round) {
        const int count = 2 + static_cast<int>(random() % 12);
        auto sankey = with_nodes(count);
        const auto links = random() % 40;
        for (std::size_t i = 0; i < links; ++i) {
            const int from = static_cast<int>(random() % static_cast<unsigned>(count));
            const int to = static_cast<int>(random() % static_cast<unsigned>(count));
            if (from != to) {
                sankey.links.push_back(
                    {from, to, 1.0 + static_cast<double>(random() % 1000), {}, false});
            }
        }
        mark_loops(sankey);
        INFO("round " << round);
        CHECK(has_no_loop(sankey));
    }
}

TEST_CASE("Small flows are gathered by their ends, and none is lost", "[view][sankey]") {
    auto sankey = with_nodes(3);
    sankey.links = {{0, 1, 50.0, {"大", "large"}, false},
                    {0, 1, 3.0, {"甲", "a"}, false},
                    {0, 1, 2.0, {"乙", "b"}, false},
                    {1, 2, 1.0, {"丙", "c"}, false}};
    gather_small(sankey, 1, {"其他", "others"});
    REQUIRE(sankey.links.size() == 3);
    CHECK(sum(sankey) == Approx(56.0));
    CHECK(sankey.links[1].value == Approx(5.0));
    CHECK(sankey.links[1].what.en == "others");
    CHECK(sankey.links[2].what.en == "c"); // one alone keeps its name
    drop_thin(sankey, 0.05);
    CHECK(sankey.links.size() == 2); // 1 of 50 is too thin to be seen
}
