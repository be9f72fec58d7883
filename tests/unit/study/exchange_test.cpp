#include "ovens.hpp"
#include "support/catch.hpp"
#include <chainsim/study/exchange.hpp>

#include <string>

using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;
namespace study = chainsim::study;
namespace test = chainsim::test;

TEST_CASE("Matrices are written with the lists that name their rows and columns",
          "[study][exchange]") {
    const auto files = study::export_matrices(study::Study(test::ovens()), 2025);
    REQUIRE(files.size() == 5);
    CHECK(files[0].name == "A.mtx");
    CHECK_THAT(files[0].text, StartsWith("%%MatrixMarket matrix coordinate real general\n"
                                         "% A: rows.csv x columns.csv"));
    CHECK(files[2].name == "rows.csv");
    CHECK_THAT(files[2].text, StartsWith("commodity,unit,demand,buy_limit,sell_limit,sink\n"));
    CHECK_THAT(files[3].text, Contains("ovens_b,coking,coke,t,50\n"));
    CHECK_THAT(files[4].text, Contains("made_coke,t,0\n"));
}

TEST_CASE("A drawing shows what is made where the year has a solution", "[study][exchange]") {
    const auto drawn =
        study::export_dot(study::Study(test::ovens()), 2025, chainsim::table::Language::en, false);
    CHECK_THAT(drawn.front().text, Contains("100 / 100 t/a"));
}

TEST_CASE("Files travel as one document", "[study][exchange]") {
    CHECK(study::export_json({{"a.txt", "x\n"}}) ==
          "{\n \"files\": [\n  {\n   \"name\": \"a.txt\",\n   \"text\": \"x\\n\"\n  }\n ]\n}\n");
}
