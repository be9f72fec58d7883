#include "solved.hpp"
#include "support/backends.hpp"
#include "support/catch.hpp"

#include <fstream>
#include <string>
#include <vector>

// The first linear programs of the textbooks, and a location problem of the libraries.

using namespace chainsim::optimise; // NOLINT(google-build-using-namespace)
using chainsim::test::solved;
using chainsim::test::solvers;

namespace {

struct Food {
    const char* name;
    std::vector<double> nutrients; // of a dollar's worth
};

/// Twenty of Stigler's 77 foods, those of the published optimum among them, for a dollar of August
/// 1939: calories (1000), protein (g), calcium (g), iron (mg), vitamin A (1000 IU), thiamine (mg),
/// riboflavin (mg), niacin (mg), ascorbic acid (mg).
const std::vector<Food>& foods() {
    static const std::vector<Food> table{
        {"wheat_flour", {44.7, 1411, 2.0, 365, 0, 55.4, 33.3, 441, 0}},
        {"corn_meal", {36.0, 897, 1.7, 99, 30.9, 17.4, 7.9, 106, 0}},
        {"evaporated_milk", {8.4, 422, 15.1, 9, 26.0, 3.0, 23.5, 11, 60}},
        {"margarine", {20.6, 17, 0.6, 6, 55.8, 0.2, 0, 0, 0}},
        {"cheese", {7.4, 448, 16.4, 19, 28.1, 0.8, 10.3, 4, 0}},
        {"peanut_butter", {15.7, 661, 1.0, 48, 0, 9.6, 8.1, 471, 0}},
        {"lard", {41.7, 0, 0, 0, 0.2, 0, 0.5, 5, 0}},
        {"liver", {2.2, 333, 0.2, 139, 169.2, 6.4, 50.8, 316, 525}},
        {"pork_roast", {4.4, 249, 0.3, 37, 0, 18.2, 3.6, 79, 0}},
        {"salmon", {5.8, 705, 6.8, 45, 3.5, 1.0, 4.9, 209, 0}},
        {"green_beans", {2.4, 138, 3.7, 80, 69.0, 4.3, 5.8, 37, 862}},
        {"cabbage", {2.6, 125, 4.0, 36, 7.2, 9.0, 4.5, 26, 5369}},
        {"onions", {5.8, 166, 3.8, 59, 16.6, 4.7, 5.9, 21, 1184}},
        {"potatoes", {14.3, 336, 1.8, 118, 6.7, 29.4, 7.1, 198, 2522}},
        {"spinach", {1.1, 106, 0, 138, 918.4, 5.7, 13.8, 33, 2755}},
        {"sweet_potatoes", {9.6, 138, 2.7, 54, 290.7, 8.4, 5.4, 83, 1912}},
        {"prunes", {12.8, 99, 2.5, 154, 85.7, 3.9, 4.3, 65, 257}},
        {"lima_beans", {17.4, 1055, 3.7, 459, 5.1, 26.9, 38.2, 93, 0}},
        {"navy_beans", {26.9, 1691, 11.4, 792, 0, 38.4, 24.6, 217, 0}},
        {"sugar", {34.9, 0, 0, 0, 0, 0, 0, 0, 0}},
    };
    return table;
}

Program diet() {
    const std::vector<std::pair<const char*, double>> allowances{
        {"calories", 3.0},   {"protein", 70.0},  {"calcium", 0.8},
        {"iron", 12.0},      {"vitamin_a", 5.0}, {"thiamine", 1.8},
        {"riboflavin", 2.7}, {"niacin", 18.0},   {"ascorbic_acid", 75.0}};
    ProgramBuilder builder;
    for (const auto& [name, least] : allowances) {
        builder.add_row(name, least, infinity);
    }
    for (const auto& food : foods()) {
        const int column = builder.add_column(food.name, 0.0, infinity, 1.0);
        for (std::size_t row = 0; row < food.nutrients.size(); ++row) {
            builder.add(static_cast<int>(row), column, food.nutrients[row]);
        }
    }
    return builder.build("diet", false);
}

/// A data file of OR-Library: warehouses with capacity and fixed cost; customers with demand and
/// the cost of serving all of it from each warehouse.
Program warehouses(const std::string& path) {
    std::ifstream file(path);
    int sites = 0;
    int customers = 0;
    REQUIRE(file >> sites >> customers);
    ProgramBuilder builder;
    std::vector<int> open;
    std::vector<int> capacity;
    for (int site = 0; site < sites; ++site) {
        double most = 0.0;
        double fixed = 0.0;
        REQUIRE(file >> most >> fixed);
        const auto name = std::to_string(site + 1);
        open.push_back(builder.add_column("open" + name, 0.0, 1.0, fixed, true));
        capacity.push_back(builder.add_row("capacity" + name, -infinity, 0.0));
        builder.add(capacity.back(), open.back(), -most);
    }
    for (int customer = 0; customer < customers; ++customer) {
        double demand = 0.0;
        REQUIRE(file >> demand);
        const auto name = std::to_string(customer + 1);
        const int served = builder.add_row("served" + name, 1.0, 1.0);
        for (std::size_t site = 0; site < open.size(); ++site) {
            double cost = 0.0;
            REQUIRE(file >> cost);
            const auto pair = name + "." + std::to_string(site + 1);
            const int share = builder.add_column("share" + pair, 0.0, 1.0, cost);
            builder.add(served, share, 1.0);
            builder.add(capacity[site], share, demand);
            const int only = builder.add_row("only_if_open" + pair, -infinity, 0.0);
            builder.add(only, share, 1.0);
            builder.add(only, open[site], -1.0);
        }
    }
    return builder.build("warehouses", false);
}

} // namespace

