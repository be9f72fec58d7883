#include "support/catch.hpp"
#include "support/dispatch_builder.hpp"
#include "support/dispatch_verifier.hpp"
#include "support/moved_figures.hpp"
#include <chainsim/base/aligned.hpp>
#include <chainsim/base/vector_isa.hpp>
#include <chainsim/solve/dispatch.hpp>
#include <chainsim/solve/lane_dispatch.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

// The oracle is `Dispatch`, one draw at a time. A chain may have several balances (see
// `Dispatch::solve_from`); of some draws in a thousand, sweeps and Newton steps come to different
// ones. Then what was swept must be where the path from full capacity ends, or hold by the rules.

namespace {

using chainsim::Aligned;
using chainsim::vector_lanes;
using chainsim::solve::Dispatch;
using chainsim::solve::LaneDispatch;
using chainsim::system::Binding;
using chainsim::system::BindingKind;
using chainsim::system::Equations;
using chainsim::system::Outcome;
using chainsim::system::Solution;
using chainsim::test::Figures;
using chainsim::test::moved;
using chainsim::test::RandomModel;

constexpr auto lane_width = static_cast<std::size_t>(vector_lanes);

/// Eight draws of the figures, solved together.
struct Swept {
    LaneDispatch::Outcome outcome;
    Aligned amounts;

    [[nodiscard]] bool is_solved(std::size_t lane) const {
        return (outcome.solved >> lane & 1U) != 0;
    }
    [[nodiscard]] bool is_unproductive(std::size_t lane) const {
        return (outcome.unproductive >> lane & 1U) != 0;
    }
};

void write_draws(const std::vector<Figures>& draws, LaneDispatch::Workspace& work) {
    for (std::size_t lane = 0; lane < draws.size(); ++lane) {
        for (std::size_t i = 0; i < draws[lane].values.size(); ++i) {
            work.figure(static_cast<int>(i))[lane] = draws[lane].values[i];
        }
    }
}

Swept sweep(const LaneDispatch& lanes, const Equations& nominal, const std::vector<Figures>& draws,
            LaneDispatch::Workspace& work) {
    write_draws(draws, work);
    const auto cells = static_cast<std::size_t>(nominal.columns() + 3 * nominal.rows());
    Swept swept{{}, Aligned(cells * lane_width)};
    swept.outcome = lanes.solve(work, swept.amounts.data());
    return swept;
}

std::vector<Figures> eight_draws(const Figures& figures, double width, unsigned seed) {
    std::vector<Figures> draws;
    draws.reserve(lane_width);
    for (unsigned lane = 0; lane < lane_width; ++lane) {
        draws.push_back(moved(figures, width, 1000 * seed + lane));
    }
    return draws;
}

struct Judged {
    int solved = 0;
    int unproductive = 0;
    int left = 0;       ///< for a dispatch of their own
    int other = 0;      ///< solved, at another balance than the dispatch finds
    int solvable = 0;   ///< of all
    double worst = 0.0; ///< of those at the same balance

