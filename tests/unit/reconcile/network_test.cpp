#include "support/catch.hpp"
#include <chainsim/base/diagnostic.hpp>
#include <chainsim/reconcile/measurements.hpp>
#include <chainsim/reconcile/solver.hpp>

#include <algorithm>
#include <string>

using Catch::Matchers::Contains;
using Catch::Matchers::WithinRel;
using namespace chainsim::reconcile;
using chainsim::InputError;

namespace {

const Variable& variable(const Measurements& read, const std::string& id) {
    const auto found = std::find_if(read.problem.variables.begin(), read.problem.variables.end(),
                                    [&](const auto& one) { return one.id == id; });
    REQUIRE(found != read.problem.variables.end());
    return *found;
}

std::string refusal_of_network(const std::string& text) {
    try {
        (void)read_network(text, "m.csv");
    } catch (const InputError& error) {
        return error.what();
    }
    return {};
}

} // namespace

SCENARIO("A network is read from a table of streams", "[reconcile][network]") {
    GIVEN("three streams at a node, with a mark of UTF-8 and lines as Windows ends them") {
        const auto read =
            read_network("\xEF\xBB\xBFstream,from,to,value,unit,uncertainty,coverage\r\n"
                         "feed,,split,100,t,2 %,\r\n"
                         "a,split,,60,t,1.96,95 %\r\n"
                         "b,split,,,kg,,\r\n",
                         "m.csv");
        THEN("there is one balance, in the unit of its first stream by id") {
            REQUIRE(read.problem.conditions.size() == 1);
            CHECK(read.problem.conditions[0].id == "split");
            const auto solution = solve(read.problem);
            REQUIRE(solution.outcome == Outcome::solved);
            CHECK_THAT(solution.estimates[2].value, WithinRel(40000.0, 1e-12));
        }
        THEN("uncertainties are standard deviations") {
            CHECK_THAT(variable(read, "feed").sigma, WithinRel(2.0, 1e-12));
            CHECK_THAT(variable(read, "a").sigma, WithinRel(1.0, 1e-4)); // 1.96 is 1.959964
            CHECK_FALSE(variable(read, "b").measured);
        }
        THEN("flows are not negative") { CHECK(variable(read, "feed").lower == 0.0); }
    }
    GIVEN("the same in Chinese") {
        const auto read = read_network("流股,名称,起点,终点,数值,单位,不确定度,置信水平,下限,上限\n"
                                       "精煤,入炉煤,,焦炉,\"1,234.5\",万吨,0.5 t,k=2,无,\n"
                                       "焦炭,冶金焦,焦炉,,900,万吨,3,2倍标准差,10,2000\n",
                                       "m.csv");
        THEN("it reads alike, digits grouped or not") {
            CHECK_THAT(*variable(read, "精煤").measured, WithinRel(1234.5, 1e-15));
            CHECK_THAT(variable(read, "精煤").sigma, WithinRel(0.25e-4, 1e-12));
            CHECK(variable(read, "精煤").lower == -unbounded);
            CHECK(variable(read, "焦炭").lower == 10.0);
            CHECK(variable(read, "焦炭").upper == 2000.0);
            CHECK(read.labels[0].zh == "入炉煤");
        }
    }
}

SCENARIO("Fractions make component balances", "[reconcile][network]") {
    GIVEN("a separator with salt measured in two of three streams") {
        const auto read = read_network("stream,from,to,component,value,unit,uncertainty\n"
                                       "feed,,sep,,100,t,1\n"
                                       "feed,,,salt,30,%,0.3\n"
                                       "rich,sep,,,40,t,1\n"
                                       "rich,,,salt,0.7,,0.01\n"
                                       "poor,sep,,,,t,\n",
                                       "m.csv");
        THEN("the third holds it unmeasured, and total and salt balance") {
            CHECK_FALSE(variable(read, "poor.salt").measured);
            REQUIRE(read.problem.conditions.size() == 2);
            CHECK(read.problem.conditions[1].id == "sep: salt");
            const auto solution = solve(read.problem);
            REQUIRE(solution.outcome == Outcome::solved);
            CHECK_THAT(solution.estimates[4].value, WithinRel(60.0, 1e-12));
            CHECK_THAT(solution.estimates[5].value, WithinRel((30.0 - 28.0) / 60.0, 1e-10));
        }
        THEN("a fraction in % is at most 100") {
            CHECK(variable(read, "feed.salt").upper == 100.0);
        }
    }
}

