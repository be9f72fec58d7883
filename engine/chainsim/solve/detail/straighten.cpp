#include <chainsim/number/elimination.hpp>
#include <chainsim/solve/detail/straighten.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace chainsim::solve::detail {

using number::Number;
using system::unlimited;

/// One chain at rest, written in numbers.
class Straightener::Phase {
public:
    Phase(Straightener& whole, const Iterate& iterate)
        : whole_(whole), it_(iterate), v_(iterate.valves()), eq_(v_.equations()),
          level_(at(v_.rows())), position_(at(v_.rows()), -1), activity_(at(v_.columns())),
          limit_(v_.members().size(), unlimited) {}

    [[nodiscard]] bool write() {
        weigh();
        find_unknowns();
        if (!solve()) {
            return false;
        }
        for (int f = 0; f < v_.columns(); ++f) {
            check_column(f);
        }
        for (int r = 0; r < v_.rows(); ++r) {
            if (!check_row(r)) {
                return false;
            }
        }
        return true;
    }

    [[nodiscard]] std::vector<Number> take_activity() { return std::move(activity_); }

private:
    void check(const Number& slack, const Number& scale) {
        if (!slack.is_constant() || slack.value() < 0.0) {
            whole_.outputs_.slack.push_back(slack);
            whole_.outputs_.scale.push_back(scale);
        }
    }

    [[nodiscard]] const Number& capacity(int f) const { return whole_.capacity_[at(f)]; }
    [[nodiscard]] Number rate(const Member& one) const {
        const auto& net = whole_.net_[at(one.entry)];
        return one.is_maker() ? net : -net;
    }
    [[nodiscard]] Number total(Range range) const {
        Number sum;
        for (int i = range.begin; i < range.end; ++i) {
            sum += rate(v_.member(i)) * activity_[at(v_.member(i).column)];
        }
        return sum;
    }

    /// As `Valves::set_claims`; capacities before the first chain.
    void weigh() {
        constexpr double trifle = 1e-9;
        weight_.reserve(v_.members().size());
        for (const auto& one : v_.members()) {
            const auto& all = capacity(one.column);
            const bool wants_all = one.role != Role::user ||
                                   eq_.driver[at(one.column)] == system::ColumnDriver::at_capacity;
            if (whole_.activity_.empty() || wants_all) {
                weight_.push_back(all);
                continue;
            }
            const auto& claim = whole_.activity_[at(one.column)];
            check(one.late ? trifle * all - claim : claim - trifle * all, all);
            weight_.push_back(one.late ? all : claim);
        }
    }

    /// The member in an open class that binds the column; -1: its capacity, or nothing allowed.
    [[nodiscard]] int follower(int f) const {
        const int i = it_.binder(f);
        if (i < 0) {
            return -1;
        }
        const int r = v_.member(i).row;
        const auto open = v_.open_class(r, it_.state(r));
        return i >= open.begin && i < open.end && v_.member(i).weight > 0.0 ? i : -1;
    }

    void find_unknowns() {
        for (int f = 0; f < v_.columns(); ++f) {
            const int i = follower(f);
            if (i >= 0 && position_[at(v_.member(i).row)] < 0) {
                position_[at(v_.member(i).row)] = static_cast<int>(unknowns_.size());
                unknowns_.push_back(v_.member(i).row);
            }
            if (i < 0) {
                activity_[at(f)] = it_.binder(f) < 0 ? capacity(f) : Number(0.0);
            }
        }
    }

