#include "support/catch.hpp"
#include "support/dispatch_builder.hpp"
#include <chainsim/solve/dispatch.hpp>

#include <coin/ClpSimplex.hpp>
#include <coin/CoinPackedMatrix.hpp>

#include <algorithm>
#include <cmath>
#include <memory>
#include <set>
#include <string>
#include <vector>

// Linear programs as the oracle of DESIGN, "The balance".
//
// The program knows the balance A x + buy - sell - dispose = demand with its bounds, and says the
// rules by what it maximises, one thing after the other. It has no valves and no reasons, and it
// does not iterate to a fixed point: where the dispatch asks of each facility "what holds you?",
// the program asks of the whole chain "what is the most that can be had?". Two cases make the two
// questions one.
//
// 1. Nothing scarce is shared. If every commodity has one user, what one facility gains no other
// loses,
//    so that all wants have their maxima at once, and any weights find them. Then follow, commodity
//    by commodity against the flow: finite markets are filled as far as they can be, purchases made
//    as small as they can be (local supply first).
// 2. What is scarce is shared. Pro rata to targets, what one cannot take passing to the others, is
//    max-min fairness: nobody's share x / target can rise but at the cost of someone with no larger
//    one. That is a lexicographic program with the shares as rows x_f >= share * target_f: maximise
//    the least share, fix those who cannot have more, go on with the rest (Bertsekas and Gallager
//    1992, Data Networks, section 6.5.2). Upstream facilities come before downstream ones, who live
//    on what those make, and within a stage classes come one after the other.

using chainsim::system::ColumnDriver;
using chainsim::system::Equations;
using chainsim::system::Outcome;
using chainsim::system::unlimited;
using chainsim::test::Random;

namespace {

std::size_t at(int i) { return static_cast<std::size_t>(i); }

/// The balance as a linear program: columns x, buy, sell, dispose, share.
class BalanceProgram {
public:
    explicit BalanceProgram(const Equations& q)
        : columns_(q.columns()), rows_(q.rows()), size_(columns_ + 3 * rows_ + 1),
          lower_(at(size_), 0.0), upper_(at(size_), COIN_DBL_MAX) {
        std::vector<int> row;
        std::vector<int> column;
        std::vector<double> value;
        const auto put = [&](int r, int c, double v) {
            row.push_back(r);
            column.push_back(c);
            value.push_back(v);
        };
        for (int f = 0; f < columns_; ++f) {
            upper_[at(f)] = q.capacity[f];
            for (int e = q.net.outerIndexPtr()[f]; e < q.net.outerIndexPtr()[f + 1]; ++e) {
                put(q.net.innerIndexPtr()[e], f, q.net.valuePtr()[e]);
            }
        }
        for (int r = 0; r < rows_; ++r) {
            put(r, buy(r), 1.0);
            put(r, sell(r), -1.0);
            put(r, dispose(r), -1.0);
            upper_[at(buy(r))] = q.buy_limit[r] < unlimited ? q.buy_limit[r] : COIN_DBL_MAX;
            upper_[at(sell(r))] = q.sell_limit[r] < unlimited ? q.sell_limit[r] : COIN_DBL_MAX;
            upper_[at(dispose(r))] = q.sink[at(r)] != 0 ? COIN_DBL_MAX : 0.0;
        }
        CoinPackedMatrix matrix(true, row.data(), column.data(), value.data(),
                                static_cast<CoinBigIndex>(value.size()));
        matrix.setDimensions(rows_, size_);
        const std::vector<double> demand(q.demand.data(), q.demand.data() + rows_);
        const std::vector<double> objective(at(size_), 0.0);
        clp_.setLogLevel(0);
        clp_.setPrimalTolerance(1e-10);
        clp_.setDualTolerance(1e-10);
        clp_.loadProblem(matrix, lower_.data(), upper_.data(), objective.data(), demand.data(),
                         demand.data());
    }

    [[nodiscard]] int buy(int r) const { return columns_ + r; }
    [[nodiscard]] int sell(int r) const { return columns_ + rows_ + r; }
    [[nodiscard]] int dispose(int r) const { return columns_ + 2 * rows_ + r; }
    [[nodiscard]] int share() const { return columns_ + 3 * rows_; }

    void set_bounds(int column, double lower, double upper) {
        lower_[at(column)] = lower;
        upper_[at(column)] = upper;
        clp_.setColumnBounds(column, lower, upper);
    }
    [[nodiscard]] double upper(int column) const { return upper_[at(column)]; }

