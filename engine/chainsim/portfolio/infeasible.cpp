#include <chainsim/optimise/conflict.hpp>
#include <chainsim/portfolio/detail/for_a_while.hpp>
#include <chainsim/portfolio/explain.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <utility>

namespace chainsim::portfolio {

namespace {

/// Rows of the means: what planners set themselves, as they set bounds.
bool is_of_means(const std::string& row) {
    return row.starts_with("budget.") || row.starts_with("starts.") || row.starts_with("group.") ||
           row.starts_with("load.") || row.starts_with("goal.");
}

/// Hard bounds that a year has missed which no choice can move.
std::optional<Conflict> settled_conflict(Planner& planner, const Plan& plan) {
    int first = 1 << 30;
    for (const auto& choice : planner.district().choices()) {
        if (!choice.years.empty()) {
            first = std::min(first, choice.years.front());
        }
    }
    Conflict out;
    out.is_settled = out.is_certain = true;
    for (const auto b : planner.simulator().missed(plan.portfolio)) {
        const auto& bound = planner.bounds()[b];
        if (bound.is_hard && planner.district().years()[bound.year].year < first) {
            out.bounds.push_back(b);
        }
    }
    return out.bounds.empty() ? std::nullopt : std::optional(out);
}

} // namespace

std::vector<std::pair<std::size_t, double>> misses_of(Planner& planner,
                                                      const Portfolio& portfolio) {
    std::vector<std::pair<std::size_t, double>> out;
    auto& district = planner.district();
    const auto missed = planner.simulator().missed(portfolio);
    if (!planner.simulator().run(portfolio).is_solved) {
        return out;
    }
    const auto runs = planner.simulator().solve(portfolio);
    for (const auto b : missed) {
        const auto& bound = planner.bounds()[b];
        if (!bound.is_hard) {
            continue;
        }
        const auto flows = flows_of(runs[bound.year]);
        double over = district.value(bound.year, form_of(district, bound), flows, portfolio);
        if (bound.denominator >= 0) {
            over /= district.value(bound.year, district.form(bound.year, bound.denominator), flows,
                                   portfolio);
        }
        out.emplace_back(b, std::abs(over));
    }
    return out;
}

namespace {

/// What the program needs is less than what a run does, in which no plant stays below what it can:
/// with bounds that far away a plan is sought, and what it misses of those that are asked for, when
/// run, is what would do.
void relax_as_run(Planner& planner, Conflict& conflict) {
    constexpr double gap = 1e-3;
    constexpr double most_seconds = 30.0;
    detail::MovedBounds::Moved relaxed;
    for (const auto& [b, amount] : conflict.relaxation) {
        relaxed.emplace_back(b, planner.bounds()[b].value + amount);
    }
    Portfolio nearest;
    {
        const detail::MovedBounds bounds(planner, relaxed);
        const detail::SmallerEffort effort(planner, 2, gap,
                                           std::min(most_seconds, planner.options().seconds));
        nearest = planner.best({}).portfolio;
    }
    const auto outcome = planner.simulator().run(nearest);
    if (outcome.is_solved && outcome.breaks <= 0.0) {
        conflict.relaxation = misses_of(planner, nearest);
        for (auto& [b, amount] : conflict.relaxation) {
            amount = planner.bounds()[b].is_upper ? amount : -amount;
        }
    }
}

} // namespace

std::optional<Conflict> conflict_of(Planner& planner, const Plan& plan) {
    if (auto settled = settled_conflict(planner, plan)) {
        return settled;
    }
    const auto built = planner.certain_program();
    const auto& program = built.program();
    optimise::SolveOptions options;
    constexpr double enough = 20.0;
    options.seconds = std::min(enough, planner.options().seconds);
    options.gap = 1e-3; // what is told of is an amount that would do
    options.interrupt = planner.options().interrupt;
    std::vector<int> rows;
    std::map<int, std::size_t> bound_of;
    for (std::size_t b = 0; b < planner.bounds().size(); ++b) {
        const int row = built.row_of_bound(b);
        if (row >= 0 && planner.bounds()[b].is_hard) {
            rows.push_back(row);
            bound_of.emplace(row, b);
        }
    }
    for (int row = 0; row < program.rows(); ++row) {
        const auto at = static_cast<std::size_t>(row);
        if (is_of_means(program.row_names[at]) && (program.row_lower[at] > -optimise::infinity ||
                                                   program.row_upper[at] < optimise::infinity)) {
            rows.push_back(row);
        }
    }
    std::sort(rows.begin(), rows.end());
    const auto relaxation = optimise::least_relaxation(planner.backend(), program, rows, options);
    if (!relaxation || relaxation->rows.empty()) {
        return std::nullopt;
    }
    Conflict out;
    out.is_certain = true;
    for (const auto& [row, amount] : relaxation->rows) {
        if (const auto found = bound_of.find(row); found != bound_of.end()) {
            const auto b = found->second;
            const auto& bound = planner.bounds()[b];
            double unit = built.scale_of_bound(b);
            if (bound.denominator >= 0) { // a form over a total that no choice moves
                unit *= planner.district().form(bound.year, bound.denominator).constant;
            }
            out.relaxation.emplace_back(b, amount / unit);
        }
    }
    if (planner.options().operation == Operation::as_run && !out.relaxation.empty()) {
        relax_as_run(planner, out);
    }
    // What contradicts itself even with projects in part is found by linear programs.
    auto loose = program;
    std::fill(loose.is_integer.begin(), loose.is_integer.end(), char{0});
    auto conflict = optimise::smallest_conflict(planner.backend(), loose, rows, options);
    if (conflict.empty()) {
        conflict = optimise::smallest_conflict(planner.backend(), program, rows, options);
    }
    for (const int row : conflict) {
        if (const auto found = bound_of.find(row); found != bound_of.end()) {
            out.bounds.push_back(found->second);
        } else {
            out.means.push_back(program.row_names[static_cast<std::size_t>(row)]);
        }
    }
    return out;
}

} // namespace chainsim::portfolio
