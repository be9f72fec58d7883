#pragma once

// Part of a kernel: included by it only, once for each instruction set, and all in an unnamed
// namespace of CHAINSIM_KERNEL_ISA, so that no copy is shared.
#include <chainsim/solve/detail/lane_sweep.hpp>
#include <chainsim/solve/detail/lanes.hpp>

namespace chainsim::solve::detail::CHAINSIM_KERNEL_ISA {

namespace { // NOLINT(cert-dcl59-cpp,google-build-namespaces): see above

/// Which chain is solved: what is short is made up from outside, or not.
enum class Chain { plentiful, real };

/// One row of eight draws, as `Valves::balance` and `Valves::allow` have it together.
class Sweeper {
public:
    Sweeper(const LaneTables& tables, const LaneFigures& figures)
        : t_(tables), capacity_(cast(figures.capacity)), demand_(cast(figures.demand)),
          buy_(cast(figures.buy)), sell_(cast(figures.sell)), rate_(cast(figures.rate)),
          weight_(cast(figures.weight)), late_(cast(figures.late)), able_(cast(figures.able)),
          limit_(cast(figures.limit)), activity_(cast(figures.activity)),
          second_(cast(figures.second)), before_(cast(figures.before)), stale_(figures.stale) {}

    void set_chain(Chain chain) { chain_ = chain; }

    /// Sweeps until nothing moves. -> the draws that still do.
    Mask settle() {
        for (int r = 0; r < t_.rows; ++r) {
            stale_[r] = 1;
        }
        constexpr int look_back = 24;
        constexpr int give_up = 28;
        Mask restless = {};
        dropped_ = Mask{};
        bool forward = true;
        for (int sweep = 0; sweep < t_.sweeps; ++sweep) {
            bool is_quiet = true;
            restless = Mask{};
            if (sweep == look_back) {
                for (int f = 0; f < t_.columns; ++f) {
                    before_[f] = activity_[f];
                }
            }
            for (int k = 0; k < t_.rows; ++k) {
                const int r = t_.order[forward ? k : t_.rows - 1 - k];
                if (stale_[r] != 0) {
                    stale_[r] = 0;
                    is_quiet = false;
                    restless |= set_row(r);
                }
            }
            if (is_quiet) {
                break;
            }
            if (sweep == give_up) {
                drop_slow();
            }
            forward = !forward;
        }
        return restless | dropped_;
    }

    /// Draws that still move by what shows are left alone: they die slowly or run in circles, and
    /// the others should not wait for them.
    void drop_slow() {
        for (int f = 0; f < t_.columns; ++f) {
            dropped_ |= distance(activity_[f], before_[f]) > all(1e-5) * capacity_[f];
        }
    }

    /// Looks at every row as they all stand: `is_short` and `is_broken` then speak of these.
    void look_at_all() {
        short_ = Mask{};
        broken_ = Mask{};
        for (int r = 0; r < t_.rows; ++r) {
            look(r);
            short_ |= row_.outside;
        }
    }
    /// Draws in which some row is made up from outside.
    [[nodiscard]] Mask is_short() const { return short_; }
    /// Draws in which a demand cannot be met.
    [[nodiscard]] Mask is_broken() const { return broken_; }

private:
    static Lanes* cast(double* p) { return reinterpret_cast<Lanes*>(p); }
    static const Lanes* cast(const double* p) { return reinterpret_cast<const Lanes*>(p); }

    [[nodiscard]] int class_begin(int r, int list) const { return t_.list_begin[3 * r + list]; }
    [[nodiscard]] int first(int r, int list) const {
        return t_.class_begin[t_.list_begin[3 * r + list]];
    }

    /// What everything but its own row allows a member.
    CHAINSIM_INLINE Lanes allowed_elsewhere(int i) const {
        const int f = t_.member_column[i];
        return limit_[t_.member_slot[i]] == activity_[f] ? second_[f] : activity_[f];
    }

    struct Row {
        Lanes use, on_call, surplus;
        Mask outside, rationed, free; ///< short with help, short, not short
        Lanes net;
    };

