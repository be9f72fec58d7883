#pragma once

#include <chainsim/optimise/detail/mixed_model.hpp>

#include <vector>

namespace chainsim::optimise::detail {

/// A new bound of a column.
struct BoundChange {
    int column = 0;
    double lower = 0.0;
    double upper = 0.0;
};

/// Two halves of what a node holds: the first columns of a choice up to `last` to zero (down), or
/// all others (up); of a single column (`choice` < 0), at most the whole number below or at least
/// the one above.
struct Split {
    int choice = -1;
    int last = 0;       ///< position in the choice, or the column
    double whole = 0.0; ///< the number below, of a column
    double share = 0.0; ///< of the relaxed point: what down moves; up moves the rest of one
    double down = 0.0;  ///< gains of the bound, expected or measured
    double up = 0.0;
    double score = 0.0;
};

/// What to branch on: what strong branching (short runs of the dual simplex) finds best, until it
/// has seen enough of a choice to trust the average gain per share that was moved.
class Branching {
public:
    Branching(const MixedModel& model, double tolerance);

    struct Decision {
        bool is_closed = false;           ///< both halves of some split are
        std::vector<BoundChange> implied; ///< what a half that is closed leaves: solve again
        Split split;
    };
    /// The relaxation is solved, and below `level`.
    [[nodiscard]] Decision decide(double level, bool is_root);
    [[nodiscard]] std::vector<BoundChange> half(const Split& split, bool is_down) const;

private:
    struct Cost {
        double gain = 0.0; // per share
        int count = 0;
    };

    [[nodiscard]] std::vector<Split> splits() const;
    void add_splits(int choice, std::vector<Split>& out) const;
    [[nodiscard]] Cost& cost(const Split& split, bool is_down);
    [[nodiscard]] bool is_known(const Split& split);
    [[nodiscard]] double expected(const Split& split, bool is_down);
    void rate(Split& split, double need) const;
    [[nodiscard]] double probe(const Split& split, bool is_down, double start, double level);

    const MixedModel& model_;
    double tolerance_;
    double scale_ = 1.0; // of the objective
    std::vector<char> in_choice_;
    std::vector<Cost> choice_costs_; // by choice, kind of split, direction
    std::vector<Cost> column_costs_; // by column, direction
};

} // namespace chainsim::optimise::detail
