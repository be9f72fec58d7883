#include <chainsim/base/error.hpp>
#include <chainsim/portfolio/detail/for_a_while.hpp>
#include <chainsim/portfolio/front.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <limits>
#include <utility>

namespace chainsim::portfolio {

namespace {

constexpr double year_weight = 0.1;

/// Values between two levels, both left out.
std::vector<double> levels_between(double a, double b, int count) {
    std::vector<double> out;
    for (int i = 1; i <= count; ++i) {
        out.push_back(a + (b - a) * i / (count + 1));
    }
    return out;
}

class FrontSeeker {
public:
    FrontSeeker(Planner& planner, int points, std::vector<Portfolio> from)
        : planner_(planner), points_(points), from_(std::move(from)),
          seconds_(planner.options().seconds), begin_(std::chrono::steady_clock::now()) {}

    Front seek() {
        const std::size_t goals = planner_.goals().size();
        // The ends: the best by each goal alone.
        constexpr double share_of_first = 1.0 / 3.0;
        detail::SmallerEffort effort(planner_, planner_.options().rounds, planner_.options().gap,
                                     share_of_first * seconds_);
        Front out;
        out.best = propose();
        // A point is the start of the next one: one round is enough, and so are single decisions.
        constexpr double gap_of_point = 1e-3;
        effort.change(1, gap_of_point, std::max(1.0, (seconds_ - passed()) / (points_ + 1)));
        planner_.simulator().climb_by_pairs(false);
        for (std::size_t g = 1; g < goals; ++g) {
            climb_by(g);
        }
        if (goals == 2) {
            walk(1);
        } else {
            walk_over_both();
        }
        for (std::size_t g = 1; g < goals; ++g) {
            planner_.limit_goal(g, std::nullopt);
        }
        planner_.simulator().climb_by_pairs(true);
        out.points = thinned();
        return out;
    }

private:
    /// The best by the first goal under the limits that stand, found by running and by the program.
    Plan propose() {
        auto plan = planner_.best(from_);
        if (plan.outcome.is_allowed()) {
            from_ = {plan.portfolio};
            proposed_.push_back(plan.portfolio);
        }
        return plan;
    }

    void climb_by(std::size_t goal) {
        auto& simulator = planner_.simulator();
        simulator.climb_by(goal);
        const std::function<bool()> stop = [this] { return is_over(); };
        for (const auto& start : {Portfolio(planner_.district().choices().size()), from_.front()}) {
            (void)simulator.climb(start, stop);
        }
        simulator.climb_by(0);
    }

    /// Lowest and highest level of a goal that was met.
    [[nodiscard]] std::pair<double, double> reach(std::size_t goal) const {
        double low = std::numeric_limits<double>::infinity();
        double high = -low;
        for (const auto& met : planner_.simulator().front()) {
            low = std::min(low, met.values[goal]);
            high = std::max(high, met.values[goal]);
        }
        return {low, high};
    }

    void walk(std::size_t goal) {
        const auto [low, high] = reach(goal);
        const bool is_maximised = planner_.goals()[goal]->goal().is_maximised;
        // From the loose end to the tight one, so that each point is a start for the next.
        const auto levels =
            is_maximised ? levels_between(low, high, points_) : levels_between(high, low, points_);
        for (const double level : levels) {
            if (is_over()) {
                return;
            }
            planner_.limit_goal(goal, level);
            add_starts(goal, level);
            (void)propose();
        }
    }

    void walk_over_both() {
        const auto [low, high] = reach(2);
        const int side = std::max(2, static_cast<int>(std::lround(std::sqrt(points_))));
        const bool is_maximised = planner_.goals()[2]->goal().is_maximised;
        const auto levels =
            is_maximised ? levels_between(low, high, side) : levels_between(high, low, side);
        const int all = points_;
        points_ = side;
        for (const double level : levels) {
            if (!is_over()) {
                planner_.limit_goal(2, level);
                planner_.limit_goal(1, std::nullopt);
                walk(1);
            }
        }
        points_ = all;
    }

    /// Of what was met, the best by the first goal that keeps a limit.
    void add_starts(std::size_t goal, double level) {
        const bool is_maximised = planner_.goals()[goal]->goal().is_maximised;
        const bool first = planner_.goals().front()->goal().is_maximised;
        const Simulator::Met* best = nullptr;
        for (const auto& met : planner_.simulator().front()) {
            if (is_maximised ? met.values[goal] < level : met.values[goal] > level) {
                continue;
            }
            if (best == nullptr ||
                (first ? met.values[0] > best->values[0] : met.values[0] < best->values[0])) {
                best = &met;
            }
        }
        if (best != nullptr) {
            from_.push_back(best->portfolio);
        }
    }

