// What a number costs that an uncertainty study draws, in seconds per number: of 2,000 parameters,
// eight draws at a time. CHAINSIM_VECTOR_ISA=baseline or avx2 asks for lesser instruction sets.

#include <chainsim/draws/generator.hpp>
#include <chainsim/draws/plan.hpp>

#include <benchmark/benchmark.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace {

using chainsim::draws::Generator;
using chainsim::draws::Marginal;
using chainsim::draws::Method;
using chainsim::draws::Plan;
using chainsim::draws::Shape;

constexpr int parameters = 2000;
constexpr std::int64_t draws = 1 << 20;

struct alignas(64) Lanes {
    std::array<double, chainsim::vector_lanes> lane;
};

/// Runs fill(first draw, out) for one eight of draws after the other.
template <typename Fill>
void measure(benchmark::State& state, Fill fill) {
    std::vector<Lanes> out(parameters);
    std::int64_t draw = 0;
    for ([[maybe_unused]] auto _ : state) {
        fill(draw, out.data()->lane.data());
        benchmark::ClobberMemory();
        draw = (draw + chainsim::vector_lanes) % draws;
    }
    state.counters["number"] = benchmark::Counter(parameters * chainsim::vector_lanes,
                                                  benchmark::Counter::kIsIterationInvariantRate |
                                                      benchmark::Counter::kInvert);
}

void draw_uniforms(benchmark::State& state) {
    const Generator generator(1);
    measure(state, [&](std::int64_t draw, double* out) {
        generator.uniforms(static_cast<std::uint64_t>(draw), parameters, out);
    });
}

void draw_normals(benchmark::State& state) {
    const Generator generator(1);
    measure(state, [&](std::int64_t draw, double* out) {
        generator.normals(static_cast<std::uint64_t>(draw), parameters, out);
    });
}

void draw_lognormals(benchmark::State& state) {
    const Generator generator(1);
    const std::vector<double> value(parameters, 3.0);
    const std::vector<double> sigma(parameters, 0.2);
    measure(state, [&](std::int64_t draw, double* out) {
        generator.lognormals(static_cast<std::uint64_t>(draw), parameters, value.data(),
                             sigma.data(), out);
    });
}

void draw_plan(benchmark::State& state, Shape shape, Method method) {
    std::vector<Marginal> marginals;
    marginals.reserve(parameters);
    for (int i = 0; i < parameters; ++i) {
        const double high = 2.0 + 0.1 * (i % 20); // twenty shapes of pert
        marginals.push_back({shape, 1.5, 1.0, high, {1.0, 2.0, 3.0}, {1.0, 1.0, 2.0}});
    }
    const Plan plan(std::move(marginals), {}, method, 1, draws);
    measure(state, [&](std::int64_t draw, double* out) { plan.fill(draw, out); });
}

/// In groups of twenty, by one correlation or a matrix.
void draw_groups(benchmark::State& state, bool by_matrix) {
    std::vector<chainsim::draws::Group> groups;
    for (int first = 0; first < parameters; first += 20) {
        auto& group = groups.emplace_back();
        group.rho = 0.5;
        for (int i = 0; i < 20; ++i) {
            group.members.push_back(first + i);
            for (int j = 0; j < 20 && by_matrix; ++j) {
                group.correlation.push_back(i == j ? 1.0 : 0.5);
            }
        }
    }
    const Plan plan(std::vector<Marginal>(parameters, {Shape::triangular, 1.5, 1.0, 2.0}), groups,
                    Method::sobol, 1, draws);
    measure(state, [&](std::int64_t draw, double* out) { plan.fill(draw, out); });
}

void make_pert_plan(benchmark::State& state) {
    for ([[maybe_unused]] auto _ : state) {
        std::vector<Marginal> marginals;
        marginals.reserve(100);
        for (int i = 0; i < 100; ++i) { // a hundred shapes
            marginals.push_back({Shape::pert, 1.0 + 0.01 * i, 1.0, 2.0});
        }
        const Plan plan(std::move(marginals), {}, Method::random, 1, draws);
        benchmark::DoNotOptimize(plan.parameters());
    }
}

BENCHMARK(draw_uniforms)->Unit(benchmark::kMicrosecond);
BENCHMARK(draw_normals)->Unit(benchmark::kMicrosecond);
BENCHMARK(draw_lognormals)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(draw_plan, uniform_random, Shape::uniform, Method::random)
    ->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(draw_plan, uniform_sobol, Shape::uniform, Method::sobol)
    ->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(draw_plan, uniform_latin_hypercube, Shape::uniform, Method::latin_hypercube)
    ->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(draw_plan, triangular_random, Shape::triangular, Method::random)
    ->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(draw_plan, triangular_sobol, Shape::triangular, Method::sobol)
    ->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(draw_plan, normal_sobol, Shape::normal, Method::sobol)
    ->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(draw_plan, lognormal_sobol, Shape::lognormal, Method::sobol)
    ->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(draw_plan, pert_sobol, Shape::pert, Method::sobol)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(draw_plan, discrete_sobol, Shape::discrete, Method::sobol)
    ->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(draw_groups, triangular_sobol_equal, false)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(draw_groups, triangular_sobol_matrix, true)->Unit(benchmark::kMicrosecond);
BENCHMARK(make_pert_plan)->Unit(benchmark::kMillisecond);

} // namespace
