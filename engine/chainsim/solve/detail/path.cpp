#include <chainsim/solve/detail/path.hpp>
#include <chainsim/solve/detail/path_ladders.hpp>
#include <chainsim/solve/detail/settle.hpp>

#include <algorithm>

namespace chainsim::solve::detail {

using system::unlimited;

namespace {

class Path {
public:
    Path(const Valves& valves, LevelSolver& solver, int attempt,
         const std::vector<char>& elastic_rows)
        : ladders_(valves, attempt, elastic_rows), v_(ladders_.valves()), solver_(solver) {}

    [[nodiscard]] bool follow() {
        if (!start() || !set_direction(-1)) {
            return false;
        }
        constexpr double nothing = 1e-8;
        constexpr double far = 16.0;
        const int most = 60 * (v_.rows() + v_.columns()) + 200;
        for (int bend = 0; bend < most; ++bend) {
            const auto event = next_event();
            if (event.distance < unlimited) {
                advance(event.distance);
            }
            // A loop that starves itself fades away with what is elastic, to which all its levels
            // are then in proportion: its bends crowd at the end.
            if (event.kind == Event::Kind::arrived || share_ <= nothing) {
                return true;
            }
            if (event.kind == Event::Kind::none || share_ > far || !pass(event)) {
                return false;
            }
        }
        return false;
    }

    /// Where all valves stand; rungs of the elastic chain have come down to nothing, which is the
    /// border of the rungs beside them.
    [[nodiscard]] std::vector<RowState> states() const {
        std::vector<RowState> result;
        for (int r = 0; r < v_.rows(); ++r) {
            const auto& step = here(r);
            RowState state{step.rung, step.cls, std::max(level_[at(r)], 0.0)};
            if (step.elastic == 0.0 &&
                (step.scarce.per_share > 0.0 || step.ample.per_share > 0.0)) {
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

private:
    /// What ends a piece of the path.
    struct Event {
        enum class Kind { none, arrived, end_of_step, other_binder } kind = Kind::none;
        double distance = unlimited;
        int index = -1;     ///< the row, or the column
        int binder = -1;    ///< the member that binds from there on, -1: capacity
        bool ample = false; ///< the end at which the step is left
    };

    [[nodiscard]] static std::size_t at(int i) { return static_cast<std::size_t>(i); }
    [[nodiscard]] double capacity(int f) const { return ladders_.equations().capacity[f]; }

    [[nodiscard]] const Step& here(int r) const { return ladders_.steps(r)[at(place_[at(r)])]; }

    // Limits.

    enum class Hold : char { none, shut, level };

    /// What a row allows a member: fixed (nothing, or all it wants), or its level times the weight.
    struct Limit {
        double value = unlimited;
        double rate = 0.0; ///< per unit of the row's level
    };

    [[nodiscard]] Limit limit(int i) const {
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
    void set_holds(int r) {
        const auto& step = here(r);
        for (int i = v_.row(r).begin; i < v_.row(r).end; ++i) {
            hold_[at(i)] = i >= step.open.begin && i < step.open.end ? Hold::level
                           : is_shut(i, step)                        ? Hold::shut
                                                                     : Hold::none;
        }
    }

    [[nodiscard]] bool is_shut(int i, const Step& step) const {
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

    [[nodiscard]] double rate_of(int i) const {
        return i < 0 ? 0.0 : limit(i).rate * level_move_[at(v_.member(i).row)];
    }
    [[nodiscard]] double value_of(int i, int f) const {
        return i < 0 ? capacity(f) : limit(i).value;
    }

    // Start.

    /// The elastic chain, solved by sweeps: where all rows are elastic, nothing is short or held
    /// back but makers on demand.
    [[nodiscard]] bool start() {
        place_.assign(at(v_.rows()), -1);
        level_.assign(at(v_.rows()), 0.0);
        level_move_.assign(at(v_.rows()), 0.0);
        position_.assign(at(v_.rows()), none);
        binder_.assign(at(v_.columns()), -1);
        share_ = 1.0;
        Iterate iterate(v_, solver_);
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
                level_[at(r)] =
                    -(excess(r) + here(r).trade + here(r).elastic * share_) / here(r).slope;
            }
        }
        return true;
    }

    /// A row that is just balanced may have been left at a level that nobody follows, where the
    /// path has no direction: its valve is set once more.
    [[nodiscard]] bool settle_flat_rows() {
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
                    able[at(i)] = capacity(f);
                    for (const int* k = v_.column_begin(f); k != v_.column_end(f); ++k) {
                        able[at(i)] =
                            *k == i ? able[at(i)] : std::min(able[at(i)], limit(*k).value);
                    }
                }
                if (!place(r, v_.balance(r, able))) {
                    return false;
                }
                set_holds(r);
                for (int i = v_.row(r).begin; i < v_.row(r).end; ++i) {
                    choose_binder(v_.member(i).column);
                }
            }
            if (!any) {
                return true;
            }
        }
        return false;
    }