    void look(int r) {
        Lanes use = {};
        Lanes last = {};
        Lanes on_call = {};
        Lanes others = {};
        const int users = first(r, 0);
        const int makers = first(r, 1);
        const int rest = first(r, 2);
        const int end = first(r + 1, 0);
        for (int i = users; i < makers; ++i) {
            able_[i] = allowed_elsewhere(i);
            const Lanes amount = rate_[i] * able_[i];
            use += amount;
            if (t_.member_is_last[i] != 0) {
                last += amount;
            }
        }
        for (int i = makers; i < rest; ++i) {
            able_[i] = allowed_elsewhere(i);
            on_call += rate_[i] * able_[i];
        }
        for (int i = rest; i < end; ++i) {
            able_[i] = allowed_elsewhere(i);
            others += rate_[i] * able_[i];
        }
        const Lanes supply = on_call + others;
        row_.net = supply - demand_[r] + buy_[r];
        const Mask is_short = row_.net < use;
        row_.outside = chain_ == Chain::plentiful ? is_short & (row_.net < use - last) : Mask{};
        row_.rationed = is_short & ~row_.outside;
        row_.free = ~is_short;
        broken_ |= row_.rationed & (row_.net < all(-1e-12) * (supply + demand_[r] + use));
        row_.use = use;
        row_.on_call = on_call;
        row_.surplus = supply - use - demand_[r];
    }

    /// The level at which the members of a class take `amount`; those of another sort of lateness
    /// take no part.
    CHAINSIM_INLINE Lanes fill(int begin, int end, const Lanes& amount, bool has_late,
                               double late) const {
        Lanes level = {};
        for (int round = begin; round <= end; ++round) {
            Lanes left = amount;
            Lanes open = {};
            for (int i = begin; i < end; ++i) {
                const Lanes rate =
                    has_late ? (late_[i] == all(late) ? rate_[i] : Lanes{}) : rate_[i];
                const Mask full =
                    (able_[i] <= level * weight_[i]) & (round > begin ? ~Mask{} : Mask{});
                left -= full ? rate * able_[i] : Lanes{};
                open += full ? Lanes{} : rate * weight_[i];
            }
            const Lanes next = open > Lanes{} ? greater(left, Lanes{}) / open : level;
            const Mask rises = next > level;
            if (!any(rises)) {
                break;
            }
            level = rises ? next : level;
        }
        return level;
    }

    /// The limit of a member; its column is looked at anew, and rows that see a difference become
    /// stale.
    CHAINSIM_INLINE void put(int i, const Lanes& limit) {
        const int s = t_.member_slot[i];
        if (!any(limit_[s] != limit)) {
            return;
        }
        limit_[s] = limit;
        const int f = t_.member_column[i];
        const Lanes capacity = capacity_[f];
        Lanes least = capacity;
        Lanes second = all(without_limit);
        for (int k = t_.column_begin[f]; k < t_.column_begin[f + 1]; ++k) {
            second = lesser(second, greater(least, limit_[k]));
            least = lesser(limit_[k], least);
        }
        const Lanes change =
            greater(distance(least, activity_[f]),
                    distance(lesser(second, capacity), lesser(second_[f], capacity)));
        activity_[f] = least;
        second_[f] = second;
        const Mask moved = (change > all(1e-11) * capacity) & ~dropped_;
        if (any(moved)) {
            moved_ |= moved & (change > all(1e-10) * capacity);
            for (int k = t_.column_begin[f]; k < t_.column_begin[f + 1]; ++k) {
                if (k != s) {
                    stale_[t_.slot_row[k]] = 1;
                }
            }
        }
    }

    /// What the members are able to take or make. Out of line: in the middle of a sweep the sum
    /// would have no register left.
    __attribute__((noinline)) Lanes total(int begin, int end) const {
        Lanes sum = {};
        for (int i = begin; i < end; ++i) {
            sum += rate_[i] * able_[i];
        }
        return sum;
    }
    /// Of those that are late (1), or are not (0).
    __attribute__((noinline)) Lanes total_of(int begin, int end, double late) const {
        Lanes sum = {};
        for (int i = begin; i < end; ++i) {
            sum += late_[i] == all(late) ? rate_[i] * able_[i] : Lanes{};
        }
        return sum;
    }

    /// Users class by class; where nothing is short all are served.
    void serve(int r) {
        if (!any(row_.rationed)) {
            serve_all(first(r, 0), first(r, 1));
            return;
        }
        Lanes amount = greater(row_.net, Lanes{});
        Mask done = {};
        for (int c = class_begin(r, 0); c < class_begin(r, 1); ++c) {
            const int begin = t_.class_begin[c];
            const int end = t_.class_begin[c + 1];
            bool has_late = false;
            if (chain_ == Chain::real) {
                Mask late = {};
                for (int i = begin; i < end; ++i) {
                    late |= late_[i] > Lanes{};
                }
                has_late = any(late);
            }
            serve_part(begin, end, has_late ? total_of(begin, end, 0.0) : total(begin, end), amount,
                       done, has_late, 0.0);
            if (has_late) {
                serve_part(begin, end, total_of(begin, end, 1.0), amount, done, true, 1.0);
            }
        }
    }

