#pragma once

#include <chainsim/input_output/io_table.hpp>

#include <Eigen/Core>
#include <Eigen/LU>

#include <algorithm>
#include <random>
#include <string>
#include <utility>

namespace chainsim::test {

/// Runs everything in the calling thread.
inline const parallel::Executor& alone() {
    static const parallel::Executor executor(1);
    return executor;
}

inline double largest(const Eigen::MatrixXd& values) { return values.cwiseAbs().maxCoeff(); }

/// A random productive table of some regions: each column of A adds up to 0.3 to 0.8, and a share
/// of the entries is zero. Satellites, final demand of each region, and a demand are drawn as well.
inline input_output::IoTable random_table(Eigen::Index size, unsigned seed, int regions = 1,
                                          double zeros = 0.3) {
    std::mt19937 generator(seed);
    std::uniform_real_distribution<double> draw(0.0, 1.0);
    Eigen::MatrixXd coefficients(size, size);
    for (Eigen::Index j = 0; j < size; ++j) {
        for (Eigen::Index i = 0; i < size; ++i) {
            coefficients(i, j) = draw(generator) < zeros ? 0.0 : draw(generator);
        }
        const double sum = coefficients.col(j).sum();
        coefficients.col(j) *= sum > 0.0 ? (0.3 + 0.5 * draw(generator)) / sum : 0.0;
    }
    input_output::IoTable table;
    for (Eigen::Index k = 0; k < size; ++k) {
        const auto region = k * regions / size;
        table.sectors.push_back({regions > 1 ? "r" + std::to_string(region) : std::string{},
                                 "s" + std::to_string(k - region * size / regions)});
    }
    table.final_demand.resize(size, regions);
    for (int r = 0; r < regions; ++r) {
        table.categories.push_back(
            {regions > 1 ? "r" + std::to_string(r) : std::string{}, "consumption"});
        for (Eigen::Index k = 0; k < size; ++k) {
            table.final_demand(k, r) = 100.0 * draw(generator);
        }
    }
    table.satellites = {"energy", "jobs"};
    table.intensities.resize(size, 2);
    table.intensities = table.intensities.unaryExpr([&](double) { return draw(generator); });
    table.final_satellites = Eigen::MatrixXd::Constant(2, regions, 7.0);
    table.demands = {{{}, "question"}};
    table.demand = Eigen::MatrixXd::Zero(size, 1);
    table.demand(0, 0) = 1.0;
    table.output = (Eigen::MatrixXd::Identity(size, size) - coefficients)
                       .partialPivLu()
                       .solve(table.final_demand.rowwise().sum());
    table.coefficients = input_output::Matrix(std::move(coefficients));
    return table;
}

/// The same table with sparse coefficients.
inline input_output::IoTable sparse(input_output::IoTable table) {
    input_output::Matrix::Sparse coefficients = table.coefficients.dense().sparseView();
    table.coefficients = input_output::Matrix(std::move(coefficients));
    return table;
}

} // namespace chainsim::test