SCENARIO("Equations are further conditions", "[reconcile][network]") {
    const auto read = read_network("stream,value,unit,uncertainty,equation\n"
                                   "a,10,t,1,\n"
                                   "b,5000,kg,500,\n"
                                   "balance,,,,a = 2 b + 1\n",
                                   "m.csv");
    REQUIRE(read.problem.conditions.size() == 1);
    CHECK(read.problem.conditions[0].id == "balance");
    const auto solution = solve(read.problem);
    THEN("they are in the unit of the first stream") {
        const double a = solution.estimates[0].value;
        const double b = solution.estimates[1].value;
        CHECK_THAT(a, WithinRel(2.0 * b / 1000.0 + 1.0, 1e-10));
    }
}

SCENARIO("Errors may be correlated", "[reconcile][network]") {
    const auto read =
        read_network("stream,from,to,value,unit,uncertainty,correlated_with,correlation\n"
                     "a,,n,10,t,1,,\nb,,n,20,t,1,a,0.5\nsum,n,,33,t,1,,\n",
                     "m.csv");
    REQUIRE(read.problem.correlations.size() == 1);
    CHECK_THAT(solve(read.problem).estimates[0].adjustment, WithinRel(1.125, 1e-12));
}

SCENARIO("What is wrong with a network is told at once, with its places", "[reconcile][network]") {
    const auto told =
        refusal_of_network("stream,from,to,component,value,unit,uncertainty,coverage,min,max\n"
                           "feed,,n,,abc,t,1,,,\n"      // 2: no number
                           "feed,,n,,1,t,1,,,\n"        // 3: a second one
                           "out,n,n,,1,t,1,,,\n"        // 4: to itself
                           "a,n,,,5,tt,1,,,\n"          // 5: no unit
                           "b,n,,,5,t,-1,,,\n"          // 6: below zero
                           "c,n,,,5,t,,,,\n"            // 7: no uncertainty
                           "d,n,,,0,t,2 %,,,\n"         // 8: 2 % of nothing
                           "e,n,,,5,t,1,often,,\n"      // 9: no coverage
                           "f,n,,,5,t,1,,3,2\n"         // 10: bounds cross
                           "feet,,,salt,0.1,,0.01,,,\n" // 11: no such stream
                           ",n,,,5,t,1,,,\n"            // 12: no id
                           "g,n,,,,t,1,,,\n"            // 13: uncertainty of nothing
                           "h,n,,,5,,1,,,\n"            // 14: no unit
                           "feed,n,,x,5,t,1,,,\n");     // 15: nodes and unit of a fraction
    for (const char* text :
         {"m.csv:2:10: error: 'abc' is no number", "m.csv:3:1: error: a second stream 'feed'",
          "m.csv:4:7: error: 'out' flows from 'n' to itself",
          "m.csv:5:", "m.csv:6:11: error: an uncertainty of '-1' is below zero",
          "m.csv:7:11: error: a measured value without an uncertainty",
          "m.csv:8:11: error: '2 %' of a value of 0 is 0",
          "m.csv:9:13: error: 'often' is no coverage",
          "m.csv:10:16: error: '2' is below the least value, 3",
          "m.csv:11:1: error: no stream 'feet'", "did you mean 'feed'?",
          "m.csv:12:1: error: a row without a stream",
          "m.csv:13:10: error: an uncertainty without a value",
          "m.csv:14:9: error: a flow without a unit",
          "m.csv:15:6: error: a fraction flows nowhere by itself",
          "m.csv:15:13: error: 't' is no unit of a fraction"}) {
        CHECK_THAT(told, Contains(text));
    }
}

