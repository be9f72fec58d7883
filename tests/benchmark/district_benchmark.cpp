// How long each stage of a run of the district takes, from YAML to the written folder; the argument
// is the scenario. First line to build, second to run:
//   cmake --preset release -DCHAINSIM_BUILD_BENCHMARKS=ON && cmake --build build/release
//   build/release/tests/benchmark/chainsim_benchmark --benchmark_repetitions=9

#include <chainsim/accounts/closure.hpp>
#include <chainsim/analysis/outages.hpp>
#include <chainsim/chainsim.hpp>
#include <chainsim/input/document.hpp>
#include <chainsim/load/load_scenario.hpp>
#include <chainsim/solve/dispatch.hpp>

#include <benchmark/benchmark.h>

#include <array>
#include <filesystem>
#include <string>
#include <sys/resource.h>
#include <unistd.h>
#include <vector>

namespace {

namespace study = chainsim::study;

struct Case {
    const char* file;
    int year;
};
constexpr std::array cases{Case{"base_2020", 2020}, Case{"plan_2025", 2025}};

const Case& chosen(const benchmark::State& state) {
    return cases.at(static_cast<std::size_t>(state.range(0)));
}

std::filesystem::path path_of(const benchmark::State& state) {
    return std::filesystem::path(CHAINSIM_SOURCE_DIR) / "scenarios/hainan" /
           (std::string(chosen(state).file) + ".yaml");
}

chainsim::system::System compiled(const benchmark::State& state) {
    return chainsim::accounts::compile(study::open(path_of(state)).scenario(), chosen(state).year);
}

void load(benchmark::State& state) {
    while (state.KeepRunning()) {
        benchmark::DoNotOptimize(chainsim::load::load_scenario(path_of(state)));
    }
}

/// All files of the models, parsed by yaml-cpp or taken from a cache.
void read_models(benchmark::State& state) {
    namespace input = chainsim::input;
    const bool is_cached = state.range(0) != 0;
    const auto folder = std::filesystem::temp_directory_path() /
                        ("chainsim-benchmark-cache-" + std::to_string(getpid()));
    const input::TreeCache cache = is_cached ? input::TreeCache(folder) : input::TreeCache();
    std::vector<input::FileName> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(
             std::filesystem::path(CHAINSIM_SOURCE_DIR) / "models")) {
        if (entry.path().extension() == ".yaml") {
            files.push_back({entry.path(), entry.path().string()});
        }
    }
    const auto read = [&] {
        input::Findings findings;
        return input::read_documents(files, findings, cache);
    };
    benchmark::DoNotOptimize(read()); // fills the cache
    while (state.KeepRunning()) {
        benchmark::DoNotOptimize(read());
    }
    std::filesystem::remove_all(folder);
}

/// Equations and indicator rows.
void compile(benchmark::State& state) {
    const auto district = study::open(path_of(state));
    while (state.KeepRunning()) {
        benchmark::DoNotOptimize(
            chainsim::accounts::compile(district.scenario(), chosen(state).year));
    }
}

/// The balance alone, with a new solver each time.
void solve(benchmark::State& state) {
    const auto system = compiled(state);
    while (state.KeepRunning()) {
        benchmark::DoNotOptimize(chainsim::solve::Dispatch(system.equations).solve());
    }
    state.counters["columns"] = system.equations.columns();
    state.counters["rows"] = system.equations.rows();
}

/// A draw: every capacity a little different, solved by one solver that is kept.
void solve_again(benchmark::State& state) {
    auto system = compiled(state);
    const Eigen::VectorXd nominal = system.equations.capacity;
    chainsim::solve::Dispatch dispatch(system.equations);
    benchmark::DoNotOptimize(dispatch.solve());
    const int before = dispatch.counts().analyses;
    int draw = 0;
    while (state.KeepRunning()) {
        system.equations.capacity = nominal * (1.0 + 1e-3 * (draw++ % 10));
        benchmark::DoNotOptimize(dispatch.solve());
    }
    state.counters["analyses"] = dispatch.counts().analyses - before;
}

/// All indicators of the solved year.
void evaluate(benchmark::State& state) {
    const auto system = compiled(state);
    const auto solution = chainsim::solve::Dispatch(system.equations).solve();
    while (state.KeepRunning()) {
        benchmark::DoNotOptimize(chainsim::accounts::evaluate(system, solution));
    }
}

/// Mass, elements and energy of the solved year, by two ways.
void close_balances(benchmark::State& state) {
    const auto district = study::open(path_of(state));
    const auto system = chainsim::accounts::compile(district.scenario(), chosen(state).year);
    const auto solution = chainsim::solve::Dispatch(system.equations).solve();
    while (state.KeepRunning()) {
        benchmark::DoNotOptimize(
            chainsim::accounts::closure(district.scenario(), system, solution));
    }
}

/// Every running facility off in turn: compiled once, solved as often as there are facilities.
void outages(benchmark::State& state) {
    const auto district = study::open(path_of(state));
    const auto system = chainsim::accounts::compile(district.scenario(), chosen(state).year);
    const auto solution = chainsim::solve::Dispatch(system.equations).solve();
    std::size_t count = 0;
    while (state.KeepRunning()) {
        const auto found = chainsim::analysis::outages(district.scenario(), system, solution);
        count = found.ranked.size() + found.unsolved.size();
    }
    state.counters["outages"] = static_cast<double>(count);
}

/// From the loaded scenario to all results in memory.
void run(benchmark::State& state) {
    const auto district = study::open(path_of(state));
    while (state.KeepRunning()) {
        benchmark::DoNotOptimize(district.run());
    }
}

/// From YAML to the written folder; in memory where there is such a device, so that no disk is
/// timed.
void run_and_write(benchmark::State& state) {
    const std::filesystem::path memory = "/dev/shm";
    const auto parent =
        std::filesystem::exists(memory) ? memory : std::filesystem::temp_directory_path();
    const auto folder = parent / ("chainsim-benchmark-" + std::to_string(getpid()));
    while (state.KeepRunning()) {
        study::write_run(study::open(path_of(state)).run(), folder);
    }
    std::filesystem::remove_all(folder);
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    state.counters["peak_MB"] = static_cast<double>(usage.ru_maxrss) / 1024.0;
}

void each_scenario(benchmark::internal::Benchmark* benchmark) {
    benchmark->ArgName("scenario")->DenseRange(0, static_cast<int>(cases.size()) - 1);
}

} // namespace

BENCHMARK(read_models)
    ->ArgName("cached")
    ->DenseRange(0, 1)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();
BENCHMARK(load)->Apply(each_scenario)->Unit(benchmark::kMillisecond);
BENCHMARK(compile)->Apply(each_scenario)->Unit(benchmark::kMicrosecond);
BENCHMARK(solve)->Apply(each_scenario)->Unit(benchmark::kMicrosecond);
BENCHMARK(solve_again)->Apply(each_scenario)->Unit(benchmark::kMicrosecond);
BENCHMARK(evaluate)->Apply(each_scenario)->Unit(benchmark::kMicrosecond);
BENCHMARK(close_balances)->Apply(each_scenario)->Unit(benchmark::kMicrosecond);
BENCHMARK(outages)->Apply(each_scenario)->Unit(benchmark::kMillisecond);
BENCHMARK(run)->Apply(each_scenario)->Unit(benchmark::kMicrosecond);
BENCHMARK(run_and_write)->Apply(each_scenario)->Unit(benchmark::kMillisecond);
