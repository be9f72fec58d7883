#include "program.hpp"
#include "support/catch.hpp"
#include <chainsim/io/csv.hpp>
#include <chainsim/io/file.hpp>

#include <filesystem>
#include <string>

using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;
using chainsim::test::call;
using chainsim::test::small_scenario;
namespace io = chainsim::io;

TEST_CASE("A drawing goes to standard output or into a file", "[cli][export]") {
    const chainsim::test::Scratch scratch;
    const auto drawn = call({"export", small_scenario, "--format", "dot", "--lang", "zh"});
    CHECK(drawn.code == 0);
    CHECK_THAT(drawn.output, StartsWith("digraph") && Contains("焦"));
    const std::string file = (scratch / "chain.dot").string();
    CHECK(call({"export", small_scenario, "--format", "dot", "--lang", "zh", "-o", file})
              .output.empty());
    CHECK(io::read_file(file) == drawn.output);
}

TEST_CASE("Matrices come with what their rows and columns are", "[cli][export]") {
    const chainsim::test::Scratch scratch;
    const auto folder = scratch / "matrices";
    CHECK(call({"export", small_scenario, "--format", "mtx", "-o", folder.string()}).code == 0);
    const auto rows = io::from_csv(io::read_file(folder / "rows.csv"), "rows");
    const auto columns = io::from_csv(io::read_file(folder / "columns.csv"), "columns");
    const auto indicators = io::from_csv(io::read_file(folder / "indicators.csv"), "indicators");
    const auto size_line = [&](const std::string& name) {
        const std::string text = io::read_file(folder / name);
        const std::size_t first = text.find('\n', text.find('\n') + 1) + 1;
        return text.substr(first, text.find('\n', first) - first);
    };
    CHECK_THAT(size_line("A.mtx"), StartsWith(std::to_string(rows.rows()) + " " +
                                              std::to_string(columns.rows()) + " "));
    CHECK_THAT(size_line("Q.mtx"),
               StartsWith(std::to_string(indicators.rows()) + " " +
                          std::to_string(columns.rows() + 4 * rows.rows()) + " "));
}

TEST_CASE("Tables begin with a byte order mark where a spreadsheet is to read them",
          "[cli][export]") {
    const chainsim::test::Scratch scratch;
    const auto folder = scratch / "tables";
    CHECK(
        call({"export", small_scenario, "--format", "csv", "--bom", "-o", folder.string()}).code ==
        0);
    CHECK_THAT(io::read_file(folder / "flows.csv"), StartsWith("\xEF\xBB\xBFyear,facility"));
    CHECK(call({"export", small_scenario, "--format", "csv", "-o", folder.string()}).code == 0);
    CHECK_THAT(io::read_file(folder / "flows.csv"), StartsWith("year,facility"));
}

TEST_CASE("A run can be exported like the scenario that it was made from", "[cli][export]") {
    const chainsim::test::Scratch scratch;
    const auto folder = scratch / "run";
    REQUIRE(call({"run", small_scenario, "-o", folder.string(), "--quiet"}).code == 0);
    const auto of_run = call({"export", folder.string(), "--format", "dot"});
    CHECK(of_run.code == 0);
    CHECK(of_run.output == call({"export", small_scenario, "--format", "dot"}).output);
}

TEST_CASE("As one document, files are texts", "[cli][export]") {
    const auto ended = call({"export", small_scenario, "--format", "mtx", "--json"});
    CHECK(ended.code == 0);
    CHECK(ended.json().at("files").size() == 5);
}

TEST_CASE("A workbook is a file, and no JSON", "[cli][export]") {
    const chainsim::test::Scratch scratch;
    const auto file = (scratch / "books" / "a.xlsx").string();
    const auto ended = call({"export", small_scenario, "--format", "xlsx", "-o", file});
    CHECK(ended.code == 0);
    CHECK(ended.output.empty());
    CHECK_THAT(ended.errors, Contains("wrote " + file));
    CHECK_THAT(io::read_file(file), StartsWith("PK"));
    CHECK(call({"export", small_scenario, "--format", "xlsx", "--json"}).code == 2);
}

TEST_CASE("Tables of a district make the same district again", "[cli][export][import]") {
    const chainsim::test::Scratch scratch;
    const auto tables = (scratch / "tables").string();
    const auto mine = (scratch / "mine").string();
    const std::string scenario =
        GENERATE("scenarios/tutorial/desk_2030.yaml", "scenarios/hainan/pathway_2035.yaml");
    CAPTURE(scenario);
    REQUIRE(call({"export", scenario, "--format", "sheets", "--bom", "-o", tables}).code == 0);
    const auto imported = call({"import", tables, "-o", mine});
    REQUIRE(imported.code == 0);
    const auto summary = [&](const std::string& opened, const std::string& folder) {
        REQUIRE(call({"run", opened, "-o", (scratch / folder).string(), "--quiet"}).code == 0);
        return io::read_file(scratch / folder / "summary.json");
    };
    std::string opened = imported.errors.substr(imported.errors.find(mine));
    opened.erase(opened.find('\n'));
    CHECK(summary(scenario, "before") == summary(opened, "after"));
}

TEST_CASE("An import writes nothing over, and nothing that is wrong", "[cli][export][import]") {
    const chainsim::test::Scratch scratch;
    const auto tables = (scratch / "tables").string();
    const auto mine = (scratch / "mine").string();
    const std::string scenario = "scenarios/tutorial/desk_2030.yaml";
    REQUIRE(call({"export", scenario, "--format", "sheets", "-o", tables}).code == 0);

    SECTION("what is there stays") {
        REQUIRE(call({"import", tables, "-o", mine}).code == 0);
        const auto again = call({"import", tables, "-o", mine});
        CHECK(again.code == 2);
        CHECK_THAT(again.errors, Contains("holds something"));
    }
    SECTION("a slip in a cell is told by the loader at the cell") {
        const auto file = scratch / "tables" / "facilities.csv";
        auto text = io::read_file(file);
        const std::string unit = "万吨/年";
        const auto at = text.find(unit);
        REQUIRE(at != std::string::npos);
        io::write_file(file, text.replace(at, unit.size(), "apples"));
        const auto refused = call({"import", tables, "-o", mine});
        CHECK(refused.code == 2);
        CHECK_THAT(refused.errors, Contains("facilities.csv:") && Contains("apples"));
        CHECK_FALSE(std::filesystem::exists(mine));
    }
}

TEST_CASE("A run is exported as arrays", "[cli][export]") {
    const chainsim::test::Scratch scratch;
    const auto file = scratch / "run.nc";
    CHECK(call({"export", small_scenario, "--format", "netcdf", "-o", file.string()}).code == 0);
    CHECK_THAT(io::read_file(file), StartsWith("CDF"));
    CHECK(call({"export", small_scenario, "--format", "netcdf", "--json"}).code == 2);
}

TEST_CASE("A schema for editors is printed", "[cli][fields]") {
    const auto schema = call({"fields", "--schema"}).json();
    CHECK(schema.at("$schema") == "http://json-schema.org/draft-07/schema#");
    CHECK(schema.at("definitions").contains("facility"));
}
