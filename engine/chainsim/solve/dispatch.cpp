#include <chainsim/solve/dispatch.hpp>

#include <chainsim/base/error.hpp>
#include <chainsim/solve/detail/iterate.hpp>
#include <chainsim/solve/detail/path.hpp>
#include <chainsim/solve/detail/settle.hpp>
#include <chainsim/solve/detail/valves.hpp>
#include <chainsim/solve/detail/verdict.hpp>

#include <algorithm>

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

const system::Equations& checked(const system::Equations& equations) {
    check_sizes(equations);
    return equations;
}

} // namespace

struct Dispatch::Work {
    DispatchOptions options;
    detail::Valves valves;
    detail::Iterate iterate;
    int iterations = 0;

    Work(const system::Equations& equations, DispatchOptions chosen)
        : options(chosen), valves(checked(equations)), iterate(valves) {}

    /// Until the valves stand: by sweeps, or where these run in circles by a path.
    bool settle() {
        constexpr int patience = 100;
        return detail::settle(iterate, options.tolerance,
                              std::min(options.maximum_iterations, patience), iterations) ||
               follow_path();
    }

    /// The way that leads down from full capacity; its end is sharpened by a Newton step and a sweep.
    bool follow_path() {
        constexpr int attempts = 3;
        constexpr int steps = 20;
        for (int attempt = 0; attempt < attempts; ++attempt) {
            const auto states = detail::follow_path(valves, attempt);
            if (!states) {
                continue;
            }
            iterate.set_all(*states);
            iterate.newton_on_all();
            iterate.make_stale();
            if (detail::settle(iterate, options.tolerance, steps, iterations)) {
                return true;
            }
        }
        return false;
    }

    /// First as if nothing were short, which gives everyone's target. If then nothing is made up from
    /// outside, that is the answer already.
    system::Solution run() {
        valves.set_chain(detail::Chain::plentiful);
        bool good = settle();
        valves.set_chain(detail::Chain::real);
        if (good && is_short()) {
            valves.set_claims(iterate.activities());
            iterate.open_all();
            good = settle();
        }
        auto solution = detail::read_solution(iterate, good);
        solution.iterations = iterations;
        return solution;
    }

    /// Whether some row is made up from outside.
    [[nodiscard]] bool is_short() const {
        return std::any_of(iterate.states().begin(), iterate.states().end(), [](const auto& state) {
            return state.rung == detail::Rung::outside;
        });
    }

    [[nodiscard]] system::Solution run_from(const std::vector<double>& limit) {
        iterations = 0;
        iterate.start_from(limit);
        return run();
    }

    /// Whether another start might end elsewhere: two rows that ration or choke share a column, so
    /// that either could have taken the shortage.
    [[nodiscard]] bool may_be_one_of_several() const {
        for (int f = 0; f < valves.columns(); ++f) {
            int tight = 0;
            for (const int* i = valves.column_begin(f); i != valves.column_end(f); ++i) {
                const auto rung = iterate.state(valves.member(*i).row).rung;
                tight += rung == detail::Rung::ration || rung == detail::Rung::broken ||
                         rung == detail::Rung::hold_other;
            }
            if (tight > 1 && valves.equations().capacity[f] > 0.0) {
                return true;
            }
        }
        return false;
    }
};

Dispatch::Dispatch(const system::Equations& equations, DispatchOptions options)
    : work_(std::make_unique<Work>(equations, options)) {}
Dispatch::~Dispatch() = default;
Dispatch::Dispatch(Dispatch&&) noexcept = default;
Dispatch& Dispatch::operator=(Dispatch&&) noexcept = default;

system::Solution Dispatch::solve() {
    work_->valves.set_claims_to_capacity();
    return work_->run_from(
        std::vector<double>(work_->valves.members().size(), system::unlimited));
}

system::Solution Dispatch::solve_from(const Start& start) {
    auto& valves = work_->valves;
    const auto rows = static_cast<std::size_t>(valves.rows());
    CHAINSIM_EXPECT(start.user_level.size() == rows && start.maker_level.size() == rows,
                    "a start has not one level per row");
    valves.set_claims_to_capacity();
    std::vector<double> limit;
    limit.reserve(valves.members().size());
    for (const auto& member : valves.members()) {
        const auto row = static_cast<std::size_t>(member.row);
        const double level = member.maker ? start.maker_level[row] : start.user_level[row];
        limit.push_back(level < 1.0 ? level * valves.equations().capacity[member.column]
                                    : system::unlimited);
    }
    auto solution = work_->run_from(limit);
    if (solution.outcome != system::Outcome::solved || work_->may_be_one_of_several()) {
        return solve();
    }
    return solution;
}

} // namespace chainsim::solve
