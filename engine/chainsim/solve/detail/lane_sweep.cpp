// A kernel: compiled for each instruction set, see chainsim_kernel of the build.
#include <chainsim/solve/detail/lane_sweep.hpp>

namespace chainsim::solve::detail::CHAINSIM_KERNEL_ISA {

namespace {

using Lanes = double __attribute__((vector_size(64)));
using Mask = long __attribute__((vector_size(64))); // all bits or none, by lane

#define CHAINSIM_INLINE inline __attribute__((always_inline))

CHAINSIM_INLINE Lanes lesser(const Lanes& a, const Lanes& b) { return a < b ? a : b; }
CHAINSIM_INLINE Lanes greater(const Lanes& a, const Lanes& b) { return a < b ? b : a; }
CHAINSIM_INLINE Lanes all(double value) {
    return Lanes{value, value, value, value, value, value, value, value};
}
CHAINSIM_INLINE bool any(const Mask& mask) {
    const Mask half = mask | __builtin_shufflevector(mask, mask, 4, 5, 6, 7, 0, 1, 2, 3);
    const Mask quarter = half | __builtin_shufflevector(half, half, 2, 3, 0, 1, 6, 7, 4, 5);
    return (quarter[0] | quarter[1]) != 0;
}
CHAINSIM_INLINE unsigned bits(const Mask& mask) {
    unsigned out = 0;
    for (unsigned lane = 0; lane < 8; ++lane) {
        out |= mask[lane] != 0 ? 1U << lane : 0U;
    }
    return out;
}

constexpr double without_limit = __builtin_inf();

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
          before_(cast(figures.before)), stale_(figures.stale) {}

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
            const Lanes change = greater(activity_[f] - before_[f], before_[f] - activity_[f]);
            dropped_ |= change > all(1e-5) * capacity_[f];
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
        const int own = t_.member_slot[i];
        Lanes least = capacity_[f];
        for (int s = t_.column_begin[f]; s < own; ++s) {
            least = lesser(limit_[s], least);
        }
        for (int s = own + 1; s < t_.column_begin[f + 1]; ++s) {
            least = lesser(limit_[s], least);
        }
        return least;
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

    CHAINSIM_INLINE void put(int i, const Lanes& limit) {
        const int s = t_.member_slot[i];
        const int f = t_.member_column[i];
        const Lanes before = lesser(limit_[s], capacity_[f]);
        const Lanes after = lesser(limit, capacity_[f]);
        const Lanes change = greater(after - before, before - after);
        limit_[s] = limit;
        activity_[f] = lesser(able_[i], limit);
        const Mask moved = (change > all(1e-11) * capacity_[f]) & ~dropped_;
        if (any(moved)) {
            moved_ |= moved & (change > all(1e-10) * capacity_[f]);
            for (int k = t_.column_begin[f]; k < t_.column_begin[f + 1]; ++k) {
                if (k != s) {
                    stale_[t_.slot_row[k]] = 1;
                }
            }
        }
    }

