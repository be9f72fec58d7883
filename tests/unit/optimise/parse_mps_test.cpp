#include "support/catch.hpp"
#include <chainsim/base/diagnostic.hpp>
#include <chainsim/optimise/mps.hpp>

#include <random>
#include <string>

using namespace chainsim::optimise; // NOLINT(google-build-using-namespace)

namespace {

/// A file of one column and one row, with lines put below a section.
std::string small_file(const std::string& columns, const std::string& rest) {
    return "NAME small\nROWS\n N cost\n L cap\n E mass\nCOLUMNS\n x cost 1 cap 2\n" + columns +
           "RHS\n RHS cap 10 mass 4\n" + rest + "ENDATA\n";
}

Program with_bounds(const std::string& lines) {
    return parse_mps(small_file("", "BOUNDS\n" + lines), "small.mps");
}

std::string refusal_of(const std::string& text) {
    try {
        static_cast<void>(parse_mps(text, "plan.mps"));
    } catch (const chainsim::InputError& error) {
        return error.what();
    }
    return "accepted";
}

} // namespace

SCENARIO("A fixed file with blanks in its names is read by the places of its fields",
         "[optimise][mps]") {
    const auto program = parse_mps("NAME          TWO WORDS\n"
                                   "ROWS\n"
                                   " N  COST\n"
                                   " L  LIM A\n"
                                   " G  LIM B\n"
                                   "COLUMNS\n"
                                   "    IRON ORE  COST               2.0   LIM A              1.0\n"
                                   "    IRON ORE  LIM B              1.0\n"
                                   "    COAL      COST              -1.5   LIM A              3.0\n"
                                   "RHS\n"
                                   "    RHS       LIM A             80.0   LIM B             10.0\n"
                                   "BOUNDS\n"
                                   " UP BND       IRON ORE          40.0\n"
                                   "ENDATA\n",
                                   "two.mps");
    CHECK(program.column_names == std::vector<std::string>{"IRON ORE", "COAL"});
    CHECK(program.row_names == std::vector<std::string>{"LIM A", "LIM B"});
    CHECK(program.cost == std::vector<double>{2.0, -1.5});
    CHECK(program.upper == std::vector<double>{40.0, infinity});
    CHECK(program.row_upper == std::vector<double>{80.0, infinity});
    CHECK(program.row_lower == std::vector<double>{-infinity, 10.0});
    CHECK(program.matrix.coeff(0, 1) == 3.0);
}

SCENARIO("Names of sets and of a column that goes on may be left out", "[optimise][mps]") {
    const auto program =
        parse_mps("* a comment\nNAME\nROWS\n N cost $ a comment\n G least\nCOLUMNS\n"
                  " x cost 2.5D+01\n   least 1\n y least +1\n"
                  "RHS\n least 3 cost 7\nBOUNDS\n UP x 4\n MI y\nENDATA\nmore\n",
                  "short.mps");
    CHECK(program.cost == std::vector<double>{25.0, 0.0});
    CHECK(program.constant == -7.0);
    CHECK(program.row_lower == std::vector<double>{3.0});
    CHECK(program.lower == std::vector<double>{0.0, -infinity});
    CHECK(program.upper == std::vector<double>{4.0, infinity});
    CHECK(program.matrix.nonZeros() == 2);
}

SCENARIO("Only the first set of a section counts, and only the first row of type N",
         "[optimise][mps]") {
    const auto program = parse_mps("NAME a\nROWS\n N cost\n N other\n L cap\nCOLUMNS\n"
                                   " x cost 1 other 5\n x cap 1\n"
                                   "RHS\n one cap 3 other 2\n two cap 8\n"
                                   "BOUNDS\n UP one x 4\n UP two x 6\nENDATA\n",
                                   "sets.mps");
    CHECK(program.row_names == std::vector<std::string>{"cap"});
    CHECK(program.cost == std::vector<double>{1.0});
    CHECK(program.row_upper == std::vector<double>{3.0});
    CHECK(program.upper == std::vector<double>{4.0});
    // A line without a name goes on with the set before it, as in GLPK's example plan.mps.
    CHECK(with_bounds(" UP B x 4\n LO x 1\n UP C x 9\n LO x 2\n").upper.front() == 4.0);
    CHECK(with_bounds(" UP B x 4\n LO x 1\n UP C x 9\n LO x 2\n").lower.front() == 1.0);
    CHECK(with_bounds(" UP x 4\n LO B x 1\n").upper.front() == 4.0);
    CHECK(with_bounds(" UP x 4\n LO B x 1\n").lower.front() == 1.0);
}

