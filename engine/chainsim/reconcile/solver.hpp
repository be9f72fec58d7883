#pragma once

#include <chainsim/reconcile/problem.hpp>

#include <Eigen/Core>

#include <string>
#include <string_view>
#include <vector>

namespace chainsim::reconcile {

enum class Method {
    least_squares, ///< the most likely values if errors are normal
    huber          ///< large errors count by their size, not its square: outliers pull less
};

/// What the conditions say of a variable beyond its own measurement.
enum class Standing {
    redundant,     ///< measured, and the others would tell it as well
    non_redundant, ///< measured, and nothing else tells it: it stays as it was measured
    observable,    ///< unmeasured, and the others tell it
    unobservable,  ///< unmeasured, and nothing tells it
    exact          ///< stated without uncertainty
};

[[nodiscard]] std::string_view to_string(Standing standing);

enum class Outcome {
    solved,
    inconsistent, ///< no values keep all conditions and bounds
    not_converged
};

struct SolverOptions {
    Method method = Method::least_squares;
    double tolerance = 1e-10; ///< of steps and conditions, relative to what they are of
    int most_iterations = 500;
    /// Standard deviations up to which Huber's method counts squares. 1.345 keeps 95 % of the
    /// efficiency of least squares where errors are normal.
    /// Source  Huber & Ronchetti (2009), Robust Statistics, 2nd ed., ch. 4.
    double huber = 1.345;
    bool with_covariance = true; ///< false: sigmas alone
};

/// What is known of a variable once all was reconciled.
struct Estimate {
    double value = 0.0;      ///< NaN where unobservable
    double sigma = 0.0;      ///< standard deviation; NaN where unobservable
    double adjustment = 0.0; ///< value less what was measured
    /// The adjustment by its own standard deviation: standard normal if the errors are normal with
    /// the sigmas stated. 0 where nothing is adjusted.
    double normalised = 0.0;
    Standing standing = Standing::exact;
    int bound = 0;       ///< -1: at its lower bound, 1: at its upper one
    double weight = 1.0; ///< of Huber's method; 1 of least squares
};

/// Reconciled values, or why there are none.
struct Solution {
    Outcome outcome = Outcome::solved;
    std::string message;             ///< for an outcome other than `solved`: what cannot be kept
    std::vector<Estimate> estimates; ///< by variable
    /// Rows and columns by variable, of estimates; zero where exact or unobservable. Empty unless
    /// it was asked for.
    Eigen::MatrixXd covariance;
    double statistic = 0.0; ///< sum of the squared adjustments, weighted by the inverse covariance
    int degrees_of_freedom = 0; ///< conditions that bind measurements, bounds that are met included
    int iterations = 0;
    double residual = 0.0; ///< of the worst condition, relative to the sum of its terms' sizes
};

/// The most likely values that keep all conditions and bounds, given the measurements.
///
/// Unmeasured variables are eliminated by projection: conditions are combined, by an orthogonal
/// factor of their columns, to those that hold no unmeasured variable. Products of two variables
/// are taken linear at the last values until these no longer move. Bounds are kept by a
/// quadratic program in each pass; those that hold the values back become conditions.
///
/// Errors   ContractError, as `check`. What measurements say is no error: see `Solution::outcome`.
/// Threads  May be called from many threads at once.
/// Cost     Dense factors: time grows with the cube, memory with the square of the number of
///          variables. A thousand of them take about a second a pass.
/// Source   Crowe, Garcia Campos & Hrymak (1983), AIChE J. 29, 881-888, and Crowe (1986), AIChE J.
///          32, 616-623 (projection; linear and bilinear); VDI 2048 Part 1 (2000); Narasimhan &
///          Jordache (2000), Data Reconciliation and Gross Error Detection; Lawson & Hanson (1974),
///          Solving Least Squares Problems, ch. 23 (bounds).
[[nodiscard]] Solution solve(const Problem& problem, const SolverOptions& options = {});

} // namespace chainsim::reconcile
