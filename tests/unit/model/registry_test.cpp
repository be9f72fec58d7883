#include "support/catch.hpp"
#include <chainsim/model/registry.hpp>

using chainsim::ContractError;
using chainsim::model::Registry;

namespace {

struct Thing {
    std::string id;
    int value = 0;
};

} // namespace

TEST_CASE("Records are in order of their ids, whatever order they came in", "[model][registry]") {
    const Registry<Thing> one({{"b", 2}, {"a", 1}, {"c", 3}});
    const Registry<Thing> other({{"c", 3}, {"b", 2}, {"a", 1}});
    CHECK(one.ids() == std::vector<std::string>{"a", "b", "c"});
    CHECK(one.ids() == other.ids());
    CHECK(one.at("b").value == 2);
    CHECK(one[*one.find("c")].value == 3);
    CHECK_FALSE(one.find("d"));
}

TEST_CASE("Two records with one id are a mistake of the program", "[model][registry]") {
    CHECK_THROWS_AS(Registry<Thing>({{"a", 1}, {"a", 2}}), ContractError);
    CHECK_THROWS_AS(Registry<Thing>({{"a", 1}}).at("b"), ContractError);
}
