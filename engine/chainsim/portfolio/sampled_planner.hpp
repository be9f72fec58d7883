#pragma once

#include <chainsim/portfolio/planner.hpp>
#include <chainsim/portfolio/sampled_program.hpp>

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace chainsim::portfolio {

/// A district as a draw of its figures has it, with its goals and bounds: in the order of those of
/// the nominal one.
struct DrawnDistrict {
    std::unique_ptr<District> district;
    std::vector<std::unique_ptr<Valuer>> valuers;
    std::vector<Bound> bounds;
};

/// How a portfolio fares over the draws.
struct Fare {
    double mean = 0.0;          ///< of the first goal; NaN: a draw has no solution
    double kept = 0.0;          ///< share of the draws that keep every hard bound
    std::vector<double> values; ///< by draw; NaN: no solution
    std::vector<char> keeps;    ///< by draw
};

/// A portfolio that is decided before the draw is known.
struct SampledPlan {
    optimise::Status status = optimise::Status::failed; ///< of the program
    Portfolio portfolio;
    bool is_allowed = false; ///< keeps the bounds at the nominal figures, and in enough draws
    Fare fare;
    Fare before;      ///< of the portfolio that was chosen for the nominal figures
    int unsolved = 0; ///< draws left out, in which no portfolio has a solution
    /// No portfolio has a better mean in the program over these draws, which is held to what runs
    /// had in common (`Planner`); NaN: no bound is known.
    double bound = 0.0;
    /// Mean over the draws of what could be reached at most if each were known before.
    double foresight = 0.0;
    std::size_t rows = 0;
    std::size_t columns = 0;
    long nodes = 0;
    double seconds = 0.0;
    std::string solver;
};

/// Chooses a portfolio under doubt: build now, run later.
///
/// As run: the portfolio is improved by running it in every draw; the program of all draws
/// (`SampledProgram`) shows how much better any could be, or proposes one that is run in turn.
///
/// Cost     a climb over as many districts as there are draws, and a program of their joint size.
/// Threads  one object per thread.
class SampledPlanner : public Trials {
public:
    /// Refers to the planner of the nominal figures, which must outlive it. `chance` is the share
    /// of draws in which every hard bound has to be kept.
    SampledPlanner(Planner& nominal, std::vector<DrawnDistrict> draws, double chance,
                   const PlanOptions& options);

    /// Begins from these portfolios; the first of them is what was chosen for the nominal figures.
    [[nodiscard]] SampledPlan best(const std::vector<Portfolio>& from);

    [[nodiscard]] Fare fare(const Portfolio& portfolio);

    [[nodiscard]] Outcome run(const Portfolio& portfolio) override;
    void prepare(const std::vector<Portfolio>& portfolios) override;
    [[nodiscard]] double breaks(const Portfolio& portfolio) const override;

private:
    struct Draw {
        DrawnDistrict drawn;
        std::unique_ptr<Planner> planner;
    };

    [[nodiscard]] bool is_maximised() const;
    int drop_unsolved(const std::vector<Portfolio>& from);
    [[nodiscard]] SampledProgram program() const;
    /// At most the mean of what each draw could reach were it known, bounds lifted where that may
    /// be: relaxed programs, one draw after the other.
    [[nodiscard]] double foresight(const SampledProgram& program,
                                   const std::function<double()>& left,
                                   const std::function<bool()>& stop);
    [[nodiscard]] static Outcome in_draw(Draw& draw, const Portfolio& portfolio);
    [[nodiscard]] static Fare fare_of(const SampledProgram& program,
                                      const std::vector<double>& point);
    [[nodiscard]] Fare fare_as_suits(const SampledProgram& program, const Portfolio& portfolio,
                                     double seconds);
    static void finish(Fare& fare);
    [[nodiscard]] std::vector<double> start(const SampledProgram& program,
                                            const Portfolio& portfolio);
    void solve(SampledPlan& plan, const std::function<double()>& left,
               const std::function<bool()>& stop);

    Planner* nominal_;
    PlanOptions options_;
    std::vector<Draw> draws_;
    double chance_;
    int may_give_up_ = 0;
};

} // namespace chainsim::portfolio
