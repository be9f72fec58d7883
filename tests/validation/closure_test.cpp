#include "support/catch.hpp"
#include "support/solved_year.hpp"
#include <chainsim/model/closure.hpp>

#include <cmath>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

// The signed residuals of each recipe, held to those of an independent checker (Python), whose
// output is kept in tests/validation/closure/.

namespace {

struct Residual {
    std::string recipe;
    std::string kind; ///< mass, or the symbol of an element
    double percent = 0.0;
};

/// Recipes that were corrected after the checker read them (changed_recipes.csv says how): they are
/// held to the general limits alone.
std::set<std::string> corrected_recipes() {
    std::ifstream file(chainsim::test::source("tests/validation/closure/changed_recipes.csv"));
    REQUIRE(file);
    std::set<std::string> recipes;
    std::string line;
    std::getline(file, line);
    while (std::getline(file, line)) {
        recipes.insert(line.substr(0, line.find(',')));
    }
    return recipes;
}

std::vector<Residual> reference_residuals() {
    std::ifstream file(chainsim::test::source("tests/validation/closure/reference_residuals.csv"));
    REQUIRE(file);
    std::vector<Residual> rows;
    std::string line;
    std::getline(file, line);
    while (std::getline(file, line)) {
        std::istringstream cells(line);
        Residual row;
        std::string number;
        std::getline(cells, row.recipe, ',');
        std::getline(cells, row.kind, ',');
        std::getline(cells, number, ',');
        row.percent = std::stod(number);
        rows.push_back(row);
    }
    return rows;
}

/// The checker knows few elements; what it calls `other` is all that it does not know.
double amount(const chainsim::model::ElementVector& elements, const std::string& kind) {
    static const std::set<std::string> known{"C", "H", "O", "N", "S", "Cl", "Na", "Ca", "ash"};
    double total = 0.0;
    for (std::size_t e = 0; e < elements.size(); ++e) {
        const std::string symbol(to_string(static_cast<chainsim::model::Element>(e)));
        if (kind == "other" ? !known.contains(symbol) : symbol == kind) {
            total += elements[e];
        }
    }
    return total;
}

} // namespace

TEST_CASE("Every recipe leaves open what the independent checker says, to 0.1 points",
          "[validation][closure]") {
    const auto library = chainsim::load::load_model(chainsim::test::source("models"));
    const auto rows = reference_residuals();
    const auto corrected = corrected_recipes();
    REQUIRE(rows.size() > 500);
    REQUIRE(corrected.size() < 20);
    for (const auto& row : rows) {
        if (corrected.contains(row.recipe)) {
            continue;
        }
        CAPTURE(row.recipe, row.kind);
        REQUIRE(library.processes.contains(row.recipe));
        const auto closure =
            chainsim::model::closure(library.processes.at(row.recipe), library.commodities);
        double residual = 0.0;
        if (row.kind == "mass") {
            residual = closure.mass_residual();
        } else {
            const double in = amount(closure.elements_in, row.kind);
            const double out = amount(closure.elements_out, row.kind);
            residual = (out - in) / std::max(in, out);
        }
        CHECK(std::abs(100.0 * residual - row.percent) <= 0.1);
    }
}

TEST_CASE("Every recipe of the library closes within its limits or says why not",
          "[validation][closure]") {
    const auto library = chainsim::load::load_model(chainsim::test::source("models"));
    REQUIRE(library.processes.size() >= 113);
    for (const auto& process : library.processes) {
        for (const auto& finding : chainsim::model::check_closure(process, library.commodities)) {
            FAIL_CHECK(to_string(finding));
        }
    }
}