    void add(const Judged& one) {
        solved += one.solved;
        unproductive += one.unproductive;
        left += one.left;
        other += one.other;
        solvable += one.solvable;
        worst = std::max(worst, one.worst);
    }
};

/// What could pass through a row at most: the measure of its trades.
double scale_of(const Equations& equations, int row) {
    double through = 0.0;
    for (int f = 0; f < equations.columns(); ++f) {
        through += std::abs(equations.net.coeff(row, f)) * equations.capacity[f];
    }
    return std::max(through, equations.demand[row]);
}

/// The greatest difference to a solve of its own: of activities in shares of capacity, of trades in
/// shares of what passes through the row.
double difference(const Equations& equations, const Solution& solution, const Aligned& amounts,
                  std::size_t lane) {
    double worst = 0.0;
    std::size_t next = 0;
    const auto compare = [&](double value, double scale) {
        const double own = amounts[next++ * lane_width + lane];
        worst = std::max(worst, std::abs(own - value) / std::max(scale, 1e-300));
    };
    for (int f = 0; f < equations.columns(); ++f) {
        compare(solution.activity[f], equations.capacity[f]);
    }
    for (const auto* trade : {&solution.bought, &solution.sold, &solution.disposed}) {
        for (int r = 0; r < equations.rows(); ++r) {
            compare((*trade)[r], scale_of(equations, r));
        }
    }
    return worst;
}

/// Whether the amounts hold by the rules of DESIGN, whatever reasons make them so: those that leave
/// the fewest complaints are sought, facility by facility.
bool holds_by_rules(const Equations& equations, Solution solution, const Aligned& amounts,
                    std::size_t lane) {
    std::size_t next = 0;
    for (auto* part : {&solution.activity, &solution.bought, &solution.sold, &solution.disposed}) {
        for (auto& value : *part) {
            value = amounts[next++ * lane_width + lane];
        }
    }
    const auto targets = chainsim::test::find_targets(equations);
    const auto complaints = [&] {
        return chainsim::test::find_violations(equations, solution, targets, 1e-6).size();
    };
    constexpr int rounds = 2; // a reason of one may rest on that of another
    for (int k = 0; k < rounds * equations.columns(); ++k) {
        const int f = k % equations.columns();
        std::vector<Binding> reasons;
        if (solution.activity[f] >= equations.capacity[f] * (1.0 - 1e-9)) {
            reasons.push_back({BindingKind::capacity, -1});
        }
        for (Eigen::SparseMatrix<double>::InnerIterator i(equations.net, f); i; ++i) {
            const auto row = static_cast<int>(i.row());
            reasons.push_back(
                {i.value() < 0.0 ? BindingKind::feedstock : BindingKind::surplus, row});
            reasons.push_back({BindingKind::demand, row});
        }
        auto& own = solution.binding[static_cast<std::size_t>(f)];
        std::vector<std::size_t> left;
        left.reserve(reasons.size());
        for (const auto& reason : reasons) {
            own = reason;
            left.push_back(complaints());
        }
        own = reasons.at(
            static_cast<std::size_t>(std::min_element(left.begin(), left.end()) - left.begin()));
    }
    return complaints() == 0;
}

/// Whether the path that leads down from full capacity ends there.
bool is_end_of_path(const Equations& equations, const Aligned& amounts, std::size_t lane) {
    chainsim::solve::DispatchOptions no_sweeps;
    no_sweeps.maximum_iterations = 1;
    const auto solution = Dispatch(equations, no_sweeps).solve();
    return solution.outcome == Outcome::solved &&
           difference(equations, solution, amounts, lane) < 1e-7;
}

Judged judge(const Equations& nominal, const std::vector<Figures>& draws, const Swept& swept) {
    Judged judged;
    for (std::size_t lane = 0; lane < draws.size(); ++lane) {
        CAPTURE(lane);
        auto equations = nominal;
        auto figures = draws[lane];
        figures.put_into(equations);
        const auto solution = Dispatch(equations).solve();
        const bool has_solution = solution.outcome == Outcome::solved;
        judged.solvable += has_solution ? 1 : 0;
        CHECK_FALSE((swept.is_solved(lane) && swept.is_unproductive(lane)));
        if (swept.is_solved(lane)) {
            ++judged.solved;
            CHECK(has_solution);
            const double worst = difference(equations, solution, swept.amounts, lane);
            if (worst < 1e-7) {
                judged.worst = std::max(judged.worst, worst);
                continue;
            }
            ++judged.other;
            CAPTURE(worst);
            CHECK((is_end_of_path(equations, swept.amounts, lane) ||
                   holds_by_rules(equations, solution, swept.amounts, lane)));
        } else if (swept.is_unproductive(lane)) {
            ++judged.unproductive;
            CHECK_FALSE(has_solution);
        } else {
            ++judged.left;
        }
    }
    return judged;
}

Judged judge_chains(const RandomModel& model, unsigned chains, double width) {
    Judged all;
    for (unsigned seed = 1; seed <= chains; ++seed) {
        CAPTURE(seed, width);
        const auto nominal = chainsim::test::random_equations(model, seed);
        const LaneDispatch lanes(nominal);
        LaneDispatch::Workspace work(lanes);
        const auto draws = eight_draws(Figures(nominal), width, seed);
        all.add(judge(nominal, draws, sweep(lanes, nominal, draws, work)));
    }
    return all;
}

} // namespace

SCENARIO("Eight draws swept together are solved as each would be by itself",
         "[solve][lane_dispatch]") {
    GIVEN("random chains of every driver and market, and draws far from their figures") {
        const double width = GENERATE(0.01, 0.3);
        const auto judged = judge_chains({}, 150, width);
        THEN("most that have a solution are solved, and the same") {
            CAPTURE(judged.solved, judged.solvable, judged.left, judged.other, judged.worst);
            CHECK(judged.solved > 3 * judged.solvable / 4);
            CHECK(judged.solved <= judged.solvable);
            CHECK(judged.other <= judged.solved / 200);
        }
    }
    GIVEN("chains full of loops") {
        RandomModel model;
        model.backward_input = 0.5;
        model.at_capacity = 0.2;
        const auto judged = judge_chains(model, 150, 0.3);
        THEN("what is solved is the same, however many are left to a dispatch of their own") {
            CAPTURE(judged.solved, judged.solvable, judged.left, judged.other, judged.worst);
            CHECK(judged.solved > judged.solvable / 2);
            CHECK(judged.other <= judged.solved / 100);
        }
    }
}

