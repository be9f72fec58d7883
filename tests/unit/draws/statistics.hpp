#pragma once

#include <chainsim/base/vector_isa.hpp>

#include <cmath>
#include <cstddef>
#include <vector>

namespace chainsim::test {

/// What this processor can run.
inline std::vector<VectorIsa> available_isas() {
    std::vector<VectorIsa> result;
    for (const auto isa : {VectorIsa::baseline, VectorIsa::avx2, VectorIsa::avx512}) {
        if (isa <= vector_isa()) {
            result.push_back(isa);
        }
    }
    return result;
}

/// Mean of a power of the values.
inline double moment(const std::vector<double>& values, int power) {
    double sum = 0.0;
    for (const double value : values) {
        sum += std::pow(value, power);
    }
    return sum / static_cast<double>(values.size());
}

inline double correlation(const std::vector<double>& a, const std::vector<double>& b) {
    const double mean_a = moment(a, 1);
    const double mean_b = moment(b, 1);
    double sum = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        sum += (a[i] - mean_a) * (b[i] - mean_b);
    }
    return sum / static_cast<double>(a.size()) /
           std::sqrt((moment(a, 2) - mean_a * mean_a) * (moment(b, 2) - mean_b * mean_b));
}

} // namespace chainsim::test
