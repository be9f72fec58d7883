// Opens a scenario, runs it, and prints what holds each plant back.
//   bash examples/run.sh
//   cmake --install build/release --prefix install
//   cmake -S examples/first_run -B build/first_run -DCMAKE_PREFIX_PATH="$PWD/install"
//   cmake --build build/first_run
//   build/first_run/first_run scenarios/hainan/plan_2025.yaml

#include <chainsim/chainsim.hpp>

#include <fmt/format.h>

#include <cstdio>
#include <exception>

int main(int argc, char** argv) {
    if (argc != 2) {
        fmt::print(stderr, "usage: first_run SCENARIO\n");
        return 2;
    }
    try {
        const auto study = chainsim::study::open(argv[1]);
        const auto run = study.run();
        if (run.failure()) {
            fmt::print(stderr, "{}\n", run.failure()->message);
            return 3;
        }
        for (const auto& year : run.years()) {
            fmt::print("{}: {:.2f} Mtce, {:.1f} billion CNY of sales\n", year.year(),
                       year.indicator("energy_total_equivalent").in("Mtce"),
                       year.indicator("revenue").in("CNY") / 1e9);
            const auto& columns = year.system().layout.columns;
            for (std::size_t i = 0; i < columns.size(); ++i) {
                const auto& binding = year.solution().binding[i];
                if (binding.kind == chainsim::system::BindingKind::feedstock) {
                    const auto row = static_cast<std::size_t>(binding.row);
                    const auto commodity = year.system().layout.rows[row];
                    fmt::print("  {} is short of {}\n", study.scenario().facilities[columns[i]].id,
                               study.scenario().model.commodities[commodity].id);
                }
            }
        }
        return 0;
    } catch (const std::exception& error) { // bad input, with every problem and its place
        fmt::print(stderr, "{}\n", error.what());
        return 2;
    }
}