    /// The levels of all rows that hold somebody, each such that its row balances.
    [[nodiscard]] bool solve() {
        std::vector<number::MatrixEntry> entries;
        std::vector<Number> right;
        right.reserve(unknowns_.size());
        for (const int r : unknowns_) {
            right.push_back(whole_.demand_[at(r)] - fixed_trade(r));
        }
        for (int f = 0; f < v_.columns(); ++f) {
            const int own = follower(f);
            for (const int* i = v_.column_begin(f); i != v_.column_end(f); ++i) {
                const auto& one = v_.member(*i);
                const int k = position_[at(one.row)];
                const auto& net = whole_.net_[at(one.entry)];
                if (k >= 0 && own >= 0) {
                    entries.push_back(
                        {k, position_[at(v_.member(own).row)], net * weight_[at(own)]});
                } else if (k >= 0) {
                    right[at(k)] -= net * activity_[at(f)];
                }
            }
        }
        const auto levels = number::eliminate(static_cast<int>(unknowns_.size()), entries, right);
        if (!levels) {
            return false;
        }
        for (std::size_t k = 0; k < unknowns_.size(); ++k) {
            level_[at(unknowns_[k])] = (*levels)[k];
            check((*levels)[k], 1.0);
        }
        for (int f = 0; f < v_.columns(); ++f) {
            if (const int own = follower(f); own >= 0) {
                activity_[at(f)] = level_[at(v_.member(own).row)] * weight_[at(own)];
            }
        }
        return true;
    }

    /// What binds the column must still be the least that it is allowed.
    void check_column(int f) {
        const auto& x = activity_[at(f)];
        const auto& all = capacity(f);
        if (it_.binder(f) >= 0) {
            check(all - x, all);
        }
        // A level that is not a number marks, in what the valve allows, who follows it.
        constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
        for (const int* i = v_.column_begin(f); i != v_.column_end(f); ++i) {
            const int r = v_.member(*i).row;
            auto state = it_.state(r);
            state.level = unknown;
            if (allowed_.empty()) {
                allowed_.assign(at(v_.rows()), 0);
            }
            if (allowed_[at(r)] == 0) {
                v_.allow(r, state, limit_);
                allowed_[at(r)] = 1;
            }
            if (*i == it_.binder(f)) {
                continue;
            }
            const double limit = limit_[at(*i)];
            if (limit == 0.0) {
                check(-x, all);
            } else if (std::isnan(limit) && position_[at(r)] >= 0) {
                check(level_[at(r)] * weight_[at(*i)] - x, all);
            }
        }
    }

    [[nodiscard]] Number fixed_trade(int r) const {
        const auto rung = it_.state(r).rung;
        const bool buy_first = eq_.buy_first[at(r)] != 0;
        if (rung == Rung::ration || (rung == Rung::hold_demand && buy_first)) {
            return whole_.buy_limit_[at(r)];
        }
        return eq_.sell_limit[r] < unlimited ? -whole_.sell_limit_[at(r)] : Number(0.0);
    }

    /// The valve must still stand on its rung, and the row balance. `Valves::balance` in numbers.
    [[nodiscard]] bool check_row(int r) {
        const auto rung = it_.state(r).rung;
        const auto made = total(v_.demand_makers(r).members) + total(v_.other_makers(r).members);
        const auto used = total(v_.users(r).members);
        const auto& demand = whole_.demand_[at(r)];
        const auto& buy = whole_.buy_limit_[at(r)];
        const auto& sell = whole_.sell_limit_[at(r)];
        const auto surplus = made - used - demand; // before any trade
        const auto scale = made + used + demand;
        const bool limits_sales = eq_.sell_limit[r] < unlimited;
        switch (rung) {
        case Rung::broken:
            return false;
        case Rung::outside:
            check(-(surplus + buy), scale + buy);
            return true;
        case Rung::buy:
            check(-surplus, scale);
            if (eq_.buy_limit[r] < unlimited) {
                check(surplus + buy, scale + buy);
            }
            return true;
        case Rung::sell:
            check(surplus, scale);
            check(sell - surplus, scale + sell);
            return true;
        case Rung::sell_open:
            check(surplus, scale);
            return true;
        case Rung::sink:
            check(limits_sales ? surplus - sell : surplus, scale + (limits_sales ? sell : 0.0));
            return true;
        case Rung::ration:
        case Rung::hold_demand:
        case Rung::hold_other:
            break;
        }
        // Where nobody follows the level, nothing may flow: any other balance would be chance.
        const auto traded = fixed_trade(r);
        check(-magnitude(surplus + traded), scale + magnitude(traded));
        return position_[at(r)] >= 0 || std::abs((surplus + traded).value()) <=
                                            1e-12 * (scale.value() + std::abs(traded.value()));
    }

