#pragma once

#include <chainsim/system/equations.hpp>

#include <array>
#include <cstddef>
#include <utility>
#include <vector>

namespace chainsim::solve::detail {

/// Rungs of the ladder of a row, from short to abundant.
enum class Rung {
    outside,     ///< not in the real chain: a shortage is made up from outside
    broken,      ///< demand cannot be met even with every user off
    ration,      ///< users are served class by class; `level` is that of class `cls`
    buy,         ///< users served; `level` is what is bought
    sell,        ///< a finite market takes `level`
    hold_demand, ///< makers on demand held back; `level` is that of class `cls`
    sell_open,   ///< an unlimited market takes `level`
    sink,        ///< the sink takes `level`
    hold_other   ///< other makers held back; `level` is that of class `cls`
};

/// Which chain is solved.
enum class Chain {
    real,
    /// Shortages are made up from outside, but not for those who take what others leave: this gives
    /// everyone's target.
    plentiful,
    /// Shortages are made up for everyone, and a surplus that cannot leave is taken off; at some
    /// rows or at all.
    elastic
};

/// Rows, columns and entries are counted in int, as the sparse matrices count them.
[[nodiscard]] constexpr std::size_t at(int i) { return static_cast<std::size_t>(i); }

/// A rung on which the valve is the level of a class of members.
[[nodiscard]] constexpr bool is_level(Rung rung) {
    return rung == Rung::ration || rung == Rung::hold_demand || rung == Rung::hold_other;
}

/// Where the valve of a row stands.
struct RowState {
    Rung rung = Rung::buy;
    int cls = 0;
    double level = 0.0;
};

/// What a column is to a row, in the order in which members of a row stand.
enum class Role : char {
    user,
    last_user,    ///< takes what the others leave of its driving feed
    demand_maker, ///< makes its product on demand
    other_maker
};

/// One column at one row. At level l its valve allows it the activity l * weight.
struct Member {
    double rate = 0.0;   ///< absolute coefficient
    double weight = 0.0; ///< of a user its claim, of a maker its capacity
    int column = 0;
    int row = 0;
    int entry = 0; ///< position in the non-zeros of the matrix: stays when members are sorted anew
    int priority = 0; ///< as served or, negative, as held back
    Role role = Role::user;
    bool late = false; ///< a user without a claim

    [[nodiscard]] bool is_maker() const { return role >= Role::demand_maker; }
    [[nodiscard]] double net() const { return is_maker() ? rate : -rate; }
};

/// A run of members, by position.
struct Range {
    int begin = 0;
    int end = 0;
};

/// Members of one sort at a row: users, makers on demand or other makers. Classes stand in the
/// order in which users are served and makers are held back.
struct MemberList {
    Range members;
    Range classes; ///< positions in the table of classes
    [[nodiscard]] int class_count() const { return classes.end - classes.begin; }
};

/// The valves of all rows: who is behind each, and where it stands once all others do. Knows
/// nothing of an iterate but what it is handed.
class Valves {
public:
    explicit Valves(const system::Equations& equations);
    /// The same arrangement for other figures of the same equations.
    Valves(Valves other, const system::Equations& equations) : Valves(std::move(other)) {
        equations_ = &equations;
    }

    /// Takes the equations as they now stand. Members keep their places if only figures changed.
    void read();

    [[nodiscard]] const system::Equations& equations() const { return *equations_; }
    [[nodiscard]] int columns() const { return equations_->columns(); }
    [[nodiscard]] int rows() const { return equations_->rows(); }

    [[nodiscard]] const std::vector<Member>& members() const { return members_; }
    [[nodiscard]] const Member& member(int i) const { return members_[at(i)]; }
    /// All members of a row: users, then makers on demand, then other makers.
    [[nodiscard]] Range row(int r) const { return {row_begin_[at(r)], row_begin_[at(r) + 1]}; }
    [[nodiscard]] const MemberList& users(int r) const { return lists_[at(r)][0]; }
    [[nodiscard]] const MemberList& demand_makers(int r) const { return lists_[at(r)][1]; }
    [[nodiscard]] const MemberList& other_makers(int r) const { return lists_[at(r)][2]; }
    [[nodiscard]] const MemberList& list(int r, Rung rung) const;
    [[nodiscard]] Range class_of(const MemberList& list, int cls) const {
        return classes_[at(list.classes.begin + cls)];
    }
    /// Positions of the members of a column.
    [[nodiscard]] const int* column_begin(int f) const {
        return column_members_.data() + column_begin_[at(f)];
    }
    [[nodiscard]] const int* column_end(int f) const {
        return column_members_.data() + column_begin_[at(f) + 1];
    }

    void set_chain(Chain chain) { chain_ = chain; }
    [[nodiscard]] Chain chain() const { return chain_; }
    /// Which rows the elastic chain has: one mark a row, or none for all.
    void set_elastic_rows(std::vector<char> rows) { elastic_rows_ = std::move(rows); }
    [[nodiscard]] bool is_elastic_row(int r) const {
        return elastic_rows_.empty() || elastic_rows_[at(r)] != 0;
    }

    /// Claims of users: the given activities, but capacities for columns at capacity and at the own
    /// feed of those that take the rest. A user without a claim comes after those of its priority
    /// that have one, in a class of its own. Members change their positions.
    void set_claims(const Eigen::VectorXd& activity);
    void set_claims_to_capacity();
    /// Weights by member.
    void set_weights(const std::vector<double>& weight);

    /// Where the valve of the row stands when all others stay: one-dimensional and exact. `able` by
    /// member: the activity that everything else allows its column.
    [[nodiscard]] RowState balance(int r, const std::vector<double>& able) const;

    /// What the valve allows the members of its row, written to `limit` by member.
    void allow(int r, const RowState& state, std::vector<double>& limit) const;

    /// The members whose limit is the level; none unless the rung is a level.
    [[nodiscard]] Range open_class(int r, const RowState& state) const;

    /// What the row trades (bought less sold) on a rung that is a level.
    [[nodiscard]] double fixed_trade(int r, Rung rung) const;

    /// Rungs in their order for this row, to tell what stands before and after the valve.
    [[nodiscard]] int height(int r, Rung rung) const;

private:
    void build();
    /// Takes figures alone; false if members have others, or other roles or priorities.
    [[nodiscard]] bool read_figures();
    [[nodiscard]] Member make_member(int f, int e) const;
    /// Sorts the members of each row, and finds lists, classes and columns among them.
    void arrange();
    [[nodiscard]] double total(Range range, const std::vector<double>& able) const;
    [[nodiscard]] double fill(Range range, double amount, const std::vector<double>& able) const;
    [[nodiscard]] RowState ration(int r, double amount, const std::vector<double>& able) const;
    [[nodiscard]] RowState hold(int r, Rung rung, double surplus,
                                const std::vector<double>& able) const;

    const system::Equations* equations_;
    Chain chain_ = Chain::real;
    std::vector<char> elastic_rows_;
    std::vector<Member> members_;
    std::vector<int> row_begin_;
    std::vector<std::array<MemberList, 3>> lists_; // by row
    std::vector<Range> classes_;
    std::vector<int> column_begin_, column_members_;
};

} // namespace chainsim::solve::detail
