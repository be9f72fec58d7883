#include <chainsim/base/error.hpp>
#include <chainsim/solve/detail/iterate.hpp>
#include <chainsim/solve/detail/path.hpp>
#include <chainsim/solve/detail/settle.hpp>
#include <chainsim/solve/detail/standstill.hpp>
#include <chainsim/solve/detail/straighten.hpp>
#include <chainsim/solve/detail/valves.hpp>
#include <chainsim/solve/detail/verdict.hpp>
#include <chainsim/solve/dispatch.hpp>

#include <algorithm>
#include <cmath>
#include <memory>
#include <vector>

namespace chainsim::solve {

namespace {

void check_sizes(const system::Equations& eq) {
    const auto columns = static_cast<std::size_t>(eq.columns());
    const auto rows = static_cast<std::size_t>(eq.rows());
    CHAINSIM_EXPECT(eq.net.isCompressed(), "the matrix is not compressed");
    CHAINSIM_EXPECT(eq.capacity.size() == eq.columns() && eq.driver.size() == columns &&
                        eq.product.size() == columns && eq.feed.size() == columns,
                    "a column vector has not one entry per column");
    CHAINSIM_EXPECT(eq.demand.size() == eq.rows() && eq.buy_limit.size() == eq.rows() &&
                        eq.sell_limit.size() == eq.rows() && eq.sink.size() == rows &&
                        eq.buy_first.size() == rows,
                    "a row vector has not one entry per row");
    CHAINSIM_EXPECT(eq.priority.size() == static_cast<std::size_t>(eq.net.nonZeros()),
                    "priorities and non-zeros differ in number");
    CHAINSIM_EXPECT(eq.order.empty() || eq.order.size() == rows, "order is not of all rows");
}

} // namespace

struct Dispatch::Work {
    const system::Equations& equations;
    DispatchOptions options;
    detail::LevelSolver newton_solver;
    detail::LevelSolver path_solver; // apart: a path has so many pieces that it pushes all else out
    std::unique_ptr<detail::Valves> valves; // both from the first solve on
    std::unique_ptr<detail::Iterate> iterate;
    int iterations = 0;
    int paths = 0;
    bool is_straight = false; ///< the last solve could be written down

    /// The equations are read when they are solved, not before.
    Work(const system::Equations& given, DispatchOptions chosen)
        : equations(given), options(chosen) {
        check_sizes(equations);
    }

    /// The equations as they stand now, every valve open.
    void read() {
        check_sizes(equations);
        if (!valves) {
            valves = std::make_unique<detail::Valves>(equations);
            iterate = std::make_unique<detail::Iterate>(*valves, newton_solver);
            return;
        }
        valves->read();
        valves->set_claims_to_capacity();
        iterate->restart();
    }

    /// Until the valves stand: by sweeps, or by a path where these run in circles or end in a
    /// deadlock. The short path, elastic at the deadlock alone, may lead back to it: a loop is not
    /// said to starve itself before it also does at the end of the whole path. False if no path
    /// reaches its end; the deadlock is then left to be named.
    bool settle() {
        if (!detail::settle(*iterate, options.tolerance, options.maximum_iterations, iterations)) {
            return follow_path({});
        }
        const auto deadlock = detail::find_deadlock(*iterate);
        if (deadlock.empty()) {
            return true;
        }
        auto stood = *iterate;
        if (follow_path(detail::rows_that_hold(*iterate, deadlock))) {
            if (detail::find_starving_loop(*iterate).empty()) {
                return true;
            }
            stood = *iterate;
        }
        if (follow_path({})) {
            return true;
        }
        *iterate = stood;
        return false;
    }

