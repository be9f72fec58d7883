#include <chainsim/portfolio/detail/for_a_while.hpp>
#include <chainsim/portfolio/explain.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <map>
#include <string>
#include <utility>

namespace chainsim::portfolio {

namespace {

constexpr double not_known = std::numeric_limits<double>::quiet_NaN();

optimise::SolveOptions options_of(const Planner& planner) {
    optimise::SolveOptions options;
    options.seconds = planner.options().seconds;
    options.interrupt = planner.options().interrupt;
    return options;
}

/// Gain of the goal per unit that a bound is loosened by, from the dual value of its row.
class DualReader {
public:
    DualReader(Planner& planner, const PortfolioProgram& program, const Plan& plan)
        : planner_(planner), program_(program), plan_(plan) {}

    [[nodiscard]] double price(std::size_t b, const optimise::Answer& answer) const {
        const int row = program_.row_of_bound(b);
        if (row < 0 || answer.row_duals.empty()) {
            return not_known;
        }
        const auto& bound = planner_.bounds()[b];
        double moved = program_.scale_of_bound(b) * program_.unit_of_goal(0);
        if (bound.denominator >= 0) {
            auto& district = planner_.district();
            moved *= district.value(bound.year, district.form(bound.year, bound.denominator),
                                    flows_of(plan_.runs[bound.year]), plan_.portfolio);
        }
        const double change = answer.row_duals[static_cast<std::size_t>(row)] * moved;
        const double loosening = bound.is_upper ? 1.0 : -1.0;
        const double gain = planner_.goals().front()->goal().is_maximised ? 1.0 : -1.0;
        return loosening * gain * change / planner_.goals().front()->factor(bound.year);
    }

private:
    Planner& planner_;
    const PortfolioProgram& program_;
    const Plan& plan_;
};

/// How far a plan is from a bound, in the unit of the indicator.
double room_of_bound(District& district, const Bound& bound, const Plan& plan) {
    const auto flows = flows_of(plan.runs[bound.year]);
    double level = district.value(bound.year, form_of(district, bound), flows, plan.portfolio);
    if (bound.denominator >= 0) {
        level /= district.value(bound.year, district.form(bound.year, bound.denominator), flows,
                                plan.portfolio);
    }
    return bound.is_upper ? -level : level;
}

/// A policy whose bounds are moved together, in all years.
struct MovedPolicy {
    PolicyPrice price;
    detail::MovedBounds::Moved tight;
    detail::MovedBounds::Moved loose;
};

MovedPolicy moved_policy(const Planner& planner, const std::vector<std::size_t>& bounds,
                         double step) {
    const auto& first = planner.bounds()[bounds.front()];
    MovedPolicy out;
    out.price.policy = first.id;
    out.price.indicator = first.indicator;
    out.price.unit = first.unit;
    out.price.step = step;
    for (const auto b : bounds) {
        const auto& bound = planner.bounds()[b];
        const double by = step * std::abs(bound.value) * (bound.is_upper ? 1.0 : -1.0);
        out.tight.emplace_back(b, bound.value - by);
        out.loose.emplace_back(b, bound.value + by);
        out.price.moved += std::abs(by) * planner.goals().front()->factor(bound.year);
    }
    return out;
}

/// The best of portfolios that keep the bounds as they stand; null if none does.
const Portfolio* best_of(Planner& planner, const std::vector<Portfolio>& portfolios) {
    const bool is_maximised = planner.goals().front()->goal().is_maximised;
    const Portfolio* best = nullptr;
    for (const auto& one : portfolios) {
        const auto outcome = planner.simulator().run(one);
        if (outcome.is_allowed() &&
            (best == nullptr ||
             is_better(outcome, planner.simulator().run(*best), 0, is_maximised))) {
            best = &one;
        }
    }
    return best;
}

/// Plans anew for every move. What is found for one is a candidate for all, so that a tighter
/// bound never seems to be worth more than a looser one.
void price_policies(Planner& planner, const Plan& plan, std::vector<MovedPolicy>& policies,
                    Prices& out) {
    constexpr double gap = 1e-3;
    constexpr double share = 0.3; // of the time of a plan, for all of them
    const double each =
        share * planner.options().seconds / (2.0 * static_cast<double>(policies.size()));
    std::vector<Portfolio> known{plan.portfolio};
    for (const auto& policy : policies) {
        for (const auto* moved : {&policy.tight, &policy.loose}) {
            const detail::MovedBounds bounds(planner, *moved);
            const detail::SmallerEffort effort(planner, 2, gap, std::max(1.0, each));
            if (!planner.is_interrupted()) {
                known.push_back(planner.best({plan.portfolio}).portfolio);
            }
        }
    }
    const double gain = planner.goals().front()->goal().is_maximised ? 1.0 : -1.0;
    for (auto& policy : policies) {
        auto& price = policy.price;
        const auto change = [&](const detail::MovedBounds::Moved& moved) {
            const detail::MovedBounds bounds(planner, moved);
            const auto* best = best_of(planner, known);
            price.is_told = price.is_told || (best != nullptr && !(*best == plan.portfolio));
            return best == nullptr ? not_known
                                   : gain * (planner.simulator().run(*best).values.front() -
                                             plan.outcome.values.front());
        };
        price.change_tightened = change(policy.tight);
        price.change_loosened = change(policy.loose);
        price.tightened = -price.change_tightened / price.moved;
        price.loosened = price.change_loosened / price.moved;
        out.policies.push_back(std::move(price));
    }
    out.found = std::move(known);
}

} // namespace

Prices prices_of(Planner& planner, const Plan& plan, double step) {
    Prices out;
    if (!plan.outcome.is_solved || plan.runs.empty() || plan.program == nullptr) {
        return out;
    }
    const auto& program = *plan.program;
    const auto& chosen = plan.chosen.empty() ? plan.portfolio : plan.chosen;
    const auto at_choice = planner.backend().solve(program.fixed(chosen), options_of(planner));
    auto loose = program.program();
    std::fill(loose.is_integer.begin(), loose.is_integer.end(), char{0});
    const auto relaxed = planner.backend().solve(loose, options_of(planner));
    const DualReader reader(planner, program, plan);
    std::map<std::string, std::vector<std::size_t>> binding; // policy -> its bounds
    std::map<std::string, std::vector<std::size_t>> all;
    constexpr double near = 0.01;
    for (std::size_t b = 0; b < planner.bounds().size(); ++b) {
        const auto& bound = planner.bounds()[b];
        BoundPrice one;
        one.bound = b;
        one.room = room_of_bound(planner.district(), bound, plan);
        one.at_choice = reader.price(b, at_choice);
        one.relaxed = reader.price(b, relaxed);
        out.bounds.push_back(one);
        all[bound.id].push_back(b);
        const bool has_price = one.at_choice > 0.0 || one.relaxed > 0.0;
        if (program.row_of_bound(b) >= 0 &&
            (has_price || one.room < near * std::abs(bound.value))) {
            binding[bound.id].push_back(b);
        }
    }
    std::vector<MovedPolicy> policies;
    policies.reserve(binding.size());
    for (const auto& [policy, bounds] : binding) {
        policies.push_back(moved_policy(planner, all.at(policy), step));
    }
    if (step > 0.0 && !policies.empty() && plan.outcome.is_allowed()) {
        price_policies(planner, plan, policies, out);
    }
    return out;
}

} // namespace chainsim::portfolio
