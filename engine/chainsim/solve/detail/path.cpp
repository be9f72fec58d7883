#include <chainsim/solve/detail/levels.hpp>
#include <chainsim/solve/detail/path.hpp>
#include <chainsim/solve/detail/settle.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace chainsim::solve::detail {

using system::unlimited;

namespace {

/// Numbers in [0, 1) from a key, without a state: SplitMix64 (Steele, Lea, Flood 2014).
double noise(std::uint64_t key) {
    std::uint64_t z = (key + 1) * 0x9E3779B97F4A7C15ULL;
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
    z ^= z >> 31U;
    return static_cast<double>(z >> 11U) * 0x1.0p-53;
}

/// The equations and valves with figures moved a little.
struct Moved {
    static constexpr double size = 1e-7;

    Moved(const Valves& from, int attempt)
        : equations(moved(from.equations(), attempt)), valves(from, equations) {
        std::vector<double> weight;
        for (std::size_t i = 0; i < from.members().size(); ++i) {
            const auto& one = from.members()[i];
            weight.push_back(one.weight * factor(attempt, 1, one.column * from.rows() + one.row));
        }
        valves.set_weights(weight);
    }

    [[nodiscard]] static double factor(int attempt, unsigned kind, int index) {
        const auto key = (static_cast<std::uint64_t>(attempt) << 40U) +
                         (static_cast<std::uint64_t>(kind) << 32U) +
                         static_cast<std::uint64_t>(index);
        return 1.0 + size * (noise(key) - 0.5);
    }
    [[nodiscard]] static system::Equations moved(system::Equations eq, int attempt) {
        for (int f = 0; f < eq.columns(); ++f) {
            eq.capacity[f] *= factor(attempt, 0, f);
            // A trace of demand everywhere, so that no commodity is neither short nor in surplus.
            for (int e = eq.net.outerIndexPtr()[f]; e < eq.net.outerIndexPtr()[f + 1]; ++e) {
                const int r = eq.net.innerIndexPtr()[e];
                eq.demand[r] += 0.01 * size * factor(attempt, 2, r) *
                                std::abs(eq.net.valuePtr()[e]) * eq.capacity[f];
            }
        }
        return eq;
    }

    system::Equations equations;
    Valves valves;
};

/// An end of a step: a level, or one in proportion to what is still elastic.
struct End {
    double level = 0.0;
    double per_share = 0.0;
    [[nodiscard]] double at(double share) const {
        return per_share > 0.0 ? per_share * share : level;
    }
};

/// One rung or class on the ladder of a row. Its level runs from `scarce` to `ample` as the row
/// turns; the row trades `trade + elastic * share + slope * level`.
struct Step {
    Rung rung = Rung::buy;
    int cls = 0;
    End scarce;
    End ample;
    double trade = 0.0;
    double elastic = 0.0;
    double slope = 0.0;
    Range open; ///< members whose limit is the level
    [[nodiscard]] bool is_level() const { return slope == 0.0; }
};

class Path {
public:
    Path(const Valves& valves, int attempt, const std::vector<char>& elastic_rows)
        : moved_(valves, attempt), v_(moved_.valves),
          plentiful_(valves.chain() == Chain::plentiful) {
        moved_.valves.set_elastic_rows(elastic_rows);
    }

