#include "support/catch.hpp"
#include "support/scratch.hpp"
#include "tables.hpp"
#include <chainsim/base/diagnostic.hpp>
#include <chainsim/input_output/io_table.hpp>
#include <chainsim/io/file.hpp>

using namespace chainsim::input_output;
using chainsim::test::alone;

namespace {

/// Files of a table in a folder of their own.
class Files {
public:
    std::filesystem::path add(const std::string& name, const std::string& text) {
        chainsim::io::write_file(scratch_ / name, text);
        return scratch_ / name;
    }

    /// What is said of the table, with the names of files alone.
    std::string said(const TableFiles& files, const TableOptions& options = {}) {
        try {
            (void)read_economy(files, options, alone());
        } catch (const chainsim::InputError& error) {
            std::string text = error.what();
            const std::string folder = scratch_.path().string() + "/";
            for (auto at = text.find(folder); at != std::string::npos; at = text.find(folder)) {
                text.erase(at, folder.size());
            }
            return text;
        }
        return {};
    }

private:
    chainsim::test::Scratch scratch_;
};

const std::string flows = "sector,a,b\na,150,500\nb,200,100\n";

} // namespace

TEST_CASE("Flows and final demand tell the output", "[input_output][read]") {
    Files files;
    const auto economy =
        read_economy({.flows = files.add("Z.csv", flows),
                      .final_demand = files.add("Y.csv", "sector,y\nb,1700\na,350\n")},
                     {}, alone());
    CHECK(economy.table.output == Eigen::Vector2d(1000.0, 2000.0));
    CHECK(economy.table.coefficients.dense() == Eigen::Matrix2d{{0.15, 0.25}, {0.2, 0.05}});
    CHECK_FALSE(economy.table.demand_is_implied);
}

TEST_CASE("Flows and output tell final demand", "[input_output][read]") {
    Files files;
    const auto economy = read_economy({.flows = files.add("Z.csv", flows),
                                       .output = files.add("x.csv", "sector,x\na,1000\nb,2000\n")},
                                      {}, alone());
    CHECK(economy.table.demand_is_implied);
    CHECK(economy.table.final_demand.col(0)[0] == Approx(350.0));
    CHECK(economy.table.final_demand.col(0)[1] == Approx(1700.0));
}

TEST_CASE("Coefficients and final demand tell the output, and satellites become intensities",
          "[input_output][read]") {
    Files files;
    const auto coefficients = files.add("A.csv", "sector,b,a\nb,0.05,0.2\na,0.25,0.15\n");
    const auto final = files.add("Y.csv", "sector,y\na,350\nb,1700\n");
    const auto jobs = files.add("F.csv", "jobs,a,b\njobs,300,500\n");
    const auto economy = read_economy(
        {.coefficients = coefficients, .final_demand = final, .satellite = jobs}, {}, alone());
    const auto a = economy.table.sector("a", "");
    CHECK(economy.table.output[a] == Approx(1000.0));
    CHECK(economy.table.intensities(a, 0) == Approx(0.3));
    SECTION("but without output they are intensities") {
        const auto alone_economy =
            read_economy({.coefficients = coefficients, .satellite = jobs}, {}, alone());
        CHECK(alone_economy.table.intensities(a, 0) == 300.0);
    }
    SECTION("and where that is said") {
        const auto unit =
            read_economy({.coefficients = coefficients, .final_demand = final, .satellite = jobs},
                         {.per_unit = true}, alone());
        CHECK(unit.table.intensities(a, 0) == 300.0);
    }
}

TEST_CASE("A row that does not balance is named, and by how much", "[input_output][read]") {
    Files files;
    const TableFiles table{.flows = files.add("Z.csv", flows),
                           .output = files.add("x.csv", "sector,x\na,1010\nb,2000\n"),
                           .final_demand = files.add("Y.csv", "sector,y\na,350\nb,1700\n")};
    CHECK(files.said(table) ==
          "Z.csv:2:1: error: row 'a': intermediate 650 + final demand 350 differs from output "
          "1,010 by -10 (-0.99 %)\n"
          "  help:  a row balances to 0.1 %; --tolerance takes a larger share");
    CHECK(files.said(table, {.tolerance = 0.01}).empty());
}

