#pragma once

#include <chainsim/optimise/program.hpp>

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chainsim::optimise {

/// What became of a program, as far as it was checked here.
enum class Status {
    optimal,    ///< within the gap that was asked for
    feasible,   ///< stopped with a point, and a bound on what could be better
    infeasible, ///< no point exists
    unbounded,
    stopped, ///< by time or an interrupt, before any point was found
    failed   ///< the solver gave up, or what it claims does not hold
};

[[nodiscard]] std::string_view to_string(Status status);

/// |objective - bound| in shares of the objective: what `SolveOptions::gap` asks for.
[[nodiscard]] double relative_gap(double objective, double bound);
/// What a point with this objective is, where nothing is better than the bound: optimal within the
/// gap, apart from rounding, or feasible.
[[nodiscard]] Status status_within(double gap, double objective, double bound);

/// How far a search has come.
struct Progress {
    double seconds = 0.0;
    std::optional<double> objective; ///< of the best point so far
    double bound = 0.0;
    long nodes = 0;
};

struct SolveOptions {
    double gap = 1e-4;       ///< relative: |objective - bound| <= gap max(1e-10, |objective|)
    double seconds = 1e9;    ///< of elapsed time
    double tolerance = 1e-7; ///< of feasibility and of wholeness
    /// Looked at now and then: true ends the search with the best point so far.
    const std::atomic<bool>* interrupt = nullptr;
    std::function<void(const Progress&)> progress; ///< called from the thread that solves
    /// A point to begin from, whole where it must be; one that is not feasible is left aside.
    std::vector<double> start;
    bool log = false; ///< the solver's own words on standard error
};

/// What a solver answers, and what of it was checked.
struct Answer {
    Status status = Status::failed;
    std::vector<double> point; ///< by column; empty where there is none
    double objective = 0.0;    ///< recomputed from the point, of the program as it stands
    double bound = 0.0;        ///< no point is better than this
    double violation = 0.0;    ///< the largest, of rows, bounds and wholeness, scaled
    long nodes = 0;
    double seconds = 0.0;
    // of a program without integers, where it is optimal
    std::vector<double> row_duals; ///< change of the objective per unit of the binding row bound
    std::vector<double> reduced_costs; ///< the same of the binding column bound
    std::string solver;                ///< "CBC 2.10.8"
    std::string message;               ///< why it failed

    /// Relative; infinite where there is no point.
    [[nodiscard]] double gap() const;
};

/// A solver of linear and mixed-integer programs.
///
/// Errors   `Answer::status`; `Unavailable` where a solver is not there. Answers are checked
///          (`check` of certificate.hpp) before they are handed on.
/// Threads  one object per thread.
class Backend {
public:
    Backend() = default;
    virtual ~Backend() = default;
    Backend(const Backend&) = delete;
    Backend& operator=(const Backend&) = delete;
    Backend(Backend&&) = delete;
    Backend& operator=(Backend&&) = delete;

    [[nodiscard]] virtual std::string name() const = 0;
    /// Integers are relaxed where there are none; else branch and cut.
    [[nodiscard]] virtual Answer solve(const Program& program, const SolveOptions& options) = 0;
};

/// COIN-OR CBC for programs with integers, CLP for those without.
[[nodiscard]] std::unique_ptr<Backend> make_cbc();

/// HiGHS, for both, on one thread. Its heuristics see an interrupt only when they are through,
/// which may be seconds later; its time it keeps.
///
/// Errors  Unavailable unless `has_highs`.
[[nodiscard]] std::unique_ptr<Backend> make_highs();

/// Whether HiGHS was there when this was built (CHAINSIM_WITH_HIGHS).
[[nodiscard]] bool has_highs();

/// "cbc", "highs", or the command of any other solver (`make_external`).
///
/// Errors  InputError at any other name; those of `make_highs` and `make_external`.
[[nodiscard]] std::unique_ptr<Backend> make_backend(const std::string& solver);

} // namespace chainsim::optimise
