// The parts of a batch of systems of one pattern, on random chains: the analysis, the factors of
// eight systems, their solution by each method.

#include "support/random_systems.hpp"
#include <chainsim/linear/base_factor.hpp>
#include <chainsim/linear/lane_solver.hpp>
#include <chainsim/linear/solve_once.hpp>

#include <benchmark/benchmark.h>

#include <vector>

namespace {

using chainsim::vector_lanes;
using chainsim::linear::LaneSolver;
using chainsim::linear::Pattern;
using chainsim::linear::PatternOptions;

chainsim::test::Sparse chain(const benchmark::State& state) {
    return chainsim::test::random_matrix(
        {.size = static_cast<int>(state.range(0)), .inputs = 4, .loops = 0.05}, 1);
}

PatternOptions only(chainsim::linear::Method method) {
    PatternOptions options;
    options.method = method;
    return options;
}

void analyse(benchmark::State& state) {
    const auto matrix = chain(state);
    for ([[maybe_unused]] auto step : state) {
        benchmark::DoNotOptimize(Pattern(matrix).structure().fill);
    }
}

/// Eight systems a step; items are systems.
struct Eight {
    Eight(const benchmark::State& state, chainsim::linear::Method method)
        : matrix(chain(state)), pattern(matrix, only(method)), solver(pattern),
          values(chainsim::test::values_in_lanes(pattern, chainsim::test::drawn(matrix, 2))),
          right(static_cast<std::size_t>(matrix.cols()) * vector_lanes, 1.0),
          unknown(right.size()) {
        solver.factor(values.data());
    }
    chainsim::test::Sparse matrix;
    Pattern pattern;
    LaneSolver solver;
    std::vector<double> values, right, unknown;
};

void refactor_lanes(benchmark::State& state) {
    Eight eight(state, chainsim::linear::Method::factor);
    for ([[maybe_unused]] auto step : state) {
        eight.solver.factor(eight.values.data());
    }
    state.SetItemsProcessed(state.iterations() * vector_lanes);
}

void solve_lanes(benchmark::State& state, chainsim::linear::Method method) {
    Eight eight(state, method);
    for ([[maybe_unused]] auto step : state) {
        const auto reports = eight.solver.solve(eight.right.data(), eight.unknown.data());
        benchmark::DoNotOptimize(reports);
    }
    state.SetItemsProcessed(state.iterations() * vector_lanes);
}

void solve_group(benchmark::State& state) {
    chainsim::linear::BaseFactor base(chain(state));
    const auto width = static_cast<std::size_t>(base.group_width());
    const std::vector<double> right(static_cast<std::size_t>(state.range(0)) * width, 1.0);
    std::vector<double> unknown(right.size());
    std::vector<chainsim::linear::LaneReport> reports(width);
    for ([[maybe_unused]] auto step : state) {
        base.solve_group(right.data(), unknown.data(), reports);
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(width));
}

void solve_once(benchmark::State& state) {
    const auto matrix = chain(state);
    const Eigen::VectorXd right = Eigen::VectorXd::Ones(matrix.rows());
    for ([[maybe_unused]] auto step : state) {
        benchmark::DoNotOptimize(chainsim::linear::solve_once(matrix, right).passes);
    }
}

BENCHMARK(analyse)->Arg(50)->Arg(150)->Arg(1000)->Unit(benchmark::kMicrosecond);
BENCHMARK(refactor_lanes)->Arg(50)->Arg(150)->Arg(1000)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(solve_lanes, by_factor, chainsim::linear::Method::factor)
    ->Arg(50)
    ->Arg(150)
    ->Arg(1000)
    ->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(solve_lanes, by_sweeps, chainsim::linear::Method::sweeps)
    ->Arg(50)
    ->Arg(150)
    ->Arg(1000)
    ->Unit(benchmark::kMicrosecond);
BENCHMARK(solve_group)->Arg(50)->Arg(150)->Arg(1000)->Unit(benchmark::kMicrosecond);
BENCHMARK(solve_once)->Arg(50)->Arg(150)->Arg(1000)->Unit(benchmark::kMicrosecond);

} // namespace
