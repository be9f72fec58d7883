#include "support/backends.hpp"
#include "support/catch.hpp"
#include "support/dispatch_builder.hpp"
#include <chainsim/optimise/backend.hpp>

#include <coin/CbcModel.hpp>
#include <coin/CoinPackedMatrix.hpp>
#include <coin/OsiClpSolverInterface.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

// Branch and bound alone as the oracle of branch and cut: a plain CbcModel, without presolve, cuts
// or heuristics, finds the optimum of small programs by what cannot be wrong but the simplex
// method. A cut, a fixing or a bound that takes the optimum away shows as a worse answer that is
// called optimal. A program is named by its seed.

using chainsim::optimise::infinity;
using chainsim::optimise::Program;
using chainsim::optimise::ProgramBuilder;
using chainsim::optimise::Status;
using chainsim::test::Random;

namespace {

std::size_t at(int i) { return static_cast<std::size_t>(i); }

/// Projects, each built in one year at most within yearly budgets, and from then on of use for
/// demand that is bought otherwise.
class RandomPortfolio {
public:
    explicit RandomPortfolio(unsigned seed)
        : random_(seed), projects_(7 + random_.below(5)), years_(3 + random_.below(4)),
          sense_(random_.chance(0.5) ? -1.0 : 1.0) {}

    Program build() {
        add_starts();
        add_rules();
        for (int year = 0; year < years_; ++year) {
            add_year(year);
        }
        builder_.add_constant(random_.between(-50.0, 50.0));
        return builder_.build("portfolio", sense_ < 0.0);
    }

private:
    void add_starts() {
        std::vector<int> budget(at(years_));
        for (auto& row : budget) {
            row = builder_.add_row("budget", -infinity, random_.between(0.8, 2.0));
        }
        const int required = random_.below(3);
        for (int k = 0; k < projects_; ++k) {
            const double cost = random_.between(0.2, 1.3);
            size_.push_back(random_.between(1.0, 6.0));
            start_.emplace_back();
            const int once = builder_.add_row("once", k < required ? 1.0 : -infinity, 1.0);
            for (int year = 0; year < years_; ++year) {
                const double price = sense_ * cost * random_.between(2.0, 6.0) * (1.0 - 0.1 * year);
                const int column = builder_.add_column("start", 0.0, 1.0, price, true);
                builder_.add(budget[at(year)], column, cost);
                builder_.add(once, column, 1.0);
                start_.back().push_back(column);
            }
        }
    }

    /// One of two projects; one not before another; a number of units beside them.
    void add_rules() {
        if (random_.chance(0.5)) {
            const int either = builder_.add_row("either", -infinity, 1.0);
            add_running(either, 0, years_ - 1, 1.0);
            add_running(either, 1, years_ - 1, 1.0);
        }
        for (int year = 0; year < years_; ++year) {
            if (random_.chance(0.5)) {
                const int after = builder_.add_row("after", -infinity, 0.0);
                add_running(after, 2, year, 1.0);
                add_running(after, 3, year, -1.0);
            }
        }
        if (random_.chance(0.3)) {
            units_ =
                builder_.add_column("units", 0.0, 4.0, sense_ * random_.between(1.0, 8.0), true);
        }
    }

    void add_running(int row, int project, int year, double value) {
        for (int begin = 0; begin <= year; ++begin) {
            builder_.add(row, start_[at(project)][at(begin)], value);
        }
    }

    void add_year(int year) {
        const double wanted = random_.between(3.0, 12.0) * (1.0 + 0.1 * year);
        const int demand = builder_.add_row("demand", wanted, infinity);
        const int scarce = builder_.add_row("scarce", -infinity, random_.between(8.0, 20.0));
        builder_.add(
            demand,
            builder_.add_column("bought", 0.0, infinity, sense_ * random_.between(4.0, 9.0)), 1.0);
        if (units_) {
            builder_.add(demand, *units_, random_.between(0.5, 1.5));
        }
        for (int k = 0; k < projects_; ++k) {
            const int made =
                builder_.add_column("made", 0.0, infinity, sense_ * random_.between(0.1, 1.0));
            builder_.add(demand, made, 1.0);
            builder_.add(scarce, made, random_.between(0.3, 1.5));
            const int most = builder_.add_row("most", -infinity, 0.0);
            builder_.add(most, made, 1.0);
            add_running(most, k, year, -size_[at(k)]);
            if (k % 3 == 0) {
                const int least = builder_.add_row("least", -infinity, 0.0);
                builder_.add(least, made, -1.0);
                add_running(least, k, year, 0.5 * size_[at(k)]);
            }
        }
    }

