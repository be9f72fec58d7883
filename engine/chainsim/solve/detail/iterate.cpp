#include <chainsim/solve/detail/iterate.hpp>

#include <algorithm>
#include <cmath>
#include <utility>

namespace chainsim::solve::detail {

using system::unlimited;

namespace {

/// Rows by how scarce they would be at full capacity, the scarcest first: an order of the contents,
/// so that it is the same however rows are numbered and whatever units they have.
std::vector<int> rows_by_scarcity(const Valves& valves) {
    std::vector<std::pair<double, int>> abundance;
    for (int r = 0; r < valves.rows(); ++r) {
        double supply = 0.0;
        double use = valves.equations().demand[r];
        for (int i = valves.row(r).begin; i < valves.row(r).end; ++i) {
            const auto& one = valves.member(i);
            (one.is_maker() ? supply : use) += one.rate * valves.equations().capacity[one.column];
        }
        abundance.emplace_back(use > 0.0 ? supply / use : unlimited, r);
    }
    std::sort(abundance.begin(), abundance.end());
    std::vector<int> order(abundance.size());
    std::transform(abundance.begin(), abundance.end(), order.begin(),
                   [](const auto& one) { return one.second; });
    return order;
}

} // namespace

Iterate::Iterate(const Valves& valves, LevelSolver& solver) : valves_(&valves), solver_(&solver) {
    restart();
}

void Iterate::restart() {
    const auto& order = valves_->equations().order;
    order_ = order.empty() ? rows_by_scarcity(*valves_) : order;
    now_.state.resize(at(valves_->rows()));
    now_.columns.resize(at(valves_->columns()));
    now_.stale.resize(at(valves_->rows()));
    now_.moved.assign(at(valves_->rows()), 0);
    now_.sweeps = 0;
    now_.new_pieces = true;
    now_.change = 0.0;
    able_.resize(valves_->members().size());
    position_.assign(at(valves_->rows()), -1);
    open_all();
}

void Iterate::open_all() {
    now_.limit.assign(valves_->members().size(), unlimited);
    start();
}

std::vector<double> Iterate::limits() const {
    const auto entries = static_cast<std::size_t>(valves_->equations().net.nonZeros());
    std::vector<double> result(entries, unlimited);
    for (std::size_t i = 0; i < now_.limit.size(); ++i) {
        result[at(valves_->members()[i].entry)] = now_.limit[i];
    }
    return result;
}

void Iterate::start_from(const std::vector<double>& limits) {
    now_.limit.clear();
    for (const auto& member : valves_->members()) {
        now_.limit.push_back(limits[at(member.entry)]);
    }
    start();
}

void Iterate::start() {
    std::fill(now_.state.begin(), now_.state.end(), RowState{});
    for (int f = 0; f < valves_->columns(); ++f) {
        now_.columns[at(f)] = look(f);
    }
    make_stale();
}

void Iterate::set_all(const std::vector<RowState>& state, const std::vector<int>& binders) {
    now_.state = state;
    for (int r = 0; r < valves_->rows(); ++r) {
        valves_->allow(r, now_.state[at(r)], now_.limit);
    }
    for (int f = 0; f < valves_->columns(); ++f) {
        auto& column = now_.columns[at(f)] = look(f);
        column.binder = binders[at(f)];
        column.least =
            column.binder < 0 ? valves_->equations().capacity[f] : now_.limit[at(column.binder)];
    }
    std::fill(now_.moved.begin(), now_.moved.end(), now_.sweeps);
    newton();
    for (int f = 0; f < valves_->columns(); ++f) {
        now_.columns[at(f)] = look(f);
    }
    make_stale();
}

void Iterate::make_stale() {
    std::fill(now_.stale.begin(), now_.stale.end(), char{1});
    now_.stale_count = valves_->rows();
}

void Iterate::touch(int r) {
    now_.stale_count += now_.stale[at(r)] == 0 ? 1 : 0;
    now_.stale[at(r)] = 1;
}

void Iterate::mark() { marked_ = now_; }
void Iterate::go_back() { std::swap(now_, marked_); }

Eigen::VectorXd Iterate::activities() const {
    Eigen::VectorXd x(valves_->columns());
    for (int f = 0; f < valves_->columns(); ++f) {
        x[f] = activity(f);
    }
    return x;
}

Iterate::Column Iterate::look(int f) const {
    Column seen{valves_->equations().capacity[f], unlimited, -1};
    for (const int* i = valves_->column_begin(f); i != valves_->column_end(f); ++i) {
        const double allowed = now_.limit[at(*i)];
        if (allowed < seen.least) {
            seen = {allowed, seen.least, *i};
        } else {
            seen.second = std::min(seen.second, allowed);
        }
    }
    return seen;
}

void Iterate::refresh(int f) {
    const auto before = now_.columns[at(f)];
    const auto after = now_.columns[at(f)] = look(f);
    if (before.binder == after.binder && before.least == after.least &&
        before.second == after.second) {
        return;
    }
    now_.new_pieces = now_.new_pieces || before.binder != after.binder;
    if (before.least != after.least) {
        now_.change = std::max(now_.change, std::abs(after.least - before.least) /
                                                valves_->equations().capacity[f]);
    }
    // A row sees of the column what everything else allows it. Differences that only rounding can
    // make are not passed on, or loops would never come to rest.
    const double trifle = 1e-16 * valves_->equations().capacity[f];
    const auto differs = [trifle](double a, double b) {
        const double change = std::abs(a - b);
        return change > trifle && !(change <= 1e-14 * std::max(a, b));
    };
    for (const int* i = valves_->column_begin(f); i != valves_->column_end(f); ++i) {
        const int r = valves_->member(*i).row;
        if (differs(before.binder == *i ? before.second : before.least,
                    after.binder == *i ? after.second : after.least)) {
            touch(r);
        }
    }
}

double Iterate::set_valve(int r, double damping) {
    const auto range = valves_->row(r);
    kept_.assign(now_.limit.begin() + range.begin, now_.limit.begin() + range.end);
    for (int i = range.begin; i < range.end; ++i) {
        able_[at(i)] = able(i);
    }
    const auto before_state = now_.state[at(r)];
    now_.state[at(r)] = valves_->balance(r, able_);
    now_.new_pieces = now_.new_pieces || before_state.rung != now_.state[at(r)].rung ||
                      before_state.cls != now_.state[at(r)].cls;
    valves_->allow(r, now_.state[at(r)], now_.limit);
    double move = 0.0;
    for (int i = range.begin; i < range.end; ++i) {
        auto& now = now_.limit[at(i)];
        const int f = valves_->member(i).column;
        const double capacity = valves_->equations().capacity[f];
        const double before = std::min(kept_[at(i - range.begin)], capacity);
        const double after = std::min(now, capacity);
        if (before == after) {
            continue;
        }
        move = std::max(move, std::abs(after - before) / capacity);
        if (damping < 1.0) { // part of the way, where whole steps run in circles
            now = before + damping * (after - before);
        }
        refresh(f);
    }
    if (damping < 1.0 && move > 0.0) {
        touch(r);
    }
    return move;
}

bool Iterate::stands(double tolerance) {
    constexpr double rounding = 1e-14; // of the throughput of a row
    auto states = now_.state;
    auto limits = now_.limit;
    for (int r = 0; r < valves_->rows(); ++r) {
        const auto range = valves_->row(r);
        double throughput = valves_->equations().demand[r];
        for (int i = range.begin; i < range.end; ++i) {
            able_[at(i)] = able(i);
            throughput += valves_->member(i).rate * able_[at(i)];
        }
        states[at(r)] = valves_->balance(r, able_);
        valves_->allow(r, states[at(r)], limits);
        for (int i = range.begin; i < range.end; ++i) {
            const auto& one = valves_->member(i);
            const double change =
                std::abs(std::min(able_[at(i)], limits[at(i)]) - activity(one.column));
            if (change > tolerance * valves_->equations().capacity[one.column] &&
                change * one.rate > rounding * throughput) {
                return false;
            }
        }
    }
    now_.state = std::move(states);
    return true;
}

double Iterate::sweep(bool forward, double damping) {
    double move = 0.0;
    const int rows = valves_->rows();
    now_.new_pieces = false;
    ++now_.sweeps;
    for (int k = 0; k < rows && now_.stale_count > 0; ++k) {
        const int r = order_[at(forward ? k : rows - 1 - k)];
        if (now_.stale[at(r)] != 0) {
            now_.stale[at(r)] = 0;
            --now_.stale_count;
            const double here = set_valve(r, damping);
            now_.moved[at(r)] = here > 0.0 ? now_.sweeps : now_.moved[at(r)];
            move = std::max(move, here);
        }
    }
    return move;
}

double Iterate::slope(int f) const {
    const int i = binder(f);
    if (i < 0) {
        return 0.0;
    }
    const int r = valves_->member(i).row;
    const auto open = valves_->open_class(r, now_.state[at(r)]);
    return i >= open.begin && i < open.end ? valves_->member(i).weight : 0.0;
}

/// Rows that moved and whose level some column follows, numbered in `position_`.
std::vector<int> Iterate::unknown_rows() {
    constexpr int recent = 2; // a loop shows all its rows within a few sweeps
    std::vector<int> rows;
    for (int f = 0; f < valves_->columns(); ++f) {
        if (slope(f) > 0.0) {
            const int r = valves_->member(binder(f)).row;
            if (now_.moved[at(r)] > now_.sweeps - recent && position_[at(r)] < 0) {
                position_[at(r)] = static_cast<int>(rows.size());
                rows.push_back(r);
            }
        }
    }
    return rows;
}

bool Iterate::newton() {
    const auto rows = unknown_rows();
    const int size = static_cast<int>(rows.size());
    const auto& eq = valves_->equations();
    Eigen::VectorXd right(size);
    for (int k = 0; k < size; ++k) {
        const int r = rows[at(k)];
        right[k] = eq.demand[r] - valves_->fixed_trade(r, now_.state[at(r)].rung);
    }
    entries_.clear();
    for (int f = 0; f < valves_->columns(); ++f) {
        const double rate = slope(f);
        const int column = rate > 0.0 ? position_[at(valves_->member(binder(f)).row)] : -1;
        for (const int* i = valves_->column_begin(f); i != valves_->column_end(f); ++i) {
            const auto& one = valves_->member(*i);
            const int k = position_[at(one.row)];
            const double net = one.net();
            if (k >= 0 && column >= 0) {
                entries_.emplace_back(k, column, net * rate);
            } else if (k >= 0) {
                right[k] -= net * activity(f);
            }
        }
    }
    for (const int r : rows) {
        position_[at(r)] = -1;
    }
    Eigen::VectorXd levels;
    if (size == 0 || !solver_->solve(size, entries_, right, levels)) {
        return false;
    }
    for (int k = 0; k < size; ++k) {
        const int r = rows[at(k)];
        now_.state[at(r)].level = std::max(levels[k], 0.0);
        valves_->allow(r, now_.state[at(r)], now_.limit);
        touch(r);
        const auto range = valves_->row(r);
        for (int i = range.begin; i < range.end; ++i) {
            refresh(valves_->member(i).column);
        }
    }
    return true;
}

} // namespace chainsim::solve::detail
