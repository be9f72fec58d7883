#pragma once

// Part of a kernel: included by it only, once for each instruction set, and all in an unnamed
// namespace of CHAINSIM_KERNEL_ISA, so that no copy is shared.
#include <chainsim/solve/detail/lane_sweep.hpp>
#include <chainsim/solve/detail/lanes.hpp>

namespace chainsim::solve::detail::CHAINSIM_KERNEL_ISA {

namespace { // NOLINT(cert-dcl59-cpp,google-build-namespaces): see above

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

} // namespace

} // namespace chainsim::solve::detail::CHAINSIM_KERNEL_ISA