TEST_CASE("All that is wrong in all files is told at once", "[input_output][read]") {
    Files files;
    const TableFiles table{
        .flows = files.add("Z.csv", "sector,steel,coal\nsteel,1,2\ncoal,x,4\nsteel,1,1\n"),
        .output = files.add("x.csv", "sector,x\nstel,5\ncoal,-3\n"),
        .satellite = files.add("F.csv", "stressor,steel,coal,cement\njobs,1,2,3\n")};
    const auto text = files.said(table);
    for (const std::string part :
         {"Z.csv: error: the table is not square: 3 rows and 2 columns",
          "Z.csv:3:6: error: 'x' is not a number (row 'coal', column 'steel')",
          "Z.csv:4:1: error: 'steel' stands twice", "also:  Z.csv:2:1",
          "x.csv:2:1: error: the table has no sector 'stel'", "help:  did you mean 'steel'?",
          "x.csv:3:1: error: the output of 'coal' is negative: -3",
          "F.csv:1:21: error: the table has no sector 'cement'"}) {
        CHECK_THAT(text, Catch::Matchers::Contains(part));
    }
}

TEST_CASE("A column that is no row is told", "[input_output][read]") {
    Files files;
    const auto text = files.said({.coefficients = files.add("A.csv", "s,a,c\na,0,0\nb,0,0\n")});
    CHECK_THAT(text, Catch::Matchers::Contains("A.csv:1:5: error: the table has no sector 'c'"));
    CHECK_THAT(text, Catch::Matchers::Contains("A.csv:1: error: the sector 'b' has no column"));
}

TEST_CASE("A sector that buys and makes nothing is told", "[input_output][read]") {
    Files files;
    CHECK_THAT(files.said({.flows = files.add("Z.csv", "s,a,b\na,0,0\nb,1,1\n"),
                           .output = files.add("x.csv", "s,x\na,0\nb,9\n")}),
               Catch::Matchers::Contains("Z.csv:1:3: error: 'a' has no output, and buys 1"));
    CHECK_THAT(files.said({.flows = files.add("Z.csv", "s,a\na,1\n")}),
               Catch::Matchers::Contains("the output of the sectors is not told"));
}

TEST_CASE("A sparse table takes its sectors from a side file", "[input_output][read]") {
    Files files;
    const auto matrix = files.add(
        "A.mtx", "%%MatrixMarket matrix coordinate real general\n2 2 2\n1 2 0.5\n2 1 0.25\n");
    const auto demand = files.add("d.csv", "region,sector,steel\nnorth,ore,8\n");
    const auto economy =
        read_economy({.coefficients = matrix,
                      .labels = files.add("s.csv", "region,sector\nnorth,ore\nsouth,steel\n"),
                      .demand = demand},
                     {}, alone());
    CHECK(economy.leontief.is_sparse());
    CHECK(economy.table.regions == std::vector<std::string>{"north", "south"});
    CHECK(economy.table.demand(0, 0) == 8.0);
    CHECK_THAT(files.said({.coefficients = matrix, .labels = files.add("s.csv", "sector\nore\n")}),
               Catch::Matchers::Contains("s.csv: error: 1 labels for 2 sectors"));
}

TEST_CASE("Names of options are looked up, and near ones offered", "[input_output][read]") {
    auto table = chainsim::test::random_table(6, 1, 2);
    CHECK(table.sector("r1 / s2", "--paths") == 5);
    CHECK_THROWS_WITH(table.sector("s1", "--paths"),
                      Catch::Matchers::Contains("2 regions have a sector 's1'"));
    CHECK_THROWS_WITH(table.satellite("job", "--of"),
                      Catch::Matchers::Contains("did you mean 'jobs'?"));
    CHECK(table.category("consumption", "").size() == 2);
}
