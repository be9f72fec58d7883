#include "support/catch.hpp"
#include "tables.hpp"
#include <chainsim/base/diagnostic.hpp>
#include <chainsim/input_output/sheet.hpp>

using chainsim::input::Findings;
using chainsim::input_output::Label;
using chainsim::input_output::parse_sheet;
using chainsim::input_output::Sheet;
using chainsim::test::alone;

namespace {

Sheet read(const std::string& text) {
    Findings findings;
    auto sheet = parse_sheet(text, "t.csv", findings, alone());
    findings.raise();
    return sheet;
}

/// What is said of a text, each finding in one line "line:column message".
std::vector<std::string> said(const std::string& text) {
    Findings findings;
    (void)parse_sheet(text, "t.csv", findings, alone());
    std::vector<std::string> lines;
    for (const auto& one : findings.take()) {
        lines.push_back(std::to_string(one.where.line) + ":" + std::to_string(one.where.column) +
                        " " + one.message);
    }
    return lines;
}

using Lines = std::vector<std::string>;

} // namespace

TEST_CASE("A spreadsheet has one line of headings and one column of labels",
          "[input_output][sheet]") {
    const auto sheet =
        read("\xEF\xBB\xBF部门,煤炭,钢铁\r\n煤炭,\"1,234.5\",\r\n钢铁,-2e3,+7\r\n,,\r\n");
    REQUIRE(sheet.rows == std::vector<Label>{{{}, "煤炭"}, {{}, "钢铁"}});
    CHECK(sheet.columns == sheet.rows);
    CHECK(sheet.values.dense() == Eigen::MatrixXd{{1234.5, 0.0}, {-2000.0, 7.0}});
    CHECK(sheet.row_lines == std::vector<int>{2, 3});
    CHECK(sheet.column_places == std::vector<int>{4, 7});
}

TEST_CASE("What pymrio writes is read: regions above, sectors below, names of the labels",
          "[input_output][sheet]") {
    const auto sheet = read("region\t\treg1\treg1\treg2\n"
                            "sector\t\tfood\tmining\tfood\n"
                            "region\tsector\t\t\t\n"
                            "reg1\tfood\t1\t2\t3\n"
                            "reg1\tmining\t4\t5\t6\n"
                            "reg2\tfood\t7\t8\t9\n");
    CHECK(sheet.rows == std::vector<Label>{{"reg1", "food"}, {"reg1", "mining"}, {"reg2", "food"}});
    CHECK(sheet.columns == sheet.rows);
    CHECK(sheet.values.at(2, 1) == 8.0);

    SECTION("satellites have one column of labels") {
        const auto factors =
            read("region\treg1\treg2\nsector\tfood\tfood\nstressor\t\t\nco2\t1\t2\n");
        CHECK(factors.rows == std::vector<Label>{{{}, "co2"}});
        CHECK(factors.columns == std::vector<Label>{{"reg1", "food"}, {"reg2", "food"}});
    }
    SECTION("final demand has categories") {
        const auto final = read("region\t\treg1\treg2\ncategory\t\thouse\thouse\n"
                                "region\tsector\t\t\nreg1\tfood\t1\t2\n");
        CHECK(final.columns == std::vector<Label>{{"reg1", "house"}, {"reg2", "house"}});
        CHECK(final.rows == std::vector<Label>{{"reg1", "food"}});
    }
    SECTION("x has one line of headings") {
        const auto output = read("region\tsector\tindout\nreg1\tfood\t51\n");
        CHECK(output.rows == std::vector<Label>{{"reg1", "food"}});
        CHECK(output.columns == std::vector<Label>{{{}, "indout"}});
    }
}

TEST_CASE("Separators are those of the first line, and thousands may have commas elsewhere",
          "[input_output][sheet]") {
    CHECK(read("s;a;b\nx;1,000;2\n").values.dense() == Eigen::MatrixXd{{1000.0, 2.0}});
    CHECK(read("s\ta\nx\t1,234,567.25\n").values.at(0, 0) == 1234567.25);
    CHECK(read("s,a\n\"x, y\", 7 \n").rows == std::vector<Label>{{{}, "x, y"}});
    CHECK(said("s;a\nx;1,23\n") == Lines{"2:3 '1,23' is not a number (row 'x', column 'a')"});
}

