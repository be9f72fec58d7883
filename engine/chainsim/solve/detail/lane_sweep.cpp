// A kernel: compiled for each instruction set, see chainsim_kernel of the build.
#include <chainsim/solve/detail/lane_standstill.hpp>
#include <chainsim/solve/detail/lane_sweep.hpp>
#include <chainsim/solve/detail/lane_sweeper.hpp>
#include <chainsim/solve/detail/lanes.hpp>

namespace chainsim::solve::detail::CHAINSIM_KERNEL_ISA {

namespace {

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
    auto* const second = reinterpret_cast<Lanes*>(figures.second);
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
        second[f] = all(without_limit);
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
        const unsigned good_then = bits(~restless & ~sweeper.is_broken()) & ~standstill.find();
        mark_restless(t, figures, restless);
        good &= ~bits(is_short) | good_then;
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