SCENARIO("The sense of the objective stands in a section or after its heading", "[optimise][mps]") {
    const std::string rest = "ROWS\n N c\nCOLUMNS\n x c 1\nENDATA\n";
    for (const auto* sense :
         {"OBJSENSE\n    MAX\n", "OBJSENSE MAXIMIZE\n", "MAX\n", "OBJSENSE\n MAXIMISE\n"}) {
        CHECK(parse_mps(std::string("NAME a\n") + sense + rest, "a.mps").is_maximised);
    }
    CHECK_FALSE(parse_mps("NAME a\nOBJSENSE\n MIN\n" + rest, "a.mps").is_maximised);
    CHECK_FALSE(parse_mps("NAME a\n" + rest, "a.mps").is_maximised);
}

SCENARIO("Ranges give a row its other bound", "[optimise][mps]") {
    const auto bounds = [](char type, double range) {
        const auto program = parse_mps(std::string("NAME a\nROWS\n N c\n ") + type +
                                           " r\nCOLUMNS\n x c 1 r 1\nRHS\n R r 10\nRANGES\n R r " +
                                           std::to_string(range) + "\nENDATA\n",
                                       "range.mps");
        return std::pair(program.row_lower.front(), program.row_upper.front());
    };
    // The table of the format: |R| below or above the side, for E by the sign of R.
    CHECK(bounds('L', 4.0) == std::pair(6.0, 10.0));
    CHECK(bounds('L', -4.0) == std::pair(6.0, 10.0));
    CHECK(bounds('G', 4.0) == std::pair(10.0, 14.0));
    CHECK(bounds('G', -4.0) == std::pair(10.0, 14.0));
    CHECK(bounds('E', 4.0) == std::pair(10.0, 14.0));
    CHECK(bounds('E', -4.0) == std::pair(6.0, 10.0));
}

SCENARIO("Each type of bound means what solvers take it to mean", "[optimise][mps]") {
    const auto bounds = [](const std::string& lines) {
        const auto program = with_bounds(lines);
        return std::pair(program.lower.front(), program.upper.front());
    };
    CHECK(bounds("") == std::pair(0.0, infinity));
    CHECK(bounds(" UP B x 4\n") == std::pair(0.0, 4.0));
    CHECK(bounds(" UP B x -4\n") == std::pair(-infinity, -4.0));
    CHECK(bounds(" LO B x -9\n UP B x -4\n") == std::pair(-9.0, -4.0));
    CHECK(bounds(" UP B x -4\n LO B x -9\n") == std::pair(-9.0, -4.0));
    CHECK(bounds(" UP B x 0\n") == std::pair(0.0, 0.0));
    CHECK(bounds(" LO B x 2\n") == std::pair(2.0, infinity));
    CHECK(bounds(" FX B x 2\n") == std::pair(2.0, 2.0));
    CHECK(bounds(" FR B x\n") == std::pair(-infinity, infinity));
    CHECK(bounds(" MI B x\n UP B x 3\n") == std::pair(-infinity, 3.0));
    CHECK(bounds(" UP B x 5\n PL B x\n") == std::pair(0.0, infinity));
    CHECK(bounds(" UP B x 1e30\n LO B x -1e20\n") == std::pair(-infinity, infinity));
    CHECK(bounds(" BV B x\n") == std::pair(0.0, 1.0));
    CHECK(with_bounds(" BV B x\n").integers() == 1);
    CHECK(with_bounds(" LI B x 2\n").integers() == 1);
    CHECK(with_bounds(" UI B x 8\n").upper.front() == 8.0);
}

SCENARIO("A whole number without bounds is 0 or 1", "[optimise][mps]") {
    const auto program =
        parse_mps(small_file(" M 'MARKER' 'INTORG'\n n cap 1\n k cap 1\n M 'MARKER' 'INTEND'\n",
                             "BOUNDS\n PL B k\n"),
                  "whole.mps");
    CHECK(program.is_integer == std::vector<char>{0, 1, 1});
    CHECK(program.upper == std::vector<double>{infinity, 1.0, infinity});
}

