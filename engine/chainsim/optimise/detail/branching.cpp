#include <chainsim/optimise/detail/branching.hpp>
#include <chainsim/optimise/detail/coin_common.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace chainsim::optimise::detail {

namespace {

constexpr double least_share = 1e-6;
constexpr int trusted_after = 2;
constexpr int probes_at_root = 40;
constexpr int probes_in_tree = 10;
constexpr int idle_probes = 6; // since the best was found
constexpr int probe_iterations = 60;

bool is_fraction(double share) { return share > least_share && share < 1.0 - least_share; }

/// Hot starts of one relaxation, as long as it lives.
class HotStart {
public:
    explicit HotStart(OsiClpSolverInterface& lp) : lp_(lp) {}
    ~HotStart() {
        if (is_marked_) {
            lp_.unmarkHotStart();
        }
    }
    HotStart(const HotStart&) = delete;
    HotStart& operator=(const HotStart&) = delete;
    HotStart(HotStart&&) = delete;
    HotStart& operator=(HotStart&&) = delete;

    void mark() {
        if (!is_marked_) {
            lp_.setIntParam(OsiMaxNumIterationHotStart, probe_iterations);
            lp_.markHotStart();
            is_marked_ = true;
        }
    }

private:
    OsiClpSolverInterface& lp_;
    bool is_marked_ = false;
};

void set_bounds(OsiClpSolverInterface& lp, const std::vector<BoundChange>& changes) {
    for (const auto& change : changes) {
        lp.setColBounds(change.column, change.lower, change.upper);
    }
}

} // namespace

Branching::Branching(const MixedModel& model, double tolerance)
    : model_(model), tolerance_(tolerance),
      scale_(std::max(1.0, std::abs(model.lp->getObjValue()))),
      in_choice_(place(model.lp->getNumCols()), char{0}), choice_costs_(4 * model.choices.size()),
      column_costs_(2 * in_choice_.size()) {
    for (const auto& choice : model.choices) {
        for (const int column : choice) {
            in_choice_[place(column)] = 1;
        }
    }
}

/// Whether at all, and the place nearest to the middle.
void Branching::add_splits(int choice, std::vector<Split>& out) const {
    const auto& columns = model_.choices[place(choice)];
    const double* point = model_.lp->getColSolution();
    const int last = static_cast<int>(columns.size()) - 2;
    Split middle;
    double sum = 0.0;
    double nearest = 0.5 - least_share;
    for (int at = 0; at <= last; ++at) {
        const double here = point[columns[place(at)]];
        sum += here;
        if (at < last && here > least_share && std::abs(sum - 0.5) < nearest) {
            nearest = std::abs(sum - 0.5);
            middle.choice = choice;
            middle.last = at;
            middle.share = sum;
        }
    }
    if (is_fraction(sum)) {
        Split whether;
        whether.choice = choice;
        whether.last = last;
        whether.share = sum;
        out.push_back(whether);
    }
    if (middle.choice >= 0) {
        out.push_back(middle);
    }
}

std::vector<Split> Branching::splits() const {
    std::vector<Split> out;
    for (std::size_t choice = 0; choice < model_.choices.size(); ++choice) {
        add_splits(static_cast<int>(choice), out);
    }
    const double* point = model_.lp->getColSolution();
    for (const int column : model_.integers) {
        const double part = point[column] - std::floor(point[column]);
        // Columns of a choice too, where it has no split: then they are one by one.
        if ((in_choice_[place(column)] == 0 || out.empty()) && part > tolerance_ &&
            part < 1.0 - tolerance_) {
            Split split;
            split.last = column;
            split.whole = std::floor(point[column]);
            split.share = part;
            out.push_back(split);
        }
    }
    return out;
}

