#pragma once

#include <chainsim/solve/detail/levels.hpp>
#include <chainsim/solve/detail/valves.hpp>

#include <Eigen/Core>

#include <utility>
#include <vector>

namespace chainsim::solve::detail {

/// Where all valves stand, and what that makes of the columns: the least of what each is allowed.
///
/// Rows that see something new since their valve was set are kept in mind; a sweep sets those
/// alone.
class Iterate {
public:
    /// Both must outlive it.
    Iterate(const Valves& valves, LevelSolver& solver);

    /// As if made anew, every valve open: for valves that have read other figures.
    void restart();
    /// Every valve open.
    void open_all();
    /// Each limit as given, by entry of the matrix.
    void start_from(const std::vector<double>& limits);
    /// What each column is allowed, by entry of the matrix.
    [[nodiscard]] std::vector<double> limits() const;
    /// Each valve as given, by row, and then the levels of all rationing rows at once on the pieces
    /// given: which member binds each column, -1: its capacity.
    void set_all(const std::vector<RowState>& state, const std::vector<int>& binders);

    /// Sets the valve of every row that sees something new, downstream or upstream; returns the
    /// largest move of what a member is allowed, relative to the capacity of its column. A valve
    /// goes only the share `damping` of its way.
    double sweep(bool forward, double damping);

    /// Solves at once for the levels of all rationing rows that the last sweeps moved, on the
    /// pieces where they stand: columns stay with the row that binds them, rows with their rung and
    /// class.
    bool newton();

    /// Whether every row, were its valve set while all others stay, would leave each activity
    /// within `tolerance` of its capacity, or as near as its sums are exact; the rungs of all rows
    /// are then those that they would be set to. Where rows are just balanced that holds of an
    /// answer from which sweeps walk away: rounding decides which way a valve turns that holds
    /// nobody, and the rows after it see its members free.
    [[nodiscard]] bool stands(double tolerance);

    /// The largest change of an activity since it was last asked, relative to capacity.
    [[nodiscard]] double take_change() { return std::exchange(now_.change, 0.0); }

    /// Remembers where it stands, to go back there; room is kept for the next time.
    void mark();
    void go_back();

    /// Whether the last sweep changed a piece: what binds some column, a rung or a class.
    [[nodiscard]] bool has_new_pieces() const { return now_.new_pieces; }

    /// Whether some row has seen something new since its valve was set.
    [[nodiscard]] bool is_stale() const { return now_.stale_count > 0; }
    void make_stale();

    [[nodiscard]] const Valves& valves() const { return *valves_; }
    [[nodiscard]] const std::vector<RowState>& states() const { return now_.state; }
    [[nodiscard]] const RowState& state(int r) const { return now_.state[at(r)]; }
    [[nodiscard]] double activity(int f) const { return now_.columns[at(f)].least; }
    [[nodiscard]] Eigen::VectorXd activities() const;
    [[nodiscard]] double limit(int member) const { return now_.limit[at(member)]; }
    /// The member that binds the column; -1: its capacity.
    [[nodiscard]] int binder(int f) const { return now_.columns[at(f)].binder; }
    /// What the column is allowed by everything but the member.
    [[nodiscard]] double able(int member) const {
        const auto& column = now_.columns[at(valves_->member(member).column)];
        return column.binder == member ? column.second : column.least;
    }

private:
    /// What a column is allowed: the least limit, by whom, and the least of the others.
    struct Column {
        double least = 0.0;
        double second = 0.0;
        int binder = -1;
    };

    /// From the limits as they are.
    void start();
    double set_valve(int r, double damping);
    [[nodiscard]] Column look(int f) const;
    /// Looks at the column anew; rows that see a difference become stale.
    void refresh(int f);
    void touch(int r);
    void apply(int r);
    [[nodiscard]] double slope(int f) const;
    [[nodiscard]] std::vector<int> unknown_rows();

    /// What sweeps and Newton steps change.
    struct Standing {
        std::vector<RowState> state; // by row
        std::vector<double> limit;   // by member
        std::vector<Column> columns; // by column
        std::vector<char> stale;     // by row: sees something new since its valve was set
        std::vector<int> moved;      // by row: the last sweep that moved it
        int stale_count = 0;
        int sweeps = 0;
        bool new_pieces = true;
        double change = 0.0;
    };

    const Valves* valves_;
    LevelSolver* solver_;
    std::vector<int> order_;
    Standing now_;
    Standing marked_;
    std::vector<double> able_;                    // by member: scratch of set_valve
    std::vector<double> kept_;                    // limits of a row before its valve moved
    std::vector<int> position_;                   // row -> unknown of the Newton step, -1
    std::vector<Eigen::Triplet<double>> entries_; // of the Newton step
};

} // namespace chainsim::solve::detail
