#pragma once

#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace chainsim::reconcile {

inline constexpr double unbounded = std::numeric_limits<double>::infinity();

/// A quantity that measurements and conditions speak of: a flow, a mass fraction, a coefficient.
///
/// Units  `measured`, `sigma`, `lower`, `upper` and `start` are in `unit`.
struct Variable {
    std::string id;
    std::string unit;
    std::optional<double> measured; ///< absent: unmeasured
    double sigma = 0.0;             ///< standard deviation of what is measured; 0: known exactly
    double lower = -unbounded;
    double upper = unbounded;
    double start = 0.0; ///< of an unmeasured one: where the search begins, and its size
};

/// factor * first, or factor * first * second: a flow times a mass fraction.
struct Term {
    double factor = 1.0;
    int first = 0;   ///< variable
    int second = -1; ///< variable; -1: none
};

/// What must hold exactly: the sum of the terms and the constant is zero.
struct Condition {
    std::string id;
    std::vector<Term> terms;
    double constant = 0.0;
};

/// The correlation of the errors of two measurements.
struct Correlation {
    int one = 0;
    int other = 0;
    double coefficient = 0.0; ///< between -1 and 1
};

/// Measurements, and what they are to be reconciled with.
struct Problem {
    std::vector<Variable> variables;
    std::vector<Condition> conditions;
    std::vector<Correlation> correlations;
};

/// Whether errors can be correlated like this: some are not, as when two that go together are
/// told to go against each other with a third.
[[nodiscard]] bool is_possible(const Problem& problem);

/// Errors  ContractError naming the variable or condition that is none: a sigma below zero, bounds
///         that cross, a number that is not finite, an index that is none, correlations that no
///         errors can have.
void check(const Problem& problem);

} // namespace chainsim::reconcile
