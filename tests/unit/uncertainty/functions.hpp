#pragma once

#include <chainsim/uncertainty/indices.hpp>

#include <cmath>
#include <cstddef>
#include <limits>
#include <numbers>
#include <vector>

namespace chainsim::test {

using uncertainty::Estimate;
using uncertainty::Model;
using uncertainty::SobolResult;

inline constexpr double no_result = std::numeric_limits<double>::quiet_NaN();

/// A model of one output from a function of a point.
template <typename Function>
inline Model eight_at_once(int parameters, Function function) {
    return [parameters, function](const double* points, double* results) {
        std::vector<double> point(static_cast<std::size_t>(parameters));
        for (std::size_t lane = 0; lane < 8; ++lane) {
            for (std::size_t p = 0; p < point.size(); ++p) {
                point[p] = points[p * 8 + lane];
            }
            results[lane] = function(point);
        }
    };
}

struct Truth {
    double mean;
    double variance;
    std::vector<double> first;
    std::vector<double> total;
};

/// sin x1 + a sin^2 x2 + b x3^4 sin x1 of uniforms within -pi .. pi (Ishigami and Homma 1990).
inline Model ishigami() {
    return eight_at_once(3, [](const std::vector<double>& u) {
        const auto x = [&](std::size_t p) { return std::numbers::pi * (2.0 * u[p] - 1.0); };
        return std::sin(x(0)) + 7.0 * std::pow(std::sin(x(1)), 2) +
               0.1 * std::pow(x(2), 4) * std::sin(x(0));
    });
}

inline Truth ishigami_truth() {
    const double a = 7.0;
    const double b = 0.1;
    const double pi4 = std::pow(std::numbers::pi, 4);
    const double of_1 = std::pow(1.0 + b * pi4 / 5.0, 2) / 2.0;
    const double of_2 = a * a / 8.0;
    const double of_13 = b * b * pi4 * pi4 * (1.0 / 18.0 - 1.0 / 50.0);
    const double variance = of_1 + of_2 + of_13;
    return {a / 2.0,
            variance,
            {of_1 / variance, of_2 / variance, 0.0},
            {(of_1 + of_13) / variance, of_2 / variance, of_13 / variance}};
}

inline const std::vector<double>& g_weights() {
    static const std::vector<double> a{0.0, 1.0, 4.5, 9.0, 99.0, 99.0, 99.0, 99.0};
    return a;
}

/// The product of (|4 u - 2| + a) / (1 + a) (Saltelli and Sobol' 1995).
inline Model g_function() {
    return eight_at_once(8, [](const std::vector<double>& u) {
        double product = 1.0;
        for (std::size_t p = 0; p < u.size(); ++p) {
            product *= (std::abs(4.0 * u[p] - 2.0) + g_weights()[p]) / (1.0 + g_weights()[p]);
        }
        return product;
    });
}

inline Truth g_truth() {
    double product = 1.0;
    std::vector<double> partial;
    for (const double a : g_weights()) {
        partial.push_back(1.0 / (3.0 * (1.0 + a) * (1.0 + a)));
        product *= 1.0 + partial.back();
    }
    Truth truth{1.0, product - 1.0, {}, {}};
    for (const double v : partial) {
        truth.first.push_back(v / truth.variance);
        truth.total.push_back(v * product / (1.0 + v) / truth.variance);
    }
    return truth;
}

/// Four parameters with effects 1 .. 4: of variance effect^2 / 12 each.
inline Model linear() {
    return eight_at_once(4, [](const std::vector<double>& u) {
        return 1e6 + u[0] + 2.0 * u[1] + 3.0 * u[2] + 4.0 * u[3];
    });
}

/// Intervals that hold the truth, of first and total indices that are not exact.
struct Coverage {
    int held = 0;
    int all = 0;

    void count(const Estimate& estimate, double truth) {
        if (estimate.standard_error > 1e-12) {
            ++all;
            held += estimate.low <= truth && truth <= estimate.high ? 1 : 0;
        }
    }
    void count(const SobolResult& result, const Truth& truth) {
        const auto& output = result.outputs[0];
        count(output.mean, truth.mean);
        count(output.variance, truth.variance);
        for (std::size_t k = 0; k < truth.first.size(); ++k) {
            count(output.first[k], truth.first[k]);
            count(output.total[k], truth.total[k]);
        }
    }
    [[nodiscard]] double share() const { return static_cast<double>(held) / all; }
};

} // namespace chainsim::test
