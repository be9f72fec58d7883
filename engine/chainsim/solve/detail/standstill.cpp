#include <chainsim/solve/detail/standstill.hpp>

#include <algorithm>

namespace chainsim::solve::detail {

namespace {

constexpr double nothing = 1e-12; // of a capacity

/// The largest part of a set of columns whose members all stay in it by the rule.
template <class Stays>
std::vector<char> largest_part(std::vector<char> set, Stays stays) {
    for (bool changed = true; changed;) {
        changed = false;
        for (std::size_t f = 0; f < set.size(); ++f) {
            if (set[f] != 0 && !stays(static_cast<int>(f), set)) {
                set[f] = 0;
                changed = true;
            }
        }
    }
    return set;
}

std::vector<int> positions(const std::vector<char>& set) {
    std::vector<int> result;
    for (std::size_t f = 0; f < set.size(); ++f) {
        if (set[f] != 0) {
            result.push_back(static_cast<int>(f));
        }
    }
    return result;
}

std::vector<char> standing(const Iterate& iterate) {
    const auto& capacity = iterate.valves().equations().capacity;
    std::vector<char> set(at(iterate.valves().columns()), 0);
    for (int f = 0; f < iterate.valves().columns(); ++f) {
        const bool stands = capacity[f] > 0.0 && iterate.binder(f) >= 0 &&
                            iterate.activity(f) <= nothing * capacity[f];
        set[at(f)] = stands ? 1 : 0;
    }
    return set;
}

/// Whether the row of the member holds its column at nothing.
bool is_held(const Iterate& iterate, int i) {
    return iterate.limit(i) <=
           nothing * iterate.valves().equations().capacity[iterate.valves().member(i).column];
}

/// Whether one of the set stands at the other side of the member's row: a maker where the member
/// wants, a user where it makes too much.
bool could_relieve(const Valves& valves, int i, const std::vector<char>& set) {
    const auto& held = valves.member(i);
    const auto row = valves.row(held.row);
    for (int k = row.begin; k < row.end; ++k) {
        const auto& other = valves.member(k);
        if (other.is_maker() != held.is_maker() && set[at(other.column)] != 0) {
            return true;
        }
    }
    return false;
}

/// Whether the row of a user that is held has makers, and they are all of the set.
bool only_the_set_could_supply(const Valves& valves, int i, const std::vector<char>& set) {
    bool any = false;
    const auto row = valves.row(valves.member(i).row);
    for (int k = row.begin; k < row.end; ++k) {
        const auto& other = valves.member(k);
        if (other.is_maker()) {
            if (set[at(other.column)] == 0) {
                return false;
            }
            any = true;
        }
    }
    return any;
}

/// Whether the member is a user that stands still for want of what only the set could make.
bool is_starved(const Iterate& iterate, int i, const std::vector<char>& set) {
    return is_held(iterate, i) && !iterate.valves().member(i).is_maker() &&
           only_the_set_could_supply(iterate.valves(), i, set);
}

} // namespace

std::vector<int> find_deadlock(const Iterate& iterate) {
    const auto& valves = iterate.valves();
    const auto set = largest_part(standing(iterate), [&](int f, const std::vector<char>& rest) {
        return std::all_of(valves.column_begin(f), valves.column_end(f), [&](int i) {
            return !is_held(iterate, i) || could_relieve(valves, i, rest);
        });
    });
    // Makers on demand that merely wait for each other are idle, not in a deadlock.
    const auto columns = positions(set);
    const bool is_idle = std::all_of(columns.begin(), columns.end(), [&](int f) {
        return std::all_of(valves.column_begin(f), valves.column_end(f), [&](int i) {
            return !is_held(iterate, i) || valves.member(i).role == Role::demand_maker;
        });
    });
    return is_idle ? std::vector<int>{} : columns;
}

std::vector<char> rows_that_hold(const Iterate& iterate, const std::vector<int>& columns) {
    const auto& valves = iterate.valves();
    std::vector<char> rows(at(valves.rows()), 0);
    for (const int f : columns) {
        for (const int* i = valves.column_begin(f); i != valves.column_end(f); ++i) {
            if (is_held(iterate, *i)) {
                rows[at(valves.member(*i).row)] = 1;
            }
        }
    }
    return rows;
}

std::vector<int> find_starving_loop(const Iterate& iterate) {
    const auto& valves = iterate.valves();
    const auto& eq = valves.equations();
    for (int f = 0; f < valves.columns(); ++f) {
        const int own = eq.product[at(f)];
        const bool makes = std::any_of(valves.column_begin(f), valves.column_end(f), [&](int i) {
            return valves.member(i).is_maker() && valves.member(i).row == own;
        });
        if (eq.capacity[f] > 0.0 && own >= 0 && !makes) {
            return {f};
        }
    }
    // What has no capacity belongs to the loop if it would starve as well; else it is what is
    // missing, and the loop stands for want of a supply from outside.
    auto candidates = standing(iterate);
    for (int f = 0; f < valves.columns(); ++f) {
        candidates[at(f)] = candidates[at(f)] != 0 || eq.capacity[f] <= 0.0 ? 1 : 0;
    }
    auto set = largest_part(candidates, [&](int f, const std::vector<char>& rest) {
        const auto starved = [&](int i) { return is_starved(iterate, i, rest); };
        const int* begin = valves.column_begin(f);
        const int* end = valves.column_end(f);
        return eq.capacity[f] > 0.0
                   ? std::all_of(begin, end,
                                 [&](int i) { return !is_held(iterate, i) || starved(i); })
                   : std::any_of(begin, end, starved);
    });
    for (int f = 0; f < valves.columns(); ++f) {
        if (eq.capacity[f] <= 0.0) {
            set[at(f)] = 0;
        }
    }
    return positions(set);
}

} // namespace chainsim::solve::detail
