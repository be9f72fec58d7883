#pragma once

#include <chainsim/reconcile/solver.hpp>

#include <string_view>
#include <vector>

namespace chainsim::reconcile {

/// Do all measurements agree with all conditions? The statistic is chi-squared if errors are as
/// stated.
struct GlobalTest {
    double statistic = 0.0;
    int degrees_of_freedom = 0;
    double critical = 0.0;    ///< 0 without a degree of freedom
    double probability = 1.0; ///< of a statistic at least as large by chance
    bool passed = true;
};

/// How the level of one test among many is chosen, so that all of them together keep to theirs.
enum class Correction { none, bonferroni, sidak };

[[nodiscard]] std::string_view to_string(Correction correction);

struct TestOptions {
    double level = 0.05; ///< probability of a false alarm
    Correction correction = Correction::sidak;
};

/// Errors  ContractError unless 0 < level < 1.
[[nodiscard]] GlobalTest global_test(const Solution& solution, double level);

/// What a normalised adjustment must exceed to be suspect, where `tested` are looked at together.
///
/// Errors  ContractError unless 0 < level < 1.
/// Source  Mah & Tamhane (1982), AIChE J. 28, 828-830 (the measurement test, Sidak's level).
[[nodiscard]] double critical_value(const TestOptions& options, int tested);

/// How many measurements can be tested: those that the conditions adjust.
[[nodiscard]] int tested(const Solution& solution);

/// A measurement that is taken for a gross error.
struct Suspect {
    int variable = 0;
    double normalised = 0.0;      ///< its adjustment when it was the largest
    double critical = 0.0;        ///< which it exceeded
    double estimate = 0.0;        ///< what the others say of it
    double sigma = 0.0;           ///< of the estimate
    std::vector<int> equivalents; ///< measurements that would explain it as well as this one
    GlobalTest after;             ///< without it and all suspects before it
};

/// Gross errors by serial elimination: the measurement with the largest normalised adjustment is
/// taken out while that is suspect, and all is reconciled anew without it.
struct Elimination {
    std::vector<Suspect> suspects; ///< in the order in which they were found
    Solution remaining; ///< without them, and without covariance; the one given if there are none
    double critical = 0.0; ///< of the last round
    int tested = 0;        ///< of the last round
};

/// The problem with a measurement taken out: as if it had not been made.
///
/// Errors  ContractError if there is no such variable.
[[nodiscard]] Problem without(Problem problem, int variable);

/// Which measurements are suspect. `solution` is that of `problem` by least squares. A measurement
/// without which nothing can be solved, or which no other could replace, is passed over. Of those
/// that would explain all equally well the first by id is taken.
///
/// Source  Serth & Heenan (1986), AIChE J. 32, 733-742 (iterative measurement test, and, as bounds
///         are kept in each round, its modified form).
[[nodiscard]] Elimination eliminate(const Problem& problem, const Solution& solution,
                                    const TestOptions& tests, const SolverOptions& options = {});

} // namespace chainsim::reconcile
