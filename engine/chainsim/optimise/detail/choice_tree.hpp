#pragma once

#include <chainsim/optimise/detail/branching.hpp>
#include <chainsim/optimise/detail/coin_common.hpp>
#include <chainsim/optimise/detail/mixed_model.hpp>

#include <coin/CoinWarmStartBasis.hpp>

#include <vector>

namespace chainsim::optimise::detail {

/// What a search is to reach.
struct SearchAim {
    double gap = 1e-4;       ///< relative, of value + constant
    double constant = 0.0;   ///< what the objective has beyond the model's
    double tolerance = 1e-6; ///< of wholeness

    /// What a better point has to stay under, where `value` is the best.
    [[nodiscard]] double level(double value) const;
};

/// Branch and bound over halves of choices: best bound first, with plunges as long as they stay
/// near it, and dives for points. The relaxation is that of the root, which is solved, with its
/// cuts. What it does depends on counts alone, never on time, until it is broken off.
class ChoiceTree {
public:
    ChoiceTree(MixedModel& model, const SearchLimit& limit, const SearchAim& aim);

    /// A value that is known, with or without the whole point of this model.
    void offer(const std::vector<double>& point, double value);
    /// Expands that many nodes more. False when there is nothing left to expand.
    [[nodiscard]] bool run(long nodes);
    /// Rounds up what stands at `least_share` of a whole or more, and the nearest, again and again
    /// from the root's relaxation; and leaves the model there.
    void dive(double least_share);

    [[nodiscard]] double bound() const;
    [[nodiscard]] double value() const { return value_; }
    [[nodiscard]] const std::vector<double>& point() const { return point_; }
    [[nodiscard]] long nodes() const { return nodes_; }

private:
    struct Node {
        double bound = 0.0;
        std::vector<BoundChange> changes; // all since the root
        CoinWarmStartBasis basis;
    };
    enum class Relaxation { open, closed, unknown };

    void push(Node node);
    [[nodiscard]] Node pop();
    void enter(const Node& node);
    void set_bounds(const std::vector<BoundChange>& changes);
    [[nodiscard]] Relaxation solve(double level);
    [[nodiscard]] bool is_whole() const;
    void take_point();
    [[nodiscard]] bool expand(Node node, std::vector<Node>& children);
    [[nodiscard]] bool settle(Node& node, Branching::Decision& decision, bool& is_done);
    [[nodiscard]] bool fix(Node& node, bool& is_moved);
    void divide(const Node& node, const Split& split, std::vector<Node>& children) const;
    void dive_from(const Node& node, double least_share);
    [[nodiscard]] bool round_up(double least_share);
    [[nodiscard]] CoinWarmStartBasis basis() const;
    [[nodiscard]] std::vector<BoundChange> changes_of(const Box& box) const;

    MixedModel& model_;
    OsiClpSolverInterface& lp_;
    const SearchLimit& limit_;
    SearchAim aim_;
    Box root_box_;
    Node root_;
    Branching branching_;
    std::vector<Node> open_; // a heap, least bound first
    std::vector<double> point_;
    double value_ = infinity;
    double lost_bound_ = infinity; // of nodes whose relaxation could not be solved
    long nodes_ = 0;
    bool is_begun_ = false;
};

} // namespace chainsim::optimise::detail
