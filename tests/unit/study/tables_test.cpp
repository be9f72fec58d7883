#include "ovens.hpp"
#include "support/catch.hpp"
#include <chainsim/study/tables.hpp>

#include <cmath>
#include <map>
#include <string>

using Catch::Matchers::WithinRel;
namespace model = chainsim::model;
namespace study = chainsim::study;
namespace table = chainsim::table;
namespace test = chainsim::test;

namespace {

std::string text(const table::Table& from, const std::string& column, std::size_t row) {
    return std::get<std::string>(from.column(column).at(row));
}

double number_at(const table::Table& from, const std::string& column, std::size_t row) {
    return std::get<double>(from.column(column).at(row));
}

} // namespace

TEST_CASE("Each flow of each plant that runs is a row", "[study][tables]") {
    const auto run = study::Study(test::ovens()).run();
    const auto flows = study::flows_table(run);
    // Two ovens with five flows each, one still with three; the second still is not there yet.
    CHECK(flows.rows() == 13);
    bool found = false;
    for (std::size_t row = 0; row < flows.rows(); ++row) {
        if (text(flows, "facility", row) == "ovens_b" &&
            text(flows, "commodity", row) == "electricity") {
            found = true;
            CHECK(text(flows, "direction", row) == "in");
            CHECK(text(flows, "role", row) == "utility");
            CHECK(text(flows, "unit", row) == "MWh");
            CHECK(text(flows, "confidence", row) == "known");
            CHECK_THAT(number_at(flows, "amount", row), WithinRel(1.5, 1e-12));
            // 122.9 kgce per MWh.
            CHECK_THAT(number_at(flows, "tce", row), WithinRel(1.5 * 0.1229, 1e-12));
        }
        if (text(flows, "commodity", row) == "coke") {
            CHECK(std::isnan(number_at(flows, "tce", row)));
        }
    }
    CHECK(found);
}

TEST_CASE("A plant is told with what holds it, one that is not there yet as well",
          "[study][tables]") {
    const auto run = study::Study(test::ovens()).run();
    const auto facilities = study::facilities_table(run);
    REQUIRE(facilities.rows() == 4);
    CHECK(text(facilities, "id", 0) == "ovens_a");
    CHECK(text(facilities, "binding", 0) == "capacity");
    CHECK(text(facilities, "id", 2) == "still");
    CHECK(text(facilities, "binding", 2) == "feedstock");
    CHECK(text(facilities, "binding_commodity", 2) == "tar");
    CHECK_THAT(number_at(facilities, "utilisation", 2), WithinRel(0.3, 1e-12));
    CHECK(text(facilities, "binding", 3) == "not_built");
    CHECK(std::isnan(number_at(facilities, "utilisation", 3)));
}

TEST_CASE("The status of a plant is that of the year", "[study][tables]") {
    auto chain = test::ovens_chain();
    chain.facility("old", "coking", 10.0).retire = 2020;
    auto& young = chain.facility("young", "coking", 10.0);
    young.start = 2024;
    young.status = model::Status::building;
    auto& next = chain.facility("next", "coking", 10.0);
    next.start = 2030;
    next.status = model::Status::building;
    const auto facilities = study::facilities_table(study::Study(test::ovens(chain)).run());
    std::map<std::string, std::string> status;
    for (std::size_t row = 0; row < facilities.rows(); ++row) {
        status[text(facilities, "id", row)] = text(facilities, "status", row);
    }
    CHECK(status.at("old") == "closed");
    CHECK(status.at("young") == "running");
    CHECK(status.at("next") == "building");
}

TEST_CASE("Projects are told whether built or not, with their capacity where it is known",
          "[study][tables]") {
    auto chain = test::ovens_chain();
    model::Project built;
    built.id = "tar_plant";
    built.name = {"焦油加工", "tar plant"};
    built.kind = "industry";
    built.status = model::Status::building;
    built.facilities = {"still"};
    built.main_facility = "still";
    built.capacity = test::datum(20.0, "t/a");
    built.selected = true;
    built.start = 2024;
    chain.project(built);
    model::Project dream;
    dream.id = "refinery";
    dream.kind = "industry";
    dream.facilities = {"cracker"};
    chain.project(dream);
    const auto projects = study::projects_table(study::Study(test::ovens(chain)).run());
    REQUIRE(projects.rows() == 2);
    CHECK(text(projects, "id", 0) == "refinery");
    CHECK(std::isnan(number_at(projects, "capacity", 0)));
    CHECK(text(projects, "confidence", 0).empty());
    CHECK(text(projects, "name_zh", 1) == "焦油加工");
    CHECK(number_at(projects, "capacity", 1) == 20.0);
    CHECK(text(projects, "unit", 1) == "t/a");
    CHECK(text(projects, "confidence", 1) == "known");
    CHECK(projects.column("selected").at(1) == table::Cell{std::int64_t{1}});
}

TEST_CASE("Years stand below each other", "[study][tables]") {
    const auto run = study::Study(test::ovens(test::ovens_chain(), {2025, 2030})).run();
    const auto commodities = study::commodities_table(run);
    CHECK(commodities.rows() == 2 * run.year(2025).commodities().size());
    CHECK(commodities.column("year").at(0) == table::Cell{std::int64_t{2025}});
    CHECK(commodities.column("year").at(commodities.rows() - 1) == table::Cell{std::int64_t{2030}});
}

TEST_CASE("The shares of confidence of an indicator sum to one", "[study][tables]") {
    const auto indicators = study::indicators_table(study::Study(test::ovens()).run());
    for (std::size_t row = 0; row < indicators.rows(); ++row) {
        if (text(indicators, "id", row) == "made_coke") {
            double sum = 0.0;
            for (const auto confidence : model::confidences) {
                sum += number_at(indicators, std::string(model::to_string(confidence)), row);
            }
            CHECK_THAT(sum, WithinRel(1.0, 1e-12));
        }
    }
}
