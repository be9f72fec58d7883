// Input-output tables: reading, factors, inverse and accounts of dense tables; loading and solving
// of sparse ones.

#include <chainsim/input_output/report.hpp>

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <iterator>
#include <random>
#include <string>

namespace {

using namespace chainsim::input_output;

const chainsim::parallel::Executor& all_cores() {
    static const chainsim::parallel::Executor executor;
    return executor;
}

/// A productive table: each column of A adds up to 0.65.
IoTable dense_table(Eigen::Index size) {
    std::mt19937_64 generator(1);
    std::uniform_real_distribution<double> draw(0.0, 1.0);
    Eigen::MatrixXd coefficients(size, size);
    for (Eigen::Index j = 0; j < size; ++j) {
        for (Eigen::Index i = 0; i < size; ++i) {
            coefficients(i, j) = draw(generator);
        }
        coefficients.col(j) *= 0.65 / coefficients.col(j).sum();
    }
    IoTable table;
    for (Eigen::Index k = 0; k < size; ++k) {
        table.sectors.push_back({{}, std::to_string(k)});
    }
    table.coefficients = Matrix(std::move(coefficients));
    table.output = Eigen::VectorXd::Constant(size, 1000.0);
    table.final_demand = Eigen::MatrixXd::Constant(size, 1, 350.0);
    table.categories = {{{}, "y"}};
    table.satellites = {"co2", "jobs"};
    table.intensities = Eigen::MatrixXd::Constant(size, 2, 0.1);
    table.final_satellites = Eigen::MatrixXd::Zero(2, 1);
    return table;
}

/// Ten suppliers a process, at random: all of them make one loop.
Matrix::Sparse sparse_coefficients(int size) {
    std::mt19937_64 generator(1);
    std::uniform_int_distribution<int> process(0, size - 1);
    std::uniform_real_distribution<double> share(0.02, 0.12);
    std::vector<Eigen::Triplet<double>> entries;
    for (int j = 0; j < size; ++j) {
        for (int k = 0; k < 10; ++k) {
            entries.emplace_back(process(generator), j, share(generator));
        }
    }
    Matrix::Sparse matrix(size, size);
    matrix.setFromTriplets(entries.begin(), entries.end());
    return matrix;
}

void factor_dense(benchmark::State& state) {
    const auto table = dense_table(state.range(0));
    for ([[maybe_unused]] auto step : state) {
        const Leontief leontief(table.coefficients, all_cores());
        benchmark::DoNotOptimize(leontief.size());
    }
}

void invert_dense(benchmark::State& state) {
    const auto table = dense_table(state.range(0));
    const Leontief leontief(table.coefficients, all_cores());
    for ([[maybe_unused]] auto step : state) {
        benchmark::DoNotOptimize(leontief.inverse().sum());
    }
}

void account_dense(benchmark::State& state) {
    const auto economy = make_economy(dense_table(state.range(0)), all_cores());
    for ([[maybe_unused]] auto step : state) {
        benchmark::DoNotOptimize(make_report(economy, {}).residual);
    }
}

void read_dense(benchmark::State& state) {
    const auto size = state.range(0);
    std::string text = "sector";
    for (long j = 0; j < size; ++j) {
        fmt::format_to(std::back_inserter(text), ",{}", j);
    }
    for (long i = 0; i < size; ++i) {
        fmt::format_to(std::back_inserter(text), "\n{}", i);
        for (long j = 0; j < size; ++j) {
            fmt::format_to(std::back_inserter(text), ",{:.6f}",
                           static_cast<double>((i * 7919 + j * 104729) % 1000003) / 977.0);
        }
    }
    for ([[maybe_unused]] auto step : state) {
        chainsim::input::Findings findings;
        benchmark::DoNotOptimize(parse_sheet(text, "Z.csv", findings, all_cores()).values.rows());
    }
    state.SetBytesProcessed(state.iterations() * static_cast<long>(text.size()));
}

void solve_sparse(benchmark::State& state) {
    const auto size = static_cast<int>(state.range(0));
    const Matrix coefficients(sparse_coefficients(size));
    const Eigen::VectorXd demand = Eigen::VectorXd::Ones(size);
    for ([[maybe_unused]] auto step : state) {
        const Leontief leontief(coefficients, all_cores());
        benchmark::DoNotOptimize(leontief.solve(demand).sum());
    }
}

} // namespace

BENCHMARK(read_dense)->Arg(500)->Arg(5000)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(factor_dense)->Arg(500)->Arg(5000)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(invert_dense)->Arg(500)->Arg(5000)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(account_dense)->Arg(500)->Arg(5000)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(solve_sparse)->Arg(2000)->Arg(20000)->Unit(benchmark::kMillisecond)->UseRealTime();
