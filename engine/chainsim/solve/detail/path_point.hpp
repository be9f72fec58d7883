#pragma once

#include <chainsim/solve/detail/levels.hpp>
#include <chainsim/solve/detail/path_ladders.hpp>
#include <chainsim/solve/detail/valves.hpp>

#include <vector>

namespace chainsim::solve::detail {

/// Where a path stands: how much is still elastic, the step and level of every row, and what that
/// makes of the columns. Which way it goes on is no matter of the point.
class PathPoint {
public:
    /// What a row does with a member: nothing, shut it off, or allow it its level times the weight.
    enum class Hold : char { none, shut, level };

    PathPoint(const Valves& valves, int attempt, const std::vector<char>& elastic_rows)
        : ladders_(valves, attempt, elastic_rows), v_(ladders_.valves()) {}

    /// The elastic chain, solved by sweeps: where all rows are elastic, nothing is short or held
    /// back but makers on demand. False if they do not come to rest.
    [[nodiscard]] bool start(LevelSolver& solver);

    /// Where all valves stand; rungs of the elastic chain have come down to nothing, which is the
    /// border of the rungs beside them.
    [[nodiscard]] std::vector<RowState> states() const;

    [[nodiscard]] const Valves& valves() const { return v_; }
    /// Of what is elastic that is still allowed.
    [[nodiscard]] double share() const { return share_; }
    /// The step at which the row stands.
    [[nodiscard]] const Step& here(int r) const { return *here_[at(r)]; }
    [[nodiscard]] double level(int r) const { return level_[at(r)]; }
    /// Whether some column runs at the level of the row.
    [[nodiscard]] bool is_followed(int r) const;
    [[nodiscard]] Hold hold(int i) const { return hold_[at(i)]; }
    /// The member that binds the column; -1: its capacity.
    [[nodiscard]] int binder(int f) const { return binder_[at(f)]; }
    [[nodiscard]] const std::vector<int>& binders() const { return binder_; }

    /// What the member allows its column; -1: the capacity of the column.
    [[nodiscard]] double value_of(int i, int f) const {
        return i < 0 ? ladders_.equations().capacity[f] : limit(i).value;
    }
    /// By how much that changes per unit of the level of its row.
    [[nodiscard]] double rate_of(int i) const { return limit(i).rate; }

    void advance(double distance, double share_move, const std::vector<double>& level_moves);
    /// The row goes on to the next step of its ladder, to the end at which it enters this. False if
    /// there is none.
    [[nodiscard]] bool pass_step(int r, bool upward);
    void set_binder(int f, int i) { binder_[at(f)] = i; }

private:
    struct Limit {
        double value = system::unlimited;
        double rate = 0.0; ///< per unit of the row's level
    };

    [[nodiscard]] Limit limit(int i) const;
    void set_holds(int r);
    [[nodiscard]] bool is_shut(int i, const Step& step) const;
    [[nodiscard]] bool settle_flat_rows();
    [[nodiscard]] double excess(int r) const;
    [[nodiscard]] bool place(int r, const RowState& state);
    void set_place(int r, int place) {
        place_[at(r)] = place;
        here_[at(r)] = &ladders_.steps(r)[at(place)];
    }
    void choose_binder(int f);
    void choose_binders_of(int r);

    PathLadders ladders_;
    const Valves& v_;
    double share_ = 1.0;
    std::vector<int> place_; // by row: step of its ladder
    std::vector<const Step*> here_;
    std::vector<double> level_; // by row
    std::vector<Hold> hold_;    // by member
    std::vector<int> binder_;   // by column: member, -1: capacity
};

} // namespace chainsim::solve::detail
