#include <chainsim/base/error.hpp>
#include <chainsim/draws/generator.hpp>
#include <chainsim/uncertainty/detail/resampling.hpp>

#include <boost/math/distributions/students_t.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace chainsim::uncertainty::detail {

namespace {

/// A stream of the seed that no sample uses (draws/sequence.cpp has the two above).
constexpr std::uint32_t resampling_stream = 0xFFFFFFFD;

/// Of sorted values, with a straight line between them.
double quantile_of_sorted(const std::vector<double>& values, double probability) {
    const double place = probability * static_cast<double>(values.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const auto above = std::min(below + 1, values.size() - 1);
    const double part = place - static_cast<double>(below);
    return values[below] + part * (values[above] - values[below]);
}

void check_factor(const std::vector<int>& factor, int parameters) {
    CHAINSIM_EXPECT(!factor.empty(), "a factor without parameters");
    std::vector<int> sorted = factor;
    std::sort(sorted.begin(), sorted.end());
    CHAINSIM_EXPECT(sorted.front() >= 0 && sorted.back() < parameters,
                    "a factor names a parameter that is not there");
    CHAINSIM_EXPECT(std::adjacent_find(sorted.begin(), sorted.end()) == sorted.end(),
                    "a factor names a parameter twice");
}

} // namespace

std::vector<std::vector<int>> checked_factors(const Problem& problem) {
    CHAINSIM_EXPECT(problem.parameters > 0, "a problem without parameters");
    CHAINSIM_EXPECT(problem.outputs > 0, "a problem without outputs");
    for (const auto& factor : problem.factors) {
        check_factor(factor, problem.parameters);
    }
    if (!problem.factors.empty()) {
        return problem.factors;
    }
    std::vector<std::vector<int>> each;
    each.reserve(room_for(problem.parameters));
    for (int p = 0; p < problem.parameters; ++p) {
        each.push_back({p});
    }
    return each;
}

void resample(std::uint64_t seed, int first, std::vector<EightPoints>& counts) {
    const auto units = static_cast<int>(counts.size());
    std::vector<EightPoints> chosen(counts.size());
    draws::Generator(seed, resampling_stream)
        .uniforms(static_cast<std::uint64_t>(first), units, data_of(chosen));
    std::fill(counts.begin(), counts.end(), EightPoints{});
    for (const auto& of_eight : chosen) {
        for (std::size_t lane = 0; lane < vector_lanes; ++lane) {
            const double u = of_eight.lane[lane];
            counts[static_cast<std::size_t>(u * static_cast<double>(units))].lane[lane] += 1.0;
        }
    }
}

std::pair<double, double> central_interval(std::vector<double> values) {
    values.erase(std::remove_if(values.begin(), values.end(),
                                [](double value) { return std::isnan(value); }),
                 values.end());
    if (values.empty()) {
        constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
        return {unknown, unknown};
    }
    std::sort(values.begin(), values.end());
    return {quantile_of_sorted(values, 0.025), quantile_of_sorted(values, 0.975)};
}

double student_quantile(int degrees_of_freedom) {
    return boost::math::quantile(boost::math::students_t(degrees_of_freedom), 0.975);
}

} // namespace chainsim::uncertainty::detail
