#include <chainsim/base/error.hpp>
#include <chainsim/reconcile/detail/layout.hpp>
#include <chainsim/reconcile/problem.hpp>

#include <cmath>
#include <set>

namespace chainsim::reconcile {

namespace {

void check_variable(const Variable& one) {
    CHAINSIM_EXPECT(std::isfinite(one.sigma) && one.sigma >= 0.0,
                    "the sigma of '" + one.id + "' is below zero, or no number");
    CHAINSIM_EXPECT(!one.measured || std::isfinite(*one.measured),
                    "the measurement of '" + one.id + "' is no number");
    CHAINSIM_EXPECT(std::isfinite(one.start), "the start of '" + one.id + "' is no number");
    CHAINSIM_EXPECT(one.lower <= one.upper, "the bounds of '" + one.id + "' cross");
}

} // namespace

bool is_possible(const Problem& problem) {
    std::set<int> members;
    for (const auto& pair : problem.correlations) {
        members.insert(pair.one);
        members.insert(pair.other);
    }
    return members.empty() ||
           detail::correlation_factor(problem.correlations, {members.begin(), members.end()})
                   .size() > 0;
}

void check(const Problem& problem) {
    const int count = static_cast<int>(problem.variables.size());
    const auto is_variable = [count](int index) { return index >= 0 && index < count; };
    for (const auto& one : problem.variables) {
        check_variable(one);
    }
    for (const auto& condition : problem.conditions) {
        CHAINSIM_EXPECT(std::isfinite(condition.constant),
                        "the constant of '" + condition.id + "' is no number");
        for (const auto& term : condition.terms) {
            CHAINSIM_EXPECT(std::isfinite(term.factor),
                            "a factor of '" + condition.id + "' is no number");
            CHAINSIM_EXPECT(is_variable(term.first) &&
                                (term.second == -1 || is_variable(term.second)),
                            "'" + condition.id + "' names a variable that is none");
        }
    }
    for (const auto& pair : problem.correlations) {
        CHAINSIM_EXPECT(is_variable(pair.one) && is_variable(pair.other) && pair.one != pair.other,
                        "a correlation names a variable that is none, or one twice");
        CHAINSIM_EXPECT(std::abs(pair.coefficient) < 1.0,
                        "a correlation lies between -1 and 1, both excluded");
        for (const int member : {pair.one, pair.other}) {
            const auto& one = problem.variables[static_cast<std::size_t>(member)];
            CHAINSIM_EXPECT(one.measured && one.sigma > 0.0,
                            "a correlation of '" + one.id + "', which has no error");
        }
    }
    CHAINSIM_EXPECT(is_possible(problem), "correlations that no errors can have");
}

} // namespace chainsim::reconcile
