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

TEST_CASE("A text is never cut within a number", "[table][text]") {
    CHECK(table::fit("calcium carbide 1234567 of it", 20) == "calcium carbi… of it");
    CHECK(table::fit("takes 88.6 % of what there is", 12) == "takes … is");
    CHECK(table::fit("silicon sold 10938", 14) == "silicon s…");
    CHECK(table::fit("1234567", 4) == "…");
}

SCENARIO("Of a name with an amount, only the name is cut", "[table][text]") {
    const std::string silicon = "sells less metallurgical silicon " + table::whole("10.938 kt");
    CHECK(table::fit(silicon, 80) == "sells less metallurgical silicon 10.938 kt");
    CHECK(table::fit(silicon, 26) == "sells less…licon 10.938 kt");
    CHECK(table::fit(silicon, 13) == "se… 10.938 kt");
    CHECK(table::fit("少售 金属硅(冶金级) " + table::whole("1.0938 万吨"), 22) ==
          "少售 金属… 1.0938 万吨");
    THEN("where not even the amount has room, nothing is told of it") {
        CHECK(table::fit(silicon, 10) == "…");
        CHECK(table::fit(silicon, 0).empty());
        CHECK(table::fit(table::whole("781.8 million m3"), 12) == "…");
    }
    CHECK(table::fit(table::whole("9 kt"), 4) == "9 kt");
    CHECK(table::display_width(table::whole("9 kt")) == 4);
}

SCENARIO("A column is never narrower than its amounts", "[table][text]") {
    GIVEN("two texts and an amount that do not fit beside each other") {
        table::Table made("gaps", {table::text_column("commodity"), table::text_column("amount"),
                                   table::text_column("process")});
        made.append({std::string("clean coke-oven gas of all coke works"),
                     table::whole("781.8 million Nm3"),
                     std::string("hydrogen from coke-oven gas")});
        const std::string text = table::to_text(made, {.width = 60});
        THEN("the texts give way") {
            CHECK(widest(text) <= 60);
            CHECK(lines_of(text).size() == 3);
            CHECK(text.find("  781.8 million Nm3  ") != std::string::npos);
        }
    }
}

SCENARIO("Numbers go on in a further block before names become too short", "[table][text]") {
    GIVEN("two rows whose names differ in the middle, and five years") {
        std::vector<table::Column> columns{table::text_column("indicator")};
        std::vector<table::Cell> one{std::string("energy consumption, equivalent value")};
        std::vector<table::Cell> other{std::string("energy consumption, calorific value")};
        for (int year = 2021; year <= 2025; ++year) {
            columns.push_back(table::number_column(std::to_string(year)));
            one.emplace_back(123.4);
            other.emplace_back(234.5);
        }
        table::Table made("years", columns);
        made.append(one);
        made.append(other);
        WHEN("all years fit beside names of 12 columns") {
            const auto lines = lines_of(table::to_text(made, {.width = 50}));
            THEN("the names have more, and the rows are told apart in both blocks") {
                REQUIRE(lines.size() == 9);
                CHECK(lines[2].starts_with("energy consumption,…ent value  "));
                CHECK(lines[3].starts_with("energy consumption,…fic value  "));
                CHECK(lines[7].starts_with("energy consumption,…ent value  "));
            }
        }
    }
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
            const std::string text = table::to_text(made, {.width = 160});
            THEN("the text gives way") {
                CHECK(widest(text) <= 160);
                CHECK(lines_of(text).size() == 3);
                CHECK(text.find("…") != std::string::npos);
            }
        }
        WHEN("the terminal is far too narrow") {
            const std::string text = table::to_text(made, {.width = 80});
            THEN("columns go on in further blocks, each with the first column") {
                CHECK(widest(text) <= 80);
                const auto lines = lines_of(text);
                REQUIRE(lines.size() == 11);
                CHECK(lines[0].starts_with("name"));
                CHECK(lines[4].starts_with("name"));
                CHECK(lines[8].starts_with("name"));
                CHECK(lines[8].find("element_11") != std::string::npos);
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
            CHECK(table::to_text(made, {.most_rows = 9}).ends_with("... and 1 more row\n"));
            CHECK(table::to_text(made, {.language = Language::zh, .most_rows = 9})
                      .find("……另有 1 行") != std::string::npos);
        }
        THEN("the reader is told where all rows are") {
            CHECK(table::to_text(made, {.most_rows = 2, .whole_in = "years.csv"}) ==
                  "year\n----\n2020\n2021\n... and 8 more rows: all are in years.csv\n");
        }
    }
}