    /// Users class by class; where nothing is short all are served.
    void serve(int r) {
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
            Lanes wanted = {};
            for (int i = begin; i < end; ++i) {
                wanted += has_late ? (late_[i] > Lanes{} ? Lanes{} : rate_[i] * able_[i])
                                   : rate_[i] * able_[i];
            }
            serve_part(begin, end, wanted, amount, done, has_late, 0.0);
            if (has_late) {
                Lanes left_over = {};
                for (int i = begin; i < end; ++i) {
                    left_over += late_[i] > Lanes{} ? rate_[i] * able_[i] : Lanes{};
                }
                serve_part(begin, end, left_over, amount, done, true, 1.0);
            }
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
        Mask done = {};
        for (int c = class_begin(r, list); c < class_begin(r, list + 1); ++c) {
            const int begin = t_.class_begin[c];
            const int end = t_.class_begin[c + 1];
            Lanes made = {};
            for (int i = begin; i < end; ++i) {
                made += rate_[i] * able_[i];
            }
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
    Lanes* activity_;
    Lanes* before_;
    char* stale_;
    Chain chain_ = Chain::plentiful;
    Row row_{};
    Mask moved_ = {};
    Mask dropped_ = {};
    Mask short_ = {};
    Mask broken_ = {};
};

/// Trades of a row from what runs; -> the draws in which it balances.
Mask trade(const LaneTables& t, const LaneFigures& figures, int r) {
    const auto* const rate = reinterpret_cast<const Lanes*>(figures.rate);
    const auto* const activity = reinterpret_cast<const Lanes*>(figures.activity);
    const auto* const capacity = reinterpret_cast<const Lanes*>(figures.capacity);
    const Lanes demand = reinterpret_cast<const Lanes*>(figures.demand)[r];
    const Lanes buy = reinterpret_cast<const Lanes*>(figures.buy)[r];
    const Lanes sell = reinterpret_cast<const Lanes*>(figures.sell)[r];
    const int users = t.class_begin[t.list_begin[3 * r]];
    const int makers = t.class_begin[t.list_begin[3 * r + 1]];
    const int end = t.class_begin[t.list_begin[3 * r + 3]];
    Lanes used = {};
    Lanes made = {};
    Lanes nominal = {};
    for (int i = users; i < end; ++i) {
        const Lanes amount = rate[i] * activity[t.member_column[i]];
        nominal += rate[i] * capacity[t.member_column[i]];
        (i < makers ? used : made) += amount;
    }
    const Lanes surplus = made - used - demand;
    const Lanes bought = lesser(greater(-surplus, Lanes{}), buy);
    const Lanes sold = lesser(greater(surplus, Lanes{}), sell);
    const Lanes left = greater(surplus - sold, Lanes{});
    const Lanes disposed = t.has_sink[r] != 0 ? left : Lanes{};
    reinterpret_cast<Lanes*>(figures.bought)[r] = bought;
    reinterpret_cast<Lanes*>(figures.sold)[r] = sold;
    reinterpret_cast<Lanes*>(figures.disposed)[r] = disposed;
    const Lanes open = surplus + bought - sold - disposed;
    const Lanes off = greater(open, -open);
    return off <= all(1e-9) * greater(greater(made + bought, used + demand), all(1e-6) * nominal);
}

/// Who stands still because of each other, as `find_deadlock` and `find_starving_loop` have it for
/// one draw: sets of columns are bits of eight draws here.
class Standstill {
public:
    Standstill(const LaneTables& tables, const LaneFigures& figures)
        : t_(tables), stands_(figures.stands), starves_(figures.starves), held_(figures.held),
          some_(figures.some), capacity_(reinterpret_cast<const Lanes*>(figures.capacity)),
          activity_(reinterpret_cast<const Lanes*>(figures.activity)),
          limit_(reinterpret_cast<const Lanes*>(figures.limit)) {}

    /// The draws with a deadlock, or a loop that starves itself.
    [[nodiscard]] unsigned find() {
        look();
        return deadlock() | starving();
    }

private:
    using Bits = unsigned;

    [[nodiscard]] int list_of(int r, int i) const {
        return i < t_.class_begin[t_.list_begin[3 * r + 1]]   ? 0
               : i < t_.class_begin[t_.list_begin[3 * r + 2]] ? 1
                                                              : 2;
    }

    void look() {
        const Lanes nothing = all(1e-12);
        for (int f = 0; f < t_.columns; ++f) {
            const Lanes capacity = capacity_[f];
            const Mask still = activity_[f] <= nothing * capacity;
            const Mask is_there = capacity > Lanes{};
            stands_[f] = 0;
            starves_[f] = static_cast<unsigned char>(bits(~is_there));
            if (!any(still)) {
                continue;
            }
            Bits bound = 0;
            for (int s = t_.column_begin[f]; s < t_.column_begin[f + 1]; ++s) {
                const Bits own = bits(limit_[s] <= nothing * capacity);
                held_[t_.slot_member[s]] = static_cast<unsigned char>(own);
                bound |= own;
            }
            stands_[f] = static_cast<unsigned char>(bits(still & is_there) & bound);
            starves_[f] |= stands_[f];
        }
    }

    /// Of the users and of the makers of every row: in which draws some, or not all, are of a set.
    void count(const unsigned char* set, bool not_all) {
        for (int k = 0; k < 2 * t_.rows; ++k) {
            some_[k] = 0;
        }
        for (int f = 0; f < t_.columns; ++f) {
            const auto own = static_cast<unsigned char>(not_all ? ~Bits{set[f]} : set[f]);
            for (int s = t_.column_begin[f]; own != 0 && s < t_.column_begin[f + 1]; ++s) {
                const int r = t_.slot_row[s];
                some_[2 * r + (list_of(r, t_.slot_member[s]) == 0 ? 0 : 1)] |= own;
            }
        }
    }

    [[nodiscard]] Bits deadlock() {
        for (bool changed = true; changed;) {
            changed = false;
            count(stands_, false);
            for (int f = 0; f < t_.columns; ++f) {
                Bits rest = stands_[f];
                for (int s = t_.column_begin[f]; rest != 0 && s < t_.column_begin[f + 1]; ++s) {
                    const int r = t_.slot_row[s];
                    const int i = t_.slot_member[s];
                    const Bits relieved = some_[2 * r + (list_of(r, i) == 0 ? 1 : 0)];
                    rest &= ~Bits{held_[i]} | relieved;
                }
                changed = changed || rest != stands_[f];
                stands_[f] = static_cast<unsigned char>(rest);
            }
        }
        // Makers on demand that merely wait for each other are idle, not in a deadlock.
        Bits busy = 0;
        for (int f = 0; f < t_.columns; ++f) {
            for (int s = t_.column_begin[f]; stands_[f] != 0 && s < t_.column_begin[f + 1]; ++s) {
                const int i = t_.slot_member[s];
                if (list_of(t_.slot_row[s], i) != 1) {
                    busy |= Bits{stands_[f]} & held_[i];
                }
            }
        }
        return busy;
    }

    /// In which draws a member is a user that stands still for want of what only the set could
    /// make.
    [[nodiscard]] Bits starved(int s) const {
        const int r = t_.slot_row[s];
        const int i = t_.slot_member[s];
        const bool has_makers =
            t_.class_begin[t_.list_begin[3 * r + 1]] < t_.class_begin[t_.list_begin[3 * r + 3]];
        return has_makers && list_of(r, i) == 0 ? Bits{held_[i]} & ~Bits{some_[2 * r + 1]} : 0U;
    }

    [[nodiscard]] Bits starving() {
        for (bool changed = true; changed;) {
            changed = false;
            count(starves_, true);
            for (int f = 0; f < t_.columns; ++f) {
                if (starves_[f] == 0) {
                    continue;
                }
                const Bits is_there = bits(capacity_[f] > Lanes{});
                Bits every = ~0U;
                Bits some = 0;
                for (int s = t_.column_begin[f]; s < t_.column_begin[f + 1]; ++s) {
                    const Bits own = starved(s);
                    every &= ~Bits{held_[t_.slot_member[s]]} | own;
                    some |= own;
                }
                const Bits rest = starves_[f] & ((is_there & every) | (~is_there & some));
                changed = changed || rest != starves_[f];
                starves_[f] = static_cast<unsigned char>(rest);
            }
        }
        Bits out = 0;
        for (int f = 0; f < t_.columns; ++f) {
            out |= starves_[f] != 0 ? Bits{starves_[f]} & bits(capacity_[f] > Lanes{}) : 0U;
        }
        return out;
    }

    const LaneTables& t_;
    unsigned char* stands_;
    unsigned char* starves_;
    unsigned char* held_;
    unsigned char* some_;
    const Lanes* capacity_;
    const Lanes* activity_;
    const Lanes* limit_;
};

/// Of the draws that still moved: which columns did.
void mark_restless(const LaneTables& t, const LaneFigures& figures, const Mask& restless) {
    const auto* const activity = reinterpret_cast<const Lanes*>(figures.activity);
    const auto* const before = reinterpret_cast<const Lanes*>(figures.before);
    const auto* const capacity = reinterpret_cast<const Lanes*>(figures.capacity);
    for (int f = 0; any(restless) && f < t.columns; ++f) {
        const Lanes change = greater(activity[f] - before[f], before[f] - activity[f]);
        figures.starves[f] |=
            static_cast<unsigned char>(bits(restless & (change > all(1e-10) * capacity[f])));
    }
}

} // namespace

unsigned lane_sweep(const LaneTables& t, const LaneFigures& figures) {
    const auto* const net = reinterpret_cast<const Lanes*>(figures.net);
    const auto* const capacity = reinterpret_cast<const Lanes*>(figures.capacity);
    auto* const rate = reinterpret_cast<Lanes*>(figures.rate);
    auto* const weight = reinterpret_cast<Lanes*>(figures.weight);
    auto* const late = reinterpret_cast<Lanes*>(figures.late);
    auto* const limit = reinterpret_cast<Lanes*>(figures.limit);
    auto* const activity = reinterpret_cast<Lanes*>(figures.activity);
    auto* const targets = reinterpret_cast<Lanes*>(figures.targets);
    const int members = t.class_begin[t.list_begin[3 * t.rows]];
    for (int i = 0; i < members; ++i) {
        const Lanes one = net[t.member_entry[i]];
        rate[i] = greater(one, -one);
        weight[i] = capacity[t.member_column[i]];
        late[i] = Lanes{};
        limit[t.member_slot[i]] = all(without_limit);
    }
    for (int f = 0; f < t.columns; ++f) {
        activity[f] = capacity[f];
    }
    Sweeper sweeper(t, figures);
    Standstill standstill(t, figures);
    Mask restless = sweeper.settle();
    unsigned good = bits(~restless) & ~standstill.find();
    mark_restless(t, figures, restless);
    sweeper.look_at_all();
    const Mask is_short = sweeper.is_short();
    good &= ~bits(sweeper.is_broken());
    if (any(is_short)) {
        for (int f = 0; f < t.columns; ++f) {
            targets[f] = activity[f];
        }
        for (int i = 0; i < members; ++i) {
            if (t.member_wants_all[i] == 0) { // `Valves::set_claims`
                const Lanes claim = targets[t.member_column[i]];
                const Lanes whole = capacity[t.member_column[i]];
                const Mask is_late = (whole > Lanes{}) & (claim <= all(1e-9) * whole);
                late[i] = is_late ? all(1.0) : Lanes{};
                weight[i] = is_late ? whole : claim;
            }
        }
        sweeper.set_chain(Chain::real);
        restless = sweeper.settle();
        sweeper.look_at_all();
        const unsigned second = bits(~restless & ~sweeper.is_broken()) & ~standstill.find();
        mark_restless(t, figures, restless);
        good &= ~bits(is_short) | second;
        for (int f = 0; f < t.columns; ++f) {
            activity[f] = is_short ? activity[f] : targets[f];
        }
    }
    for (int r = 0; r < t.rows; ++r) {
        good &= bits(trade(t, figures, r));
    }
    return good;
}

} // namespace chainsim::solve::detail::CHAINSIM_KERNEL_ISA
