#include <chainsim/draws/detail/marginal_forms.hpp>
#include <chainsim/draws/marginal.hpp>

#include <boost/math/quadrature/gauss.hpp>
#include <boost/math/special_functions/beta.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

namespace chainsim::draws {

namespace {

/// Exponentials of kernels end far beyond.
constexpr double most_lognormal_ratio = 1e100;

/// First and second moment.
struct Moments {
    double first = 0.0;
    double second = 0.0;

    [[nodiscard]] double deviation() const {
        return std::sqrt(std::max(0.0, second - first * first));
    }
};

double normal_density(double z) {
    return std::exp(-0.5 * z * z) / std::sqrt(2.0 * std::numbers::pi);
}

/// Of slope * z, z a standard normal between 0 and reach.
Moments half_normal_moments(const detail::Half& half) {
    if (half.slope == 0.0) {
        return {};
    }
    const double mass = 0.5 * half.share;
    const double at_end = normal_density(half.reach);
    return {half.slope * (normal_density(0.0) - at_end) / mass,
            half.slope * half.slope * (1.0 - half.reach * at_end / mass)};
}

/// Of exp(slope * z) - 1, z a standard normal between 0 and reach; a negative slope for the lower
/// half. By quadrature: the closed form loses all digits of a narrow distribution's variance.
Moments half_exponential_moments(double slope, const detail::Half& half) {
    if (slope == 0.0) {
        return {};
    }
    constexpr int panels = 8;
    const double end = std::min(half.reach, 10.0 + 2.0 * std::abs(slope));
    Moments result;
    for (int panel = 0; panel < panels; ++panel) {
        const auto integral = [&](int power) {
            const auto integrand = [&](double z) {
                return std::pow(std::expm1(slope * z), power) * normal_density(z);
            };
            return boost::math::quadrature::gauss<double, 20>::integrate(
                integrand, end * panel / panels, end * (panel + 1) / panels);
        };
        result.first += integral(1) / (0.5 * half.share);
        result.second += integral(2) / (0.5 * half.share);
    }
    return result;
}

/// Relative to the median.
Moments split_normal_moments(const Marginal& marginal) {
    const auto split = detail::split_normal(marginal);
    const auto below = half_normal_moments(split.below);
    const auto above = half_normal_moments(split.above);
    return {0.5 * (above.first - below.first), 0.5 * (above.second + below.second)};
}

/// Of the share by which the value exceeds the median.
Moments split_lognormal_moments(const Marginal& marginal) {
    const auto split = detail::split_lognormal(marginal);
    const auto below = half_exponential_moments(-split.below.slope, split.below);
    const auto above = half_exponential_moments(split.above.slope, split.above);
    return {0.5 * (below.first + above.first), 0.5 * (below.second + above.second)};
}

Moments discrete_moments(const Marginal& marginal) {
    const double total = std::accumulate(marginal.weights.begin(), marginal.weights.end(), 0.0);
    Moments result;
    for (std::size_t i = 0; i < marginal.points.size(); ++i) {
        result.first += marginal.weights[i] / total * marginal.points[i];
    }
    for (std::size_t i = 0; i < marginal.points.size(); ++i) {
        const double away = marginal.points[i] - result.first;
        result.second += marginal.weights[i] / total * away * away; // about the mean
    }
    return result;
}

/// The normal of a truncated split distribution at this share of draws.
double split_quantile(const detail::Split& split, double u) {
    const double h = u - 0.5;
    const auto& half = h < 0.0 ? split.below : split.above;
    if (half.slope == 0.0) {
        return 0.0;
    }
    const double tail = 0.5 - std::abs(h) * half.share;
    const double size =
        tail <= 0.0 ? half.reach : std::min(half.reach, -detail::normal_quantile(tail));
    return (h < 0.0 ? -size : size) * half.slope;
}

double triangular_quantile(const Marginal& m, double u) {
    const double width = m.high - m.low;
    if (width <= 0.0) {
        return m.low;
    }
    return u * width < m.value - m.low ? m.low + std::sqrt(u * width * (m.value - m.low))
                                       : m.high - std::sqrt((1.0 - u) * width * (m.high - m.value));
}

/// Where Boost's iteration no longer ends, one term of the series at 0 is exact to 1e-12.
double pert_quantile(const Marginal& m, double u) {
    const auto [alpha, beta] = detail::pert_beta(m);
    const double first_term = std::pow(u * alpha * boost::math::beta(alpha, beta), 1.0 / alpha);
    const double x = first_term < 1e-12 ? first_term : boost::math::ibeta_inv(alpha, beta, u);
    return m.low + (m.high - m.low) * x;
}

double discrete_quantile(const Marginal& marginal, double u) {
    const auto steps = detail::discrete_steps(marginal);
    const auto after = std::upper_bound(steps.from.begin(), steps.from.end(), u);
    return steps.points[static_cast<std::size_t>(after - steps.from.begin()) - 1];
}

void check_discrete(const Marginal& marginal, const std::string& name) {
    const auto& weights = marginal.weights;
    if (marginal.points.empty() || marginal.points.size() != weights.size()) {
        throw SampleError(fmt::format("{}: {} points and {} weights; a discrete distribution has "
                                      "as many of one as of the other, and at least one",
                                      name, marginal.points.size(), weights.size()));
    }
    const auto finite = [](double v) { return std::isfinite(v); };
    const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
    if (!std::all_of(marginal.points.begin(), marginal.points.end(), finite) ||
        !std::all_of(weights.begin(), weights.end(), [](double w) { return w >= 0.0; }) ||
        !(total > 0.0) || !std::isfinite(total)) {
        throw SampleError(fmt::format(
            "{}: points are finite, weights are not negative and not all of them 0", name));
    }
}

} // namespace

void check_marginal(const Marginal& marginal, const std::string& name) {
    if (marginal.shape == Shape::discrete) {
        check_discrete(marginal, name);
        return;
    }
    const double low = marginal.low;
    const double high = marginal.high;
    const bool value_counts = marginal.shape != Shape::uniform;
    const bool ordered =
        low <= high && (!value_counts || (low <= marginal.value && marginal.value <= high));
    if (!ordered || !std::isfinite(low) || !std::isfinite(high)) {
        throw SampleError(fmt::format("{}: value {} and range {} .. {}; the range is finite and "
                                      "holds the value",
                                      name, marginal.value, low, high));
    }
    if (marginal.shape == Shape::lognormal && !(low > 0.0)) {
        throw SampleError(
            fmt::format("{}: lognormal from {}; a lognormal distribution is positive", name, low));
    }
    if (marginal.shape == Shape::lognormal && high / low > most_lognormal_ratio) {
        throw SampleError(fmt::format("{}: lognormal from {} to {}; the ratio is at most {}", name,
                                      low, high, most_lognormal_ratio));
    }
}

double quantile(const Marginal& marginal, double u) {
    CHAINSIM_EXPECT(u >= 0.0 && u <= 1.0, "a share of draws is not within 0 .. 1");
    switch (marginal.shape) {
    case Shape::uniform:
        return marginal.low + u * (marginal.high - marginal.low);
    case Shape::triangular:
        return triangular_quantile(marginal, u);
    case Shape::normal:
        return marginal.value + split_quantile(detail::split_normal(marginal), u);
    case Shape::lognormal:
        return marginal.value * std::exp(split_quantile(detail::split_lognormal(marginal), u));
    case Shape::pert:
        return pert_quantile(marginal, u);
    case Shape::discrete:
        break;
    }
    return discrete_quantile(marginal, u);
}

double mean(const Marginal& marginal) {
    const double low = marginal.low;
    const double high = marginal.high;
    switch (marginal.shape) {
    case Shape::uniform:
        return 0.5 * (low + high);
    case Shape::triangular:
        return (low + marginal.value + high) / 3.0;
    case Shape::normal:
        return marginal.value + split_normal_moments(marginal).first;
    case Shape::lognormal:
        return marginal.value * (1.0 + split_lognormal_moments(marginal).first);
    case Shape::pert:
        return (low + 4.0 * marginal.value + high) / 6.0;
    case Shape::discrete:
        break;
    }
    return discrete_moments(marginal).first;
}

double sd(const Marginal& marginal) {
    const double width = marginal.high - marginal.low;
    switch (marginal.shape) {
    case Shape::uniform:
        return width / std::sqrt(12.0);
    case Shape::triangular: {
        const double below = marginal.value - marginal.low;
        return std::sqrt((width * width - below * (width - below)) / 18.0);
    }
    case Shape::normal:
        return split_normal_moments(marginal).deviation();
    case Shape::lognormal:
        return marginal.value * split_lognormal_moments(marginal).deviation();
    case Shape::pert: {
        const auto [alpha, beta] = detail::pert_beta(marginal);
        return width * std::sqrt(alpha * beta / (36.0 * 7.0));
    }
    case Shape::discrete:
        break;
    }
    return std::sqrt(discrete_moments(marginal).second);
}

} // namespace chainsim::draws