    /// x_f >= share * target.
    void add_share_row(int f, double target) {
        const int columns[] = {f, share()};
        const double values[] = {1.0, -target};
        clp_.addRow(2, columns, values, 0.0, COIN_DBL_MAX);
        share_rows_[at(share_row_count_++)] = f;
    }
    void drop_share_rows() {
        std::vector<int> rows;
        for (int k = 0; k < share_row_count_; ++k) {
            rows.push_back(rows_ + k);
        }
        clp_.deleteRows(share_row_count_, rows.data());
        share_row_count_ = 0;
    }

    /// The largest sum of weighted columns.
    double maximise(const std::vector<std::pair<int, double>>& weights) {
        for (int c = 0; c < size_; ++c) {
            clp_.setObjectiveCoefficient(c, 0.0);
        }
        for (const auto& [column, weight] : weights) {
            clp_.setObjectiveCoefficient(column, -weight);
        }
        clp_.primal();
        REQUIRE(clp_.isProvenOptimal());
        return -clp_.objectiveValue();
    }
    [[nodiscard]] double value(int column) const { return clp_.primalColumnSolution()[column]; }

private:
    int columns_;
    int rows_;
    int size_;
    std::vector<double> lower_;
    std::vector<double> upper_;
    std::vector<int> share_rows_ = std::vector<int>(1000, 0);
    int share_row_count_ = 0;
    ClpSimplex clp_;
};

/// Columns and rows of a chain that grows facility by facility.
struct Growing {
    explicit Growing(unsigned seed) : random(seed) {}

    int add_row(double buy, double sell, bool sink, double demand = 0.0) {
        buy_limit.push_back(buy);
        sell_limit.push_back(sell);
        sinks.push_back(sink ? 1 : 0);
        demands.push_back(demand);
        return static_cast<int>(demands.size()) - 1;
    }
    int add_raw() { return add_row(unlimited, 0.0, false); }

    int add_column(ColumnDriver driver, double capacity, int product, int priority,
                   const std::vector<std::pair<int, double>>& others) {
        const int f = static_cast<int>(capacities.size());
        capacities.push_back(capacity);
        drivers.push_back(driver);
        products.push_back(product);
        priorities.push_back(priority);
        feeds.push_back(-1);
        amounts.emplace_back(product, f, 1.0);
        for (const auto& [row, amount] : others) {
            amounts.emplace_back(row, f, amount);
            if (amount < 0.0 && feeds.back() < 0 && driver == ColumnDriver::on_supply) {
                feeds.back() = row;
            }
        }
        return f;
    }

    [[nodiscard]] Equations equations() const {
        const int columns = static_cast<int>(capacities.size());
        const int rows = static_cast<int>(demands.size());
        Equations q;
        q.net.resize(rows, columns);
        q.net.setFromTriplets(amounts.begin(), amounts.end());
        q.net.makeCompressed();
        const auto vector = [](const std::vector<double>& values) {
            return Eigen::Map<const Eigen::VectorXd>(values.data(),
                                                     static_cast<Eigen::Index>(values.size()));
        };
        q.capacity = vector(capacities);
        q.driver = drivers;
        q.product = products;
        q.feed = feeds;
        for (int f = 0; f < columns; ++f) {
            for (int e = q.net.outerIndexPtr()[f]; e < q.net.outerIndexPtr()[f + 1]; ++e) {
                q.priority.push_back(priorities[at(f)]);
            }
        }
        q.demand = vector(demands);
        q.buy_limit = vector(buy_limit);
        q.sell_limit = vector(sell_limit);
        q.sink = sinks;
        q.buy_first.assign(at(rows), 0);
        return q;
    }

