#include "support/catch.hpp"
#include "support/chain_builder.hpp"
#include <chainsim/graph/graphviz.hpp>

#include <string>

using chainsim::graph::DotOptions;
using chainsim::graph::to_dot;
using chainsim::table::Language;
using chainsim::test::ChainBuilder;
namespace model = chainsim::model;

namespace {

model::Scenario ovens() {
    ChainBuilder chain;
    chain.energy("electricity");
    chain.process("coking", {{"coal", -1.4},
                             {"electricity", -0.03, model::FlowKind::utility},
                             {"coke", 1.0},
                             {"smoke", 0.1, model::FlowKind::emission}});
    chain.facility("ovens", "coking", 3000.0).name = {"泰和\"一期\"", "Taihe \"phase 1\""};
    return chain.build();
}

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

} // namespace

TEST_CASE("A chain is drawn with its names in the language, and capacities", "[graph][graphviz]") {
    const std::string zh = to_dot(ovens(), 2025, {.language = Language::zh});
    CHECK(contains(
        zh,
        R"("f:ovens" [shape=box, color="#2f5d8a", fillcolor="#ffffff", label="泰和\"一期\"\n3,000 t/a"])"));
    CHECK(contains(zh, R"x(label="coke(中)")x"));
    const std::string en = to_dot(ovens(), 2025, {.language = Language::en});
    CHECK(contains(en, R"(Taihe \"phase 1\")"));
    CHECK(contains(en, R"("c:coal" -> "f:ovens")"));
    CHECK(contains(en, R"("f:ovens" -> "c:coke")"));
}

TEST_CASE("Utilities and emissions are drawn only if all is asked for", "[graph][graphviz]") {
    CHECK_FALSE(contains(to_dot(ovens(), 2025, {}), "electricity"));
    CHECK_FALSE(contains(to_dot(ovens(), 2025, {}), "smoke"));
    CHECK(contains(to_dot(ovens(), 2025, {.everything = true}), "electricity"));
    CHECK(contains(to_dot(ovens(), 2025, {.everything = true}), "smoke"));
}

TEST_CASE("A solved year shows what is made beside the capacity, and wider arrows for more",
          "[graph][graphviz]") {
    const std::string text = to_dot(ovens(), 2025, {.activity = {1500.0}});
    CHECK(contains(text, "1,500 / 3,000 t/a"));
    // Coal carries the most mass, 2,100 t: width 4.6. Coke carries 1,500 t: 0.6 + 4 sqrt(1/1.4).
    CHECK(contains(text, R"("c:coal" -> "f:ovens" [color="#404040", penwidth=4.60])"));
    CHECK(contains(text, R"("f:ovens" -> "c:coke" [color="#1b6e3c", penwidth=3.98])"));
    CHECK_THROWS_AS(to_dot(ovens(), 2025, {.activity = {1.0, 2.0}}), chainsim::ContractError);
}
