#include "support/catch.hpp"
#include "support/near.hpp"
#include "support/solved_year.hpp"

#include <array>
#include <cstddef>
#include <fstream>
#include <map>
#include <sstream>
#include <string>

// Two figures of one thing: what a factor says that a plant emits after its abatement, and what the
// recipe lets go by its element balance (before abatement) or at its emission limit. Where both are
// there, their quotient is held here, with why it is what it is.

using chainsim::test::Near;
using chainsim::test::solved_plan;
using chainsim::test::SolvedYear;
using chainsim::test::source;
namespace model = chainsim::model;

namespace {

/// Mass of a pollutant that a recipe gives per unit of its product.
double recipe_gives(const model::Model& model, const model::Process& process,
                    model::Pollutant pollutant) {
    double sum = 0.0;
    for (const auto& flow : process.outputs) {
        const auto& one = model.commodities[flow.commodity];
        sum += one.pollutant == pollutant ? flow.amount * one.mass : 0.0;
    }
    return sum;
}

/// Of the last level of a factor, over what the recipe gives.
std::map<std::string, double> quotients(const model::Model& model) {
    std::map<std::string, double> result;
    for (const auto& factor : model.emission_factors) {
        for (const auto index : factor.processes) {
            const auto& process = model.processes[index];
            for (const auto pollutant : model::pollutants) {
                const double given = recipe_gives(model, process, pollutant);
                if (given <= 0.0 || factor.levels.empty()) {
                    continue;
                }
                const auto& amount =
                    factor.levels.back().amounts[static_cast<std::size_t>(pollutant)];
                if (amount.way == model::EmissionAmount::Way::figure) {
                    result[std::string(model::to_string(pollutant)) + " " + process.id] =
                        amount.amount / given;
                }
            }
        }
    }
    return result;
}

} // namespace

TEST_CASE("Factors and recipes agree, or their difference is the abatement",
          "[validation][pollutants]") {
    std::ifstream file(source("tests/validation/pollutants/factor_over_recipe.csv"));
    REQUIRE(file);
    std::string line;
    std::getline(file, line);
    REQUIRE(line == "pollutant,process,quotient,why");
    auto found = quotients(solved_plan().scenario().model);
    while (std::getline(file, line)) {
        std::array<std::string, 3> cells;
        std::istringstream row(line);
        for (auto& cell : cells) {
            std::getline(row, cell, ',');
        }
        const auto at = found.find(cells[0] + " " + cells[1]);
        CAPTURE(line);
        REQUIRE(at != found.end());
        CHECK_THAT(at->second, Near(std::stod(cells[2]), 0.001));
        found.erase(at);
    }
    for (const auto& [what, quotient] : found) {
        FAIL_CHECK(what << " has two figures, and the file does not say why they differ: "
                        << quotient);
    }
}

TEST_CASE("Pollutants of the plan, by hand", "[validation][pollutants]") {
    // The large sources in t: coal power at 0.12 and 0.18 kg/MWh, ovens at 0.08 and 0.26 kg/t of
    // hot coke (0.05 and 0.20 where they start in 2024), carbide, lime, carbon black and clinker.
    // They are most of the total; fine chemicals and boilers are the rest.
    double dioxide = 0.0;
    double oxides = 0.0;
    const auto add = [&](const std::string& process, double so2, double nox) {
        for (const auto& facility : solved_plan().scenario().facilities) {
            if (solved_plan().scenario().model.processes[facility.process_in(2025)].id == process &&
                facility.exists(2025)) {
                dioxide += solved_plan().activity(facility.id) * so2 / 1000.0;
                oxides += solved_plan().activity(facility.id) * nox / 1000.0;
            }
        }
    };
    add("coal_power_cfb_lowrank_baseline", 0.12, 0.18);
    add("coal_power_cfb_lowrank_target", 0.12, 0.18);
    add("coking_stamp_charging", 0.08, 0.26);
    add("calcium_carbide_closed_furnace", 0.05, 0.1);
    add("quicklime_gas_kiln", 0.1, 0.25);
    add("carbon_black_furnace", 0.8, 1.0);
    add("cement_clinker_carbide_slag", 0.1, 0.6);
    for (const auto& facility : solved_plan().scenario().facilities) {
        if (solved_plan().scenario().model.processes[facility.process].id ==
                "coking_top_charging" &&
            facility.exists(2025)) {
            const bool is_new = facility.start.value_or(0) >= 2024;
            dioxide += solved_plan().activity(facility.id) * (is_new ? 0.05 : 0.08) / 1000.0;
            oxides += solved_plan().activity(facility.id) * (is_new ? 0.20 : 0.26) / 1000.0;
        }
    }
    // And acid gas of the hydrofining of benzol, which is flared: 64.06 t of SO2 per 34.08 t.
    dioxide += solved_plan().disposed("hydrogen_sulphide") * 64.06 / 34.08;
    CHECK(dioxide < solved_plan().indicator("so2"));
    CHECK(dioxide > 0.6 * solved_plan().indicator("so2"));
    CHECK(oxides < solved_plan().indicator("nox"));
    CHECK(oxides > 0.6 * solved_plan().indicator("nox"));
}
