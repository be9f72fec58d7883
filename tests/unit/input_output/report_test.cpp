#include "support/catch.hpp"
#include "support/scratch.hpp"
#include "tables.hpp"
#include <chainsim/base/diagnostic.hpp>
#include <chainsim/input_output/report.hpp>
#include <chainsim/io/file.hpp>

#include <nlohmann/json.hpp>

using namespace chainsim::input_output;
using chainsim::table::Language;
using chainsim::test::alone;
using chainsim::test::random_table;

TEST_CASE("The document says what was computed", "[input_output][report]") {
    const auto economy = make_economy(random_table(6, 1, 2), alone());
    const auto report =
        make_report(economy, {.paths_of = "r0 / s1", .paths_by = "jobs", .inverse = true});
    const auto json = nlohmann::json::parse(report_json(report, {{"more", "[1]"}}));
    CHECK(json.at("schema") == "chainsim.io/1");
    CHECK(json.at("sectors").at(3) == nlohmann::json{{"region", "r1"}, {"sector", "s0"}});
    CHECK(json.at("x").at(2) == economy.table.output[2]);
    CHECK(json.at("L").at(1).at(2) == report.inverse(1, 2));
    CHECK(json.at("G").size() == 6);
    CHECK(json.at("multipliers").at(2).at("satellite") == "jobs");
    CHECK(json.at("accounts").at(0).at("regions").at(1).at("imports").is_number());
    CHECK(json.at("paths").at("sector") == "r0 / s1");
    CHECK(json.at("demands").at(0).at("satellites").at("jobs").is_number());
    CHECK(json.at("residual").get<double>() < 1e-12);
    CHECK(json.at("more") == nlohmann::json{1});
}

TEST_CASE("A reader finds every part in both languages", "[input_output][report]") {
    const auto economy = make_economy(random_table(6, 1, 2), alone());
    const auto report = make_report(economy, {.paths_of = "r0 / s1", .paths_by = "jobs"});
    const auto english = report_text(report, Language::en, 100);
    const auto chinese = report_text(report, Language::zh, 100);
    for (const std::string part : {"sectors: 6, regions: 2", "embodied imports", "all other paths",
                                   "output that the demand 'question' needs"}) {
        CHECK_THAT(english, Catch::Matchers::Contains(part));
    }
    for (const std::string part : {"6 个部门", "隐含输入", "影响力系数", "其余路径"}) {
        CHECK_THAT(chinese, Catch::Matchers::Contains(part));
    }
}

TEST_CASE("Matrices that are written read back, with and without regions",
          "[input_output][report]") {
    const chainsim::test::Scratch scratch;
    for (const int regions : {1, 2}) {
        const auto economy = make_economy(random_table(40, 3, regions), alone());
        const auto report = make_report(economy, {.inverse = true});
        write_report(report, scratch.path(), alone());
        chainsim::input::Findings findings;
        const auto sheet = read_sheet(scratch / "L.csv", findings, alone());
        REQUIRE(findings.empty());
        CHECK(sheet.rows == economy.table.sectors);
        CHECK(sheet.columns == economy.table.sectors);
        CHECK(sheet.values.dense() == report.inverse);
        for (const std::string name :
             {"sectors", "multipliers", "linkages", "accounts", "demands"}) {
            CHECK(std::filesystem::exists(scratch / (name + ".csv")));
        }
    }
}

TEST_CASE("A large sparse table is not inverted", "[input_output][report]") {
    IoTable table;
    const Eigen::Index size = most_inverted + 1;
    for (Eigen::Index k = 0; k < size; ++k) {
        table.sectors.push_back({{}, std::to_string(k)});
    }
    Matrix::Sparse coefficients(size, size);
    coefficients.insert(0, 1) = 0.5;
    table.coefficients = Matrix(std::move(coefficients));
    const auto economy = make_economy(std::move(table), alone());
    CHECK_THROWS_AS(make_report(economy, {.inverse = true}), chainsim::InputError);
    CHECK(make_report(economy, {}).linkages.backward[1] == Approx(1.5));
}

TEST_CASE("What is not in the table is refused by its option", "[input_output][report]") {
    const auto economy = make_economy(random_table(6, 1), alone());
    CHECK_THROWS_WITH(make_report(economy, {.households_income = "wages"}),
                      Catch::Matchers::Contains("--households"));
    CHECK_THROWS_WITH(make_report(economy, {.paths_of = "s9"}),
                      Catch::Matchers::Contains("the table has no sector 's9'"));
}
