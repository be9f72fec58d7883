#include <chainsim/solve/detail/valves.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>

namespace chainsim::solve::detail {

using system::ColumnDriver;
using system::unlimited;

namespace {

/// What makes a class of members of one row: role, priority, lateness, in one number, as members
/// are compared often.
std::int64_t class_key(const Member& member) {
    constexpr std::int64_t priorities = std::int64_t{1} << 33; // more than an int has, either sign
    return 2 * (static_cast<std::int64_t>(member.role) * priorities + member.priority) +
           (member.late ? 1 : 0);
}

/// A type, so that sorting compares in line.
struct ComesBefore {
    bool operator()(const Member& a, const Member& b) const {
        const auto left = class_key(a);
        const auto right = class_key(b);
        return left < right || (left == right && a.column < b.column);
    }
};

/// Users, makers on demand, other makers.
std::size_t list_of(const Member& member) {
    return !member.is_maker() ? 0 : member.role == Role::demand_maker ? 1 : 2;
}

} // namespace

Valves::Valves(const system::Equations& equations) : equations_(&equations) { build(); }

void Valves::read() {
    if (!read_figures()) {
        build();
    }
}

bool Valves::read_figures() {
    const auto& net = equations_->net;
    const auto filled = static_cast<std::size_t>(
        net.nonZeros() - std::count(net.valuePtr(), net.valuePtr() + net.nonZeros(), 0.0));
    if (row_begin_.size() != at(rows()) + 1 || column_begin_.size() != at(columns()) + 1 ||
        filled != members_.size()) {
        return false;
    }
    for (auto& member : members_) {
        const int e = member.entry;
        const int f = member.column;
        if (e < net.outerIndexPtr()[f] || e >= net.outerIndexPtr()[f + 1] ||
            net.innerIndexPtr()[e] != member.row || net.valuePtr()[e] == 0.0) {
            return false;
        }
        auto fresh = make_member(f, e);
        fresh.late = member.late;
        if (class_key(fresh) != class_key(member)) {
            return false;
        }
        member = fresh;
    }
    return true;
}

void Valves::build() {
    const auto& net = equations_->net;
    row_begin_.assign(at(rows()) + 1, 0);
    column_begin_.assign(at(columns()) + 1, 0);
    for (int f = 0; f < columns(); ++f) {
        for (int e = net.outerIndexPtr()[f]; e < net.outerIndexPtr()[f + 1]; ++e) {
            row_begin_[at(net.innerIndexPtr()[e]) + 1] += net.valuePtr()[e] != 0.0 ? 1 : 0;
            column_begin_[at(f) + 1] += net.valuePtr()[e] != 0.0 ? 1 : 0;
        }
    }
    std::partial_sum(row_begin_.begin(), row_begin_.end(), row_begin_.begin());
    std::partial_sum(column_begin_.begin(), column_begin_.end(), column_begin_.begin());
    members_.resize(at(row_begin_.back()));
    column_members_.resize(members_.size());
    auto next = row_begin_;
    for (int f = 0; f < columns(); ++f) {
        for (int e = net.outerIndexPtr()[f]; e < net.outerIndexPtr()[f + 1]; ++e) {
            if (net.valuePtr()[e] != 0.0) {
                members_[at(next[at(net.innerIndexPtr()[e])]++)] = make_member(f, e);
            }
        }
    }
    arrange();
}

Member Valves::make_member(int f, int e) const {
    const auto& eq = *equations_;
    const double net = eq.net.valuePtr()[e];
    Member one;
    one.column = f;
    one.row = eq.net.innerIndexPtr()[e];
    one.entry = e;
    one.rate = std::abs(net);
    one.weight = eq.capacity[f];
    const auto driver = eq.driver[at(f)];
    if (net > 0.0) {
        const bool own = driver == ColumnDriver::on_demand && eq.product[at(f)] == one.row;
        one.role = own ? Role::demand_maker : Role::other_maker;
        one.priority = -eq.priority[at(e)]; // called last, held back first
    } else {
        const bool own = driver == ColumnDriver::on_supply && eq.feed[at(f)] == one.row;
        one.role = own ? Role::last_user : Role::user;
        one.priority = eq.priority[at(e)];
    }
    return one;
}

void Valves::arrange() {
    classes_.clear();
    lists_.assign(at(rows()), {});
    auto next = column_begin_;
    for (int r = 0; r < rows(); ++r) {
        const auto range = row(r);
        const auto begin = members_.begin() + range.begin;
        const auto end = members_.begin() + range.end;
        if (!std::is_sorted(begin, end, ComesBefore{})) {
            std::sort(begin, end, ComesBefore{});
        }
        for (int i = range.begin; i < range.end; ++i) {
            const auto& one = member(i);
            auto& list = lists_[at(r)][list_of(one)];
            const bool is_first = list.class_count() == 0;
            if (is_first) {
                list.members = {i, i};
                list.classes.begin = list.classes.end = static_cast<int>(classes_.size());
            }
            if (is_first || class_key(member(i - 1)) != class_key(one)) {
                classes_.push_back({i, i});
                ++list.classes.end;
            }
            ++classes_.back().end;
            ++list.members.end;
            column_members_[at(next[at(one.column)]++)] = i;
        }
    }
}

const MemberList& Valves::list(int r, Rung rung) const {
    return rung == Rung::ration        ? users(r)
           : rung == Rung::hold_demand ? demand_makers(r)
                                       : other_makers(r);
}

void Valves::set_claims(const Eigen::VectorXd& activity) {
    constexpr double trifle = 1e-9;
    bool is_sorted = true;
    for (auto& member : members_) {
        const double capacity = equations_->capacity[member.column];
        const bool wants_all = member.role != Role::user ||
                               equations_->driver[at(member.column)] == ColumnDriver::at_capacity;
        const double claim = activity[member.column];
        const bool late = !wants_all && capacity > 0.0 && claim <= trifle * capacity;
        is_sorted = is_sorted && member.late == late;
        member.late = late;
        member.weight = wants_all || late ? capacity : claim;
    }
    if (!is_sorted) {
        arrange();
    }
}

void Valves::set_claims_to_capacity() {
    bool is_sorted = true;
    for (auto& member : members_) {
        is_sorted = is_sorted && !member.late;
        member.late = false;
        member.weight = equations_->capacity[member.column];
    }
    if (!is_sorted) {
        arrange();
    }
}

void Valves::set_weights(const std::vector<double>& weight) {
    for (std::size_t i = 0; i < members_.size(); ++i) {
        members_[i].weight = weight[i];
    }
}

double Valves::total(Range range, const std::vector<double>& able) const {
    double sum = 0.0;
    for (int i = range.begin; i < range.end; ++i) {
        sum += member(i).rate * able[at(i)];
    }
    return sum;
}

/// The level at which the members take `amount` in all, each no more than it is able to:
/// sum of rate * min(able, level * weight) = amount.
double Valves::fill(Range range, double amount, const std::vector<double>& able) const {
    double level = 0.0;
    // Each round serves in full those who need no more than the level; at most one round each.
    for (int round = range.begin; round <= range.end; ++round) {
        double left = amount;
        double open = 0.0;
        for (int i = range.begin; i < range.end; ++i) {
            const auto& one = member(i);
            if (round > range.begin && able[at(i)] <= level * one.weight) {
                left -= one.rate * able[at(i)];
            } else {
                open += one.rate * one.weight;
            }
        }
        const double next = open > 0.0 ? std::max(left, 0.0) / open : level;
        if (round > range.begin && next <= level) {
            break;
        }
        level = next;
    }
    return level;
}

RowState Valves::ration(int r, double amount, const std::vector<double>& able) const {
    const auto& list = users(r);
    for (int cls = 0; cls < list.class_count(); ++cls) {
        const auto range = class_of(list, cls);
        const double wanted = total(range, able);
        if (amount < wanted || cls + 1 == list.class_count()) {
            return {Rung::ration, cls, fill(range, amount, able)};
        }
        amount -= wanted;
    }
    return {Rung::ration, 0, 0.0};
}

/// Holds back the makers of a sort by `surplus`, last called first.
RowState Valves::hold(int r, Rung rung, double surplus, const std::vector<double>& able) const {
    const auto& makers = list(r, rung);
    for (int cls = 0; cls < makers.class_count(); ++cls) {
        const auto range = class_of(makers, cls);
        const double made = total(range, able);
        if (surplus <= made || cls + 1 == makers.class_count()) {
            return {rung, cls, fill(range, std::max(made - surplus, 0.0), able)};
        }
        surplus -= made;
    }
    return {rung, 0, 0.0};
}

RowState Valves::balance(int r, const std::vector<double>& able) const {
    const auto& eq = *equations_;
    const double use = total(users(r).members, able);
    const double on_call = total(demand_makers(r).members, able);
    const double supply = on_call + total(other_makers(r).members, able);
    const double demand = eq.demand[r];
    const double buy = eq.buy_limit[r];
    const double sell = eq.sell_limit[r];
    const bool open = sell == unlimited;
    const bool elastic = chain_ == Chain::elastic && is_elastic_row(r);

    const double net = supply - demand + buy; // may be infinite
    if (net < use) {
        if (elastic) {
            return {Rung::outside, 0, use - net};
        }
        if (chain_ == Chain::plentiful) {
            double last = 0.0;
            for (int i = users(r).members.begin; i < users(r).members.end; ++i) {
                last += member(i).role == Role::last_user ? member(i).rate * able[at(i)] : 0.0;
            }
            if (net < use - last) {
                return {Rung::outside, 0, 0.0};
            }
        }
        if (net < -1e-12 * (supply + demand + use)) {
            return {Rung::broken, 0, 0.0};
        }
        return ration(r, std::max(net, 0.0), able);
    }
    double surplus = supply - use - demand; // before any trade
    if (eq.buy_first[at(r)] != 0) {
        // Purchases come before the makers on call; a finite market takes a surplus only.
        surplus -= on_call;
        if (-surplus > buy) {
            return hold(r, Rung::hold_demand, surplus + on_call + buy, able);
        }
    }
    if (surplus < 0.0) {
        return {Rung::buy, 0, -surplus};
    }
    if (!open) {
        if (surplus <= sell) {
            return {Rung::sell, 0, surplus};
        }
        surplus -= sell;
    }
    if (eq.buy_first[at(r)] == 0) {
        if (surplus <= on_call && on_call > 0.0) {
            return hold(r, Rung::hold_demand, surplus, able);
        }
        surplus = std::max(surplus - on_call, 0.0);
    }
    if (open) {
        return {Rung::sell_open, 0, surplus};
    }
    if (eq.sink[at(r)] != 0 || elastic) {
        return {Rung::sink, 0, surplus};
    }
    return hold(r, Rung::hold_other, surplus, able);
}

int Valves::height(int r, Rung rung) const {
    if (equations_->buy_first[at(r)] != 0) {
        switch (rung) {
        case Rung::outside:
        case Rung::broken:
            return 0;
        case Rung::ration:
            return 1;
        case Rung::hold_demand:
            return 2;
        case Rung::buy:
            return 3;
        case Rung::sell:
            return 4;
        case Rung::sell_open:
            return 5;
        case Rung::sink:
            return 6;
        case Rung::hold_other:
            return 7;
        }
    }
    return static_cast<int>(rung);
}

void Valves::allow(int r, const RowState& state, std::vector<double>& limit) const {
    const auto write = [&](Range range, double value) {
        std::fill(limit.begin() + range.begin, limit.begin() + range.end, value);
    };
    const auto& served = users(r);
    if (state.rung == Rung::outside) {
        for (int i = served.members.begin; i < served.members.end; ++i) {
            limit[at(i)] =
                member(i).role == Role::last_user && chain_ == Chain::plentiful ? 0.0 : unlimited;
        }
    } else {
        write(served.members, state.rung == Rung::broken ? 0.0 : unlimited);
    }
    const int now = height(r, state.rung);
    write(demand_makers(r).members, now > height(r, Rung::hold_demand) ? 0.0 : unlimited);
    write(other_makers(r).members, now > height(r, Rung::hold_other) ? 0.0 : unlimited);
    if (!is_level(state.rung)) {
        return;
    }
    const auto& list = this->list(r, state.rung);
    if (list.class_count() == 0) {
        return;
    }
    const auto open = class_of(list, state.cls);
    // Users of later classes get nothing yet; makers of earlier classes are off already.
    write(state.rung == Rung::ration ? Range{open.end, list.members.end}
                                     : Range{list.members.begin, open.begin},
          0.0);
    for (int i = open.begin; i < open.end; ++i) {
        limit[at(i)] = state.level * member(i).weight;
    }
}

Range Valves::open_class(int r, const RowState& state) const {
    if (!is_level(state.rung) || list(r, state.rung).class_count() == 0) {
        return {};
    }
    return class_of(list(r, state.rung), state.cls);
}

double Valves::fixed_trade(int r, Rung rung) const {
    const double sell = equations_->sell_limit[r];
    const bool buy_first = equations_->buy_first[at(r)] != 0;
    if (rung == Rung::ration || (rung == Rung::hold_demand && buy_first)) {
        return equations_->buy_limit[r];
    }
    return sell < unlimited ? -sell : 0.0;
}

} // namespace chainsim::solve::detail
