#pragma once

#include <chainsim/base/error.hpp>

#include <string>
#include <vector>

namespace chainsim::draws {

/// What is asked of a sample cannot be: a marginal or a group of a plan, by its number or name.
class SampleError : public Error {
public:
    using Error::Error;
};

/// The kinds of distribution that a range may stand for.
enum class Shape { uniform, triangular, normal, lognormal, pert, discrete };

/// The distribution of one parameter, by a value and a range around it, low <= value <= high.
///
/// uniform     between low and high; value plays no part.
/// triangular  from low to high, most likely value.
/// pert        from low to high, most likely value: a beta distribution with the mean
///             (low + 4 value + high) / 6.
/// normal      value is the median, and [low, high] holds the middle 95 %: half a normal
///             distribution below value and half another one above ("split normal"), one and the
///             same where the range is symmetric. Each half is truncated where the range, widened
///             on either side by half its width, ends, and nowhere behind 0 if the range does not
///             reach behind it: no sign changes. The truncated half keeps its probability of 1/2,
///             so that value stays the median, but the middle 95 % are a little narrower than the
///             range: by 2e-4 of it if symmetric, by 2 % if it leans far, more if 0 cuts much off.
/// lognormal   the same for the logarithms: value is the median, [low, high] the middle 95 %, and
///             each half truncated where the range of the logarithms, widened by half, ends: at
///             low (low / high)^(1/2) and at high (high / low)^(1/2). All three are positive,
///             and high / low is at most 1e100.
/// discrete    one of the points, each with a probability proportional to its weight; value, low
///             and high play no part.
///
/// A range of no width is a constant.
struct Marginal {
    Shape shape = Shape::uniform;
    double value = 0.0;
    double low = 0.0;
    double high = 0.0;
    std::vector<double> points = {};  ///< of a discrete one
    std::vector<double> weights = {}; ///< one for each point, none negative
};

/// SampleError, beginning with this name, if no distribution is described.
void check_marginal(const Marginal& marginal, const std::string& name);

/// Of a checked marginal: the value below which the share u of draws is, 0 <= u <= 1, to 1e-12 or
/// better, one at a time (`Plan::fill` is for many). ContractError for another u.
[[nodiscard]] double quantile(const Marginal& marginal, double u);

/// Of a checked marginal, to rounding.
[[nodiscard]] double mean(const Marginal& marginal);

/// The standard deviation of a checked marginal, to rounding.
[[nodiscard]] double sd(const Marginal& marginal);

} // namespace chainsim::draws