SCENARIO("The Wyndor Glass Co. earns 36 000 dollars a week", "[validation][optimise]") {
    const auto solver = GENERATE(from_range(solvers()));
    // F. S. Hillier & G. J. Lieberman (2010), Introduction to Operations Research, 9th edition,
    // section 3.1: doors 2, windows 6, profit 36; shadow prices 0, 3/2 and 1 in section 4.7.
    ProgramBuilder builder;
    builder.add_column("doors", 0.0, infinity, 3.0);
    builder.add_column("windows", 0.0, infinity, 5.0);
    builder.add_row("plant_1", -infinity, 4.0);
    builder.add_row("plant_2", -infinity, 12.0);
    builder.add_row("plant_3", -infinity, 18.0);
    builder.add(0, 0, 1.0);
    builder.add(1, 1, 2.0);
    builder.add(2, 0, 3.0);
    builder.add(2, 1, 2.0);
    const auto answer = solved(builder.build("glass", true), solver);
    CHECK_THAT(answer.objective, Catch::WithinAbs(36.0, 1e-9));
    CHECK_THAT(answer.point[0], Catch::WithinAbs(2.0, 1e-9));
    CHECK_THAT(answer.point[1], Catch::WithinAbs(6.0, 1e-9));
    CHECK_THAT(answer.row_duals[0], Catch::WithinAbs(0.0, 1e-9));
    CHECK_THAT(answer.row_duals[1], Catch::WithinAbs(1.5, 1e-9));
    CHECK_THAT(answer.row_duals[2], Catch::WithinAbs(1.0, 1e-9));
}

SCENARIO("Stigler's diet costs 39.69 dollars a year", "[validation][optimise]") {
    const auto solver = GENERATE(from_range(solvers()));
    // G. J. Stigler (1945), The cost of subsistence, Journal of Farm Economics 27, 303-314: the
    // table. J. Laderman's optimum of 1947 after G. B. Dantzig (1990), The diet problem,
    // Interfaces 20(4), 43-47: 39.69 dollars a year, of wheat flour, liver, cabbage, spinach and
    // navy beans.
    const auto answer = solved(diet(), solver);
    CHECK_THAT(365.25 * answer.objective, Catch::WithinAbs(39.69, 0.005));
    std::vector<std::string> eaten;
    for (std::size_t k = 0; k < foods().size(); ++k) {
        if (answer.point[k] > 1e-9) {
            eaten.emplace_back(foods()[k].name);
        }
    }
    CHECK(eaten ==
          std::vector<std::string>{"wheat_flour", "liver", "cabbage", "spinach", "navy_beans"});
}

SCENARIO("Sixteen warehouses serve fifty customers at the published cost",
         "[validation][optimise]") {
    const auto solver = GENERATE(from_range(solvers()));
    // J. E. Beasley (1990), OR-Library, Journal of the Operational Research Society 41, 1069-1072:
    // cap41, optimum 1040444.375 in its file capopt.
    const auto program = warehouses(CHAINSIM_SOURCE_DIR "/tests/validation/programs/cap41.txt");
    CHECK(program.integers() == 16);
    CHECK_THAT(solved(program, solver).objective, Catch::WithinAbs(1040444.375, 1e-3));
}
