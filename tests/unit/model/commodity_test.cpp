#include "support/catch.hpp"
#include <chainsim/model/commodity.hpp>

using namespace chainsim::model;

TEST_CASE("Each element has a symbol that reads back", "[model][commodity]") {
    for (std::size_t i = 0; i < element_count; ++i) {
        const auto element = static_cast<Element>(i);
        CHECK(to_element(to_string(element)) == element);
    }
    CHECK(to_string(Element::Cl) == "Cl");
    CHECK(to_string(Element::ash) == "ash");
    CHECK(to_element("Na") == Element::Na);
    CHECK_FALSE(to_element("na"));
    CHECK_FALSE(to_element("Xx"));
}
