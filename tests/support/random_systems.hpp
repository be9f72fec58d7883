#pragma once

#include <chainsim/base/vector_isa.hpp>
#include <chainsim/linear/pattern.hpp>

#include <Eigen/LU>
#include <Eigen/SparseCore>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <random>
#include <utility>
#include <vector>

namespace chainsim::test {

using Sparse = linear::Pattern::Matrix;

/// What a random square system looks like.
struct RandomSystem {
    int size = 40;
    int inputs = 3;           // of each process
    double loops = 0.2;       // probability that an input points backwards
    double by_products = 0.1; // probability of a positive entry off the diagonal
    double use = 0.6;      // sum of the inputs of a process, of its output; above 1 not productive
    bool shuffled = false; // rows in random order: the diagonal has gaps
};

class RandomNumbers {
public:
    explicit RandomNumbers(unsigned seed) : engine_(seed) {}
    double between(double low, double high) {
        return low + (high - low) * static_cast<double>(engine_()) * 0x1p-32;
    }
    int below(int end) { return static_cast<int>(between(0.0, end)); }

private:
    std::mt19937 engine_;
};

inline Sparse random_matrix(const RandomSystem& wanted, unsigned seed) {
    RandomNumbers random(seed);
    std::vector<int> row_of(static_cast<std::size_t>(wanted.size));
    for (int k = 0; k < wanted.size; ++k) {
        row_of[static_cast<std::size_t>(k)] = k;
    }
    for (int k = wanted.size - 1; wanted.shuffled && k > 0; --k) {
        std::swap(row_of[static_cast<std::size_t>(k)],
                  row_of[static_cast<std::size_t>(random.below(k + 1))]);
    }
    std::vector<double> unit(static_cast<std::size_t>(wanted.size));
    for (auto& one : unit) {
        one = std::pow(10.0, random.between(-3.0, 3.0));
    }
    Eigen::MatrixXd dense = Eigen::MatrixXd::Zero(wanted.size, wanted.size);
    for (int column = 0; column < wanted.size; ++column) {
        dense(column, column) = 1.0;
        for (int k = 0; k < wanted.inputs; ++k) {
            const bool backwards = random.between(0.0, 1.0) < wanted.loops;
            const int row = backwards ? random.below(wanted.size) : random.below(column + 1);
            if (row != column) {
                dense(row, column) -= wanted.use / wanted.inputs * random.between(0.2, 1.0) *
                                      unit[static_cast<std::size_t>(row)] /
                                      unit[static_cast<std::size_t>(column)];
            }
        }
        const int row = random.below(wanted.size);
        if (random.between(0.0, 1.0) < wanted.by_products && row != column) {
            dense(row, column) +=
                0.05 * unit[static_cast<std::size_t>(row)] / unit[static_cast<std::size_t>(column)];
        }
    }
    std::vector<Eigen::Triplet<double>> entries;
    for (int column = 0; column < wanted.size; ++column) {
        for (int row = 0; row < wanted.size; ++row) {
            if (dense(row, column) != 0.0) {
                entries.emplace_back(row_of[static_cast<std::size_t>(row)], column,
                                     dense(row, column));
            }
        }
    }
    Sparse matrix(wanted.size, wanted.size);
    matrix.setFromTriplets(entries.begin(), entries.end());
    return matrix;
}

inline Sparse matrix_of(int size, const std::vector<Eigen::Triplet<double>>& entries) {
    Sparse matrix(size, size);
    matrix.setFromTriplets(entries.begin(), entries.end());
    return matrix;
}

inline Eigen::VectorXd random_vector(int size, unsigned seed) {
    RandomNumbers random(seed);
    Eigen::VectorXd vector(size);
    for (auto& one : vector) {
        one = random.between(-1.0, 2.0);
    }
    return vector;
}

/// The matrix with each entry times a number between 0.7 and 1.3, one matrix for each lane.
inline std::vector<Sparse> drawn(const Sparse& nominal, unsigned seed) {
    RandomNumbers random(seed);
    std::vector<Sparse> result(vector_lanes, nominal);
    for (auto& one : result) {
        for (int k = 0; k < one.nonZeros(); ++k) {
            one.valuePtr()[k] *= random.between(0.7, 1.3);
        }
    }
    return result;
}

inline std::vector<double> values_in_lanes(const linear::Pattern& pattern,
                                           const std::vector<Sparse>& lanes) {
    std::vector<double> values;
    values.reserve(pattern.entry_order().size() * lanes.size());
    for (const int entry : pattern.entry_order()) {
        for (const auto& lane : lanes) {
            values.push_back(lane.valuePtr()[entry]);
        }
    }
    return values;
}

/// Vectors side by side, as LaneSolver takes them.
inline std::vector<double> in_lanes(const std::vector<Eigen::VectorXd>& vectors) {
    std::vector<double> result;
    for (Eigen::Index row = 0; row < vectors.front().size(); ++row) {
        for (const auto& vector : vectors) {
            result.push_back(vector[row]);
        }
    }
    return result;
}

inline Eigen::VectorXd lane_of(const std::vector<double>& vectors, int lane) {
    Eigen::VectorXd result(static_cast<Eigen::Index>(vectors.size()) / vector_lanes);
    for (Eigen::Index row = 0; row < result.size(); ++row) {
        result[row] = vectors[static_cast<std::size_t>(row * vector_lanes + lane)];
    }
    return result;
}

/// By a dense factor of the matrix with rows and columns brought to one size, refined once.
inline Eigen::VectorXd solve_dense(const Sparse& matrix, const Eigen::VectorXd& right) {
    const Eigen::MatrixXd dense = matrix;
    const Eigen::VectorXd columns = dense.cwiseAbs().colwise().maxCoeff().cwiseInverse();
    const Eigen::VectorXd rows =
        (dense * columns.asDiagonal()).cwiseAbs().rowwise().maxCoeff().cwiseInverse();
    const Eigen::MatrixXd scaled = rows.asDiagonal() * dense * columns.asDiagonal();
    const Eigen::PartialPivLU<Eigen::MatrixXd> factor(scaled);
    Eigen::VectorXd unknown = columns.asDiagonal() * factor.solve(rows.asDiagonal() * right);
    unknown += columns.asDiagonal() * factor.solve(rows.asDiagonal() * (right - dense * unknown));
    return unknown;
}

/// Largest difference of an unknown, relative to itself or to what rounding leaves of the largest.
inline double difference(const Eigen::VectorXd& one, const Eigen::VectorXd& other) {
    return ((one - other).array().abs() /
            (other.array().abs() + 1e-9 * other.cwiseAbs().maxCoeff()))
        .maxCoeff();
}

} // namespace chainsim::test
