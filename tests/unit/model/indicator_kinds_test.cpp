#include "support/catch.hpp"
#include <chainsim/model/indicator_kinds.hpp>

#include <algorithm>
#include <string>
#include <vector>

namespace model = chainsim::model;

namespace {

model::Commodity commodity(const std::string& id, model::Phase phase, model::Trade trade) {
    model::Commodity one;
    one.id = id;
    one.unit = chainsim::units::Unit::parse("t");
    one.phase = phase;
    one.trade = trade;
    return one;
}

} // namespace

TEST_CASE("What is made, sold and converted is counted of what is a product",
          "[model][indicators]") {
    model::Model one_model;
    one_model.commodities = model::Registry<model::Commodity>(
        {commodity("coke", model::Phase::solid, model::Trade::market),
         commodity("air", model::Phase::gas, model::Trade::free),
         commodity("ash", model::Phase::solid, model::Trade::waste),
         commodity("cooling", model::Phase::service, model::Trade::internal)});
    const auto kinds = model::indicator_kinds(one_model);
    const auto unit_of = [&](const std::string& id) {
        const auto found = std::find_if(kinds.begin(), kinds.end(),
                                        [&](const auto& kind) { return kind.id == id; });
        return found == kinds.end() ? std::string("none") : found->unit;
    };
    CHECK(unit_of("made_coke") == "t");
    CHECK(unit_of("sold_coke") == "t");
    CHECK(unit_of("local_conversion_coke") == "1");
    CHECK(unit_of("made_air") == "none");
    CHECK(unit_of("made_ash") == "none");
    CHECK(unit_of("made_cooling") == "none");
    CHECK(unit_of("energy_total_calorific") == "tce");
    CHECK(std::is_sorted(kinds.begin(), kinds.end(),
                         [](const auto& a, const auto& b) { return a.id < b.id; }));
}