    /// As many points as were asked for, the ends among them, spread by the second goal.
    [[nodiscard]] std::vector<FrontPoint> thinned() const {
        std::vector<Simulator::Met> all = planner_.simulator().front();
        std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) {
            return a.values[1] != b.values[1] ? a.values[1] < b.values[1]
                                              : a.values[0] < b.values[0];
        });
        std::vector<FrontPoint> out;
        const auto add = [&](const Simulator::Met& met) {
            const bool is_known =
                std::any_of(out.begin(), out.end(), [&met](const FrontPoint& point) {
                    return point.portfolio == met.portfolio;
                });
            if (!is_known) {
                const bool is_proposed =
                    std::find(proposed_.begin(), proposed_.end(), met.portfolio) != proposed_.end();
                out.push_back({met.portfolio, met.values, is_proposed});
            }
        };
        if (static_cast<int>(all.size()) <= points_) {
            std::for_each(all.begin(), all.end(), add);
            return out;
        }
        const double low = all.front().values[1];
        const double high = all.back().values[1];
        add(all.front());
        for (int i = 1; i + 1 < points_; ++i) {
            const double wanted = low + (high - low) * i / (points_ - 1);
            const auto gap = [&](const Simulator::Met& met) {
                const bool is_taken =
                    std::any_of(out.begin(), out.end(), [&met](const FrontPoint& point) {
                        return point.portfolio == met.portfolio;
                    });
                return is_taken ? std::numeric_limits<double>::infinity()
                                : std::abs(met.values[1] - wanted);
            };
            add(*std::min_element(all.begin(), all.end(),
                                  [&](const auto& a, const auto& b) { return gap(a) < gap(b); }));
        }
        add(all.back());
        std::sort(out.begin(), out.end(),
                  [](const auto& a, const auto& b) { return a.values[1] < b.values[1]; });
        return out;
    }

    [[nodiscard]] double passed() const {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count();
    }
    [[nodiscard]] bool is_over() const { return planner_.is_interrupted() || passed() > seconds_; }

    Planner& planner_;
    int points_;
    std::vector<Portfolio> from_;
    std::vector<Portfolio> proposed_;
    double seconds_; ///< for all points
    std::chrono::steady_clock::time_point begin_;
};

} // namespace

double distance(const Portfolio& a, const Portfolio& b) {
    double sum = 0.0;
    for (std::size_t c = 0; c < a.size(); ++c) {
        if (a[c].is_made() != b[c].is_made()) {
            sum += 1.0;
        } else {
            sum += std::min(1.0, year_weight * std::abs(a[c].year - b[c].year));
        }
    }
    return sum;
}

Front front_of(Planner& planner, int points, std::vector<Portfolio> from) {
    const auto goals = planner.goals().size();
    CHAINSIM_EXPECT(goals == 2 || goals == 3, "a front is of two or three goals");
    return FrontSeeker(planner, points, std::move(from)).seek();
}

std::vector<FrontPoint> alternatives_of(Planner& planner, const Plan& best, int count,
                                        double within) {
    std::vector<FrontPoint> out;
    if (!best.outcome.is_allowed()) {
        return out;
    }
    const auto& goal = planner.goals().front()->goal();
    const double value = best.outcome.values.front();
    const double least = value - (goal.is_maximised ? 1.0 : -1.0) * within * std::abs(value);
    auto built = planner.program();
    built.limit_goal(0, least);
    std::vector<Portfolio> known{best.portfolio};
    auto& simulator = planner.simulator();
    const auto is_near = [&](const Outcome& outcome) {
        return outcome.is_allowed() && (goal.is_maximised ? outcome.values.front() >= least
                                                          : outcome.values.front() <= least);
    };
    for (int tries = 0; static_cast<int>(out.size()) < count && tries < 3 * count; ++tries) {
        auto program = built.program();
        program.is_maximised = true;
        program.constant = 0.0;
        std::fill(program.cost.begin(), program.cost.end(), 0.0);
        for (const auto& start : built.starts()) {
            for (const auto& other : known) {
                const auto& before = other[static_cast<std::size_t>(start.choice)];
                const double gain =
                    before.is_made()
                        ? std::min(1.0, year_weight * std::abs(before.year - start.decision.year)) -
                              1.0
                        : 1.0;
                program.cost[static_cast<std::size_t>(start.column)] += gain;
            }
        }
        optimise::SolveOptions options;
        options.gap = 0.02; // how different is enough, is no matter of a percent
        options.seconds = std::max(1.0, planner.options().seconds / (3.0 * count));
        options.interrupt = planner.options().interrupt;
        const auto answer = planner.backend().solve(program, options);
        if (answer.point.empty() || planner.is_interrupted()) {
            break;
        }
        auto portfolio = built.portfolio(answer.point);
        auto outcome = simulator.run(portfolio);
        // What is over when it is run goes back towards the best, one decision after the other.
        for (std::size_t c = 0; c < portfolio.size() && !is_near(outcome); ++c) {
            if (portfolio[c] == best.portfolio[c]) {
                continue;
            }
            auto nearer = portfolio;
            nearer[c] = best.portfolio[c];
            const auto tried = simulator.run(nearer);
            if (is_near(tried) || is_better(tried, outcome, 0, goal.is_maximised)) {
                portfolio = std::move(nearer);
                outcome = tried;
            }
        }
        known.push_back(portfolio);
        const bool is_new = std::none_of(out.begin(), out.end(), [&](const FrontPoint& point) {
            return point.portfolio == portfolio;
        });
        if (is_near(outcome) && is_new && !(portfolio == best.portfolio)) {
            out.push_back({portfolio, outcome.values, true});
        }
    }
    return out;
}

} // namespace chainsim::portfolio