    /// But for those who take what others leave, where these are made up from outside.
    CHAINSIM_INLINE void serve_all(int begin, int end) {
        for (int i = begin; i < end; ++i) {
            const Lanes last = row_.outside ? Lanes{} : all(without_limit);
            put(i, t_.member_is_last[i] != 0 ? last : all(without_limit));
        }
    }

    CHAINSIM_INLINE void serve_part(int begin, int end, const Lanes& wanted, Lanes& amount,
                                    Mask& done, bool has_late, double late) {
        const Mask open = row_.rationed & ~done;
        const Mask bind = open & (amount < wanted);
        const Lanes level = any(bind) ? fill(begin, end, amount, has_late, late) : Lanes{};
        for (int i = begin; i < end; ++i) {
            const Lanes own = bind                   ? level * weight_[i]
                              : row_.rationed & done ? Lanes{}
                                                     : all(without_limit);
            const Lanes limit = t_.member_is_last[i] != 0 && chain_ == Chain::plentiful
                                    ? (row_.outside ? Lanes{} : own)
                                    : own;
            if (!has_late) {
                put(i, limit);
            } else { // the other sort keeps what it has
                put(i, late_[i] == all(late) ? limit : limit_[t_.member_slot[i]]);
            }
        }
        amount = open & ~bind ? amount - wanted : amount;
        done |= bind;
    }

    /// Makers of a list held back by `surplus` where `held`, off where `off`, free elsewhere.
    void hold(int r, int list, const Mask& held, Lanes surplus, const Mask& off) {
        if (!any(held)) {
            for (int i = first(r, list); i < first(r, list + 1); ++i) {
                put(i, off ? Lanes{} : all(without_limit));
            }
            return;
        }
        Mask done = {};
        for (int c = class_begin(r, list); c < class_begin(r, list + 1); ++c) {
            const int begin = t_.class_begin[c];
            const int end = t_.class_begin[c + 1];
            const Lanes made = total(begin, end);
            const Mask open = held & ~done;
            const Mask bind = open & (surplus <= made);
            const Lanes level = any(bind)
                                    ? fill(begin, end, greater(made - surplus, Lanes{}), false, 0.0)
                                    : Lanes{};
            for (int i = begin; i < end; ++i) {
                put(i, off            ? Lanes{}
                       : bind         ? level * weight_[i]
                       : open & ~bind ? Lanes{}
                                      : all(without_limit));
            }
            surplus = open & ~bind ? surplus - made : surplus;
            done |= bind;
        }
    }

    /// -> the draws that moved.
    Mask set_row(int r) {
        moved_ = Mask{};
        look(r);
        const bool buy_first = t_.buy_first[r] != 0;
        const bool is_open = t_.is_open[r] != 0;
        Lanes surplus = row_.surplus;
        Mask held = {}; // makers on demand
        Mask off = {};  // makers on demand
        Mask held_other = {};
        Lanes demand_surplus = {};
        if (buy_first) {
            surplus -= row_.on_call;
            held = row_.free & (-surplus > buy_[r]);
            demand_surplus = surplus + row_.on_call + buy_[r];
            off = row_.free & ~held;
        }
        Mask rest = row_.free & ~held & (surplus >= Lanes{});
        if (!is_open) {
            const Mask sells = rest & (surplus <= sell_[r]);
            surplus = rest & ~sells ? surplus - sell_[r] : surplus;
            rest &= ~sells;
        }
        if (!buy_first) {
            held = rest & (surplus <= row_.on_call) & (row_.on_call > Lanes{});
            demand_surplus = surplus;
            rest &= ~held;
            off = rest;
            surplus = greater(surplus - row_.on_call, Lanes{});
        }
        if (!is_open && t_.has_sink[r] == 0) {
            held_other = rest;
        }
        serve(r);
        hold(r, 1, held, demand_surplus, off);
        hold(r, 2, held_other, surplus, Mask{});
        return moved_;
    }

    const LaneTables& t_;
    const Lanes* capacity_;
    const Lanes* demand_;
    const Lanes* buy_;
    const Lanes* sell_;
    const Lanes* rate_;
    const Lanes* weight_;
    const Lanes* late_;
    Lanes* able_;
    Lanes* limit_;
    Lanes* activity_; ///< by column: the least that it is allowed
    Lanes* second_;   ///< by column: the least of the others
    Lanes* before_;
    char* stale_;
    Chain chain_ = Chain::plentiful;
    Row row_{};
    Mask moved_ = {};
    Mask dropped_ = {};
    Mask short_ = {};
    Mask broken_ = {};
};

} // namespace

} // namespace chainsim::solve::detail::CHAINSIM_KERNEL_ISA