    /// Makers less users and demand.
    [[nodiscard]] double excess(int r) const {
        double sum = -ladders_.equations().demand[r];
        for (int i = v_.row(r).begin; i < v_.row(r).end; ++i) {
            const auto& one = v_.member(i);
            const double x = value_of(binder_[at(one.column)], one.column);
            sum += one.net() * x;
        }
        return sum;
    }

    /// Finds the step of the ladder at which the row stands.
    [[nodiscard]] bool place(int r, const RowState& state) {
        const auto& steps = ladders_.steps(r);
        place_[at(r)] = -1;
        for (std::size_t k = 0; k < steps.size(); ++k) {
            if (steps[k].rung == state.rung &&
                (!steps[k].is_level() || steps[k].cls == state.cls)) {
                place_[at(r)] = static_cast<int>(k);
            }
        }
        level_[at(r)] = state.level;
        if (place_[at(r)] < 0 && state.rung == Rung::sell && state.level == 0.0) {
            return place(r,
                         {Rung::buy, 0, 0.0}); // a closed market sells nothing, nor is any bought
        }
        return place_[at(r)] >= 0;
    }

    /// The least limit; among several that are nothing, one that stays nothing.
    void choose_binder(int f) {
        int chosen = -1;
        Limit least{capacity(f), 0.0};
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

    // Along a piece.

    /// The direction of the path on the piece where it stands, up to its sense: all levels move
    /// with what is elastic, or that of one row that nobody follows moves alone.
    [[nodiscard]] bool set_direction(int flat_row) {
        std::fill(level_move_.begin(), level_move_.end(), 0.0);
        if (flat_row >= 0) {
            share_move_ = 0.0;
            level_move_[at(flat_row)] = 1.0;
            return true;
        }
        share_move_ = -1.0;
        return solve_moves();
    }

    /// The rows that move when what is elastic does: those at such a step, and on from each level
    /// row all rows of the columns that follow it. Level rows get their place among the unknowns.
    void find_moving_rows() {
        moving_.clear();
        unknowns_ = 0;
        std::fill(position_.begin(), position_.end(), none);
        const auto reach = [this](int r) {
            if (position_[at(r)] == none) {
                position_[at(r)] = here(r).is_level() ? unknowns_++ : trades;
                moving_.push_back(r);
            }
        };
        for (int r = 0; r < v_.rows(); ++r) {
            if (here(r).elastic != 0.0) {
                reach(r);
            }
        }
        std::size_t k = 0;
        while (k < moving_.size()) { // which grows meanwhile
            const auto open = here(moving_[k++]).open;
            for (int i = open.begin; i < open.end; ++i) {
                const int f = v_.member(i).column;
                if (binder_[at(f)] == i) {
                    std::for_each(v_.column_begin(f), v_.column_end(f),
                                  [&](int other) { reach(v_.member(other).row); });
                }
            }
        }
    }

    /// Level rows among each other, then what the others trade.
    [[nodiscard]] bool solve_moves() {
        find_moving_rows();
        Eigen::VectorXd right(unknowns_);
        entries_.clear();
        for (const int r : moving_) {
            if (position_[at(r)] == trades) {
                continue;
            }
            right[position_[at(r)]] = -share_move_ * here(r).elastic;
            for (int i = here(r).open.begin; i < here(r).open.end; ++i) {
                const int f = v_.member(i).column;
                if (binder_[at(f)] != i) {
                    continue;
                }
                for (const int* k = v_.column_begin(f); k != v_.column_end(f); ++k) {
                    const auto& one = v_.member(*k);
                    if (position_[at(one.row)] != trades) {
                        entries_.emplace_back(position_[at(one.row)], position_[at(r)],
                                              one.net() * v_.member(i).weight);
                    }
                }
            }
        }
        Eigen::VectorXd moves;
        if (unknowns_ > 0 && !solver_.solve(unknowns_, entries_, right, moves)) {
            return false;
        }
        for (const int r : moving_) {
            if (position_[at(r)] != trades) {
                level_move_[at(r)] = moves[position_[at(r)]];
            }
        }
        for (const int r : moving_) {
            if (position_[at(r)] == trades) {
                double move = share_move_ * here(r).elastic;
                for (int i = v_.row(r).begin; i < v_.row(r).end; ++i) {
                    const auto& one = v_.member(i);
                    move += one.net() * rate_of(binder_[at(one.column)]);
                }
                level_move_[at(r)] = -move / here(r).slope;
            }
        }
        return true;
    }

    [[nodiscard]] Event next_event() const {
        Event next;
        const auto offer = [&next](const Event& event) {
            if (event.distance < next.distance) {
                next = event;
                next.distance = std::max(event.distance, 0.0);
            }
        };
        if (share_move_ < 0.0) {
            offer({Event::Kind::arrived, share_ / -share_move_, -1, -1, false});
        }
        for (int r = 0; r < v_.rows(); ++r) {
            const auto& step = here(r);
            const double sense = step.ample.at(1.0) > step.scarce.at(1.0) ? 1.0 : -1.0;
            for (const bool ample : {false, true}) {
                const auto& end = ample ? step.ample : step.scarce;
                // How fast the level comes towards this end, and how far that is.
                const double outward = ample ? sense : -sense;
                const double closing = outward * (level_move_[at(r)] - end.per_share * share_move_);
                const double gap = outward * (end.at(share_) - level_[at(r)]);
                if (closing > 0.0 && gap < unlimited) {
                    offer({Event::Kind::end_of_step, gap / closing, r, -1, ample});
                }
            }
        }
        for (int r = 0; r < v_.rows(); ++r) {
            if (here(r).is_level() && level_move_[at(r)] != 0.0) {
                for (int i = here(r).open.begin; i < here(r).open.end; ++i) {
                    offer_meetings(i, offer);
                }
            }
        }
        return next;
    }

    /// Where the moving limit of the member meets another one of its column.
    template <class Offer>
    void offer_meetings(int i, Offer offer) const {
        const int f = v_.member(i).column;
        const int by = binder_[at(f)];
        const double x = value_of(by, f);
        const double move = rate_of(by);
        const auto meet = [&](int other) {
            const double closing = move - rate_of(other);
            if (closing > 0.0) {
                offer({Event::Kind::other_binder, (value_of(other, f) - x) / closing, f, other,
                       false});
            }
        };
        if (by != i) {
            meet(i);
            return;
        }
        meet(-1);
        for (const int* other = v_.column_begin(f); other != v_.column_end(f); ++other) {
            if (*other != by && hold_[at(*other)] == Hold::level) {
                meet(*other);
            }
        }
    }

    void advance(double distance) {
        share_ += distance * share_move_;
        for (int r = 0; r < v_.rows(); ++r) {
            level_[at(r)] += distance * level_move_[at(r)];
        }
    }

    // From piece to piece.

    [[nodiscard]] bool pass(const Event& event) {
        return event.kind == Event::Kind::end_of_step ? pass_step(event.index, event.ample)
                                                      : pass_binder(event.index, event.binder);
    }

    /// The row goes on to the next step of its ladder.
    [[nodiscard]] bool pass_step(int r, bool upward) {
        const int next = place_[at(r)] + (upward ? 1 : -1);
        if (next < 0 || next >= static_cast<int>(ladders_.steps(r).size())) {
            return false;
        }
        place_[at(r)] = next;
        const auto& step = here(r);
        const auto& entry = upward ? step.scarce : step.ample;
        const double inward = (step.ample.at(1.0) > step.scarce.at(1.0)) == upward ? 1.0 : -1.0;
        level_[at(r)] = entry.at(share_);
        set_holds(r);
        for (int i = v_.row(r).begin; i < v_.row(r).end; ++i) {
            choose_binder(v_.member(i).column);
        }
        return turn([&] { return inward * (level_move_[at(r)] - entry.per_share * share_move_); },
                    r);
    }

    /// The column is bound by another member from here on.
    [[nodiscard]] bool pass_binder(int f, int binder) {
        const int before = binder_[at(f)];
        binder_[at(f)] = binder;
        // What bound it until now must go on to allow more than what binds it from now on.
        return turn([&] { return rate_of(before) - rate_of(binder); },
                    before < 0 ? -1 : v_.member(before).row);
    }

    /// Takes the direction on the new piece in which `onward` is positive. A level that no column
    /// follows moves alone, while what is elastic stays.
    template <class Onward>
    [[nodiscard]] bool turn(Onward onward, int suspect) {
        const bool flat = suspect >= 0 && here(suspect).is_level() && !is_followed(suspect);
        if (!set_direction(flat ? suspect : -1)) {
            return false;
        }
        const double sense = onward();
        if (sense < 0.0) {
            share_move_ = -share_move_;
            for (auto& move : level_move_) {
                move = -move;
            }
        }
        return sense != 0.0;
    }

    [[nodiscard]] bool is_followed(int r) const {
        const auto open = here(r).open;
        for (int i = open.begin; i < open.end; ++i) {
            if (binder_[at(v_.member(i).column)] == i && v_.member(i).weight > 0.0) {
                return true;
            }
        }
        return false;
    }

    PathLadders ladders_;
    const Valves& v_;
    LevelSolver& solver_;

    double share_ = 0.0;        // of what is elastic that is still allowed
    std::vector<int> place_;    // by row: step of its ladder
    std::vector<double> level_; // by row
    std::vector<Hold> hold_;    // by member
    std::vector<int> binder_;   // by column: member, -1: capacity
    static constexpr int none = -1;
    static constexpr int trades = -2;
    std::vector<int> position_; // by row: unknown of the solve, or one of these
    std::vector<int> moving_;   // rows
    int unknowns_ = 0;
    std::vector<Eigen::Triplet<double>> entries_;
    double share_move_ = 0.0;
    std::vector<double> level_move_;
};

} // namespace

std::optional<std::vector<RowState>> follow_path(const Valves& valves, LevelSolver& solver,
                                                 int attempt,
                                                 const std::vector<char>& elastic_rows) {
    Path path(valves, solver, attempt, elastic_rows);
    if (!path.follow()) {
        return std::nullopt;
    }
    return path.states();
}

} // namespace chainsim::solve::detail
