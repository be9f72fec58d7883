#pragma once

#include <chainsim/solve/straight_line.hpp>
#include <chainsim/system/equations.hpp>
#include <chainsim/system/solution.hpp>

#include <memory>
#include <optional>
#include <vector>

namespace chainsim::solve {

/// How the dispatch is sought; the defaults suit every model met so far.
struct DispatchOptions {
    /// Sweeps and Newton steps before a path is followed instead. Sweeps that run in circles for
    /// long may come to rest at last, but no longer at the answer that full capacity leads to.
    int maximum_iterations = 20;
    double tolerance = 1e-12; ///< relative change of activities at which it stands
};

/// Where an iteration starts, as shares of capacity by row: what users of the row are first
/// allowed, and what its makers are. From full capacity both are 1 everywhere.
struct Start {
    std::vector<double> user_level;  ///< 0 .. 1
    std::vector<double> maker_level; ///< 0 .. 1
};

/// What a dispatch has done since it was made.
struct DispatchCounts {
    int analyses = 0;       ///< patterns of non-zeros analysed
    int factorisations = 0; ///< values factorised in an analysed pattern
    int paths = 0;          ///< attempts to follow a path, where sweeps gave no answer
};

/// The dispatch of one year: who runs how far, who is short, what is bought, sold and wasted.
///
/// Each row has one valve, and a ladder of what the valve does as the row turns from short to
/// abundant: serve its users class by class, buy less, sell up to a finite market, hold back the
/// makers that run on demand, sell without limit, use the sink, hold back every other maker. A
/// column runs at the least of its capacity and what the valves of its rows allow. That is a
/// piecewise-linear complementarity problem in one unknown per row. It is solved by sweeps that
/// set one valve after the other exactly, downward from full capacity, and by Newton steps that
/// solve at once for all valves that still move, on the pieces where the sweeps left them (a sparse
/// factorisation in block-triangular order: only true loops are factorised). Where sweeps run in
/// circles, or end with facilities that stand still because of each other, the solution is followed
/// along a path from a chain in which nothing is short or in surplus. Should no path reach its end,
/// the outcome is `not_converged`, with the facilities that still move or stand in each other's
/// way.
///
/// Shares within a class are pro rata to targets. A target is what a column would run at were
/// nothing short; all targets are found first, as if shortages were made up from outside, and the
/// shortages then cut down from there.
///
/// What it does not promise: that a facility never runs less because its own capacity is larger.
/// That raises the targets of its suppliers, and where these share something short, the one that
/// cannot grow loses to the one that can. A plant of two such intermediates falls so from 20/3 t to
/// 5 t as it doubles (tests/unit/solve/dispatch_shortage_test.cpp). It is rare, and not met where
/// every facility has one input that may be short and no by-product.
///
/// An object may be kept for many solves: each reads the equations as they then stand, and what is
/// known of a pattern of non-zeros is used again for other figures (a draw, another year, another
/// demand). An answer does not depend on what was solved before.
///
/// Shapes   as in `Equations`. The object refers to the equations and must not outlive them.
/// Errors   ContractError if sizes do not fit. What the numbers say is `Solution::outcome`.
/// Threads  one object per thread.
/// Cost     some ten sweeps over the rows that still change, and a factorisation of those that
///          ration: 0.2 ms for 240 facilities and 220 commodities, growing as n log n. A path
///          costs ten times as much, and grows with the square: seconds for 5,000 facilities.
class Dispatch {
public:
    explicit Dispatch(const system::Equations& equations, DispatchOptions options = {});
    explicit Dispatch(system::Equations&& equations, DispatchOptions options = {}) = delete;
    ~Dispatch();
    Dispatch(Dispatch&&) noexcept;
    Dispatch& operator=(Dispatch&&) noexcept;
    Dispatch(const Dispatch&) = delete;
    Dispatch& operator=(const Dispatch&) = delete;

    /// The solution reached downward from full capacity.
    [[nodiscard]] system::Solution solve();

    /// The solution that this start leads to. Several may exist: a loop that feeds itself also
    /// balances at part load, or at rest, and of two facilities that hold each other back either
    /// may run. `solve()`, which comes downward from full capacity, is the answer of the model.
    [[nodiscard]] system::Solution solve_from(const Start& start);

    /// `solve`, and besides the solution as it is computed on its piece: for draws of the figures
    /// that vary (by `FigureIndex`), eight at a time. Absent unless it is solved, and where the
    /// piece depends on chance: a row whose level nobody follows and that yet just balances.
    [[nodiscard]] std::optional<StraightLine> straight_line(const std::vector<char>& varies);

    [[nodiscard]] DispatchCounts counts() const;

private:
    struct Work;
    std::unique_ptr<Work> work_;
};

} // namespace chainsim::solve
