#include "support/catch.hpp"
#include "support/near.hpp"
#include "support/solved_year.hpp"

#include <cmath>
#include <fstream>
#include <sstream>
#include <string>

// Electricity and unit energy of each recipe, held to the figure that its source states for the
// whole recipe. It shows that utilities were neither lost nor counted twice on the way here.

namespace {

using chainsim::model::FlowKind;

constexpr double kgce_per_kwh = 0.1229; // GB/T 2589-2020, calorific value
constexpr double kgce_per_gj = 34.12;   // 1 / 29.3076 GJ per tce

/// Electricity taken in, less own use returned as product, and the energy of carriers: electricity,
/// steam and process heat, fuels at their heating value, less steam passed on. Feedstock, drying
/// heat, refrigeration and water are not counted.
struct Energy {
    double kwh = 0.0;
    double kgce = 0.0;
};

Energy energy_of(const chainsim::model::Process& process,
                 const chainsim::model::Registry<chainsim::model::Commodity>& commodities) {
    Energy out;
    const auto is_heat = [](const std::string& id) {
        return id == "steam" || id == "steam_mp" || id == "steam_hp" || id == "process_heat" ||
               id == "heat_low" || id == "heat_district" || id == "heat_recovered";
    };
    for (const auto& flow : process.inputs) {
        const auto& commodity = commodities[flow.commodity];
        if (commodity.id == "electricity") {
            out.kwh += flow.amount * 1000.0;
            out.kgce += flow.amount * 1000.0 * kgce_per_kwh;
        } else if (is_heat(commodity.id)) {
            out.kgce += flow.amount * kgce_per_gj;
        } else if (flow.kind == FlowKind::fuel) {
            out.kgce += flow.amount * commodity.lhv * kgce_per_gj;
        }
    }
    for (const auto& flow : process.outputs) {
        const auto& commodity = commodities[flow.commodity];
        if (is_heat(commodity.id)) {
            out.kgce -= flow.amount * kgce_per_gj;
        }
    }
    return out;
}

} // namespace

TEST_CASE("Each recipe takes the electricity and energy that its source states",
          "[validation][recipes]") {
    const auto library = chainsim::load::load_model(chainsim::test::source("models"));
    std::ifstream file(chainsim::test::source("tests/validation/recipes/reference_figures.csv"));
    REQUIRE(file);
    std::string line;
    std::getline(file, line);
    int compared = 0;
    while (std::getline(file, line)) {
        std::istringstream cells(line);
        std::string recipe;
        std::string kwh;
        std::string kgce;
        std::string basis;
        std::getline(cells, recipe, ',');
        std::getline(cells, kwh, ',');
        std::getline(cells, kgce, ',');
        std::getline(cells, basis);
        if (!basis.starts_with("\"utilities and fuel")) {
            continue;
        }
        CAPTURE(recipe, basis);
        REQUIRE(library.processes.contains(recipe));
        const auto energy = energy_of(library.processes.at(recipe), library.commodities);
        CHECK_THAT(energy.kwh, chainsim::test::Near(std::stod(kwh), 1e-6, "kWh", 1e-3));
        // Stated to three figures.
        CHECK_THAT(energy.kgce, chainsim::test::Near(std::stod(kgce), 0.006, "kgce", 0.01));
        ++compared;
    }
    CHECK(compared >= 113);
}
