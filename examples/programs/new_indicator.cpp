// An indicator of one's own: fresh water that goes into a tonne of product, plant by plant.
//   bash examples/run.sh
//   cmake --install build/release --prefix install
//   cmake -S examples/programs -B build/programs -DCMAKE_PREFIX_PATH="$PWD/install"
//   cmake --build build/programs
//   build/programs/new_indicator scenarios/hainan/plan_2025.yaml fresh_water

#include <chainsim/chainsim.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <exception>
#include <string>
#include <vector>

namespace study = chainsim::study;
namespace model = chainsim::model;

namespace {

/// What is counted: so much a unit of activity of each plant. Every indicator of the engine is such
/// a row over the columns of the balance; here it is gross intake of one commodity.
std::vector<double> intake_weights(const study::YearRun& year,
                                   model::Index<model::Commodity> commodity) {
    const auto& system = year.system();
    const int row = system.layout.row_of[commodity.value];
    std::vector<double> weights(system.layout.columns.size(), 0.0);
    for (std::size_t column = 0; column < weights.size(); ++column) {
        for (const auto& flow : system.flows[column]) {
            if (flow.row == row && flow.amount.value() < 0.0) { // inputs are negative
                weights[column] -= flow.amount.value();
            }
        }
    }
    return weights;
}

struct Intake {
    std::string plant;
    double amount = 0.0;
    double of_a_unit = 0.0;
};

} // namespace

int main(int argc, char** argv) {
    if (argc != 3) {
        fmt::print(stderr, "usage: new_indicator SCENARIO COMMODITY\n");
        return 2;
    }
    try {
        const auto opened = study::open(argv[1]);
        const auto& scenario = opened.scenario();
        const auto commodity = scenario.model.commodities.find(argv[2]);
        if (!commodity) {
            fmt::print(stderr, "unknown commodity '{}'\n", argv[2]);
            return 2;
        }
        const auto run = opened.run();
        if (run.failure()) {
            fmt::print(stderr, "{}\n", run.failure()->message);
            return 3;
        }
        const auto& unit = scenario.model.commodities[*commodity].unit.text();
        for (const auto& year : run.years()) {
            const auto weights = intake_weights(year, *commodity);
            std::vector<Intake> intakes;
            double total = 0.0; // in the order of the plants: the same sum everywhere
            for (std::size_t column = 0; column < weights.size(); ++column) {
                const double activity = year.solution().activity[static_cast<long>(column)];
                if (weights[column] * activity > 0.0) {
                    total += weights[column] * activity;
                    intakes.push_back({scenario.facilities[year.system().layout.columns[column]].id,
                                       weights[column] * activity, weights[column]});
                }
            }
            std::stable_sort(intakes.begin(), intakes.end(),
                             [](const Intake& a, const Intake& b) { return a.amount > b.amount; });
            fmt::print("{}: {:.6g} {} of {} into {} plants\n", year.year(), total, unit, argv[2],
                       intakes.size());
            for (std::size_t i = 0; i < std::min<std::size_t>(intakes.size(), 5); ++i) {
                fmt::print("  {:<32} {:12.6g} {}, {:.4g} a unit\n", intakes[i].plant,
                           intakes[i].amount, unit, intakes[i].of_a_unit);
            }
        }
        return 0;
    } catch (const std::exception& error) { // bad input, with every problem and its place
        fmt::print(stderr, "{}\n", error.what());
        return 2;
    }
}
