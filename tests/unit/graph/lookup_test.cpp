#include "support/catch.hpp"
#include "support/chain_builder.hpp"
#include <chainsim/graph/lookup.hpp>

#include <string>

using chainsim::graph::look_up;

namespace {

chainsim::model::Model library() {
    chainsim::test::ChainBuilder chain;
    auto& gas = chain.commodity("coke_oven_gas");
    gas.name = {"净焦炉煤气", "clean coke-oven gas"};
    gas.aliases = {"COG", "焦炉煤气"};
    chain.commodity("coke").name = {"焦炭", "coke"};
    chain.family("olefins", {"ethylene", "propylene"});
    chain.commodity("ethylene");
    chain.commodity("propylene");
    return chain.build().model;
}

} // namespace

TEST_CASE("A commodity is known by its id, its aliases and its names", "[graph][lookup]") {
    const auto model = library();
    for (const std::string word : {"coke_oven_gas", "cog", "COG", "焦炉煤气", "净焦炉煤气",
                                   "Clean coke-oven gas", "coke oven gas"}) {
        INFO(word);
        CHECK(look_up(model, word).id == "coke_oven_gas");
    }
}

TEST_CASE("A family stands for its members", "[graph][lookup]") {
    const auto model = library();
    const auto meaning = look_up(model, "Olefins");
    CHECK(meaning.family);
    CHECK(meaning.id == "olefins");
    CHECK(meaning.members.size() == 2);
}

TEST_CASE("A word that means nothing is refused with the nearest known one", "[graph][lookup]") {
    const auto model = library();
    CHECK_THROWS_WITH(look_up(model, "coke_oven_gsa"),
                      "unknown commodity 'coke_oven_gsa'; did you mean 'coke_oven_gas'?");
    CHECK_THROWS_WITH(look_up(model, "煤气"),
                      "unknown commodity '煤气'; known are '焦炉煤气', '净焦炉煤气'");
    CHECK_THROWS_WITH(look_up(model, "焦碳"), "unknown commodity '焦碳'; known are '焦炭'");
    const std::string where = ": the files of the models name them, under `commodities`";
    CHECK_THROWS_WITH(look_up(model, "uranium"), "unknown commodity 'uranium'" + where);
    CHECK_THROWS_WITH(look_up(model, ""), "unknown commodity ''" + where);
}
