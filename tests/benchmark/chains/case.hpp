#pragma once

#include <Eigen/Core>
#include <Eigen/SparseCore>

#include <filesystem>
#include <string>
#include <vector>

namespace chainsim::bench {

using Matrix = Eigen::SparseMatrix<double, Eigen::ColMajor, int>;

/// One entry of a right-hand side.
struct Demand {
    int system, row;
    double amount;
};

/// A process that a scenario changes: its inputs, and what it draws from and gives to nature.
struct ChangedProcess {
    int scenario, column;
    double inputs, extensions;
};

/// A square system A x = f, what processes emit (B), and an indicator q: score = q' B x.
struct Case {
    std::string name;
    Matrix technology, extensions;
    std::vector<double> technology_sigma, extensions_sigma; // of each entry, lognormal
    Eigen::VectorXd demand, indicator;
    std::vector<Demand> demands;
    std::vector<ChangedProcess> scenarios;

    [[nodiscard]] int size() const { return static_cast<int>(technology.cols()); }
    /// q' B, one for each column.
    [[nodiscard]] Eigen::VectorXd score_of_columns() const {
        return extensions.transpose() * indicator;
    }
};

/// Reads A.mtx, A_sigma.mtx, B.mtx, B_sigma.mtx (Matrix Market, coordinate real general), f.csv,
/// q.csv, rhs.csv and scenarios.csv of a folder. IoError if a file cannot be read.
[[nodiscard]] Case read_case(const std::filesystem::path& folder);

} // namespace chainsim::bench
