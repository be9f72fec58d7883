#include <chainsim/solve/detail/path_ladders.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <tuple>
#include <utility>

namespace chainsim::solve::detail {

using system::unlimited;

namespace {

constexpr double moved_by = 1e-7;

/// Numbers in [0, 1) from a key, without a state: SplitMix64 (Steele, Lea, Flood 2014).
double noise(std::uint64_t key) {
    std::uint64_t z = (key + 1) * 0x9E3779B97F4A7C15ULL;
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
    z ^= z >> 31U;
    return static_cast<double>(z >> 11U) * 0x1.0p-53;
}

/// By how much a figure is moved, by the sort of figure.
double factor(int attempt, unsigned sort, std::uint64_t index) {
    const auto key = (static_cast<std::uint64_t>(attempt) << 60U) +
                     (static_cast<std::uint64_t>(sort) << 56U) + index;
    return 1.0 + moved_by * (noise(key) - 0.5);
}

/// The place of each key among all of them in order; equal ones in the order in which they stand.
template <class Key>
std::vector<std::uint64_t> places(const std::vector<Key>& keys) {
    std::vector<std::size_t> order(keys.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&keys](std::size_t a, std::size_t b) { return keys[a] < keys[b]; });
    std::vector<std::uint64_t> result(keys.size());
    for (std::size_t k = 0; k < order.size(); ++k) {
        result[order[k]] = k;
    }
    return result;
}

} // namespace

/// Columns by capacity, driver and amounts, rows by the columns and amounts in them: the same
/// however they are numbered.
PathLadders::Names PathLadders::name(const system::Equations& eq) {
    using Amounts = std::vector<std::pair<double, int>>;
    std::vector<std::tuple<double, int, Amounts>> columns;
    for (int f = 0; f < eq.columns(); ++f) {
        Amounts amounts;
        for (int e = eq.net.outerIndexPtr()[f]; e < eq.net.outerIndexPtr()[f + 1]; ++e) {
            amounts.emplace_back(eq.net.valuePtr()[e], eq.priority[at(e)]);
        }
        std::sort(amounts.begin(), amounts.end());
        columns.emplace_back(eq.capacity[f], static_cast<int>(eq.driver[at(f)]),
                             std::move(amounts));
    }
    Names names;
    names.column = places(columns);
    std::vector<std::tuple<std::vector<std::pair<std::uint64_t, double>>, double>> rows(
        at(eq.rows()));
    for (int f = 0; f < eq.columns(); ++f) {
        for (int e = eq.net.outerIndexPtr()[f]; e < eq.net.outerIndexPtr()[f + 1]; ++e) {
            std::get<0>(rows[at(eq.net.innerIndexPtr()[e])])
                .emplace_back(names.column[at(f)], eq.net.valuePtr()[e]);
        }
    }
    for (int r = 0; r < eq.rows(); ++r) {
        std::sort(std::get<0>(rows[at(r)]).begin(), std::get<0>(rows[at(r)]).end());
        std::get<1>(rows[at(r)]) = eq.demand[r];
    }
    names.row = places(rows);
    return names;
}

system::Equations PathLadders::moved(system::Equations eq, const Names& names, int attempt) {
    for (int f = 0; f < eq.columns(); ++f) {
        eq.capacity[f] *= factor(attempt, 0, names.column[at(f)]);
        // A trace of demand everywhere, so that no commodity is neither short nor in surplus.
        for (int e = eq.net.outerIndexPtr()[f]; e < eq.net.outerIndexPtr()[f + 1]; ++e) {
            const int r = eq.net.innerIndexPtr()[e];
            eq.demand[r] += 0.01 * moved_by * factor(attempt, 2, names.row[at(r)]) *
                            std::abs(eq.net.valuePtr()[e]) * eq.capacity[f];
        }
    }
    return eq;
}

PathLadders::PathLadders(const Valves& valves, int attempt, const std::vector<char>& elastic_rows)
    : plentiful_(valves.chain() == Chain::plentiful), names_(name(valves.equations())),
      equations_(moved(valves.equations(), names_, attempt)), valves_(valves, equations_) {
    const auto rows = static_cast<std::uint64_t>(valves.rows());
    std::vector<double> weight;
    for (const auto& one : valves.members()) {
        const auto entry = names_.column[at(one.column)] * rows + names_.row[at(one.row)];
        weight.push_back(one.weight * factor(attempt, 1, entry));
    }
    valves_.set_weights(weight);
    valves_.set_chain(Chain::elastic);
    valves_.set_elastic_rows(elastic_rows);
    steps_.resize(at(valves.rows()));
    for (int r = 0; r < valves.rows(); ++r) {
        add_row(r);
    }
}

void PathLadders::add_row(int r) {
    auto& steps = steps_[at(r)];
    double supply = 0.0; // at full capacity, as is the use
    double use = equations_.demand[r];
    for (int i = valves_.row(r).begin; i < valves_.row(r).end; ++i) {
        const auto& one = valves_.member(i);
        (one.is_maker() ? supply : use) += one.rate * equations_.capacity[one.column];
    }
    // What nobody reaches; a little different for each row.
    const double ample = 1.1 + 0.1 * noise(names_.row[at(r)]);
    const bool is_elastic = valves_.is_elastic_row(r);
    const double gift = is_elastic ? ample * std::max(use, 1e-6 * supply) : 0.0;
    const double drain = is_elastic ? ample * std::max(supply, 1e-6 * use) : 0.0;
    const double buy = equations_.buy_limit[r];
    const bool open_sale = equations_.sell_limit[r] == unlimited;
    // A market larger than all supply is never full: how much larger does not matter.
    const double sell = open_sale ? 0.0 : std::min(equations_.sell_limit[r], 1.01 * supply);
    const bool buy_first = equations_.buy_first[at(r)] != 0;
    const bool has_outlet = open_sale || equations_.sink[at(r)] != 0;
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
                     std::max(valves_.other_makers(r).class_count() - 1, 0),
                     {},
                     {unlimited, 0.0},
                     -sell,
                     has_outlet ? 0.0 : -drain,
                     -1.0,
                     {}});
}

void PathLadders::add_classes(int r, Rung rung, double trade, double elastic) {
    const auto& list = valves_.list(r, rung);
    for (int cls = 0; cls < list.class_count(); ++cls) {
        const auto range = valves_.class_of(list, cls);
        if (plentiful_ && rung == Rung::ration && valves_.member(range.begin).role == Role::user) {
            continue; // made up from outside
        }
        const End top{top_level(range), 0.0};
        if (top.level > 0.0) {
            const bool users = rung == Rung::ration;
            steps_[at(r)].push_back(
                {rung, cls, users ? End{} : top, users ? top : End{}, trade, elastic, 0.0, range});
        }
    }
}

/// The level beyond which nobody of the class is held any more, and a little further, so that
/// this does not fall together with the end of the step.
double PathLadders::top_level(Range range) const {
    double level = 0.0;
    for (int i = range.begin; i < range.end; ++i) {
        const auto& one = valves_.member(i);
        if (one.weight > 0.0) {
            level = std::max(level, equations_.capacity[one.column] / one.weight);
        }
    }
    return 1.01 * level;
}

} // namespace chainsim::solve::detail
