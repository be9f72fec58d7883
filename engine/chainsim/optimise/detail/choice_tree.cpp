#include <chainsim/optimise/detail/choice_tree.hpp>
#include <chainsim/optimise/detail/root_cuts.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <memory>
#include <utility>

namespace chainsim::optimise::detail {

namespace {

constexpr double no_limit = 1e50; // what CLP takes for none
constexpr long nodes_between_dives = 5;
constexpr double share_of_even_dives = 0.8;
constexpr double share_of_odd_dives = 0.6;
constexpr double plunge_reach = 0.3; // of the way from the best bound to the level
constexpr double dive_gain = 1e-5;   // relative, of a point that is worth a dive

} // namespace

double SearchAim::level(double value) const {
    return value >= infinity ? infinity : value - gap * std::max(1e-10, std::abs(value + constant));
}

ChoiceTree::ChoiceTree(MixedModel& model, const SearchLimit& limit, const SearchAim& aim)
    : model_(model), lp_(*model.lp), limit_(limit), aim_(aim), root_box_(model.box()),
      root_{model.lp->getObjValue(), {}, basis()}, branching_(model, aim.tolerance) {}

CoinWarmStartBasis ChoiceTree::basis() const {
    const std::unique_ptr<CoinWarmStart> start(lp_.getWarmStart());
    const auto* found = dynamic_cast<const CoinWarmStartBasis*>(start.get());
    return found != nullptr ? *found : CoinWarmStartBasis();
}

void ChoiceTree::offer(const std::vector<double>& point, double value) {
    if (value < value_) {
        value_ = value;
        point_ = point;
    }
}

double ChoiceTree::bound() const {
    if (!is_begun_) {
        return root_.bound;
    }
    double least = std::min(aim_.level(value_), lost_bound_);
    for (const auto& node : open_) {
        least = std::min(least, node.bound);
    }
    return std::max(least, root_.bound);
}

void ChoiceTree::push(Node node) {
    open_.push_back(std::move(node));
    std::push_heap(open_.begin(), open_.end(),
                   [](const Node& a, const Node& b) { return a.bound > b.bound; });
}

ChoiceTree::Node ChoiceTree::pop() {
    std::pop_heap(open_.begin(), open_.end(),
                  [](const Node& a, const Node& b) { return a.bound > b.bound; });
    Node node = std::move(open_.back());
    open_.pop_back();
    return node;
}

bool ChoiceTree::run(long nodes) {
    if (!is_begun_) {
        is_begun_ = true;
        push(root_);
    }
    const long last = nodes_ + nodes;
    std::vector<Node> plunge; // none or one
    while (nodes_ < last && !limit_.is_reached()) {
        if (plunge.empty() && (open_.empty() || open_.front().bound >= aim_.level(value_))) {
            break;
        }
        const Node node = plunge.empty() ? pop() : std::move(plunge.back());
        plunge.clear();
        ++nodes_;
        std::vector<Node> children;
        if (!expand(node, children)) {
            push(node); // broken off: it stays open
            break;
        }
        if (nodes_ % nodes_between_dives == 0 && !children.empty()) {
            dive_from(children.front(), nodes_ % 2 == 0 ? share_of_even_dives : share_of_odd_dives);
        }
        // The first child is the one that costs less: on with it while it is near the best.
        const double best = open_.empty() ? -infinity : open_.front().bound;
        for (std::size_t k = 0; k < children.size(); ++k) {
            const bool is_near =
                open_.empty() || value_ >= infinity ||
                children[k].bound <= best + plunge_reach * (aim_.level(value_) - best);
            k == 0 && is_near ? plunge.push_back(std::move(children[k]))
                              : push(std::move(children[k]));
        }
    }
    if (!plunge.empty()) {
        push(std::move(plunge.back()));
    }
    return !open_.empty() && open_.front().bound < aim_.level(value_);
}

void ChoiceTree::set_bounds(const std::vector<BoundChange>& changes) {
    for (const auto& change : changes) {
        lp_.setColBounds(change.column, change.lower, change.upper);
    }
}

void ChoiceTree::enter(const Node& node) {
    for (const int column : model_.integers) {
        lp_.setColBounds(column, root_box_.lower[place(column)], root_box_.upper[place(column)]);
    }
    set_bounds(node.changes);
    lp_.setWarmStart(&node.basis);
}

std::vector<BoundChange> ChoiceTree::changes_of(const Box& box) const {
    std::vector<BoundChange> out;
    for (const int column : model_.integers) {
        const auto at = place(column);
        if (box.lower[at] > root_box_.lower[at] || box.upper[at] < root_box_.upper[at]) {
            out.push_back({column, box.lower[at], box.upper[at]});
        }
    }
    return out;
}

/// Whether there is a relaxed point below the level.
ChoiceTree::Relaxation ChoiceTree::solve(double level) {
    lp_.setDblParam(OsiDualObjectiveLimit, std::min(level, no_limit));
    lp_.resolve();
    const auto is_settled = [this] {
        return lp_.isProvenOptimal() || lp_.isProvenPrimalInfeasible() ||
               lp_.isDualObjectiveLimitReached();
    };
    if (!is_settled() && !limit_.is_reached()) {
        lp_.initialSolve();
    }
    if (!is_settled()) {
        return Relaxation::unknown;
    }
    return lp_.isProvenOptimal() && lp_.getObjValue() < level ? Relaxation::open
                                                              : Relaxation::closed;
}

bool ChoiceTree::is_whole() const {
    const double* point = lp_.getColSolution();
    return std::all_of(model_.integers.begin(), model_.integers.end(), [&](int column) {
        return std::abs(point[column] - std::round(point[column])) <= aim_.tolerance;
    });
}

void ChoiceTree::take_point() {
    const double* point = lp_.getColSolution();
    offer({point, point + lp_.getNumCols()}, lp_.getObjValue());
}

/// Bounds by reduced costs and what follows from them. False if nothing is left.
bool ChoiceTree::fix(Node& node, bool& is_moved) {
    Box box = model_.box();
    fix_by_reduced_costs(model_, aim_.level(value_), box);
    if (!tighten(model_.whole_rows, box)) {
        return false;
    }
    node.changes = changes_of(box);
    set_bounds(node.changes);
    const double* point = lp_.getColSolution();
    is_moved =
        std::any_of(node.changes.begin(), node.changes.end(), [&](const BoundChange& change) {
            return point[change.column] < change.lower - aim_.tolerance ||
                   point[change.column] > change.upper + aim_.tolerance;
        });
    return true;
}

/// One look at a node. False if it was broken off; `is_done` when it needs no further look, with
/// a split or (score below zero) closed.
bool ChoiceTree::settle(Node& node, Branching::Decision& decision, bool& is_done) {
    decision.split.score = -1.0;
    is_done = true;
    const auto relaxation = solve(aim_.level(value_));
    if (relaxation != Relaxation::open) {
        if (relaxation == Relaxation::unknown) {
            lost_bound_ = limit_.is_reached() ? lost_bound_ : std::min(lost_bound_, node.bound);
        }
        return !limit_.is_reached();
    }
    if (is_whole()) {
        take_point();
        return true;
    }
    bool is_moved = false;
    if (!fix(node, is_moved)) {
        return true;
    }
    if (is_moved) {
        is_done = false;
        return true;
    }
    // Now: the short runs of strong branching leave their own objective and basis behind.
    node.bound = std::max(node.bound, lp_.getObjValue());
    node.basis = basis();
    decision = branching_.decide(aim_.level(value_), nodes_ <= 1);
    if (limit_.is_reached()) {
        return false;
    }
    is_done = decision.is_closed || decision.implied.empty();
    decision.split.score = decision.is_closed ? -1.0 : decision.split.score;
    set_bounds(decision.implied);
    return true;
}

/// False if it was broken off.
bool ChoiceTree::expand(Node node, std::vector<Node>& children) {
    enter(node);
    Branching::Decision decision;
    for (bool is_done = false; !is_done;) {
        if (!settle(node, decision, is_done)) {
            return false;
        }
    }
    if (decision.split.score >= 0.0) {
        divide(node, decision.split, children);
    }
    return true;
}

void ChoiceTree::divide(const Node& node, const Split& split, std::vector<Node>& children) const {
    const bool is_down_first = split.down <= split.up;
    for (const bool is_down : {is_down_first, !is_down_first}) {
        Box box = model_.box();
        for (const auto& change : branching_.half(split, is_down)) {
            box.lower[place(change.column)] = change.lower;
            box.upper[place(change.column)] = change.upper;
        }
        if (tighten(model_.whole_rows, box)) {
            children.push_back({node.bound, changes_of(box), node.basis});
        }
    }
}

void ChoiceTree::dive(double least_share) {
    dive_from(root_, least_share);
    enter(root_);
    static_cast<void>(solve(infinity));
}

void ChoiceTree::dive_from(const Node& node, double least_share) {
    enter(node);
    const auto wanted = [this] {
        return value_ < infinity ? value_ - dive_gain * std::abs(value_) : infinity;
    };
    while (!limit_.is_reached() && solve(wanted()) == Relaxation::open) {
        if (is_whole()) {
            take_point();
            return;
        }
        if (!round_up(least_share)) {
            return;
        }
    }
}

/// False if it leads nowhere.
bool ChoiceTree::round_up(double least_share) {
    const double* point = lp_.getColSolution();
    const auto part = [point](int column) { return point[column] - std::floor(point[column]); };
    Box box = model_.box();
    std::vector<int> ready;
    int nearest = -1;
    for (const int column : model_.integers) {
        const bool is_open = box.upper[place(column)] - box.lower[place(column)] > 0.5 &&
                             part(column) > aim_.tolerance && part(column) < 1.0 - aim_.tolerance;
        if (is_open && part(column) >= least_share) {
            ready.push_back(column);
        }
        if (is_open && (nearest < 0 || part(column) > part(nearest))) {
            nearest = column;
        }
    }
    if (ready.empty() && nearest >= 0) {
        ready.push_back(nearest);
    }
    for (const int column : ready) {
        Box trial = box;
        trial.lower[place(column)] = std::ceil(point[column]);
        if (trial.lower[place(column)] <= trial.upper[place(column)] &&
            tighten(model_.whole_rows, trial)) {
            box = std::move(trial);
            continue;
        }
        box.upper[place(column)] = std::floor(point[column]);
        if (box.upper[place(column)] < box.lower[place(column)] ||
            !tighten(model_.whole_rows, box)) {
            return false;
        }
    }
    set_bounds(changes_of(box));
    return !ready.empty();
}

} // namespace chainsim::optimise::detail
