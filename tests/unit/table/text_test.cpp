#include "support/catch.hpp"
#include <chainsim/table/text.hpp>

#include <sstream>
#include <string>
#include <vector>

namespace table = chainsim::table;
using table::Language;

namespace {

table::Table plants() {
    table::Table made("plants",
                      {table::text_column("name"), table::number_column("capacity", "kt/a"),
                       table::text_column("binding")});
    made.append({"焦炉一期", 960.0, "产能"});
    made.append({"tar", 1234.5, "capacity"});
    return made;
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);) {
        lines.push_back(line);
    }
    return lines;
}

std::size_t widest(const std::string& text) {
    std::size_t width = 0;
    for (const auto& line : lines_of(text)) {
        width = std::max(width, table::display_width(line));
    }
    return width;
}

} // namespace

TEST_CASE("A Chinese character takes two columns of a terminal", "[table][text]") {
    CHECK(table::display_width("coke") == 4);
    CHECK(table::display_width("焦炭") == 4);
    CHECK(table::display_width("H₂ 氢") == 5);
    CHECK(table::pad_right("焦炭", 6) == "焦炭  ");
    CHECK(table::pad_left("焦炭", 6) == "  焦炭");
    CHECK(table::pad_left("coke", 2) == "coke");
}

TEST_CASE("A text that is too wide is cut between characters", "[table][text]") {
    CHECK(table::fit("coke", 4) == "coke");
    CHECK(table::fit("coke-oven gas", 6) == "coke-…");
    CHECK(table::fit("焦炉煤气", 8) == "焦炉煤气");
    CHECK(table::fit("焦炉煤气", 7) == "焦炉煤…");
    CHECK(table::fit("焦炉煤气", 6) == "焦炉…");
    CHECK(table::fit("焦炉煤气", 1) == "…");
    CHECK(table::fit("焦炉煤气", 0).empty());
    CHECK(table::fit("CHN Energy Xilaifeng, coke ovens", 16) == "CHN Energy…ovens");
    CHECK(table::fit("国家能源西来峰大型焦炉干法熄焦", 16) == "国家能源西…熄焦");
}

TEST_CASE("Columns of a table stand below each other in both languages", "[table][text]") {
    CHECK(table::to_text(plants(), {.language = Language::en}) == "name      capacity  held by\n"
                                                                  "              kt/a\n"
                                                                  "--------  --------  --------\n"
                                                                  "焦炉一期       960  产能\n"
                                                                  "tar          1,234  capacity\n");
    CHECK(table::to_text(plants(), {.language = Language::zh}) == "名称       产能  制约\n"
                                                                  "           kt/a\n"
                                                                  "--------  -----  --------\n"
                                                                  "焦炉一期    960  产能\n"
                                                                  "tar       1,234  capacity\n");
}

TEST_CASE("Without units there is no line of units", "[table][text]") {
    table::Table made("t", {table::text_column("id")});
    made.append({"a"});
    CHECK(table::to_text(made, {}) == "id\n--\na\n");
}

SCENARIO("A table fits the terminal", "[table][text]") {
    GIVEN("a table with a long text and many numbers") {
        std::vector<table::Column> columns{table::text_column("name")};
        for (int i = 0; i < 12; ++i) {
            columns.push_back(table::number_column("element_" + std::to_string(i)));
        }
        table::Table made("wide", columns);
        std::vector<table::Cell> row{std::string("a recipe with a name that is rather long")};
        for (int i = 0; i < 12; ++i) {
            row.emplace_back(0.5 * i);
        }
        made.append(row);

        WHEN("the terminal is a little too narrow") {
            const std::string text = table::to_text(made, {.width = 150});
            THEN("the text gives way") {
                CHECK(widest(text) <= 150);
                CHECK(lines_of(text).size() == 3);
                CHECK(text.find("…") != std::string::npos);
            }
        }
        WHEN("the terminal is far too narrow") {
            const std::string text = table::to_text(made, {.width = 80});
            THEN("columns go on in further blocks, each with the first column") {
                CHECK(widest(text) <= 80);
                const auto lines = lines_of(text);
                REQUIRE(lines.size() == 7);
                CHECK(lines[0].starts_with("name"));
                CHECK(lines[4].starts_with("name"));
                CHECK(lines[4].find("element_11") != std::string::npos);
            }
        }
    }
    GIVEN("a table with more rows than are asked for") {
        table::Table made("long", {table::whole_column("year")});
        for (std::int64_t year = 2020; year < 2030; ++year) {
            made.append({year});
        }
        THEN("the rest is counted") {
            CHECK(table::to_text(made, {.most_rows = 2}) ==
                  "year\n----\n2020\n2021\n... and 8 more rows\n");
            CHECK(table::to_text(made, {.language = Language::zh, .most_rows = 9})
                      .find("……另有 1 行") != std::string::npos);
        }
        THEN("the reader is told where all rows are") {
            CHECK(table::to_text(made, {.most_rows = 2, .whole_in = "years.csv"}) ==
                  "year\n----\n2020\n2021\n... and 8 more rows: all are in years.csv\n");
        }
    }
}
