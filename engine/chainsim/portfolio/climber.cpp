#include <chainsim/portfolio/climber.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <random>
#include <utility>

namespace chainsim::portfolio {

bool is_better(const Outcome& a, const Outcome& b, std::size_t goal, bool is_maximised) {
    if (a.is_solved != b.is_solved) {
        return a.is_solved;
    }
    if (a.breaks != b.breaks) {
        return a.breaks < b.breaks;
    }
    if (a.excess != b.excess) {
        return a.excess < b.excess;
    }
    // What differs by rounding alone is no gain: a search must come to an end.
    if (!a.is_solved || goal >= a.values.size()) {
        return false;
    }
    const double gain = (a.values[goal] - b.values[goal]) * (is_maximised ? 1.0 : -1.0);
    return gain > 1e-9 * std::max(std::abs(a.values[goal]), std::abs(b.values[goal]));
}

Trials::~Trials() = default;

bool Climber::is_gain(const Outcome& a, const Outcome& b) const {
    return is_better(a, b, goal_, is_maximised_);
}

std::vector<Decision> Climber::options_of(std::size_t choice) const {
    const auto& one = (*choices_)[choice];
    std::vector<Decision> out{Decision{}};
    for (const int year : one.years) {
        for (int size = 0; size < static_cast<int>(one.sizes.size()); ++size) {
            out.push_back({year, size});
        }
    }
    return out;
}

Portfolio Climber::repair(Portfolio portfolio, const std::function<bool()>& stop) {
    constexpr int most_steps = 8;
    const double sign = is_maximised_ ? 1.0 : -1.0;
    Outcome now = trials_->run(portfolio);
    for (int step = 0; step < most_steps && !now.is_allowed() && now.is_solved && !stop(); ++step) {
        std::optional<Portfolio> best;
        Outcome of_best;
        double least = 0.0; // loss per excess taken away
        for (std::size_t c = 0; c < portfolio.size() && !stop(); ++c) {
            for (auto& trial : variants_of(c, portfolio, now.breaks)) {
                const auto outcome = trials_->run(trial);
                if (!outcome.is_solved || outcome.excess >= now.excess) {
                    continue;
                }
                const double loss = sign * (now.values[goal_] - outcome.values[goal_]);
                const double rate = loss / (now.excess - outcome.excess);
                const bool is_first = !best || (outcome.is_allowed() && !of_best.is_allowed());
                const bool is_cheaper =
                    outcome.is_allowed() ? is_gain(outcome, of_best) : rate < least;
                if (is_first || (outcome.is_allowed() == of_best.is_allowed() && is_cheaper)) {
                    best = std::move(trial);
                    of_best = outcome;
                    least = rate;
                }
            }
        }
        if (!best) {
            break;
        }
        portfolio = std::move(*best);
        now = of_best;
    }
    return portfolio;
}

std::vector<Portfolio> Climber::variants_of(std::size_t choice, const Portfolio& portfolio,
                                            double most_breaks) {
    std::vector<Portfolio> out;
    for (const auto& option : options_of(choice)) {
        if (option == portfolio[choice]) {
            continue;
        }
        auto trial = portfolio;
        trial[choice] = option;
        if (trials_->breaks(trial) <= most_breaks) {
            out.push_back(std::move(trial));
        }
    }
    trials_->prepare(out);
    return out;
}

bool Climber::improve(int choice, Portfolio& portfolio, Outcome& best) {
    bool is_better_found = false;
    for (auto& trial : variants_of(static_cast<std::size_t>(choice), portfolio, best.breaks)) {
        const auto outcome = trials_->run(trial);
        if (is_gain(outcome, best)) {
            best = outcome;
            portfolio = std::move(trial);
            is_better_found = true;
        }
    }
    return is_better_found;
}

/// Takes one choice out, and lets each of the others take its place.
bool Climber::exchange(int choice, Portfolio& portfolio, Outcome& best,
                       const std::function<bool()>& stop) {
    const auto at = static_cast<std::size_t>(choice);
    if (!portfolio[at].is_made()) {
        return false;
    }
    Portfolio trial = portfolio;
    trial[at] = {};
    for (std::size_t other = 0; other < trial.size() && !stop(); ++other) {
        if (other == at || trial[other].is_made()) {
            continue;
        }
        Portfolio pair = trial;
        Outcome of_pair = best;
        if (improve(static_cast<int>(other), pair, of_pair)) {
            portfolio = std::move(pair);
            best = of_pair;
            return true;
        }
    }
    return false;
}

Portfolio Climber::climb(Portfolio portfolio, const std::function<bool()>& stop) {
    Outcome best = trials_->run(portfolio);
    const int choices = static_cast<int>(portfolio.size());
    bool is_moving = true;
    while (is_moving && !stop()) {
        is_moving = false;
        for (int c = 0; c < choices && !stop(); ++c) {
            is_moving = improve(c, portfolio, best) || is_moving;
        }
        for (int c = 0; uses_pairs_ && !is_moving && c < choices && !stop(); ++c) {
            is_moving = exchange(c, portfolio, best, stop);
        }
    }
    drop_idle(portfolio, best, stop);
    return portfolio;
}

Portfolio Climber::wander(Portfolio portfolio, const std::function<bool()>& enough) {
    constexpr std::size_t kicked = 4; // choices at a time
    std::mt19937 random;              // of its usual seed
    const auto below = [&random](std::size_t count) { return random() % count; };
    Outcome best = trials_->run(portfolio);
    const bool used_pairs = std::exchange(uses_pairs_, false);
    while (!enough()) {
        Portfolio tried = portfolio;
        for (std::size_t i = 0; i < kicked; ++i) {
            const auto choice = below(tried.size());
            const auto options = options_of(choice);
            const auto before = std::exchange(tried[choice], options[below(options.size())]);
            if (trials_->breaks(tried) > best.breaks) {
                tried[choice] = before;
            }
        }
        if (trials_->run(tried).excess > best.excess) {
            tried = repair(std::move(tried), enough);
        }
        tried = climb(std::move(tried), enough);
        const auto outcome = trials_->run(tried);
        if (is_gain(outcome, best)) {
            portfolio = std::move(tried);
            best = outcome;
        }
    }
    uses_pairs_ = used_pairs;
    return portfolio;
}

/// What brings nothing is not done: a list of decisions should hold none without effect.
void Climber::drop_idle(Portfolio& portfolio, const Outcome& best,
                        const std::function<bool()>& stop) {
    for (auto& decision : portfolio) {
        if (stop()) {
            return;
        }
        const auto before = decision;
        decision = {};
        const auto outcome = trials_->run(portfolio);
        if (before.is_made() && is_gain(best, outcome)) {
            decision = before;
        }
    }
}

} // namespace chainsim::portfolio