    Random random;
    std::vector<Eigen::Triplet<double>> amounts;
    std::vector<double> capacities, demands, buy_limit, sell_limit;
    std::vector<ColumnDriver> drivers;
    std::vector<int> products, feeds, priorities;
    std::vector<char> sinks;
};

// Nothing scarce is shared.

/// A chain in which every commodity has one maker and one user. Commodities are numbered along the
/// flow.
Equations unshared_chain(unsigned seed) {
    Growing chain(seed);
    auto& random = chain.random;
    const int raw = chain.add_raw();
    std::vector<int> unused; // made, without a user yet
    for (int works = 0; works < 20; ++works) {
        const double draw = random.between(0.0, 1.0);
        const bool on_demand = draw < 0.45;
        // What is bought is not sold to a finite market as well: no program knows that nothing is
        // bought in order to be sold.
        const bool bought = random.chance(0.3);
        const double market = random.between(5.0, 60.0);
        const int product = chain.add_row(bought ? random.between(5.0, 40.0) : 0.0,
                                          on_demand ? (bought ? 0.0 : market)
                                                    : (random.chance(0.4)             ? unlimited
                                                       : bought || random.chance(0.5) ? 0.0
                                                                                      : market),
                                          !on_demand && random.chance(0.3));
        std::vector<int> next = {product};
        std::vector<std::pair<int, double>> others;
        for (int inputs = random.below(4); inputs > 0 && !unused.empty(); --inputs) {
            const int pick = random.below(static_cast<int>(unused.size()));
            others.emplace_back(unused[at(pick)], -random.between(0.3, 1.2));
            unused.erase(unused.begin() + pick);
        }
        if (others.empty() || random.chance(0.3)) {
            others.emplace_back(raw, -1.0);
        }
        if (random.chance(0.4)) {
            const int byproduct = chain.add_row(0.0,
                                                random.chance(0.4)   ? unlimited
                                                : random.chance(0.5) ? 0.0
                                                                     : random.between(2.0, 20.0),
                                                random.chance(0.4));
            others.emplace_back(byproduct, random.between(0.1, 0.6));
            next.push_back(byproduct);
        }
        chain.add_column(on_demand    ? ColumnDriver::on_demand
                         : draw < 0.7 ? ColumnDriver::on_supply
                                      : ColumnDriver::at_capacity,
                         random.between(10.0, 80.0), product, 1, others);
        for (const int row : next) {
            unused.push_back(row);
        }
    }
    return chain.equations();
}

/// Totals by commodity that the program fixes: made by facilities on demand, bought, sold to a
/// finite market; and the activity of every other facility.
void check_unshared(const Equations& q, Random& random) {
    const auto run = chainsim::solve::Dispatch(q).solve();
    REQUIRE(run.outcome == Outcome::solved);

    BalanceProgram program(q);
    constexpr double slack = 1e-9; // left to later stages
    std::vector<std::pair<int, double>> wants;
    for (int f = 0; f < q.columns(); ++f) {
        if (q.driver[at(f)] != ColumnDriver::on_demand) {
            wants.emplace_back(f, random.between(0.1, 10.0) / q.capacity[f]);
        }
    }
    program.maximise(wants);
    for (const auto& [f, weight] : wants) {
        const double most = program.value(f);
        program.set_bounds(f, std::max(most - slack, 0.0), program.upper(f));
        INFO("facility " << f);
        CHECK(std::abs(run.activity[f] - most) <= 1e-6 * q.capacity[f]);
    }
    for (int r = q.rows() - 1; r >= 0; --r) {
        INFO("commodity " << r);
        if (q.sell_limit[r] > 0.0 && q.sell_limit[r] < unlimited) {
            const double most = program.maximise({{program.sell(r), 1.0}});
            program.set_bounds(program.sell(r), std::max(most - slack, 0.0), q.sell_limit[r]);
            CHECK(std::abs(run.sold[r] - most) <= 1e-6 * (1.0 + most));
        }
        if (q.buy_limit[r] > 0.0) {
            const double least = -program.maximise({{program.buy(r), -1.0}});
            program.set_bounds(program.buy(r), 0.0, least + slack);
            CHECK(std::abs(run.bought[r] - least) <= 1e-6 * (1.0 + least));
        }
    }
    for (int f = 0; f < q.columns(); ++f) {
        INFO("facility " << f);
        CHECK(std::abs(run.activity[f] - program.value(f)) <= 1e-6 * q.capacity[f]);
    }
}

// What is scarce is shared.

/// A chain in stages: the facilities of a stage share what the stage before makes. Every facility
/// has one priority, and one on supply one scarce input.
struct SharedChain {
    Equations equations;
    std::vector<int> stage;     ///< by column
    std::vector<double> target; ///< by column
    std::vector<int> group;     ///< by column: order of service within the stage
};

SharedChain shared_chain(unsigned seed) {
    Growing chain(seed);
    auto& random = chain.random;
    SharedChain result;
    constexpr int classes = 3;
    const auto add = [&](ColumnDriver driver, double capacity, int product, int stage,
                         double target, const std::vector<std::pair<int, double>>& others) {
        const int priority = 1 + random.below(classes);
        chain.add_column(driver, capacity, product, priority, others);
        result.stage.push_back(stage);
        result.target.push_back(target);
        result.group.push_back(priority + (driver == ColumnDriver::on_supply ? classes : 0));
    };
    const auto purchase = [&] { return random.chance(0.25) ? random.between(2.0, 20.0) : 0.0; };
    const int raw = chain.add_raw();
    std::vector<int> level;
    for (int k = 0; k < 3; ++k) {
        level.push_back(chain.add_row(purchase(), unlimited, false));
        add(ColumnDriver::at_capacity, random.between(20.0, 60.0), level.back(), 0, 1.0,
            {{raw, -1.0}});
    }
    for (int stage = 1; stage <= 3; ++stage) {
        std::vector<int> next;
        for (int k = 0; k < 2; ++k) {
            next.push_back(chain.add_row(purchase(), unlimited, false));
        }
        for (int f = 0; f < 6; ++f) {
            const double capacity = random.between(10.0, 60.0);
            const double draw = random.between(0.0, 1.0);
            const auto order = random.permutation(static_cast<int>(level.size()));
            const auto input = [&](int k) {
                return std::pair(level[at(order[at(k)])], -random.between(0.3, 1.5));
            };
            const int product = next[at(random.below(static_cast<int>(next.size())))];
            if (draw < 0.2) {
                add(ColumnDriver::on_supply, capacity, product, stage, capacity, {input(0)});
            } else {
                std::vector<std::pair<int, double>> inputs = {input(0)};
                for (int k = 1; k < static_cast<int>(level.size()) && random.chance(0.5); ++k) {
                    inputs.push_back(input(k));
                }
                if (draw < 0.5) {
                    // On demand of a market of its own: that, or its capacity, is its target.
                    const double market = random.between(5.0, 60.0);
                    const int sold = chain.add_row(0.0, market, false);
                    add(ColumnDriver::on_demand, capacity, sold, stage, std::min(capacity, market),
                        inputs);
                } else {
                    add(ColumnDriver::at_capacity, capacity, product, stage, capacity, inputs);
                }
            }
        }
        level = next;
    }
    result.equations = chain.equations();
    return result;
}

/// Fixes the facilities of one group at their max-min fair shares.
void share_out(BalanceProgram& program, const SharedChain& chain, std::set<int> open) {
    constexpr double slack = 1e-9;
    while (!open.empty()) {
        for (const int f : open) {
            program.add_share_row(f, chain.target[at(f)]);
        }
        program.set_bounds(program.share(), 0.0, COIN_DBL_MAX);
        const double least = program.maximise({{program.share(), 1.0}});
        program.set_bounds(program.share(), std::max(least - slack, 0.0), COIN_DBL_MAX);
        std::vector<int> full;
        for (const int f : open) {
            const double most = program.maximise({{f, 1.0}});
            if (most <= (least + 1e-7) * chain.target[at(f)]) {
                full.push_back(f);
            }
        }
        REQUIRE(!full.empty()); // someone is at the least share for a reason
        program.drop_share_rows();
        program.set_bounds(program.share(), 0.0, COIN_DBL_MAX);
        for (const int f : full) {
            const double fair = least * chain.target[at(f)];
            program.set_bounds(f, std::max(fair - slack, 0.0), fair);
            open.erase(f);
        }
    }
}

} // namespace