std::vector<BoundChange> Branching::half(const Split& split, bool is_down) const {
    const auto& lp = *model_.lp;
    if (split.choice < 0) {
        return {is_down ? BoundChange{split.last, lp.getColLower()[split.last], split.whole}
                        : BoundChange{split.last, split.whole + 1.0, lp.getColUpper()[split.last]}};
    }
    const auto& columns = model_.choices[place(split.choice)];
    const auto middle = place(split.last) + 1;
    const auto begin = is_down ? 0 : middle;
    const auto end = is_down ? middle : columns.size();
    std::vector<BoundChange> out;
    for (std::size_t k = begin; k < end; ++k) {
        if (lp.getColUpper()[columns[k]] > 0.5) {
            out.push_back({columns[k], 0.0, 0.0});
        }
    }
    return out;
}

Branching::Cost& Branching::cost(const Split& split, bool is_down) {
    const std::size_t direction = is_down ? 0 : 1;
    if (split.choice < 0) {
        return column_costs_[2 * place(split.last) + direction];
    }
    const bool is_whether = place(split.last) + 2 == model_.choices[place(split.choice)].size();
    return choice_costs_[4 * place(split.choice) + (is_whether ? 2U : 0U) + direction];
}

bool Branching::is_known(const Split& split) {
    return std::min(cost(split, true).count, cost(split, false).count) >= trusted_after;
}

double Branching::expected(const Split& split, bool is_down) {
    const auto& known = cost(split, is_down);
    const double moved = is_down ? split.share : 1.0 - split.share;
    return moved * (known.count > 0 ? known.gain / known.count : 1e-4 * scale_);
}

void Branching::rate(Split& split, double need) const {
    const double least = 1e-9 * scale_;
    const double most = std::max(need, least);
    split.score = std::clamp(split.down, least, most) * std::clamp(split.up, least, most);
}

/// The gain of one half; infinite if it is closed.
double Branching::probe(const Split& split, bool is_down, double start, double level) {
    auto& lp = *model_.lp;
    const auto changes = half(split, is_down);
    std::vector<BoundChange> back;
    back.reserve(changes.size());
    for (const auto& change : changes) {
        back.push_back(
            {change.column, lp.getColLower()[change.column], lp.getColUpper()[change.column]});
    }
    set_bounds(lp, changes);
    lp.solveFromHotStart();
    double gain = 0.0;
    if (lp.isProvenPrimalInfeasible() || lp.isDualObjectiveLimitReached()) {
        gain = infinity;
    } else if (lp.isProvenOptimal() || lp.isIterationLimitReached()) {
        gain = std::max(0.0, lp.getObjValue() - start);
    }
    set_bounds(lp, back);
    if (start + gain >= level) {
        return infinity;
    }
    auto& known = cost(split, is_down);
    known.gain += gain / std::max(is_down ? split.share : 1.0 - split.share, 1e-3);
    ++known.count;
    return gain;
}

Branching::Decision Branching::decide(double level, bool is_root) {
    const double start = model_.lp->getObjValue();
    auto all = splits();
    for (auto& split : all) {
        split.down = expected(split, true);
        split.up = expected(split, false);
        rate(split, level - start);
    }
    std::stable_sort(all.begin(), all.end(),
                     [](const Split& a, const Split& b) { return a.score > b.score; });
    Decision decision;
    decision.split.score = -1.0;
    HotStart hot(*model_.lp);
    int probes = 0;
    int idle = 0;
    for (auto& split : all) {
        const bool is_worth_it =
            is_root ? probes < probes_at_root : probes < probes_in_tree && idle < idle_probes;
        if (is_worth_it && !is_known(split)) {
            hot.mark();
            ++probes;
            ++idle;
            split.down = probe(split, true, start, level);
            split.up = probe(split, false, start, level);
            if (split.down >= infinity || split.up >= infinity) {
                decision.is_closed = split.down >= infinity && split.up >= infinity;
                decision.implied = half(split, split.up >= infinity);
                return decision;
            }
            rate(split, level - start);
        }
        if (split.score > decision.split.score) {
            decision.split = split;
            idle = 0;
        }
    }
    return decision;
}

} // namespace chainsim::optimise::detail