    /// The way that leads down from full capacity; its end is sharpened by a Newton step. If that
    /// does not stand, nor comes to rest by sweeps, another attempt is made. A short path does not
    /// come from full capacity: that its end stands is not enough, sweeps must come to rest.
    bool follow_path(const std::vector<char>& elastic_rows) {
        const int attempts = elastic_rows.empty() ? 3 : 1; // after a short one there is the whole
        constexpr int steps = 20;
        for (int attempt = 0; attempt < attempts; ++attempt) {
            ++paths;
            const auto end = detail::follow_path(*valves, path_solver, attempt, elastic_rows);
            if (!end) {
                continue;
            }
            iterate->set_all(end->states, end->binders);
            if ((elastic_rows.empty() && iterate->stands(options.tolerance)) ||
                detail::settle(*iterate, options.tolerance, steps, iterations)) {
                return true;
            }
        }
        return false;
    }

    /// First as if nothing were short, which gives everyone's target. If then nothing is made up
    /// from outside, that is the answer already. Else shortages are shared out from there: from
    /// full capacity, makers on demand would claim for their spare capacity what others starve for.
    system::Solution run(const Start* start, detail::Straightener* straightener = nullptr) {
        read();
        iterations = 0;
        std::vector<double> limits; // none: every valve open
        if (start != nullptr) {
            limits = limits_of(*start);
            iterate->start_from(limits);
        }
        valves->set_chain(detail::Chain::plentiful);
        bool good = settle();
        is_straight = straightener != nullptr && good && straightener->add(*iterate);
        valves->set_chain(detail::Chain::real);
        if (good && is_short()) {
            const auto targets = iterate->limits();
            valves->set_claims(iterate->activities());
            iterate->start_from(start == nullptr ? targets : limits);
            good = settle();
            is_straight = is_straight && good && straightener->add(*iterate);
        }
        auto solution = detail::read_solution(*iterate, good);
        solution.iterations = iterations;
        return solution;
    }

    [[nodiscard]] std::vector<double> limits_of(const Start& start) const {
        const auto rows = static_cast<std::size_t>(equations.rows());
        CHAINSIM_EXPECT(start.user_level.size() == rows && start.maker_level.size() == rows,
                        "a start has not one level per row");
        std::vector<double> limits(static_cast<std::size_t>(equations.net.nonZeros()),
                                   system::unlimited);
        for (const auto& member : valves->members()) {
            const auto row = static_cast<std::size_t>(member.row);
            const double level = member.is_maker() ? start.maker_level[row] : start.user_level[row];
            if (level < 1.0) {
                limits[static_cast<std::size_t>(member.entry)] =
                    level * equations.capacity[member.column];
            }
        }
        return limits;
    }

    /// Whether some row is made up from outside.
    [[nodiscard]] bool is_short() const {
        return std::any_of(iterate->states().begin(), iterate->states().end(),
                           [](const auto& state) { return state.rung == detail::Rung::outside; });
    }
};

Dispatch::Dispatch(const system::Equations& equations, DispatchOptions options)
    : work_(std::make_unique<Work>(equations, options)) {}
Dispatch::~Dispatch() = default;
Dispatch::Dispatch(Dispatch&&) noexcept = default;
Dispatch& Dispatch::operator=(Dispatch&&) noexcept = default;

system::Solution Dispatch::solve() { return work_->run(nullptr); }

std::optional<StraightLine> Dispatch::straight_line(const std::vector<char>& varies) {
    const auto figures = static_cast<std::size_t>(FigureIndex(work_->equations).count());
    CHAINSIM_EXPECT(varies.size() == figures, "which figures vary is not said of each");
    detail::Straightener straightener(work_->equations, varies);
    const auto solution = work_->run(nullptr, &straightener);
    if (solution.outcome != system::Outcome::solved || !work_->is_straight) {
        return std::nullopt;
    }
    return straightener.finish(*work_->iterate);
}

system::Solution Dispatch::solve_from(const Start& start) { return work_->run(&start); }

DispatchCounts Dispatch::counts() const {
    const auto& newton = work_->newton_solver;
    const auto& path = work_->path_solver;
    return {newton.analyses() + path.analyses(), newton.factorisations() + path.factorisations(),
            work_->paths};
}

} // namespace chainsim::solve
