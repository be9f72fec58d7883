#pragma once

#include <chainsim/optimise/backend.hpp>
#include <chainsim/portfolio/simulator.hpp>

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace chainsim::portfolio {

/// How plants run in the program that a portfolio is chosen by.
enum class Operation {
    as_run, ///< as they do in a run; the portfolio is the best that was found by running
    open    ///< as suits the goal, within their capacities
};

/// How much is spent on one plan.
struct Effort {
    double gap = 1e-4;      ///< of the program
    double seconds = 300;   ///< in all
    int rounds = 4;         ///< programs that are solved at most
    long wandering = 40000; ///< years run at most to leave an optimum of single decisions and pairs
};

struct PlanOptions : Effort {
    Operation operation = Operation::as_run;
    const std::atomic<bool>* interrupt = nullptr;
    std::function<void(const std::string& step, double value)> progress;
    /// Solves the mixed-integer programs; CBC if absent. Must outlive the planner.
    optimise::Backend* backend = nullptr;
    bool log = false;
};

/// A portfolio, what it comes to when it is run, and what the program says of it.
struct Plan {
    optimise::Status status = optimise::Status::failed;
    Portfolio portfolio;
    std::vector<system::Solution> runs; ///< by year; empty where there is none
    Outcome outcome;                    ///< of the runs
    // of the program
    std::shared_ptr<const PortfolioProgram> program; ///< the last one that was solved
    std::vector<double> point;                       ///< its best point; empty where there is none
    Portfolio chosen;                                ///< what that point chooses
    double value = 0.0;                              ///< of the first goal there
    double program_bound = 0.0;                      ///< no portfolio is better in the program
    double gap = 0.0;                                ///< between these two
    /// No portfolio is better in the program whose bounds are those of the policies; the last
    /// program may have them moved by what runs come to otherwise than programs.
    double bound = 0.0;
    double seconds = 0.0;
    double solver_seconds = 0.0;
    double build_seconds = 0.0;
    long nodes = 0;
    long runs_made = 0; ///< years that were run to find it
    std::string solver;
    std::string message;
};

/// Chooses portfolios.
///
/// As run: portfolios are improved by running them; a program, held to what all runs so far had in
/// common, then either shows that no other portfolio is better, or proposes one that is run and
/// improved in turn.
///
/// Threads  one object per thread.
class Planner {
public:
    /// Refers to all, which must outlive it.
    Planner(District& district, std::vector<const Valuer*> goals, std::vector<Bound> bounds,
            PlanOptions options);

    /// The best portfolio by the first goal, with the limits that were set on the others. Begins
    /// from these portfolios; the empty one is always among them.
    [[nodiscard]] Plan best(std::vector<Portfolio> from);

    void limit_goal(std::size_t goal, std::optional<double> value);
    /// A portfolio that turned out to be better than that of a plan takes its place.
    bool adopt(const std::vector<Portfolio>& portfolios, Plan& plan);
    void set_effort(const Effort& effort) { static_cast<Effort&>(options_) = effort; }
    void set_bound(std::size_t bound, double value) { simulator_.set_bound(bound, value); }

    [[nodiscard]] Simulator& simulator() { return simulator_; }
    [[nodiscard]] const PlanOptions& options() const { return options_; }
    [[nodiscard]] const std::vector<Bound>& bounds() const { return simulator_.bounds(); }
    [[nodiscard]] const std::vector<const Valuer*>& goals() const { return goals_; }
    [[nodiscard]] District& district() { return *district_; }
    [[nodiscard]] optimise::Backend& backend() { return *backend_; }
    /// The program as the planner's runs so far have it, or open.
    [[nodiscard]] PortfolioProgram program() const;
    /// The same, of what is certain of every run: what it cannot do, no run can.
    [[nodiscard]] PortfolioProgram certain_program() const;
    [[nodiscard]] bool is_interrupted() const;

private:
    [[nodiscard]] optimise::Answer solve(const PortfolioProgram& program, const Portfolio* start,
                                         double seconds);
    [[nodiscard]] PortfolioProgram build(const Conducts& conducts) const;
    void settle_years();
    void tell(const std::string& step, double value) const;
    static void take(std::shared_ptr<const PortfolioProgram> program, optimise::Answer answer,
                     Plan& plan);
    /// Where no start is allowed: whether any portfolio can be, by the program of what is certain.
    /// What that chooses is a further start.
    [[nodiscard]] bool find_feasible(Plan& plan, std::vector<Portfolio>& from,
                                     const std::function<bool()>& stop);
    void climb_first(Plan& plan, const std::vector<Portfolio>& from,
                     const std::function<bool()>& stop);
    void bound_quickly(Plan& plan);
    [[nodiscard]] bool improve_on(Plan& plan, const std::function<bool()>& stop);
    void widen_bound(Plan& plan) const;
    /// Moves the bounds of the next program by what the run of a portfolio has beyond it.
    [[nodiscard]] bool correct(const Plan& plan);

    District* district_;
    std::vector<const Valuer*> goals_;
    PlanOptions options_;
    std::unique_ptr<optimise::Backend> own_backend_;
    optimise::Backend* backend_;
    Simulator simulator_;
    std::vector<std::optional<double>> limits_;
    std::vector<double> corrections_; ///< by bound, of the next program
    std::vector<std::optional<system::Solution>> settled_;
};

} // namespace chainsim::portfolio