    Random random_;
    int projects_;
    int years_;
    double sense_;
    ProgramBuilder builder_;
    std::vector<std::vector<int>> start_; // by project, year
    std::vector<double> size_;
    std::optional<int> units_;
};

/// What to take along in bags that are too small.
Program random_knapsacks(unsigned seed) {
    Random random(seed);
    ProgramBuilder builder;
    const int items = 10 + random.below(16);
    for (int j = 0; j < items; ++j) {
        builder.add_column("item", 0.0, j % 5 == 0 ? 3.0 : 1.0, random.between(1.0, 20.0), true);
    }
    for (int i = 0, bags = 2 + random.below(4); i < bags; ++i) {
        const int row = builder.add_row("bag", -infinity,
                                        random.between(4.0, 10.0) * static_cast<double>(items));
        for (int j = 0; j < items; ++j) {
            if (random.chance(0.8)) {
                builder.add(row, j, std::floor(random.between(1.0, 40.0)));
            }
        }
    }
    return builder.build("knapsacks", true);
}

/// Ways from sources to places, each with a price for being open at all.
Program random_flow(unsigned seed) {
    Random random(seed);
    ProgramBuilder builder;
    const int sources = 3 + random.below(3);
    std::vector<int> place;
    double total = 0.0;
    for (int d = 0, places = 4 + random.below(4); d < places; ++d) {
        const double wanted = random.between(2.0, 15.0);
        total += wanted;
        place.push_back(builder.add_row("place", wanted, d % 2 == 0 ? wanted : infinity));
    }
    for (int s = 0; s < sources; ++s) {
        const int source = builder.add_row("source", -infinity, total * random.between(0.3, 0.8));
        for (const int to : place) {
            const int flow = builder.add_column("flow", 0.0, infinity, random.between(0.5, 4.0));
            const int open = builder.add_column("open", 0.0, 1.0, random.between(3.0, 25.0), true);
            const int way = builder.add_row("way", -infinity, 0.0);
            builder.add(source, flow, 1.0);
            builder.add(to, flow, 1.0);
            builder.add(way, flow, 1.0);
            builder.add(way, open, -random.between(3.0, 20.0));
        }
    }
    return builder.build("flow", false);
}

/// The optimum by branch and bound alone; none if no point exists.
std::optional<double> true_optimum(const Program& program) {
    const double sense = program.is_maximised ? -1.0 : 1.0;
    std::vector<double> cost = program.cost;
    std::for_each(cost.begin(), cost.end(), [sense](double& value) { value *= sense; });
    const auto& matrix = program.matrix;
    const CoinPackedMatrix packed(true, program.rows(), program.columns(),
                                  static_cast<CoinBigIndex>(matrix.nonZeros()), matrix.valuePtr(),
                                  matrix.innerIndexPtr(), matrix.outerIndexPtr(), nullptr);
    OsiClpSolverInterface lp;
    lp.messageHandler()->setLogLevel(0);
    lp.loadProblem(packed, program.lower.data(), program.upper.data(), cost.data(),
                   program.row_lower.data(), program.row_upper.data());
    for (int column = 0; column < program.columns(); ++column) {
        if (program.is_integer[at(column)] != 0) {
            lp.setInteger(column);
        }
    }
    CbcModel model(lp);
    model.setLogLevel(0);
    model.solver()->messageHandler()->setLogLevel(0);
    model.setAllowableGap(1e-9);
    model.branchAndBound();
    if (model.bestSolution() == nullptr) {
        return std::nullopt;
    }
    return sense * model.getObjValue() + program.constant;
}

/// The answer must be that of the oracle. Whether there was a point at all.
bool check_answer(const Program& program, const std::string& solver) {
    chainsim::optimise::SolveOptions options;
    options.gap = 1e-7;
    const auto answer = chainsim::optimise::make_backend(solver)->solve(program, options);
    const auto optimum = true_optimum(program);
    if (!optimum) {
        CHECK(answer.status == Status::infeasible);
        return false;
    }
    const double rounding = 2e-6 * std::max(1.0, std::abs(*optimum));
    CHECK(answer.status == Status::optimal);
    CHECK(std::abs(answer.objective - *optimum) <= rounding);
    CHECK(std::abs(answer.bound - *optimum) <= rounding);
    CHECK(answer.violation <= 1e-6);
    return true;
}

} // namespace

TEST_CASE("The search for portfolios finds what branch and bound alone finds",
          "[property][optimise][oracle]") {
    const auto solver = GENERATE(from_range(chainsim::test::solvers()));
    INFO(solver);
    int solved = 0;
    for (unsigned seed = 0; seed < 60; ++seed) {
        INFO("seed " << seed);
        solved += check_answer(RandomPortfolio(seed).build(), solver) ? 1 : 0;
    }
    CHECK(solved > 30); // most of them have points at all
}

TEST_CASE("The search for other programs finds what branch and bound alone finds",
          "[property][optimise][oracle]") {
    const auto solver = GENERATE(from_range(chainsim::test::solvers()));
    INFO(solver);
    int solved = 0;
    for (unsigned seed = 0; seed < 30; ++seed) {
        INFO("seed " << seed);
        solved += check_answer(random_knapsacks(seed), solver) ? 1 : 0;
        solved += check_answer(random_flow(seed), solver) ? 1 : 0;
    }
    CHECK(solved > 50);
}
