#include "support/catch.hpp"
#include "support/chain_builder.hpp"
#include <chainsim/graph/carriage.hpp>

#include <algorithm>
#include <string>

using chainsim::test::ChainBuilder;
namespace model = chainsim::model;
using model::FlowKind;
using model::Phase;

namespace {

/// True if `from` moves on into `to` in some process of the chain.
bool moves(const ChainBuilder& chain, const std::string& from, const std::string& to) {
    const auto library = chain.build().model;
    const auto steps = chainsim::graph::carriage(library);
    const auto a = library.commodities.find(from);
    const auto b = library.commodities.find(to);
    REQUIRE(a.has_value());
    REQUIRE(b.has_value());
    return std::any_of(steps.begin(), steps.end(),
                       [&](const auto& step) { return step.from == *a && step.to == *b; });
}

} // namespace

TEST_CASE("Feedstock moves on into product and coproduct, reagent only where it stays",
          "[graph][carriage]") {
    ChainBuilder chain;
    chain.substance("phenolate_oil", "C6H6O", Phase::liquid);
    chain.substance("caustic_soda", "NaOH");
    chain.substance("soda_ash", "Na2CO3");
    chain.substance("phenol", "C6H6O");
    chain.process("extraction", {{"phenolate_oil", -3.0},
                                 {"caustic_soda", -0.4, FlowKind::reagent},
                                 {"phenol", 1.0},
                                 {"oil", 2.0, FlowKind::coproduct},
                                 {"soda_ash", 0.5, FlowKind::byproduct}});
    CHECK(moves(chain, "phenolate_oil", "phenol"));
    CHECK(moves(chain, "phenolate_oil", "oil"));
    CHECK_FALSE(moves(chain, "caustic_soda", "phenol"));
    CHECK(moves(chain, "caustic_soda", "soda_ash"));
}

TEST_CASE("A by-product comes only from what brings its elements", "[graph][carriage]") {
    ChainBuilder chain;
    chain.substance("aniline", "C6H7N", Phase::liquid);
    chain.substance("carbon_disulphide", "CS2", Phase::liquid);
    chain.substance("mercaptan", "C7H5NS2");
    chain.substance("hydrogen_sulphide", "H2S", Phase::gas);
    chain.process("mbt", {{"aniline", -0.6},
                          {"carbon_disulphide", -0.5},
                          {"mercaptan", 1.0},
                          {"hydrogen_sulphide", 0.2, FlowKind::byproduct}});
    CHECK(moves(chain, "carbon_disulphide", "hydrogen_sulphide"));
    CHECK_FALSE(moves(chain, "aniline", "hydrogen_sulphide"));
}

TEST_CASE("What is left over of an input is no product of the others", "[graph][carriage]") {
    ChainBuilder chain;
    chain.substance("nitrobenzene", "C6H5NO2", Phase::liquid);
    chain.substance("hydrogen", "H2", Phase::gas);
    chain.substance("aniline", "C6H7N", Phase::liquid);
    chain.process("hydrogenation", {{"nitrobenzene", -1.34},
                                    {"hydrogen", -0.07},
                                    {"aniline", 1.0},
                                    {"hydrogen", 0.005, FlowKind::byproduct}});
    CHECK(moves(chain, "nitrobenzene", "aniline"));
    CHECK(moves(chain, "hydrogen", "aniline"));
    CHECK_FALSE(moves(chain, "nitrobenzene", "hydrogen"));
}

TEST_CASE("Fuel moves on into power and heat only, a utility into nothing", "[graph][carriage]") {
    ChainBuilder chain;
    chain.substance("limestone", "CaCO3");
    chain.substance("lime", "CaO");
    chain.energy("electricity");
    chain.process("kiln", {{"limestone", -1.8},
                           {"coke_breeze", -0.14, FlowKind::fuel},
                           {"electricity", -0.04, FlowKind::utility},
                           {"lime", 1.0}});
    chain.process("power_station", {{"coke_breeze", -0.3, FlowKind::fuel}, {"electricity", 1.0}});
    CHECK(moves(chain, "limestone", "lime"));
    CHECK_FALSE(moves(chain, "coke_breeze", "lime"));
    CHECK_FALSE(moves(chain, "electricity", "lime"));
    CHECK(moves(chain, "coke_breeze", "electricity"));
}

