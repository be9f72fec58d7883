#include "program.hpp"
#include "support/catch.hpp"

#include <nlohmann/json.hpp>

#include <string>

// What `outlook` asks for, answers and refuses; its arithmetic is in tests/validation/outlook.

using Catch::Matchers::Contains;
using chainsim::test::call;

TEST_CASE("The year end is told in both languages and as one document", "[cli][outlook]") {
    const std::string scenario = "scenarios/tutorial/base_2025.yaml";
    const auto chinese = call({"outlook", scenario, "--month", "9", "--lang", "zh"});
    CHECK(chinese.code == 0);
    for (const char* word :
         {"上年同期", "年底前需节", "不达标(示意)", "橙灯", "示例焦化", "规划(模型)"}) {
        CHECK_THAT(chinese.output, Contains(word));
    }
    const auto english = call({"outlook", scenario, "--month", "9", "--lang", "en"});
    CHECK_THAT(english.output, Contains("to save by December"));
    const auto document = call({"outlook", scenario, "--month", "12", "--json"}).json();
    CHECK(document.at("schema") == "chainsim.outlook/1");
    CHECK(document.at("year") == 2025);
    for (const auto& end : document.at("year_ends")) {
        CHECK(end.at("basis") == "actual");
        CHECK(end.at("full_year").at("basis") == "actual");
    }
}

TEST_CASE("Every figure of an outlook says how it was made", "[cli][outlook]") {
    const auto made =
        call({"outlook", "scenarios/tutorial/base_2025.yaml", "--month", "9", "--lang", "en",
              "--explain", "year_ends.district_energy_total_equivalent.full_year"});
    CHECK(made.code == 0);
    for (const char* word : {"450802.8988", "expected", "to_date_last_year = 324355 tce",
                             "months_last_year = 438016 tce", "last_year = 442380 tce"}) {
        CHECK_THAT(made.output, Contains(word));
    }
}

TEST_CASE("An outlook needs a month and its statistics", "[cli][outlook]") {
    CHECK(call({"outlook", "scenarios/tutorial/base_2025.yaml"}).code == 2);
    CHECK(call({"outlook", "scenarios/tutorial/base_2025.yaml", "--month", "13"}).code == 2);
    const auto without = call({"outlook", "scenarios/hainan/plan_2025.yaml", "--month", "3"});
    CHECK(without.code == 2);
    CHECK_THAT(without.errors, Contains("actuals.csv"));
    const auto too_early = call({"outlook", "scenarios/tutorial/base_2025.yaml", "--month", "3",
                                 "--year", "2025", "--actuals", "README.md"});
    CHECK(too_early.code == 2);
}
