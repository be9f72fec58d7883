#include <chainsim/draws/detail/marginal_forms.hpp>

#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/erf.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

namespace chainsim::draws::detail {

namespace {

/// The middle 95 % of a standard normal end here.
constexpr double normal_975 = 1.9599639845400542355;

Half make_half(double to_range_end, double to_limit) {
    if (to_range_end <= 0.0) {
        return {};
    }
    const double slope = to_range_end / normal_975;
    const double reach = to_limit / slope;
    return {slope, reach, std::erf(reach / std::numbers::sqrt2)};
}

/// The value of `function` at Chebyshev's nodes of [-1, 1] as coefficients of 1, x, x^2 ...
template <typename Function>
std::array<double, pert_terms> interpolate(Function function) {
    constexpr auto size = static_cast<std::size_t>(pert_terms);
    std::array<long double, size> values{};
    const auto angle = [&](std::size_t k) {
        return std::numbers::pi_v<long double> * (static_cast<long double>(k) + 0.5L) / size;
    };
    for (std::size_t k = 0; k < size; ++k) {
        values[k] = function(static_cast<double>(std::cos(angle(k))));
    }
    std::array<long double, size> sum{};
    std::array<long double, size> before{}; // Chebyshev polynomials by their recurrence
    std::array<long double, size> now{1.0L};
    for (std::size_t j = 0; j < size; ++j) {
        long double c = 0.0L;
        for (std::size_t k = 0; k < size; ++k) {
            c += values[k] * std::cos(static_cast<long double>(j) * angle(k));
        }
        c *= (j == 0 ? 1.0L : 2.0L) / size;
        std::array<long double, size> next{};
        for (std::size_t power = 0; power < size; ++power) {
            sum[power] += c * now[power];
            const long double shifted = power == 0 ? 0.0L : now[power - 1];
            next[power] = (j == 0 ? 1.0L : 2.0L) * shifted - before[power];
        }
        before = now;
        now = next;
    }
    std::array<double, size> result{};
    std::transform(sum.begin(), sum.end(), result.begin(),
                   [](long double c) { return static_cast<double>(c); });
    return result;
}

} // namespace

double normal_probability(double z) { return 0.5 * std::erfc(-z / std::numbers::sqrt2); }

double normal_quantile(double u) { return -std::numbers::sqrt2 * boost::math::erfc_inv(2.0 * u); }

Split split_normal(const Marginal& marginal) {
    const double more = 0.5 * (marginal.high - marginal.low);
    double least = marginal.low - more;
    double most = marginal.high + more;
    if (marginal.low >= 0.0) {
        least = std::max(least, 0.0);
    }
    if (marginal.high <= 0.0) {
        most = std::min(most, 0.0);
    }
    return {make_half(marginal.value - marginal.low, marginal.value - least),
            make_half(marginal.high - marginal.value, most - marginal.value)};
}

Split split_lognormal(const Marginal& marginal) {
    const double below = std::log(marginal.value / marginal.low);
    const double above = std::log(marginal.high / marginal.value);
    const double more = 0.5 * (below + above);
    return {make_half(below, below + more), make_half(above, above + more)};
}

Beta pert_beta(const Marginal& marginal) {
    const double width = marginal.high - marginal.low;
    if (width <= 0.0) {
        return {};
    }
    return {1.0 + 4.0 * (marginal.value - marginal.low) / width,
            1.0 + 4.0 * (marginal.high - marginal.value) / width};
}

PertPolynomials pert_polynomials(Beta beta) {
    // In doubles alone: a third of the time, and far better than the polynomials.
    using boost::math::policies::promote_double;
    constexpr boost::math::policies::policy<promote_double<false>> fast;
    // Quantiles over normals rather than over uniforms: these end in powers of u at 0 and 1.
    const auto tail = [](double x) { return normal_probability(-0.5 * pert_reach * (x + 1.0)); };
    const auto below = interpolate(
        [&](double x) { return boost::math::ibeta_inv(beta.alpha, beta.beta, tail(x), fast); });
    const auto above = interpolate([&](double x) {
        return 1.0 - boost::math::ibeta_inv(beta.beta, beta.alpha, tail(x), fast);
    });
    PertPolynomials result{};
    std::copy(below.begin(), below.end(), result.begin());
    std::copy(above.begin(), above.end(), result.begin() + pert_terms);
    return result;
}

Steps discrete_steps(const Marginal& marginal) {
    std::vector<std::size_t> order(marginal.points.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return marginal.points[a] < marginal.points[b];
    });
    const double total = std::accumulate(marginal.weights.begin(), marginal.weights.end(), 0.0);
    Steps steps;
    steps.points.reserve(order.size());
    steps.from.reserve(order.size());
    double sum = 0.0;
    for (const auto i : order) {
        if (marginal.weights[i] > 0.0) { // a point without weight must not count at u = 1 either
            steps.points.push_back(marginal.points[i]);
            steps.from.push_back(sum / total);
        }
        sum += marginal.weights[i];
    }
    return steps;
}

} // namespace chainsim::draws::detail