    [[nodiscard]] bool follow() {
        prepare();
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
                const auto& beside = steps_[at(r)][at(place_[at(r)] + 1)];
                state = {beside.rung, beside.cls, beside.scarce.at(0.0)};
            } else if (step.rung == Rung::hold_other && !step.is_level()) {
                state.level = 0.0;
            } else if (step.rung == Rung::broken && plentiful_) {
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
    [[nodiscard]] const system::Equations& eq() const { return moved_.equations; }
    [[nodiscard]] double capacity(int f) const { return moved_.equations.capacity[f]; }

    // ---- ladders -----------------------------------------------------------------------------

    void prepare() {
        steps_.resize(at(v_.rows()));
        for (int r = 0; r < v_.rows(); ++r) {
            prepare_row(r);
        }
    }

    void prepare_row(int r) {
        auto& steps = steps_[at(r)];
        double supply = 0.0; // at full capacity, as is the use
        double use = eq().demand[r];
        for (int i = v_.row(r).begin; i < v_.row(r).end; ++i) {
            const auto& one = v_.member(i);
            (one.is_maker() ? supply : use) += one.rate * capacity(one.column);
        }
        // What nobody reaches; a little different for each row.
        const double ample = 1.1 + 0.1 * noise(static_cast<std::uint64_t>(r));
        const bool is_elastic = v_.is_elastic_row(r);
        const double gift = is_elastic ? ample * std::max(use, 1e-6 * supply) : 0.0;
        const double drain = is_elastic ? ample * std::max(supply, 1e-6 * use) : 0.0;
        const double buy = eq().buy_limit[r];
        const bool open_sale = eq().sell_limit[r] == unlimited;
        // A market larger than all supply is never full: how much larger does not matter.
        const double sell = open_sale ? 0.0 : std::min(eq().sell_limit[r], 1.01 * supply);
        const bool buy_first = eq().buy_first[at(r)] != 0;
        const bool has_outlet = open_sale || eq().sink[at(r)] != 0;
        if (buy < unlimited) {
            steps.push_back({Rung::broken, 0, {unlimited, 0.0}, {}, buy, gift, 1.0, {}});
            add_classes(r, Rung::ration, buy, gift);
            if (gift > 0.0) {
                steps.push_back({Rung::outside, 0, {0.0, gift}, {}, buy, 0.0, 1.0, {}});
            }
            if (buy_first) {
                add_classes(r, Rung::hold_demand, buy, 0.0);
            }
        }
        // Kept where there is nothing to buy: what is elastic comes down to its border.
        steps.push_back({Rung::buy, 0, {buy, 0.0}, {}, 0.0, 0.0, 1.0, {}});
        if (sell > 0.0) {
            steps.push_back({Rung::sell, 0, {}, {sell, 0.0}, 0.0, 0.0, -1.0, {}});
        }
        if (!buy_first) {
            add_classes(r, Rung::hold_demand, -sell, 0.0);
        }
        if (!has_outlet) {
            if (drain > 0.0) {
                steps.push_back({Rung::sink, 0, {}, {0.0, drain}, -sell, 0.0, -1.0, {}});
            }
            add_classes(r, Rung::hold_other, -sell, -drain);
        }
        // Without an outlet this last step means that nobody makes any more.
        steps.push_back({open_sale    ? Rung::sell_open
                         : has_outlet ? Rung::sink
                                      : Rung::hold_other,
                         std::max(v_.other_makers(r).class_count() - 1, 0),
                         {},
                         {unlimited, 0.0},
                         -sell,
                         has_outlet ? 0.0 : -drain,
                         -1.0,
                         {}});
    }

    void add_classes(int r, Rung rung, double trade, double elastic) {
        const auto& list = v_.list(r, rung);
        for (int cls = 0; cls < list.class_count(); ++cls) {
            const auto range = v_.class_of(list, cls);
            if (plentiful_ && rung == Rung::ration && v_.member(range.begin).role == Role::user) {
                continue; // made up from outside
            }
            const End top{top_level(range), 0.0};
            if (top.level > 0.0) {
                const bool users = rung == Rung::ration;
                steps_[at(r)].push_back({rung, cls, users ? End{} : top, users ? top : End{}, trade,
                                         elastic, 0.0, range});
            }
        }
    }

    /// The level beyond which nobody of the class is held any more, and a little further, so that
    /// this does not fall together with the end of the step.
    [[nodiscard]] double top_level(Range range) const {
        double level = 0.0;
        for (int i = range.begin; i < range.end; ++i) {
            const auto& one = v_.member(i);
            if (one.weight > 0.0) {
                level = std::max(level, capacity(one.column) / one.weight);
            }
        }
        return 1.01 * level;
    }

    [[nodiscard]] const Step& here(int r) const { return steps_[at(r)][at(place_[at(r)])]; }

    // ---- limits ------------------------------------------------------------------------------

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
            return (step.rung == Rung::broken && (one.role == Role::last_user || !plentiful_)) ||
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

    // ---- start -------------------------------------------------------------------------------

    /// The elastic chain, solved by sweeps: where all rows are elastic, nothing is short or held
    /// back but makers on demand.
    [[nodiscard]] bool start() {
        place_.assign(at(v_.rows()), -1);
        level_.assign(at(v_.rows()), 0.0);
        level_move_.assign(at(v_.rows()), 0.0);
        position_.assign(at(v_.rows()), none);
        binder_.assign(at(v_.columns()), -1);
        share_ = 1.0;
        moved_.valves.set_chain(Chain::elastic);
        Iterate iterate(v_);
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
        double sum = -eq().demand[r];
        for (int i = v_.row(r).begin; i < v_.row(r).end; ++i) {
            const auto& one = v_.member(i);
            const double x = value_of(binder_[at(one.column)], one.column);
            sum += one.net() * x;
        }
        return sum;
    }

    /// Finds the step of the ladder at which the row stands.
    [[nodiscard]] bool place(int r, const RowState& state) {
        const auto& steps = steps_[at(r)];
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

    // ---- along a piece -------------------------------------------------------------------------

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
        for (std::size_t k = 0; k < moving_.size(); ++k) {
            const auto open = here(moving_[k]).open;
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
        if (unknowns_ > 0 && !solve_levels(unknowns_, entries_, right, moves)) {
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

    // ---- from piece to piece -------------------------------------------------------------------

    [[nodiscard]] bool pass(const Event& event) {
        return event.kind == Event::Kind::end_of_step ? pass_step(event.index, event.ample)
                                                      : pass_binder(event.index, event.binder);
    }

    /// The row goes on to the next step of its ladder.
    [[nodiscard]] bool pass_step(int r, bool upward) {
        const int next = place_[at(r)] + (upward ? 1 : -1);
        if (next < 0 || next >= static_cast<int>(steps_[at(r)].size())) {
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

    Moved moved_;
    const Valves& v_;
    bool plentiful_;                       ///< the chain at the end of the path; else the real one
    std::vector<std::vector<Step>> steps_; // by row, from short to abundant

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

std::optional<std::vector<RowState>> follow_path(const Valves& valves, int attempt,
                                                 const std::vector<char>& elastic_rows) {
    Path path(valves, attempt, elastic_rows);
    if (!path.follow()) {
        return std::nullopt;
    }
    return path.states();
}

} // namespace chainsim::solve::detail
