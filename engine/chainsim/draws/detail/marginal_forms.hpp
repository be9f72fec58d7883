#pragma once

#include <chainsim/draws/detail/shape_kernels.hpp>
#include <chainsim/draws/marginal.hpp>

#include <array>
#include <vector>

namespace chainsim::draws::detail {

/// One half of a truncated split distribution: the normal z, from 0 to `reach`, times `slope`.
struct Half {
    double slope = 0.0;
    double reach = 0.0; ///< standard deviations, positive
    double share = 1.0; ///< of a half normal that is within reach
};

/// A normal, or the logarithm of a lognormal relative to its median.
struct Split {
    Half below;
    Half above;
};

[[nodiscard]] Split split_normal(const Marginal& marginal);
[[nodiscard]] Split split_lognormal(const Marginal& marginal);

/// Probability that a standard normal is less than z, and the z of a probability.
[[nodiscard]] double normal_probability(double z);
[[nodiscard]] double normal_quantile(double u);

/// The shape parameters of the beta distribution of PERT.
struct Beta {
    double alpha = 3.0;
    double beta = 3.0;
};
[[nodiscard]] Beta pert_beta(const Marginal& marginal);

/// The two polynomials of `ShapeKernels::pert`: lower half, then upper half.
using PertPolynomials = std::array<double, 2 * static_cast<std::size_t>(pert_terms)>;
[[nodiscard]] PertPolynomials pert_polynomials(Beta beta);

/// Points in ascending order with the uniform from which each counts: 0 for the first.
struct Steps {
    std::vector<double> points;
    std::vector<double> from;
};
[[nodiscard]] Steps discrete_steps(const Marginal& marginal);

} // namespace chainsim::draws::detail
