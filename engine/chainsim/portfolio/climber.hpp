#pragma once

#include <chainsim/portfolio/choice.hpp>

#include <cstddef>
#include <functional>
#include <vector>

namespace chainsim::portfolio {

/// What a portfolio comes to when it is run.
struct Outcome {
    bool is_solved = false; ///< every year has a solution
    /// Of the goals, the first less what missing soft policies costs.
    std::vector<double> values;
    /// Sum over the hard bounds that are missed of how far, each relative to its bound.
    double excess = 0.0;        ///< of the limits of goals as well
    double bounds_excess = 0.0; ///< of it, without the limits of goals
    double breaks = 0.0; ///< how far the means and relations are overstepped; 0: they are kept

    [[nodiscard]] bool is_allowed() const { return is_solved && excess <= 0.0 && breaks <= 0.0; }
};

/// Is the first outcome better than the second? One that is allowed is better than one that is not,
/// and of two that are not, the one that is nearer to it. `goal` tells by which value.
[[nodiscard]] bool is_better(const Outcome& a, const Outcome& b, std::size_t goal,
                             bool is_maximised);

/// What tells how good portfolios are.
class Trials {
public:
    Trials() = default;
    virtual ~Trials();
    Trials(const Trials&) = delete;
    Trials& operator=(const Trials&) = delete;
    Trials(Trials&&) = delete;
    Trials& operator=(Trials&&) = delete;

    [[nodiscard]] virtual Outcome run(const Portfolio& portfolio) = 0;
    /// Runs what will be asked for, so that it can be done together.
    virtual void prepare(const std::vector<Portfolio>& portfolios) = 0;
    /// How far the budget, the relations and the groups are overstepped, without a run.
    [[nodiscard]] virtual double breaks(const Portfolio& portfolio) const = 0;
};

/// Makes portfolios better, step by step.
class Climber {
public:
    /// Refers to the trials and the choices, which must outlive it; `goal` tells by which value.
    Climber(Trials& trials, const std::vector<Choice>& choices, std::size_t goal, bool is_maximised)
        : trials_(&trials), choices_(&choices), goal_(goal), is_maximised_(is_maximised) {}

    /// Whether `climb` also tries pairs of choices that take each other's place, which is most of
    /// its cost: it does, unless told otherwise.
    void use_pairs(bool use) { uses_pairs_ = use; }

    /// Improves a portfolio by single decisions, the best of a choice at a time, and then by pairs,
    /// until nothing helps, or `stop` says so.
    [[nodiscard]] Portfolio climb(Portfolio portfolio, const std::function<bool()>& stop);
    /// Leaves an optimum that single decisions and pairs do not: a few random decisions, then a
    /// climb by single ones, and so on from the better of the two, until `enough` says so. The same
    /// each time.
    [[nodiscard]] Portfolio wander(Portfolio portfolio, const std::function<bool()>& enough);
    /// Makes a portfolio that misses bounds by a little keep them, by the single decisions that
    /// lose the least for it; as near as it came if they do not suffice.
    [[nodiscard]] Portfolio repair(Portfolio portfolio, const std::function<bool()>& stop);

private:
    [[nodiscard]] std::vector<Decision> options_of(std::size_t choice) const;
    /// Portfolios with every other decision on a choice that do not overstep the means by more.
    [[nodiscard]] std::vector<Portfolio> variants_of(std::size_t choice, const Portfolio& portfolio,
                                                     double most_breaks);
    bool improve(int choice, Portfolio& portfolio, Outcome& best);
    bool exchange(int choice, Portfolio& portfolio, Outcome& best,
                  const std::function<bool()>& stop);
    void drop_idle(Portfolio& portfolio, const Outcome& best, const std::function<bool()>& stop);
    [[nodiscard]] bool is_gain(const Outcome& a, const Outcome& b) const;

    Trials* trials_;
    const std::vector<Choice>* choices_;
    std::size_t goal_;
    bool is_maximised_;
    bool uses_pairs_ = true;
};

} // namespace chainsim::portfolio