TEST_CASE("All that is wrong with a sheet is told at once, with its place",
          "[input_output][sheet]") {
    CHECK(said("s,a,b\n煤,x,1\n,1,2\nz,3\ny,1,2,9\nw,nan,inf\nv,1e999,0x1\n") ==
          Lines{"2:3 'x' is not a number (row '煤', column 'a')", "3:1 a row without a label",
                "4:4 the row 'z' has 1 numbers, and there are 2 columns",
                "5:7 '9' stands beyond the last column",
                "6:3 'nan' is not a number (row 'w', column 'a')",
                "6:7 'inf' is not a number (row 'w', column 'b')",
                "7:3 '1e999' is not a number (row 'v', column 'a')",
                "7:9 '0x1' is not a number (row 'v', column 'b')"});
    CHECK(said("") == Lines{"1:1 an empty table"});
    CHECK(said("a\nb\n") == Lines{"1:1 no column of numbers"});
    CHECK(said("s,a,,c\nx,1,2,3\n") == Lines{"1:5 a column without a heading"});
    CHECK(said("s,a\nx,\"1\n") == Lines{"2:1 a quote that is not closed on its line"});
}

TEST_CASE("Matrix Market has places instead of labels", "[input_output][sheet]") {
    const auto sparse = read("%%MatrixMarket matrix coordinate real general\n% a comment\n"
                             "2 3 2\n1 3 0.5\n2 1 -4\n");
    REQUIRE(sparse.values.is_sparse());
    CHECK_FALSE(sparse.is_labelled());
    CHECK(sparse.values.at(0, 2) == 0.5);
    CHECK(sparse.values.at(1, 0) == -4.0);
    CHECK(sparse.values.entries() == 2);

    const auto array = read("%%MatrixMarket matrix array real general\n2 2\n1\n2\n3\n4\n");
    CHECK(array.values.dense() == Eigen::MatrixXd{{1.0, 3.0}, {2.0, 4.0}});
    const auto half =
        read("%%MatrixMarket matrix array integer symmetric\n3 3\n1\n2\n3\n4\n5\n6\n");
    CHECK(half.values.dense() ==
          Eigen::MatrixXd{{1.0, 2.0, 3.0}, {2.0, 4.0, 5.0}, {3.0, 5.0, 6.0}});
    const auto mirror =
        read("%%MatrixMarket matrix coordinate real symmetric\n2 2 2\n1 1 3\n2 1 4\n");
    CHECK(mirror.values.at(0, 1) == 4.0);
}

TEST_CASE("A Matrix Market file that is none is told where", "[input_output][sheet]") {
    const std::string head = "%%MatrixMarket matrix coordinate real general\n";
    CHECK(said("%%MatrixMarket matrix coordinate pattern general\n1 1 0\n") ==
          Lines{"1:1 this kind of Matrix Market file is not read"});
    CHECK(said(head + "2 2\n") == Lines{"2:1 this line should tell the size of the matrix"});
    CHECK(said(head) == Lines{"1:1 the size of the matrix is missing"});
    CHECK(said(head + "2 2 2\n3 1 1\n1 1 x\n") ==
          Lines{"3:1 entry (3, 1) lies outside a matrix of 2 x 2",
                "4:1 this is no entry: a row, a column and a finite number"});
    CHECK(said(head + "2 2 2\n1 1 1\n1 1 2\n") == Lines{"4:1 entry (1, 1) stands twice"});
    CHECK(said(head + "2 2 3\n1 1 1\n") ==
          Lines{"2:1 the matrix should have 3 entries, and 1 lines follow"});
    // A size that the text cannot hold makes no room.
    CHECK(said("%%MatrixMarket matrix array real general\n100000 100000\n1\n") ==
          Lines{"2:1 this line should tell the size of the matrix"});
    CHECK(said(head + "2000000000 2000000000 0\n") ==
          Lines{"2:1 this line should tell the size of the matrix"});
}

TEST_CASE("Any number of threads reads the same", "[input_output][sheet][property]") {
    std::string text = "s";
    for (int j = 0; j < 50; ++j) {
        text += ",c" + std::to_string(j);
    }
    for (int i = 0; i < 500; ++i) {
        text += "\nr" + std::to_string(i);
        for (int j = 0; j < 50; ++j) {
            text += "," + std::to_string((i * 37 + j * 11) % 101) + ".25";
        }
    }
    const chainsim::parallel::Executor several(3);
    Findings findings;
    const auto one = parse_sheet(text, "t", findings, alone());
    const auto other = parse_sheet(text, "t", findings, several);
    REQUIRE(findings.empty());
    CHECK(one.values.dense() == other.values.dense());
    CHECK(one.rows == other.rows);
}