TEST_CASE("Where nothing scarce is shared, the most that can be had is what is dispatched",
          "[property][solve][oracle]") {
    int bound = 0;
    for (unsigned seed = 0; seed < 200; ++seed) {
        INFO("seed " << seed);
        const auto q = unshared_chain(seed);
        Random random(seed + 1000U);
        check_unshared(q, random);
        const auto run = chainsim::solve::Dispatch(q).solve();
        for (const auto& binding : run.binding) {
            bound += binding.kind != chainsim::system::BindingKind::capacity ? 1 : 0;
        }
    }
    CHECK(bound > 1000); // the chains are not idle examples: capacities alone do not decide them
}

TEST_CASE("Where what is scarce is shared, the fair shares are what is dispatched",
          "[property][solve][oracle]") {
    int shared = 0;
    for (unsigned seed = 0; seed < 200; ++seed) {
        INFO("seed " << seed);
        const auto chain = shared_chain(seed);
        const auto& q = chain.equations;
        const auto run = chainsim::solve::Dispatch(q).solve();
        REQUIRE(run.outcome == Outcome::solved);
        BalanceProgram program(q);
        for (int stage = 0; stage <= 3; ++stage) {
            for (int group = 0; group <= 6; ++group) {
                std::set<int> members;
                for (int f = 0; f < q.columns(); ++f) {
                    if (chain.stage[at(f)] == stage && chain.group[at(f)] == group) {
                        members.insert(f);
                    }
                }
                share_out(program, chain, members);
            }
        }
        for (int f = 0; f < q.columns(); ++f) {
            INFO("facility " << f);
            CHECK(std::abs(run.activity[f] - program.upper(f)) <= 1e-6 * q.capacity[f]);
            const double share = run.activity[f] / chain.target[at(f)];
            shared += share > 0.01 && share < 0.99 ? 1 : 0;
        }
    }
    CHECK(shared > 600); // of the 4200 facilities, so many have a share neither nothing nor full
}
