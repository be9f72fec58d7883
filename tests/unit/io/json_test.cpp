#include "support/catch.hpp"
#include <chainsim/base/diagnostic.hpp>
#include <chainsim/io/json.hpp>

#include <string>

namespace io = chainsim::io;
namespace table = chainsim::table;

namespace {

std::string json_refusal(const std::string& text) {
    try {
        const auto read = io::from_json(text, "in.json");
        return "accepted " + std::to_string(read.rows()) + " rows";
    } catch (const chainsim::InputError& error) {
        return error.diagnostics().front().message;
    }
}

} // namespace

TEST_CASE("A table is an array of objects, keys in the order of its columns", "[io][json]") {
    table::Table made("t", {table::text_column("name"), table::whole_column("year"),
                            table::number_column("amount")});
    made.append({"焦炭", std::int64_t{2025}, 0.1});
    made.append({"tar", std::int64_t{2025}, table::absent});
    const std::string text = io::to_json(made);
    CHECK(text == "[\n {\n  \"name\": \"焦炭\",\n  \"year\": 2025,\n  \"amount\": 0.1\n },\n"
                  " {\n  \"name\": \"tar\",\n  \"year\": 2025,\n  \"amount\": null\n }\n]\n");

    const auto back = io::from_json(text, "t");
    CHECK(back.column("name").cells == made.column("name").cells);
    CHECK(back.column("year").cells == made.column("year").cells);
    CHECK(back.column("amount").at(0) == table::Cell{0.1});
    CHECK(std::isnan(std::get<double>(back.column("amount").at(1))));
}

TEST_CASE("A table without rows is an empty array", "[io][json]") {
    CHECK(io::to_json(table::Table("t", {table::text_column("a")})) == "[]\n");
    CHECK(io::from_json("[]", "t").rows() == 0);
}

TEST_CASE("What is no table is refused", "[io][json]") {
    CHECK(json_refusal("{") == "this is no array of objects");
    CHECK(json_refusal("{\"a\": 1}") == "this is no array of objects");
    CHECK(json_refusal("[1]") == "this is no array of objects");
    CHECK(json_refusal("[{\"a\": 1}, {\"b\": 1}]") == "a row without 'a'");
    CHECK(json_refusal("[{\"a\": 1}, {\"a\": 1, \"b\": 1}]") == "rows with different keys");
    CHECK(json_refusal("[{\"a\": 1}, {\"a\": \"x\"}]") == "'a' holds texts and numbers");
    CHECK(json_refusal("[{\"a\": [1]}]") == "'a' holds neither a text nor a number");
}