TEST_CASE("Water moves on into water only", "[graph][carriage]") {
    ChainBuilder chain;
    chain.substance("water", "H2O", Phase::liquid);
    chain.substance("fresh_water", "H2O", Phase::liquid);
    chain.substance("wastewater", "H2O", Phase::liquid);
    chain.substance("hydrogen_peroxide", "H2O2", Phase::liquid);
    chain.substance("methanol", "CH4O", Phase::liquid);
    chain.process("waterworks", {{"fresh_water", -1.1}, {"water", 1.0}});
    chain.process("methanol_plant", {{"gas", -1.0},
                                     {"water", -0.5},
                                     {"methanol", 1.0},
                                     {"wastewater", 0.2, FlowKind::byproduct}});
    chain.process("oxidation", {{"hydrogen_peroxide", -1.0}, {"oxide", 1.0}});
    CHECK(moves(chain, "fresh_water", "water"));
    CHECK_FALSE(moves(chain, "water", "methanol"));
    CHECK_FALSE(moves(chain, "gas", "wastewater"));
    CHECK(moves(chain, "hydrogen_peroxide", "oxide"));
}

TEST_CASE("A waste that is a stream of its own can be gone on with, a loss cannot",
          "[graph][carriage]") {
    ChainBuilder chain;
    chain.commodity("gangue").trade = model::Trade::waste;
    chain.process("washing", {{"raw_coal", -1.8},
                              {"clean_coal", 1.0},
                              {"gangue", 0.4, FlowKind::waste},
                              {"middlings", 0.1, FlowKind::waste},
                              {"dust", 0.1, FlowKind::emission}});
    CHECK(moves(chain, "raw_coal", "gangue"));
    CHECK_FALSE(moves(chain, "raw_coal", "middlings"));
    CHECK_FALSE(moves(chain, "raw_coal", "dust"));
}

TEST_CASE("A reagent that comes out again does not move on", "[graph][carriage]") {
    ChainBuilder chain;
    chain.process("refining", {{"pitch", -1.0},
                               {"wash_oil", -0.5, FlowKind::reagent},
                               {"refined_pitch", 1.0},
                               {"wash_oil", 0.499, FlowKind::waste}});
    CHECK(moves(chain, "pitch", "refined_pitch"));
    CHECK_FALSE(moves(chain, "wash_oil", "refined_pitch"));
}

TEST_CASE("A main feedstock is a tenth of their mass or more", "[graph][carriage]") {
    ChainBuilder chain;
    chain.process("furnace", {{"lime", -0.9}, {"coke", -0.5}, {"breeze", -0.06}, {"carbide", 1.0}});
    const auto library = chain.build().model;
    for (const auto& step : chainsim::graph::carriage(library)) {
        INFO(library.commodities[step.from].id);
        CHECK(step.main == (library.commodities[step.from].id != "breeze"));
    }
}

TEST_CASE("A trace of a reagent in a product is no product of the reagent", "[graph][carriage]") {
    ChainBuilder chain;
    chain.substance("caustic_soda", "NaOH");
    auto& crude = chain.substance("crude_phenol", "C6H6O", Phase::liquid);
    for (auto& part : crude.composition) {
        part *= 0.998;
    }
    crude.composition[static_cast<std::size_t>(model::Element::Na)] = 0.002;
    chain.process(
        "extraction",
        {{"oil", -3.0}, {"caustic_soda", -0.4, FlowKind::reagent}, {"crude_phenol", 1.0}});
    CHECK(moves(chain, "oil", "crude_phenol"));
    CHECK_FALSE(moves(chain, "caustic_soda", "crude_phenol"));
}

TEST_CASE("Hydrogen as a reagent moves on into products, not into by-products",
          "[graph][carriage]") {
    ChainBuilder chain;
    chain.substance("hydrogen", "H2", Phase::gas);
    chain.substance("benzol", "C6H6", Phase::liquid);
    chain.substance("benzene", "C6H6", Phase::liquid);
    chain.substance("hydrogen_sulphide", "H2S", Phase::gas);
    chain.process("hydrofining", {{"benzol", -1.4},
                                  {"hydrogen", -0.01, FlowKind::reagent},
                                  {"benzene", 1.0},
                                  {"hydrogen_sulphide", 0.007, FlowKind::byproduct}});
    CHECK(moves(chain, "hydrogen", "benzene"));
    CHECK_FALSE(moves(chain, "hydrogen", "hydrogen_sulphide"));
}