    Straightener& whole_;
    const Iterate& it_;
    const Valves& v_;
    const system::Equations& eq_;
    std::vector<Number> weight_; ///< by member
    std::vector<Number> level_;  ///< by row; of those in `unknowns_`
    std::vector<int> position_;  ///< row -> unknown, -1
    std::vector<int> unknowns_;  ///< rows
    std::vector<Number> activity_;
    std::vector<double> limit_; ///< by member: 0, not a number where the level is, unlimited
    std::vector<char> allowed_; ///< by row: `limit_` is written
};

Straightener::Straightener(const system::Equations& equations, const std::vector<char>& varies)
    : equations_(equations), keys_(varies) {
    for (std::size_t i = 0; i < keys_.size(); ++i) {
        if (varies[i] != 0) {
            tape_.add_parameter(&keys_[i], static_cast<int>(i));
        }
    }
    const FigureIndex index(equations);
    const auto& net = equations.net;
    for (int e = 0; e < net.nonZeros(); ++e) {
        net_.push_back(figure(FigureIndex::net(e), net.valuePtr()[e]));
    }
    for (int f = 0; f < equations.columns(); ++f) {
        capacity_.push_back(figure(index.capacity(f), equations.capacity[f]));
    }
    for (int r = 0; r < equations.rows(); ++r) {
        demand_.push_back(figure(index.demand(r), equations.demand[r]));
        buy_limit_.push_back(figure(index.buy_limit(r), equations.buy_limit[r]));
        sell_limit_.push_back(figure(index.sell_limit(r), equations.sell_limit[r]));
    }
}

Number Straightener::figure(int index, double value) {
    return tape_.read(&keys_[at(index)], value, 1.0);
}

bool Straightener::add(const Iterate& iterate) {
    const number::Recording recording(tape_);
    Phase phase(*this, iterate);
    if (!phase.write()) {
        return false;
    }
    activity_ = phase.take_activity();
    return true;
}

/// What is bought, sold and wasted, as `read_solution` has it.
StraightLine Straightener::finish(const Iterate& iterate) {
    {
        const number::Recording recording(tape_);
        const auto& valves = iterate.valves();
        outputs_.activity = activity_;
        for (int r = 0; r < valves.rows(); ++r) {
            Number surplus = -demand_[at(r)];
            for (int i = valves.row(r).begin; i < valves.row(r).end; ++i) {
                const auto& one = valves.member(i);
                surplus += net_[at(one.entry)] * activity_[at(one.column)];
            }
            const auto rung = iterate.state(r).rung;
            const int height = valves.height(r, rung);
            Number bought;
            Number sold;
            Number disposed;
            if (rung == Rung::buy) {
                bought = larger(-surplus, 0.0);
            } else if (height < valves.height(r, Rung::buy)) {
                bought = buy_limit_[at(r)];
            }
            if (rung == Rung::sell || rung == Rung::sell_open) {
                sold = larger(surplus, 0.0);
            } else if (height > valves.height(r, Rung::sell) &&
                       equations_.sell_limit[r] < unlimited) {
                sold = sell_limit_[at(r)];
            }
            if (rung == Rung::sink) {
                disposed = larger(surplus - sold, 0.0);
            }
            outputs_.bought.push_back(bought);
            outputs_.sold.push_back(sold);
            outputs_.disposed.push_back(disposed);
        }
    }
    return {tape_, outputs_};
}

} // namespace chainsim::solve::detail