SCENARIO("Headings are checked first", "[reconcile][network]") {
    CHECK_THAT(refusal_of_network("stream,form,to,value,unit\na,,n,1,t\n"),
               Contains("m.csv:1:8: error: unknown column 'form'") &&
                   Contains("did you mean 'from'?"));
    CHECK_THAT(refusal_of_network("from,to,value\n,n,1\n"), Contains("no column `stream`"));
    CHECK_THAT(refusal_of_network("stream,value,数值\na,1,1\n"),
               Contains("a second column `value`"));
    CHECK_THAT(refusal_of_network("stream,value\na,1,2\n"),
               Contains("3 cells in a table of 2 columns"));
    CHECK_THAT(refusal_of_network("stream,value\n"), Contains("no streams"));
    CHECK_THAT(refusal_of_network(""), Contains("an empty table"));
    CHECK_THAT(refusal_of_network("stream,value\n\xff\xfe,1\n"),
               Contains("m.csv:2:1: error: the file is no UTF-8"));
}

SCENARIO("Nodes and equations add what can be added", "[reconcile][network]") {
    CHECK_THAT(
        refusal_of_network("stream,from,to,value,unit,uncertainty\na,,n,1,t,1\nb,n,,1,MWh,1\n"),
        Contains("m.csv:3:8: error: node 'n' adds mass and energy"));
    CHECK_THAT(refusal_of_network(
                   "stream,value,unit,uncertainty,equation\na,1,t,1,\nb,1,GJ,1,\n,,,,a = b\n"),
               Contains("m.csv:4:5: error: it adds mass and energy"));
    CHECK_THAT(
        refusal_of_network("stream,value,unit,uncertainty,equation\nflow,1,t,1,\n,,,,flaw = 1\n"),
        Contains("no stream or fraction 'flaw'") && Contains("did you mean 'flow'?"));
    CHECK_THAT(
        refusal_of_network("stream,value,unit,uncertainty,equation\na,1,t,1,\n,,,,a + = 1\n"),
        Contains("'= 1' is not expected"));
}

SCENARIO("Correlations name another error, and can be", "[reconcile][network]") {
    const std::string head = "stream,value,unit,uncertainty,correlated_with,correlation\n";
    CHECK_THAT(refusal_of_network(head + "a,1,t,1,b,\nb,1,t,1,,\n"), Contains("fill both"));
    CHECK_THAT(refusal_of_network(head + "a,1,t,1,b,1.5\nb,1,t,1,,\n"),
               Contains("'1.5' is no correlation"));
    CHECK_THAT(refusal_of_network(head + "a,1,t,1,a,0.5\n"), Contains("'a' has no other error"));
    CHECK_THAT(refusal_of_network(head + "a,1,t,1,b,0.9\nb,1,t,1,c,0.9\nc,1,t,1,a,-0.9\n"),
               Contains("no errors can be correlated like this"));
    CHECK_THAT(refusal_of_network(head + "a,1,t,1,b,0.9\nb,1,t,1,a,-0.9\n"),
               Contains("m.csv:3:") && Contains("the same two a second time") &&
                   Contains("line 2 has their correlation already"));
}

SCENARIO("A stream is not called as the fraction of another", "[reconcile][network]") {
    const std::string head = "stream,from,to,component,value,unit,uncertainty\n";
    CHECK_THAT(refusal_of_network(head + "a,,n,,1,t,1\na.x,n,,,1,t,1\na,,,x,0.5,,0.1\n"),
               Contains("m.csv:4:1: error: 'a.x' is the name of another quantity") &&
                   Contains("line 3 has it"));
    // Here the fraction of `a` is told by nobody: the node makes it.
    CHECK_THAT(refusal_of_network(head + "a,,n,,1,t,1\na.x,n,,,1,t,1\na.x,,,x,0.5,,0.1\n"),
               Contains("m.csv:3:1: error: 'a.x' is the name of another quantity"));
}

SCENARIO("A table of facilities is told from one of streams", "[reconcile][network]") {
    CHECK(is_of_plants("year,facility,commodity\n", "m.csv"));
    CHECK(is_of_plants("年份,装置,物料\n", "m.csv"));
    CHECK_FALSE(is_of_plants("stream,from,to\n", "m.csv"));
}
