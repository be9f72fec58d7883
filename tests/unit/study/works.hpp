#pragma once

#include "support/chain_builder.hpp"
#include <chainsim/study/study.hpp>

#include <set>
#include <string>
#include <utility>

namespace chainsim::test {

/// A mill of the base, 10 t of iron (100 CNY/t) from bought ore (1.5 t/t at 10 CNY/t), 850 CNY; and
/// what projects may build, each from 2020:
///
/// - kiln: 20 t of lime (50 CNY/t) from bought stone (2 t/t at 5 CNY/t), 800 CNY;
/// - mine: 8 t of rock that is neither bought nor sold, so that without a mill for it none is made;
/// - rock_mill: 8 t of gravel (25 CNY/t) from as much rock, 200 CNY, nothing without the mine;
/// - new_mill: 12 t of iron, 1020 CNY, in the place of the old mill.
inline ChainBuilder works_chain(const std::set<std::string>& built) {
    ChainBuilder chain("works");
    chain.process("milling", {{"ore", -1.5}, {"iron", 1.0}});
    chain.process("burning", {{"stone", -2.0}, {"lime", 1.0}});
    chain.process("mining", {{"rock", 1.0}});
    chain.process("crushing", {{"rock", -1.0}, {"gravel", 1.0}});
    for (const auto& [bought, price] : {std::pair("ore", 10.0), std::pair("stone", 5.0)}) {
        chain.market(bought, open_side(), std::nullopt);
        chain.price(bought, price);
    }
    chain.market("rock", closed_side(), closed_side());
    for (const auto& [made, price] :
         {std::pair("iron", 100.0), std::pair("lime", 50.0), std::pair("gravel", 25.0)}) {
        chain.price(made, price);
    }
    auto& old_mill = chain.facility("old_mill", "milling", 10.0);
    if (built.contains("new_mill")) { // as the loader does
        old_mill.retire = 2020;
    }
    const auto project = [&](const std::string& id, const std::string& process, double capacity) {
        model::Project one;
        one.id = id;
        one.name = {id, id};
        one.facilities = {id + "_plant"};
        one.start = 2020;
        one.selected = built.contains(id);
        if (id == "new_mill") {
            one.replaces = {"old_mill"};
        }
        if (one.selected) {
            auto& plant = chain.facility(id + "_plant", process, capacity);
            plant.project = id;
            plant.start = 2020;
        }
        chain.project(std::move(one));
    };
    project("kiln", "burning", 20.0);
    project("mine", "mining", 8.0);
    project("rock_mill", "crushing", 8.0);
    project("new_mill", "milling", 12.0);
    return chain;
}

inline study::Study works(const std::set<std::string>& built) {
    return study::Study(works_chain(built).build());
}

} // namespace chainsim::test
