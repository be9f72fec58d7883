// How long each stage of a run of the district takes, from YAML to the written folder:
//   cmake --preset release -DCHAINSIM_BUILD_BENCHMARKS=ON && cmake --build build/release
//   build/release/tests/benchmark/chainsim_benchmark

#include <chainsim/chainsim.hpp>
#include <chainsim/load/load_scenario.hpp>
#include <chainsim/solve/dispatch.hpp>

#include <benchmark/benchmark.h>

#include <filesystem>
#include <sys/resource.h>

namespace {

namespace study = chainsim::study;

const std::filesystem::path plan =
    std::filesystem::path(CHAINSIM_SOURCE_DIR) / "scenarios/hainan/plan_2025.yaml";
constexpr int year = 2025;

const study::Study& opened() {
    static const study::Study district = study::open(plan);
    return district;
}

void load(benchmark::State& state) {
    for (auto step : state) {
        benchmark::DoNotOptimize(chainsim::load::load_scenario(plan));
    }
}

void compile(benchmark::State& state) {
    for (auto step : state) {
        benchmark::DoNotOptimize(chainsim::accounts::compile(opened().scenario(), year));
    }
}

/// The balance alone: a new solver each time, as after a change of the pattern.
void solve(benchmark::State& state) {
    const auto system = chainsim::accounts::compile(opened().scenario(), year);
    for (auto step : state) {
        benchmark::DoNotOptimize(chainsim::solve::Dispatch(system.equations).solve());
    }
    state.counters["rows"] = system.equations.rows();
    state.counters["columns"] = system.equations.columns();
}

/// The same equations again: the analysis of the pattern is kept.
void solve_again(benchmark::State& state) {
    const auto system = chainsim::accounts::compile(opened().scenario(), year);
    chainsim::solve::Dispatch dispatch(system.equations);
    benchmark::DoNotOptimize(dispatch.solve());
    for (auto step : state) {
        benchmark::DoNotOptimize(dispatch.solve());
    }
}

void run(benchmark::State& state) {
    for (auto step : state) {
        benchmark::DoNotOptimize(opened().run());
    }
}

/// From YAML to the written folder, everything on the device.
void run_and_write(benchmark::State& state) {
    const auto folder = std::filesystem::temp_directory_path() / "chainsim-benchmark";
    for (auto step : state) {
        study::write_run(study::open(plan).run(), folder);
    }
    std::filesystem::remove_all(folder);
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    state.counters["peak_MB"] = static_cast<double>(usage.ru_maxrss) / 1024.0;
}

} // namespace

BENCHMARK(load)->Unit(benchmark::kMillisecond);
BENCHMARK(compile)->Unit(benchmark::kMillisecond);
BENCHMARK(solve)->Unit(benchmark::kMicrosecond);
BENCHMARK(solve_again)->Unit(benchmark::kMicrosecond);
BENCHMARK(run)->Unit(benchmark::kMillisecond);
BENCHMARK(run_and_write)->Unit(benchmark::kMillisecond);

BENCHMARK_MAIN();
