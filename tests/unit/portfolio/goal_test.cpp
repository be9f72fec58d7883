#include "support/catch.hpp"
#include "works.hpp"
#include <chainsim/base/diagnostic.hpp>

using Catch::Matchers::Contains;
using namespace chainsim;
using test::works;
using test::Works;

SCENARIO("A goal is read from its text", "[portfolio][goal]") {
    const Works one(works(1.0, 1.0));
    const auto read = [&](const char* text) { return portfolio::parse_goal(text, one.district); };

    THEN("an indicator is made large, a burden small, unless it is said otherwise") {
        CHECK(read("value_added").is_maximised);
        CHECK_FALSE(read("capex").is_maximised);
        CHECK_FALSE(read("min value_added").is_maximised);
        CHECK(read("max capex").is_maximised);
    }
    THEN("a sum has weights and signs") {
        const auto goal = read("npv - 0.5 made_parts + made_iron");
        REQUIRE(goal.terms.size() == 3);
        CHECK(goal.terms[0] == std::pair(std::string("npv"), 1.0));
        CHECK(goal.terms[1] == std::pair(std::string("made_parts"), -0.5));
        CHECK(goal.terms[2] == std::pair(std::string("made_iron"), 1.0));
        CHECK(goal.unit.empty());
    }
    THEN("what is no goal is refused, with the nearest that is one") {
        CHECK_THROWS_WITH(read("made_part"), Contains("unknown indicator 'made_part' as a goal") &&
                                                 Contains("did you mean 'made_parts'?"));
        CHECK_THROWS_WITH(read("npv made_parts"), Contains("a sign is missing"));
        CHECK_THROWS_WITH(read(""), Contains("an indicator is missing"));
        CHECK_THROWS_WITH(read("local_conversion_iron"),
                          Contains("cannot be a goal: it is the quotient of two"));
    }
}

SCENARIO("A quantity that is no money is told as its mean of the years that count it",
         "[portfolio][goal]") {
    const Works one(works(1.0, 1.0, {2025, 2026, 2030}), "made_iron");
    // 2026 stands for the four years to 2029.
    CHECK(one.valuer.factor(0) == 1.0 / 6.0);
    CHECK(one.valuer.factor(1) == 4.0 / 6.0);
    CHECK(one.valuer.factor(2) == 1.0 / 6.0);
}
