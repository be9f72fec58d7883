#pragma once

#include <chainsim/parallel/executor.hpp>
#include <chainsim/portfolio/climber.hpp>
#include <chainsim/portfolio/portfolio_program.hpp>

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace chainsim::portfolio {

/// Runs portfolios, each year once for all portfolios that have the same plants in it.
///
/// Cost     a dispatch for each year that was not met before; what is kept is a few figures a year.
/// Threads  one object per thread; it runs years on all cores, each year by one thread at a time,
///          with the same results for any number of them.
class Simulator : public Trials {
public:
    /// Refers to the district and the goals, which must outlive it.
    Simulator(District& district, std::vector<const Valuer*> goals, std::vector<Bound> bounds);

    /// Moves a bound; what was run before is judged by it without being run again.
    void set_bound(std::size_t bound, double value) { bounds_[bound].value = value; }
    [[nodiscard]] const std::vector<Bound>& bounds() const { return bounds_; }
    /// The bounds that a portfolio does not keep, hard or not.
    [[nodiscard]] std::vector<std::size_t> missed(const Portfolio& portfolio);

    /// Sets what a goal but the first must reach, or may not exceed; nothing takes it back.
    void limit_goal(std::size_t goal, std::optional<double> value) { limits_[goal] = value; }
    /// Which goal `climb` makes better: the first, unless told otherwise.
    void climb_by(std::size_t goal) { by_ = goal; }
    /// Whether it looks at pairs of choices as well (`Climber::use_pairs`).
    void climb_by_pairs(bool use) { uses_pairs_ = use; }

    [[nodiscard]] Outcome run(const Portfolio& portfolio) override;
    /// Runs what is not known yet, the years side by side.
    void prepare(const std::vector<Portfolio>& portfolios) override;
    /// The runs themselves.
    [[nodiscard]] std::vector<system::Solution> solve(const Portfolio& portfolio);
    /// How far the budget, the relations and the groups are overstepped.
    [[nodiscard]] double breaks(const Portfolio& portfolio) const override;

    /// By the goal that `climb_by` set (`Climber`).
    [[nodiscard]] Portfolio climb(Portfolio portfolio, const std::function<bool()>& stop);
    [[nodiscard]] Portfolio repair(Portfolio portfolio, const std::function<bool()>& stop);
    /// For so many years that are run (`Climber::wander`).
    [[nodiscard]] Portfolio wander(Portfolio portfolio, long years,
                                   const std::function<bool()>& stop);

    /// Allowed portfolios that were met, of which none is better by all goals than another one.
    /// Kept only where there are several goals.
    struct Met {
        Portfolio portfolio;
        std::vector<double> values;
    };
    [[nodiscard]] const std::vector<Met>& front() const { return front_; }

    [[nodiscard]] long runs() const;
    /// What all runs so far had in common, with some room beside it: how far each plant ran of what
    /// stood of it, and what was traded at all.
    [[nodiscard]] Conducts seen() const;

private:
    struct YearOutcome {
        bool is_solved = false;
        std::vector<double> values; ///< by goal
        double idle = 0.0;          ///< how far plants stay below the load that they must run at
        /// Of each bound of the year: the form less its bound, and its change per unit of that.
        std::vector<std::pair<double, double>> levels;
    };

    /// A bound as it was when the simulator was made: its form, and what moves with it.
    struct Measure {
        std::size_t bound = 0;
        double first = 0.0;
        double size = 1.0; ///< of what is bounded, to judge an excess by
        Form form;
        std::optional<Form> denominator;
    };

    /// How far a year is over a bound; not above 0 where it is kept.
    [[nodiscard]] double over(const Measure& measure, const std::pair<double, double>& level) const;
    void remember(const Portfolio& portfolio, const Outcome& outcome);
    [[nodiscard]] double idle(std::size_t at, const system::Solution& run,
                              const Portfolio& portfolio) const;
    void watch(std::size_t at, const system::Solution& run);
    [[nodiscard]] std::string key(std::size_t year, const Portfolio& portfolio) const;
    [[nodiscard]] const YearOutcome& year(std::size_t at, const Portfolio& portfolio);
    [[nodiscard]] Climber climber();

    District* district_;
    std::vector<const Valuer*> goals_;
    std::vector<std::optional<double>> limits_; ///< by goal
    std::size_t by_ = 0;
    bool uses_pairs_ = true;
    std::vector<Bound> bounds_;
    std::vector<std::vector<Measure>> measures_; ///< by year
    std::vector<int> ramp_; ///< by choice: years until all of its plants are at capacity
    std::vector<std::map<std::string, YearOutcome>> known_; ///< by year
    parallel::Executor executor_;
    std::vector<Met> front_;
    Conducts seen_; ///< `least` above `most` where a plant never stood
};

} // namespace chainsim::portfolio
