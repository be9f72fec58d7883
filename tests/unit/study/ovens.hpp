#pragma once

#include "support/chain_builder.hpp"
#include <chainsim/base/sha256.hpp>
#include <chainsim/study/study.hpp>

namespace chainsim::test {

/// Two ovens of 100 t and 50 t of coke a year on bought coal, and a tar plant that the tar of both
/// (0.05 t per t coke: 7.5 t) does not fill. Coke and pitch are sold.
inline ChainBuilder ovens_chain() {
    ChainBuilder chain("ovens");
    chain.energy("electricity");
    chain.process("coking", {{"coal", -1.4},
                             {"electricity", -0.03, model::FlowKind::utility},
                             {"coke", 1.0},
                             {"tar", 0.05},
                             {"smoke", 0.35, model::FlowKind::emission}});
    chain.commodity("smoke").sink = model::Sink::emit;
    chain.commodity("smoke").trade = model::Trade::waste;
    auto& distillation =
        chain.process("distillation", {{"tar", -1.25}, {"pitch", 1.0}, {"oil", 0.25}});
    distillation.driver = model::Driver::on_supply;
    chain.facility("ovens_a", "coking", 100.0);
    chain.facility("ovens_b", "coking", 50.0).name = {"焦炉二号", "ovens no. 2"};
    chain.facility("still", "distillation", 20.0).driver = model::Driver::on_supply;
    chain.facility("still_2", "distillation", 20.0).start = 2030;
    for (const char* bought : {"coal", "electricity"}) {
        chain.market(bought, open_side(), std::nullopt);
    }
    chain.market("tar", closed_side(), closed_side());
    for (const char* priced : {"coal", "coke", "pitch", "oil", "tar", "electricity"}) {
        chain.price(priced, 100.0);
    }
    return chain;
}

/// The scenario with what the loader would fill in besides.
inline model::Scenario ovens(const ChainBuilder& chain = ovens_chain(),
                             std::vector<int> years = {2025}) {
    auto scenario = chain.build(std::move(years));
    scenario.inputs = {{"models/coal.yaml", "format: chainsim.models/1\n",
                        sha256(R"({"format":"chainsim.models/1",})")},
                       {"study/ovens.yaml", "format: chainsim.scenario/1\n",
                        sha256(R"({"format":"chainsim.scenario/1",})")}};
    const auto tar = scenario.model.commodities.find("tar").value();
    for (const char* id : {"still", "still_2"}) {
        if (const auto still = scenario.facilities.find(id)) {
            scenario.facilities[*still].driving_feed = tar;
        }
    }
    return scenario;
}

} // namespace chainsim::test
