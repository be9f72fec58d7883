#include <chainsim/solve/detail/iterate.hpp>
#include <chainsim/solve/detail/path_point.hpp>
#include <chainsim/solve/detail/settle.hpp>

#include <algorithm>

namespace chainsim::solve::detail {

using system::unlimited;

bool PathPoint::start(LevelSolver& solver) {
    place_.assign(at(v_.rows()), -1);
    here_.assign(at(v_.rows()), nullptr);
    level_.assign(at(v_.rows()), 0.0);
    binder_.assign(at(v_.columns()), -1);
    share_ = 1.0;
    Iterate iterate(v_, solver);
    int count = 0;
    constexpr int steps = 400;
    if (!settle(iterate, 1e-13, steps, count)) {
        return false;
    }
    hold_.assign(v_.members().size(), Hold::none);
    for (int r = 0; r < v_.rows(); ++r) {
        if (!place(r, iterate.state(r))) {
            return false;
        }
        set_holds(r);
    }
    for (int f = 0; f < v_.columns(); ++f) {
        choose_binder(f);
    }
    if (!settle_flat_rows()) {
        return false;
    }
    for (int r = 0; r < v_.rows(); ++r) {
        if (!here(r).is_level()) {
            level_[at(r)] = -(excess(r) + here(r).trade + here(r).elastic * share_) / here(r).slope;
        }
    }
    return true;
}

/// A row that is just balanced may have been left at a level that nobody follows, where the
/// path has no direction: its valve is set once more.
bool PathPoint::settle_flat_rows() {
    constexpr int rounds = 10;
    std::vector<double> able(v_.members().size());
    for (int round = 0; round < rounds; ++round) {
        bool any = false;
        for (int r = 0; r < v_.rows(); ++r) {
            if (!here(r).is_level() || is_followed(r)) {
                continue;
            }
            any = true;
            for (int i = v_.row(r).begin; i < v_.row(r).end; ++i) {
                const int f = v_.member(i).column;
                able[at(i)] = ladders_.equations().capacity[f];
                for (const int* k = v_.column_begin(f); k != v_.column_end(f); ++k) {
                    able[at(i)] = *k == i ? able[at(i)] : std::min(able[at(i)], limit(*k).value);
                }
            }
            if (!place(r, v_.balance(r, able))) {
                return false;
            }
            set_holds(r);
            choose_binders_of(r);
        }
        if (!any) {
            return true;
        }
    }
    return false;
}

/// Makers less users and demand.
double PathPoint::excess(int r) const {
    double sum = -ladders_.equations().demand[r];
    for (int i = v_.row(r).begin; i < v_.row(r).end; ++i) {
        const auto& one = v_.member(i);
        const double x = value_of(binder_[at(one.column)], one.column);
        sum += one.net() * x;
    }
    return sum;
}

/// Finds the step of the ladder at which the row stands.
bool PathPoint::place(int r, const RowState& state) {
    const auto& steps = ladders_.steps(r);
    bool found = false;
    for (std::size_t k = 0; k < steps.size(); ++k) {
        if (steps[k].rung == state.rung && (!steps[k].is_level() || steps[k].cls == state.cls)) {
            set_place(r, static_cast<int>(k));
            found = true;
        }
    }
    level_[at(r)] = state.level;
    if (!found && state.rung == Rung::sell && state.level == 0.0) {
        return place(r, {Rung::buy, 0, 0.0}); // a closed market sells nothing, nor is any bought
    }
    return found;
}

std::vector<RowState> PathPoint::states() const {
    std::vector<RowState> result;
    for (int r = 0; r < v_.rows(); ++r) {
        const auto& step = here(r);
        RowState state{step.rung, step.cls, std::max(level_[at(r)], 0.0)};
        if (step.elastic == 0.0 && (step.scarce.per_share > 0.0 || step.ample.per_share > 0.0)) {
            const auto& beside = ladders_.steps(r)[at(place_[at(r)] + 1)];
            state = {beside.rung, beside.cls, beside.scarce.at(0.0)};
        } else if (step.rung == Rung::hold_other && !step.is_level()) {
            state.level = 0.0;
        } else if (step.rung == Rung::broken && ladders_.is_plentiful()) {
            state.rung = Rung::outside;
        }
        result.push_back(state);
    }
    return result;
}

PathPoint::Limit PathPoint::limit(int i) const {
    const auto& one = v_.member(i);
    switch (hold_[at(i)]) {
    case Hold::none:
        return {unlimited, 0.0};
    case Hold::shut:
        return {0.0, 0.0};
    case Hold::level:
        break;
    }
    return {level_[at(one.row)] * one.weight, one.weight};
}

/// What the step at which the row stands means for its members.
void PathPoint::set_holds(int r) {
    const auto& step = here(r);
    for (int i = v_.row(r).begin; i < v_.row(r).end; ++i) {
        hold_[at(i)] = i >= step.open.begin && i < step.open.end ? Hold::level
                       : is_shut(i, step)                        ? Hold::shut
                                                                 : Hold::none;
    }
}

bool PathPoint::is_shut(int i, const Step& step) const {
    const auto& one = v_.member(i);
    if (!one.is_maker()) {
        return (step.rung == Rung::broken &&
                (one.role == Role::last_user || !ladders_.is_plentiful())) ||
               (step.rung == Rung::ration && i >= step.open.end);
    }
    const Rung own = one.role == Role::demand_maker ? Rung::hold_demand : Rung::hold_other;
    const int now = v_.height(one.row, step.rung);
    const int stage = v_.height(one.row, own);
    return now > stage || (now == stage && (!step.is_level() || i < step.open.begin));
}

/// The least limit; among several that are nothing, one that stays nothing.
void PathPoint::choose_binder(int f) {
    int chosen = -1;
    Limit least{ladders_.equations().capacity[f], 0.0};
    for (const int* i = v_.column_begin(f); i != v_.column_end(f); ++i) {
        const auto allowed = limit(*i);
        if (allowed.value < least.value ||
            (allowed.value == least.value && allowed.rate < least.rate)) {
            least = allowed;
            chosen = *i;
        }
    }
    binder_[at(f)] = chosen;
}

void PathPoint::choose_binders_of(int r) {
    for (int i = v_.row(r).begin; i < v_.row(r).end; ++i) {
        choose_binder(v_.member(i).column);
    }
}

bool PathPoint::is_followed(int r) const {
    const auto open = here(r).open;
    for (int i = open.begin; i < open.end; ++i) {
        if (binder_[at(v_.member(i).column)] == i && v_.member(i).weight > 0.0) {
            return true;
        }
    }
    return false;
}

void PathPoint::advance(double distance, double share_move,
                        const std::vector<double>& level_moves) {
    share_ += distance * share_move;
    for (int r = 0; r < v_.rows(); ++r) {
        level_[at(r)] += distance * level_moves[at(r)];
    }
}

bool PathPoint::pass_step(int r, bool upward) {
    const int next = place_[at(r)] + (upward ? 1 : -1);
    if (next < 0 || next >= static_cast<int>(ladders_.steps(r).size())) {
        return false;
    }
    set_place(r, next);
    level_[at(r)] = (upward ? here(r).scarce : here(r).ample).at(share_);
    set_holds(r);
    choose_binders_of(r);
    return true;
}

} // namespace chainsim::solve::detail
