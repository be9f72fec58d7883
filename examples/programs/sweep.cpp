// A sweep: one figure of a scenario is moved, and the scenario run at each step, on all cores.
//   bash examples/run.sh
//   cmake --install build/release --prefix install
//   cmake -S examples/programs -B build/programs -DCMAKE_PREFIX_PATH="$PWD/install"
//   cmake --build build/programs
//   build/programs/sweep scenarios/tutorial

#include <chainsim/chainsim.hpp>
#include <chainsim/parallel/executor.hpp>

#include <fmt/format.h>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <string>
#include <vector>

namespace study = chainsim::study;

namespace {

/// The plan of the tutorial with another capacity of its methanol plant, as text:
/// `changes` states what differs from the scenario that is extended.
std::string scenario_with(double capacity) {
    return fmt::format(R"(format: chainsim.scenario/1
scenario: methanol_swept
extends: methanol_2030.yaml
years: [2030]
changes:
  facilities:
    methanol: {{capacity: {:g} 万吨/年}}
)",
                       capacity);
}

struct Point {
    double capacity = 0.0; // 万吨/年
    double energy = 0.0;
    double value_added = 0.0;
    std::string failure;
};

} // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        fmt::print(stderr, "usage: sweep FOLDER, which has methanol_2030.yaml\n");
        return 2;
    }
    try {
        // A text is read as if it stood in this file: `extends` is looked for beside it.
        const auto file = std::filesystem::path(argv[1]) / "methanol_swept.yaml";
        std::vector<Point> points;
        for (double capacity = 2.0; capacity <= 14.0; capacity += 2.0) {
            points.push_back({capacity, 0.0, 0.0, {}});
        }
        const chainsim::parallel::Executor executor;
        executor.for_each(0, static_cast<std::int64_t>(points.size()), [&](std::int64_t job, int) {
            auto& point = points[static_cast<std::size_t>(job)]; // each job has a place of its own
            const auto run = study::open_text(file, scenario_with(point.capacity)).run();
            if (run.failure()) {
                point.failure = run.failure()->message;
                return;
            }
            const auto& year = run.year(2030);
            point.energy = year.indicator("energy_total_equivalent").in("ktce");
            point.value_added = year.indicator("value_added").in("CNY") / 1e6;
        });
        fmt::print("methanol, 10 kt/a   energy, ktce   value added, million CNY\n");
        for (const auto& point : points) {
            if (point.failure.empty()) {
                fmt::print("{:19g} {:14.2f} {:26.2f}\n", point.capacity, point.energy,
                           point.value_added);
            } else {
                fmt::print("{:19g} {}\n", point.capacity, point.failure);
            }
        }
        return 0;
    } catch (const std::exception& error) { // bad input, with every problem and its place
        fmt::print(stderr, "{}\n", error.what());
        return 2;
    }
}