SCENARIO("A draw whose loop cannot feed itself is told from one whose loop can",
         "[solve][lane_dispatch]") {
    GIVEN("a mine that needs power and a power plant that needs its coal, and nobody else") {
        // One t of coal makes 2 MWh; a t needs 1 MWh to be mined: half of the power is left.
        const auto nominal = chainsim::test::DispatchBuilder()
                                 .at_capacity("mine", 100.0, {{"coal", 1.0}, {"power", -1.0}})
                                 .at_capacity("plant", 200.0, {{"power", 1.0}, {"coal", -0.5}})
                                 .trade("coal", {})
                                 .trade("power", {})
                                 .equations();
        const LaneDispatch lanes(nominal);
        LaneDispatch::Workspace work(lanes);
        WHEN("every other draw needs 3 MWh a t") {
            std::vector<Figures> draws(lane_width, Figures(nominal));
            const Figures own(nominal);
            const auto need = std::find(own.values.begin(), own.values.end(), -1.0);
            REQUIRE(need != own.values.end());
            for (std::size_t lane = 0; lane < lane_width; lane += 2) {
                draws[lane].at(static_cast<int>(need - own.values.begin())) = -3.0;
            }
            const auto swept = sweep(lanes, nominal, draws, work);
            THEN("those are unproductive and the others are solved") {
                CHECK(swept.outcome.solved == 0b10101010U);
                CHECK(swept.outcome.unproductive == 0b01010101U);
                const auto judged = judge(nominal, draws, swept);
                CHECK(judged.solvable == 4);
            }
            THEN("the mine runs at capacity, and the power it leaves is sold") {
                CHECK(swept.amounts[1] == Approx(100.0));
                CHECK(swept.amounts[lane_width + 1] == Approx(200.0));
                CHECK(swept.amounts[(2 + 2 + 1) * lane_width + 1] == Approx(100.0));
            }
        }
    }
}

SCENARIO("A workspace remembers nothing of the draws before", "[solve][lane_dispatch]") {
    GIVEN("a chain, and draws solved after quite different ones") {
        int compared = 0;
        for (unsigned seed = 1; seed <= 20; ++seed) {
            CAPTURE(seed);
            const auto nominal = chainsim::test::random_equations({}, seed);
            const LaneDispatch lanes(nominal);
            const Figures figures(nominal);
            const auto draws = eight_draws(figures, 0.3, seed);
            LaneDispatch::Workspace fresh(lanes);
            const auto first = sweep(lanes, nominal, draws, fresh);
            LaneDispatch::Workspace used(lanes);
            (void)sweep(lanes, nominal, eight_draws(figures, 0.9, seed + 500), used);
            const auto second = sweep(lanes, nominal, draws, used);
            CHECK(first.outcome.solved == second.outcome.solved);
            CHECK(first.outcome.unproductive == second.outcome.unproductive);
            for (std::size_t i = 0; i < first.amounts.size(); ++i) {
                if (first.is_solved(i % lane_width) && first.amounts[i] != second.amounts[i]) {
                    FAIL_CHECK("cell " << i << ": " << first.amounts[i] << " and "
                                       << second.amounts[i]);
                }
            }
            compared += __builtin_popcount(first.outcome.solved);
        }
        THEN("they are the same to the last bit") { CHECK(compared > 80); }
    }
    GIVEN("a draw, alone among others or in another lane") {
        const auto nominal = chainsim::test::random_equations({}, 3);
        const LaneDispatch lanes(nominal);
        LaneDispatch::Workspace work(lanes);
        auto draws = eight_draws(Figures(nominal), 0.2, 3);
        const auto first = sweep(lanes, nominal, draws, work);
        std::reverse(draws.begin(), draws.end());
        const auto turned = sweep(lanes, nominal, draws, work);
        THEN("it is solved all the same") {
            CHECK(first.outcome.solved != 0);
            for (std::size_t lane = 0; lane < lane_width; ++lane) {
                CAPTURE(lane);
                REQUIRE(first.is_solved(lane) == turned.is_solved(7 - lane));
                for (int f = 0; first.is_solved(lane) && f < nominal.columns(); ++f) {
                    const auto cell = static_cast<std::size_t>(f) * lane_width;
                    CHECK(
                        first.amounts[cell + lane] ==
                        Approx(turned.amounts[cell + 7 - lane]).margin(1e-9 * nominal.capacity[f]));
                }
            }
        }
    }
}
