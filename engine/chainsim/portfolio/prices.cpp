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

/// The plan that follows when bounds are moved; its goal less that of the plan.
double change_of_goal(Planner& planner, const Plan& plan,
                      const std::vector<std::pair<std::size_t, double>>& moved,
                      Portfolio& portfolio) {
    std::vector<double> before;
    for (const auto& [b, value] : moved) {
        before.push_back(planner.bounds()[b].value);
        planner.set_bound(b, value);
    }
    auto& simulator = planner.simulator();
    const std::function<bool()> stop = [&planner] { return planner.is_interrupted(); };
    portfolio = simulator.climb(plan.portfolio, stop);
    const auto outcome = simulator.run(portfolio);
    for (std::size_t i = 0; i < moved.size(); ++i) {
        planner.set_bound(moved[i].first, before[i]);
    }
    return outcome.is_allowed() ? outcome.values.front() - plan.outcome.values.front() : not_known;
}

PolicyPrice price_of_policy(Planner& planner, const Plan& plan,
                            const std::vector<std::size_t>& bounds, double step) {
    const auto& first = planner.bounds()[bounds.front()];
    PolicyPrice out;
    out.policy = first.id;
    out.indicator = first.indicator;
    out.unit = first.unit;
    out.step = step;
    std::vector<std::pair<std::size_t, double>> tight;
    std::vector<std::pair<std::size_t, double>> loose;
    for (const auto b : bounds) {
        const auto& bound = planner.bounds()[b];
        const double by = step * std::abs(bound.value) * (bound.is_upper ? 1.0 : -1.0);
        tight.emplace_back(b, bound.value - by);
        loose.emplace_back(b, bound.value + by);
        out.moved += std::abs(by) * planner.goals().front()->factor(bound.year);
    }
    Portfolio tightened;
    Portfolio loosened;
    const double gain = planner.goals().front()->goal().is_maximised ? 1.0 : -1.0;
    out.change_tightened = gain * change_of_goal(planner, plan, tight, tightened);
    out.change_loosened = gain * change_of_goal(planner, plan, loose, loosened);
    out.tightened = -out.change_tightened / out.moved;
    out.loosened = out.change_loosened / out.moved;
    out.is_told = !(tightened == plan.portfolio) || !(loosened == plan.portfolio);
    return out;
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
    for (const auto& [policy, bounds] : binding) {
        if (step > 0.0 && !planner.is_interrupted() && plan.outcome.is_allowed()) {
            out.policies.push_back(price_of_policy(planner, plan, all.at(policy), step));
        }
    }
    return out;
}

} // namespace chainsim::portfolio
