#include "support/catch.hpp"
#include <chainsim/base/diagnostic.hpp>
#include <chainsim/optimise/mps.hpp>

#include <string>
#include <vector>

using namespace chainsim::optimise; // NOLINT(google-build-using-namespace)

namespace {

/// Three columns: x, a name longer than GLPK's table is wide, and y.
Program three_columns() {
    ProgramBuilder builder;
    builder.add_column("x", 0.0, infinity);
    builder.add_column("averyveryverylongname1", 0.0, infinity);
    builder.add_column("y", 0.0, infinity, 0.0, true);
    return builder.build("three", false);
}

std::vector<double> read_solution(const std::string& text) {
    return parse_solution(text, three_columns(), "plan.sol");
}

const std::vector<double> expected_point{2.0, 6.0, 3.0};

} // namespace

SCENARIO("The files of CBC are read", "[optimise][solution]") {
    const std::string text = "Optimal - objective value 39.00000000\n"
                             "      0 x                      2                       0\n"
                             "**    1 averyveryverylongname1                      6    -5e-07\n"
                             "      2 y                      3                       0\n";
    CHECK(read_solution(text) == expected_point);
    CHECK(claimed_status(text) == Status::optimal);
    CHECK(claimed_status("Integer infeasible - objective value 9.5\n") == Status::infeasible);
    CHECK(claimed_status("Infeasible - objective value 5\n") == Status::infeasible);
    CHECK(claimed_status("Unbounded - objective value 0\n") == Status::unbounded);
    CHECK(claimed_status("Stopped on time - objective value 1\n") == Status::stopped);
    CHECK_FALSE(claimed_status("x 1\n").has_value());
    // Zeros are left out.
    CHECK(read_solution("Optimal - objective value 3\n      2 y     3     0\n") ==
          std::vector<double>{0.0, 0.0, 3.0});
}

SCENARIO("What glpsol writes is read", "[optimise][solution]") {
    const std::string whole = "c Problem:    w\nc Status:     INTEGER OPTIMAL\nc\n"
                              "s mip 2 3 o 39\ni 1 39\ni 2 2\nj 1 2\nj 2 6\nj 3 3\ne o f\n";
    CHECK(read_solution(whole) == expected_point);
    CHECK(claimed_status(whole) == Status::optimal);
    const std::string basic = "c Problem:    w\nc Status:     OPTIMAL\nc\ns bas 1 3 f f 39\n"
                              "i 1 b 39 0\nj 1 b 2 0\nj 2 b 6 0\nj 3 l 3 1.5\ne o f\n";
    CHECK(read_solution(basic) == expected_point);
    CHECK(claimed_status("c Status:     INTEGER EMPTY\ns mip 1 2 n 0\n") == Status::infeasible);
    // Its presolver says no more of what is infeasible or unbounded.
    CHECK(claimed_status("c Status:     UNDEFINED\ns bas 2 2 u u 0\n") == Status::stopped);
}

SCENARIO("What glpsol prints is read, long names and all", "[optimise][solution]") {
    const std::string whole = R"(Problem:    w
Rows:       2
Status:     INTEGER OPTIMAL
Objective:  z = 39 (MAXimum)

   No.   Row name        Activity     Lower bound   Upper bound
------ ------------    ------------- ------------- -------------
     1 x                          39                             
     2 a                           2                         4.5 

   No. Column name       Activity     Lower bound   Upper bound
------ ------------    ------------- ------------- -------------
     1 x                           2             0               
     2 averyveryverylongname1
                                   6             0               
     3 y            *              3             0               

Integer feasibility conditions:

KKT.PE: max.abs.err = 0.00e+00 on row 0
        max.rel.err = 0.00e+00 on row 0
        High quality

End of output
)";
    CHECK(read_solution(whole) == expected_point);
    const std::string basic = R"(Problem:    w
Status:     OPTIMAL

   No. Column name  St   Activity     Lower bound   Upper bound    Marginal
------ ------------ -- ------------- ------------- ------------- -------------
     1 x            B              2             0               
     2 averyveryverylongname1
                    NU             6             0             6         < eps
     3 y            B              3             0               

Karush-Kuhn-Tucker optimality conditions:
)";
    CHECK(read_solution(basic) == expected_point);
    CHECK(claimed_status(basic) == Status::optimal);
}

SCENARIO("A list of names and values is read", "[optimise][solution]") {
    CHECK(read_solution("# a comment\ny 3\n\naveryveryverylongname1 6.0e0\nx\t2\n") ==
          expected_point);
    CHECK(read_solution("") == std::vector<double>(3, 0.0));
}

SCENARIO("A solution of another program is refused", "[optimise][solution]") {
    CHECK_THROWS_WITH(read_solution("x 1\nz 2\ny many\n"),
                      "plan.sol:2:1: error: no column is called 'z'\n"
                      "    2 | z 2\n"
                      "      | ^\n"
                      "plan.sol:3:3: error: 'many' is no number\n"
                      "    3 | y many\n"
                      "      |   ^\n"
                      "  help:  write for example 12.5 or -3e4");
    CHECK_THROWS_WITH(read_solution("averyveryverylongname2 1\n"),
                      Catch::Contains("did you mean 'averyveryverylongname1'?"));
    CHECK_THROWS_WITH(read_solution("x\n"),
                      Catch::Contains("a line of a solution is a name and a value"));
    CHECK_THROWS_WITH(read_solution("x inf\n"), Catch::Contains("a value of a point is finite"));
    CHECK_THROWS_WITH(read_solution("c\ns mip 1 3 o 0\nj 4 1\n"),
                      Catch::Contains("there is no column 4: the program has 3"));
    CHECK_THROWS_WITH(read_solution("c\ns mip 1 3 o 0\nj 1\n"),
                      Catch::Contains("the value of a column is missing"));
}
