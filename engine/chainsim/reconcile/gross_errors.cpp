#include <chainsim/base/error.hpp>
#include <chainsim/reconcile/gross_errors.hpp>

#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/normal.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <utility>

namespace chainsim::reconcile {

namespace {

/// Normalised adjustments nearer than this to the largest cannot be told apart from it.
constexpr double alike = 1e-6;

void check_level(double level) {
    CHAINSIM_EXPECT(level > 0.0 && level < 1.0, "a level lies between 0 and 1");
}

/// Whether a normalised adjustment is as large as another, to what rounding leaves of it.
bool is_alike(double one, double other) {
    return std::abs(std::abs(one) - std::abs(other)) <= alike * std::abs(other);
}

class Eliminator {
public:
    Eliminator(Problem problem, const TestOptions& tests, const SolverOptions& options)
        : problem_(std::move(problem)), tests_(tests), options_(options) {
        options_.method = Method::least_squares;
        options_.with_covariance = false;
    }

    Elimination run(const Solution& solution) {
        out_.remaining = solution;
        while (find_next()) {
        }
        out_.tested = tested(out_.remaining);
        out_.critical = critical_value(tests_, out_.tested);
        return std::move(out_);
    }

private:
    [[nodiscard]] double normalised(int variable) const {
        return out_.remaining.estimates[static_cast<std::size_t>(variable)].normalised;
    }

    /// The largest adjustment first; of those that are alike, the first by id.
    [[nodiscard]] std::vector<int> by_adjustment() const {
        std::vector<int> order;
        for (std::size_t j = 0; j < out_.remaining.estimates.size(); ++j) {
            if (out_.remaining.estimates[j].standing == Standing::redundant) {
                order.push_back(static_cast<int>(j));
            }
        }
        std::stable_sort(order.begin(), order.end(), [&](int a, int b) {
            return std::abs(normalised(a)) > std::abs(normalised(b));
        });
        const auto id = [&](int j) -> const std::string& {
            return problem_.variables[static_cast<std::size_t>(j)].id;
        };
        for (auto begin = order.begin(); begin != order.end();) {
            const auto end = std::find_if_not(begin, order.end(), [&](int j) {
                return is_alike(normalised(j), normalised(*begin));
            });
            std::sort(begin, end, [&](int a, int b) { return id(a) < id(b); });
            begin = end;
        }
        return order;
    }

    bool find_next() {
        const double critical = critical_value(tests_, tested(out_.remaining));
        const auto order = by_adjustment();
        for (const int variable : order) {
            if (std::abs(normalised(variable)) <= critical) {
                return false;
            }
            if (take(variable, critical, order)) {
                return true;
            }
        }
        return false;
    }

    bool take(int variable, double critical, const std::vector<int>& order) {
        Problem less = without(problem_, variable);
        Solution solved = solve(less, options_);
        const auto& left = solved.estimates[static_cast<std::size_t>(variable)];
        if (solved.outcome != Outcome::solved || left.standing != Standing::observable) {
            return false;
        }
        Suspect suspect;
        suspect.variable = variable;
        suspect.normalised = normalised(variable);
        suspect.critical = critical;
        suspect.estimate = left.value;
        suspect.sigma = left.sigma;
        for (const int other : order) {
            if (other != variable && is_alike(normalised(other), suspect.normalised)) {
                suspect.equivalents.push_back(other);
            }
        }
        suspect.after = global_test(solved, tests_.level);
        out_.suspects.push_back(std::move(suspect));
        problem_ = std::move(less);
        out_.remaining = std::move(solved);
        return true;
    }

    Problem problem_;
    TestOptions tests_;
    SolverOptions options_;
    Elimination out_;
};

} // namespace

std::string_view to_string(Correction correction) {
    switch (correction) {
    case Correction::none:
        return "none";
    case Correction::bonferroni:
        return "bonferroni";
    case Correction::sidak:
        return "sidak";
    }
    return "none";
}

GlobalTest global_test(const Solution& solution, double level) {
    check_level(level);
    GlobalTest test;
    test.statistic = solution.statistic;
    test.degrees_of_freedom = solution.degrees_of_freedom;
    if (test.degrees_of_freedom > 0 && std::isfinite(test.statistic)) {
        const boost::math::chi_squared chi(test.degrees_of_freedom);
        test.critical = boost::math::quantile(boost::math::complement(chi, level));
        test.probability =
            boost::math::cdf(boost::math::complement(chi, std::max(0.0, test.statistic)));
        test.passed = test.statistic <= test.critical;
    }
    return test;
}

double critical_value(const TestOptions& options, int tested) {
    check_level(options.level);
    double each = options.level;
    if (tested > 1 && options.correction == Correction::bonferroni) {
        each /= tested;
    } else if (tested > 1 && options.correction == Correction::sidak) {
        // 1 - (1 - level)^(1/n), without the loss of digits of the difference.
        each = -std::expm1(std::log1p(-options.level) / tested);
    }
    // A level so small that half of it is no number would have no quantile.
    each = std::max(each, std::numeric_limits<double>::min() * 4.0);
    return boost::math::quantile(boost::math::complement(boost::math::normal(), each / 2.0));
}

int tested(const Solution& solution) {
    return static_cast<int>(
        std::count_if(solution.estimates.begin(), solution.estimates.end(),
                      [](const auto& one) { return one.standing == Standing::redundant; }));
}

Problem without(Problem problem, int variable) {
    CHAINSIM_EXPECT(variable >= 0 && variable < static_cast<int>(problem.variables.size()),
                    "no variable to take out");
    auto& one = problem.variables[static_cast<std::size_t>(variable)];
    one.start = one.measured.value_or(one.start);
    one.measured.reset();
    one.sigma = 0.0;
    std::erase_if(problem.correlations, [variable](const Correlation& pair) {
        return pair.one == variable || pair.other == variable;
    });
    return problem;
}

Elimination eliminate(const Problem& problem, const Solution& solution, const TestOptions& tests,
                      const SolverOptions& options) {
    CHAINSIM_EXPECT(solution.outcome == Outcome::solved, "what has no solution has no suspects");
    return Eliminator(problem, tests, options).run(solution);
}

} // namespace chainsim::reconcile
