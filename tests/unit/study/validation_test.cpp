#include "support/catch.hpp"
#include <chainsim/study/validation.hpp>

#include <nlohmann/json.hpp>

#include <string>

using Catch::Matchers::Contains;
using chainsim::table::Language;
namespace study = chainsim::study;
namespace table = chainsim::table;

namespace {

study::Validation found() {
    study::Validation validation;
    study::RecipeClosure kiln;
    kiln.id = "kiln";
    kiln.mass = -0.00123;
    kiln.energy = -0.3;
    kiln.elements = {{"Ca", 0.01}, {"Fe", 0.5}};
    study::RecipeClosure furnace;
    furnace.id = "furnace";
    furnace.mass = 0.04;
    furnace.open = true;
    furnace.open_reason = "mass: electrodes are not booked";
    validation.recipes = {furnace, kiln};
    validation.confidence = {1, 2, 3, 4, 5};
    validation.not_counted = {{"co2_total", "grid_co2"}};
    return validation;
}

} // namespace

TEST_CASE("The closure table is in percent, one row a recipe", "[study][validation]") {
    const auto closure = study::closure_table(found());
    CHECK(closure.rows() == 2);
    CHECK(closure.columns().size() == 12);
    CHECK(closure.column("mass").at(1) == table::Cell{-0.12});
    CHECK(closure.column("Ca").at(1) == table::Cell{1.0});
    CHECK(closure.column("energy").at(1) == table::Cell{-30.0});
    CHECK(std::isnan(std::get<double>(closure.column("Na").at(1))));
}

TEST_CASE("A reader sees which recipes stay open, and why", "[study][validation]") {
    const std::string text = study::validation_text(found(), Language::en, 0);
    CHECK_THAT(text, Contains("2 recipes, 1 of them open beyond the limits\n"
                              "  furnace: mass: electrodes are not booked\n") &&
                         Contains("seed 1 (6.7 %)  verified 2 (13.3 %)  known 3 (20.0 %)  estimate "
                                  "4 (26.7 %)  assumption 5 (33.3 %)") &&
                         Contains("not counted: co2_total (the models have no factor grid_co2)") &&
                         Contains("no problems found"));
}

TEST_CASE("As a document, problems have places and recipes signed parts", "[study][validation]") {
    auto validation = found();
    validation.problems.push_back({{"a.yaml", 3, 7}, "x", "wrong", "right", {}, {}});
    const auto json = nlohmann::json::parse(study::validation_json(validation));
    CHECK(json.at("problems").at(0) == nlohmann::json::parse(R"({"file": "a.yaml", "line": 3,
        "column": 7, "message": "wrong", "help": "right"})"));
    CHECK(json.at("recipes").at(1).at("mass") == -0.00123);
    CHECK(json.at("recipes").at(1).at("elements").at("Fe") == 0.5);
    CHECK(json.at("recipes").at(0).at("open_reason") == "mass: electrodes are not booked");
    CHECK(json.at("recipes").at(1).at("open_reason").is_null());
    CHECK(json.at("confidence").at("assumption") == 5);
    CHECK(json.at("not_counted").at("co2_total") == "grid_co2");
}
