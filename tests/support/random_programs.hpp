#pragma once

#include <chainsim/optimise/program.hpp>

#include <cmath>
#include <cstddef>
#include <cstdlib>
#include <filesystem>
#include <random>
#include <sstream>
#include <string>
#include <system_error>
#include <vector>

namespace chainsim::test {

/// A program with columns and rows of every kind of bound, which has a point and is bounded: the
/// bounds are laid around a point, the costs made of duals that prove a bound.
struct RandomProgram {
    int rows = 8;
    int columns = 10;
    double fill = 0.4;
    bool has_integers = true;
    bool is_maximised = false;
};

class ProgramDice {
public:
    explicit ProgramDice(unsigned seed) : engine_(seed) {}

    /// In quarters, or at times any number.
    double number(double least, double most) {
        const double value = std::uniform_real_distribution<double>(least, most)(engine_);
        return pick(4) == 0 ? value : std::round(value * 4.0) / 4.0;
    }
    int pick(int count) { return std::uniform_int_distribution<int>(0, count - 1)(engine_); }
    bool chance(double share) { return std::bernoulli_distribution(share)(engine_); }

private:
    std::mt19937 engine_;
};

inline optimise::Program random_program(const RandomProgram& wanted, unsigned seed) {
    using optimise::infinity;
    ProgramDice dice(seed);
    optimise::ProgramBuilder builder;
    std::vector<double> point;
    std::vector<double> reduced; // of a minimum
    for (int column = 0; column < wanted.columns; ++column) {
        const bool is_integer = wanted.has_integers && dice.chance(0.4);
        const double value =
            is_integer ? std::round(dice.number(-6.0, 9.0)) : dice.number(-6.0, 9.0);
        const double room = is_integer ? 3.0 : 2.5;
        double lower = value - room * dice.pick(2);
        double upper = value + room * dice.pick(2);
        const int kind = dice.pick(6);
        if (kind == 0 || kind == 1) {
            upper = infinity;
        }
        if (kind == 1 || kind == 2) {
            lower = -infinity;
        }
        if (kind == 3 && value >= 0.0) {
            lower = 0.0;
            upper = infinity;
        }
        builder.add_column("x." + std::to_string(column), lower, upper, 0.0, is_integer);
        point.push_back(value);
        const double push = dice.number(0.0, 3.0);
        reduced.push_back(lower == -infinity ? (upper == infinity ? 0.0 : -push)
                          : upper == infinity || dice.chance(0.5) ? push
                                                                  : -push);
    }
    std::vector<double> costs = reduced;
    for (int row = 0; row < wanted.rows; ++row) {
        std::vector<double> values(point.size(), 0.0);
        double activity = 0.0;
        for (std::size_t column = 0; column < point.size(); ++column) {
            values[column] = dice.chance(wanted.fill) ? dice.number(-5.0, 5.0) : 0.0;
            activity += values[column] * point[column];
        }
        const int kind = dice.pick(5);
        const double slack = dice.number(0.0, 4.0);
        const double lower =
            kind == 0 || kind == 4 ? -infinity : activity - (kind == 1 ? 0.0 : slack);
        const double upper =
            kind == 2 || kind == 4 ? infinity : activity + (kind == 1 ? 0.0 : slack);
        const double dual = kind == 4   ? 0.0
                            : kind == 0 ? -dice.number(0.0, 2.0)
                            : kind == 2 ? dice.number(0.0, 2.0)
                                        : dice.number(-2.0, 2.0);
        const int number = builder.add_row("row+" + std::to_string(row), lower, upper);
        for (std::size_t column = 0; column < point.size(); ++column) {
            builder.add(number, static_cast<int>(column), values[column]);
            costs[column] += dual * values[column];
        }
    }
    for (std::size_t column = 0; column < costs.size(); ++column) {
        builder.add_cost(static_cast<int>(column),
                         wanted.is_maximised ? -costs[column] : costs[column]);
    }
    builder.add_constant(dice.number(-20.0, 20.0));
    return builder.build("random", wanted.is_maximised);
}

/// Whether a program is installed: a test of what another program reads has nothing to say without.
inline bool has_command(const std::string& name) {
    const char* path = std::getenv("PATH");
    std::istringstream folders(path == nullptr ? "" : path);
    for (std::string folder; std::getline(folders, folder, ':');) {
        std::error_code ignored;
        if (std::filesystem::exists(std::filesystem::path(folder) / name, ignored)) {
            return true;
        }
    }
    return false;
}

} // namespace chainsim::test
