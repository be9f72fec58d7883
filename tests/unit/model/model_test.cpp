#include "support/catch.hpp"
#include "support/chain_builder.hpp"
#include <chainsim/model/model.hpp>

using namespace chainsim;

TEST_CASE("A price without VAT is the price by one plus the rate", "[model][price]") {
    model::Price price;
    price.path = model::Path(test::datum(1130.0, "CNY/t"));
    const auto tonne = units::Unit::parse("t");
    CHECK(price.without_vat(2025, tonne).value() == 1130.0);
    price.vat = 0.13;
    price.vat_included = true;
    CHECK(price.without_vat(2025, tonne).value() == Approx(1000.0).epsilon(1e-12));
}

TEST_CASE("A price comes per unit of account", "[model][price]") {
    model::Price price;
    price.path = model::Path(test::datum(0.5, "元/千瓦时"));
    CHECK(price.without_vat(2025, units::Unit::parse("MWh")).value() ==
          Approx(500.0).epsilon(1e-12));
}

TEST_CASE("A commodity is found by id, alias and name, in this order", "[model]") {
    test::ChainBuilder chain;
    auto& gas = chain.commodity("coke_oven_gas");
    gas.aliases = {"COG", "焦炉煤气"};
    gas.name = {"净焦炉煤气", "clean coke-oven gas"};
    chain.commodity("coke").name = {"COG", "coke"}; // a name that another has as alias
    const auto model = chain.build().model;
    const auto id_of = [&](const char* word) {
        return model.commodities[model.find_commodity(word).value()].id;
    };
    CHECK(id_of("coke_oven_gas") == "coke_oven_gas");
    CHECK(id_of("焦炉煤气") == "coke_oven_gas");
    CHECK(id_of("clean coke-oven gas") == "coke_oven_gas");
    CHECK(id_of("COG") == "coke_oven_gas");
    CHECK_FALSE(model.find_commodity("uranium"));
}
