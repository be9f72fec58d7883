#include "support/catch.hpp"
#include <chainsim/base/diagnostic.hpp>
#include <chainsim/io/csv.hpp>

#include <string>

namespace io = chainsim::io;
namespace table = chainsim::table;

namespace {

table::Table sample() {
    table::Table made("sample", {table::text_column("name"), table::whole_column("year"),
                                 table::number_column("amount", "t")});
    made.append({"coke, metallurgical", std::int64_t{2025}, 0.1});
    made.append({"say \"焦炭\"\nplease", std::int64_t{2020}, table::absent});
    return made;
}

std::string csv_refusal(const std::string& text) {
    try {
        const auto read = io::from_csv(text, "in.csv");
        return "accepted " + std::to_string(read.rows()) + " rows";
    } catch (const chainsim::InputError& error) {
        return error.what();
    }
}

} // namespace

TEST_CASE("A table is written with its names on the first line and quotes where they must be",
          "[io][csv]") {
    CHECK(io::to_csv(sample()) == "name,year,amount\n"
                                  "\"coke, metallurgical\",2025,0.1\n"
                                  "\"say \"\"焦炭\"\"\nplease\",2020,\n");
}

TEST_CASE("A byte order mark is written only where it is asked for, and read over", "[io][csv]") {
    CHECK(io::to_csv(sample()).starts_with("name"));
    const std::string marked = io::to_csv(sample(), {.byte_order_mark = true});
    CHECK(marked.starts_with("\xEF\xBB\xBFname"));
    CHECK(io::from_csv(marked, "x").columns().front().name == "name");
}

TEST_CASE("What is written is read back with its kinds", "[io][csv]") {
    const auto back = io::from_csv(io::to_csv(sample()), "sample");
    REQUIRE(back.columns().size() == 3);
    CHECK(back.column("name").cells == sample().column("name").cells);
    CHECK(back.column("year").cells == sample().column("year").cells);
    CHECK(back.column("amount").at(0) == table::Cell{0.1});
    CHECK(std::isnan(std::get<double>(back.column("amount").at(1))));
}

TEST_CASE("Lines may end in CR LF, and the last one need not end", "[io][csv]") {
    const auto read = io::from_csv("a,b\r\n1,x\r\n2,y", "in.csv");
    CHECK(read.rows() == 2);
    CHECK(read.column("a").at(1) == table::Cell{std::int64_t{2}});
    CHECK(read.column("b").at(1) == table::Cell{std::string("y")});
}

TEST_CASE("What is no CSV is refused at its line", "[io][csv]") {
    CHECK(csv_refusal("") == "in.csv:1:1: error: an empty table\n"
                             "  help:  begin with one line of column names");
    CHECK(csv_refusal("a,b\n1,2\n1,2,3\n") == "in.csv:3:1: error: 3 cells in a table of 2 columns\n"
                                              "  help:  quote cells that hold a comma");
    CHECK(csv_refusal("a\n\"open\n\n") == "in.csv:2:1: error: a quote that is not closed\n"
                                          "  help:  close it with a further quote");
    CHECK(csv_refusal("a\n\"b\"c\n") ==
          "in.csv:2:1: error: text after a closing quote\n"
          "  help:  write a quote within quotes twice, and a comma after the last one");
}
