// How the cost of a solve grows with the chain: random chains of so many facilities, from the same
// generator as the property tests.

#include "support/dispatch_builder.hpp"
#include <chainsim/base/error.hpp>
#include <chainsim/solve/dispatch.hpp>

#include <benchmark/benchmark.h>

#include <map>
#include <utility>
#include <vector>

namespace {

using chainsim::system::Equations;
using chainsim::system::Outcome;

enum class Way { sweeps, path };

/// Chains of one size that have a solution, reached by sweeps and Newton steps alone or with a
/// path. A path is rare where every surplus can leave.
std::vector<Equations> draw(int facilities, Way way, std::size_t wanted) {
    constexpr unsigned most = 400;
    const chainsim::test::RandomModel model{.facilities = facilities,
                                            .commodities = facilities * 5 / 6,
                                            .raw_materials = facilities / 8,
                                            .backward_input = 0.02,
                                            .sink = way == Way::path ? 0.5 : 1.0,
                                            .demand = 0.0};
    std::vector<Equations> result;
    for (unsigned seed = 0; result.size() < wanted && seed < most; ++seed) {
        auto one = chainsim::test::random_equations(model, seed);
        chainsim::solve::Dispatch dispatch(one);
        const bool solved = dispatch.solve().outcome == Outcome::solved;
        if (solved && (dispatch.counts().paths > 0) == (way == Way::path)) {
            result.push_back(std::move(one));
        }
    }
    CHAINSIM_EXPECT(result.size() == wanted, "too few random chains are solved in this way");
    return result;
}

/// Drawn once: each repetition of a benchmark asks for them.
const std::vector<Equations>& chains(int facilities, Way way, std::size_t wanted) {
    static std::map<std::pair<int, Way>, std::vector<Equations>> drawn;
    auto& known = drawn[{facilities, way}];
    if (known.empty()) {
        known = draw(facilities, way, wanted);
    }
    return known;
}

/// Each iteration solves one of the chains.
template <class Solve>
void time(benchmark::State& state, std::size_t count, Solve solve_one) {
    std::size_t next = 0;
    int sweeps = 0;
    while (state.KeepRunning()) {
        const auto solution = solve_one(next);
        sweeps += solution.iterations;
        next = (next + 1) % count;
    }
    state.SetComplexityN(state.range(0));
    state.counters["iterations"] = benchmark::Counter(sweeps, benchmark::Counter::kAvgIterations);
}

constexpr std::size_t many = 5;
constexpr std::size_t few = 2; // a path takes long

void solve_random(benchmark::State& state) {
    const auto& equations = chains(static_cast<int>(state.range(0)), Way::sweeps, many);
    time(state, equations.size(),
         [&](std::size_t k) { return chainsim::solve::Dispatch(equations[k]).solve(); });
}

void solve_random_again(benchmark::State& state) {
    const auto& equations = chains(static_cast<int>(state.range(0)), Way::sweeps, many);
    std::vector<chainsim::solve::Dispatch> kept;
    for (const auto& one : equations) {
        benchmark::DoNotOptimize(kept.emplace_back(one).solve());
    }
    time(state, equations.size(), [&](std::size_t k) { return kept[k].solve(); });
}

/// Chains in which sweeps run in circles or end in a deadlock.
void solve_by_path(benchmark::State& state) {
    const auto& equations = chains(static_cast<int>(state.range(0)), Way::path, few);
    time(state, equations.size(),
         [&](std::size_t k) { return chainsim::solve::Dispatch(equations[k]).solve(); });
}

} // namespace

BENCHMARK(solve_random)
    ->ArgName("facilities")
    ->ArgsProduct({{100, 300, 1000, 3000, 5000}})
    ->Complexity()
    ->Unit(benchmark::kMicrosecond);
BENCHMARK(solve_random_again)
    ->ArgName("facilities")
    ->ArgsProduct({{100, 300, 1000, 3000, 5000}})
    ->Complexity()
    ->Unit(benchmark::kMicrosecond);
BENCHMARK(solve_by_path)
    ->ArgName("facilities")
    ->ArgsProduct({{100, 300, 1000}})
    ->Unit(benchmark::kMicrosecond);
