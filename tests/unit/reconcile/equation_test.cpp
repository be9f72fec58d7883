#include "support/catch.hpp"
#include <chainsim/reconcile/detail/equation.hpp>

using chainsim::reconcile::detail::EquationError;
using chainsim::reconcile::detail::parse_equation;

namespace {

std::string told(const std::string& text) {
    std::string out;
    for (const auto& term : parse_equation(text)) {
        out += std::to_string(term.factor).substr(0, 5);
        for (const auto& name : term.names) {
            out += " " + name;
        }
        out += ";";
    }
    return out;
}

} // namespace

TEST_CASE("An equation is a list of terms on one side", "[reconcile][equation]") {
    CHECK(told("a = b") == "1.000 a;-1.00 b;");
    CHECK(told("a + b - 0.4 c = 2") == "1.000 a;1.000 b;-0.40 c;-2.00;");
    CHECK(told("-a=-2*b") == "-1.00 a;2.000 b;");
    CHECK(told("feed.x + feed.y = 1") == "1.000 feed.x;1.000 feed.y;-1.00;");
    CHECK(told("煤气 = 0.5 * 焦炉.甲烷") == "1.000 煤气;-0.50 焦炉.甲烷;");
    CHECK(told("[S-1] + [in flow] = 3 q * h") == "1.000 S-1;1.000 in flow;-3.00 q h;");
}

TEST_CASE("What is no equation says why", "[reconcile][equation]") {
    CHECK_THROWS_WITH(parse_equation("a + b"), "there is no '='");
    CHECK_THROWS_WITH(parse_equation(""), "it ends too early");
    CHECK_THROWS_WITH(parse_equation("a ="), "it ends too early");
    CHECK_THROWS_WITH(parse_equation("a = b = c"), "'= c' is not expected");
    CHECK_THROWS_WITH(parse_equation("a * b * c = 1"), "'c = 1' is not expected");
    CHECK_THROWS_WITH(parse_equation("a ++ b = 1"), "'+ b = 1' is not expected");
    CHECK_THROWS_WITH(parse_equation("[a = 1"), "'[' is not closed");
    CHECK_THROWS_AS(parse_equation("01 a = 1"), EquationError);
    CHECK_THROWS_AS(parse_equation("2 * = 1"), EquationError);
}