SCENARIO("A file that is wrong is refused where it is wrong", "[optimise][mps]") {
    CHECK(refusal_of(small_file(" y cpa 3\n", "")) ==
          "plan.mps:8:4: error: no row is called 'cpa'\n"
          "    8 |  y cpa 3\n"
          "      |    ^\n"
          "  help:  did you mean 'cap'?");
    CHECK(refusal_of(small_file(" y cap three\n", "")) ==
          "plan.mps:8:2: error: a column is a name, then rows and values by pairs\n"
          "    8 |  y cap three\n"
          "      |  ^\n"
          "  help:  write for example ' x cost 3.5'");
    CHECK(refusal_of(small_file("", "BOUNDS\n UP B z 3\n SC B x 3\n FX B x nan\n")) ==
          "plan.mps:11:7: error: no column is called 'z'\n"
          "   11 |  UP B z 3\n"
          "      |       ^\n"
          "plan.mps:12:2: error: this is no type of bound that is read here\n"
          "   12 |  SC B x 3\n"
          "      |  ^\n"
          "  help:  UP, LO, FX, FR, MI, PL, BV, LI and UI are\n"
          "plan.mps:13:9: error: 'nan' is no number\n"
          "   13 |  FX B x nan\n"
          "      |         ^\n"
          "  help:  write for example 12.5 or -3e4");
    CHECK(refusal_of(small_file("", "BOUNDS\n LO B x 5\n UP B x 3\n")) ==
          "plan.mps:12:7: error: the bounds of column 'x' leave no room: 5 to 3\n"
          "   12 |  UP B x 3\n"
          "      |       ^");
    CHECK(refusal_of("NAME a\nROWZ\n N c\n") ==
          "plan.mps:2:1: error: 'ROWZ' begins no section that is read here\n"
          "    2 | ROWZ\n"
          "      | ^\n"
          "  help:  did you mean 'ROWS'?");
    CHECK(refusal_of(small_file(" y cap 1\n x mass 1\n", "")) ==
          "plan.mps:9:2: error: column 'x' stands in two places\n"
          "    9 |  x mass 1\n"
          "      |  ^\n"
          "  help:  the lines of a column follow each other");
    CHECK(refusal_of(small_file(" x cap 4\n", "")) ==
          "plan.mps:8:4: error: a second coefficient of column 'x' in row 'cap'\n"
          "    8 |  x cap 4\n"
          "      |    ^");
    CHECK(refusal_of("NAME a\nROWS\n L c\nCOLUMNS\n x c 1\nENDATA\n") ==
          "plan.mps:4:1: error: the file has no objective, a row of type N\n"
          "    4 | COLUMNS\n"
          "      | ^\n"
          "  help:  write ' N cost' below ROWS");
    CHECK(refusal_of("NAME a\nROWS\n N c\nCOLUMNS\n x c 1\n") ==
          "plan.mps:5:7: error: the file ends without ENDATA\n"
          "    5 |  x c 1\n"
          "      |       ^\n"
          "  help:  it may have been cut off");
    CHECK(refusal_of("") == "plan.mps: error: the file ends without ENDATA\n"
                            "  help:  it may have been cut off");
    CHECK(refusal_of("NAME a\nROWS\n N c\n X d\n L c\nCOLUMNS\nSOS\n S1 SOS x 1\nENDATA\n") ==
          "plan.mps:4:2: error: a row is a type and a name\n"
          "    4 |  X d\n"
          "      |  ^\n"
          "  help:  write for example ' L capacity'\n"
          "plan.mps:5:4: error: a second row 'c'\n"
          "    5 |  L c\n"
          "      |    ^\n"
          "plan.mps:7:1: error: 'SOS' begins no section that is read here\n"
          "    7 | SOS\n"
          "      | ^");
}

SCENARIO("Whatever a file holds, it is read or refused", "[optimise][mps]") {
    const std::string whole = small_file(" M 'MARKER' 'INTORG'\n n cap 1\n M 'MARKER' 'INTEND'\n",
                                         "RANGES\n R cap 2\nBOUNDS\n UP B x 4\n FR B n\n");
    std::mt19937 engine(20);
    int refused = 0;
    for (int k = 0; k < 20000; ++k) {
        std::string text = whole;
        const int changes = 1 + static_cast<int>(engine() % 6);
        for (int change = 0; change < changes; ++change) {
            const auto at = engine() % text.size();
            switch (engine() % 4) {
            case 0:
                text[at] = static_cast<char>(engine() % 256);
                break;
            case 1:
                text.erase(at, 1 + engine() % 12);
                break;
            case 2:
                text.insert(at, whole.substr(engine() % whole.size(), engine() % 20));
                break;
            default:
                text[at] = " \n\t$*'-"[engine() % 7];
            }
            if (text.empty()) {
                text = " ";
            }
        }
        const auto answer = refusal_of(text);
        refused += answer == "accepted" ? 0 : 1;
    }
    CHECK(refused > 5000);
    CHECK(refused < 20000);
}
