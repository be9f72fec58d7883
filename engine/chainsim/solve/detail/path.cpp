#include <chainsim/solve/detail/path.hpp>
#include <chainsim/solve/detail/path_point.hpp>

#include <algorithm>
#include <array>

namespace chainsim::solve::detail {

using system::unlimited;

namespace {

/// What a path asks of members and columns at every bend, close together.
struct Places {
    struct Entry {
        int row = 0;
        double net = 0.0;
    };
    struct Follower {
        int column = 0;
        double weight = 0.0;
    };

    explicit Places(const Valves& valves) {
        members.reserve(valves.members().size());
        entries.reserve(valves.members().size());
        for (const auto& one : valves.members()) {
            members.push_back({one.column, one.weight});
        }
        for (int f = 0; f < valves.columns(); ++f) {
            column_begin.push_back(static_cast<int>(entries.size()));
            for (const int* i = valves.column_begin(f); i != valves.column_end(f); ++i) {
                entries.push_back({valves.member(*i).row, valves.member(*i).net()});
            }
        }
        column_begin.push_back(static_cast<int>(entries.size()));
    }
    [[nodiscard]] const Entry* begin(int f) const { return entries.data() + column_begin[at(f)]; }
    [[nodiscard]] const Entry* end(int f) const { return entries.data() + column_begin[at(f) + 1]; }

    std::vector<Follower> members; // as `Valves` has them
    std::vector<int> column_begin;
    std::vector<Entry> entries;
};

class Path {
public:
    Path(const Valves& valves, LevelSolver& solver, int attempt,
         const std::vector<char>& elastic_rows)
        : point_(valves, attempt, elastic_rows), v_(point_.valves()), places_(v_), solver_(solver),
          position_(at(v_.rows()), none), level_move_(at(v_.rows()), 0.0),
          excess_move_(at(v_.rows()), 0.0) {}

    [[nodiscard]] bool follow() {
        if (!point_.start(solver_) || !set_direction({-1.0, {}})) {
            return false;
        }
        constexpr double nothing = 1e-8;
        constexpr double far = 16.0;
        const int most = 60 * (v_.rows() + v_.columns()) + 200;
        for (int bend = 0; bend < most; ++bend) {
            const auto event = next_event();
            if (event.distance < unlimited) {
                point_.advance(event.distance, share_move_, level_move_);
            }
            // A loop that starves itself fades away with what is elastic, to which all its levels
            // are then in proportion: its bends crowd at the end.
            if (event.kind == Event::Kind::arrived || point_.share() <= nothing) {
                return true;
            }
            if (event.kind == Event::Kind::none || point_.share() > far || !pass(event)) {
                return false;
            }
        }
        return false;
    }

    [[nodiscard]] PathEnd end() const { return {point_.states(), point_.binders()}; }

private:
    /// What ends a piece of the path.
    struct Event {
        enum class Kind { none, arrived, end_of_step, other_binder } kind = Kind::none;
        double distance = unlimited;
        int index = -1;     ///< the row, or the column
        int binder = -1;    ///< the member that binds from there on, -1: capacity
        bool ample = false; ///< the end at which the step is left
    };

    [[nodiscard]] const Step& here(int r) const { return point_.here(r); }
    [[nodiscard]] double rate_of(int i) const {
        return i < 0 ? 0.0 : point_.rate_of(i) * level_move_[at(v_.member(i).row)];
    }

    // Along a piece.

    /// A sum over the moves of what is elastic and of up to two rows, which a direction makes one.
    struct Sense {
        struct Term {
            int row = -1;
            double factor = 0.0;
        };
        double share = 0.0;
        std::array<Term, 2> terms = {};
    };

    /// The rows that may move: those at a step with something elastic and those of the sense, and
    /// on from each level row all rows of the columns that follow it. Level rows, and rows of the
    /// sense, get their place among the unknowns.
    void find_moving_rows(const Sense& sense) {
        moving_.clear();
        unknowns_ = 0;
        std::fill(position_.begin(), position_.end(), none);
        const auto reach = [this](int r, bool is_named) {
            if (position_[at(r)] == none) {
                position_[at(r)] = is_named || here(r).is_level() ? unknowns_++ : trades;
                moving_.push_back(r);
            }
        };
        for (const auto& term : sense.terms) {
            if (term.row >= 0) {
                reach(term.row, true);
            }
        }
        for (int r = 0; r < v_.rows(); ++r) {
            if (here(r).elastic != 0.0) {
                reach(r, false);
            }
        }
        std::size_t k = 0;
        while (k < moving_.size()) { // which grows meanwhile
            each_follower(moving_[k++], [&](int f, double /*weight*/) {
                std::for_each(places_.begin(f), places_.end(f),
                              [&](const auto& entry) { reach(entry.row, false); });
            });
        }
    }

    /// The direction of the path on the piece where it stands: the one way in which levels and what
    /// is elastic can move together so that every row stays balanced. Which of them moves is left
    /// open: where it is levels alone, what is elastic stays.
    ///
    /// The sense is what certainly moves, and which way: without it the balances alone would be
    /// one too few. It takes the place of a pivot row, so that no piece is singular where the path
    /// goes on at all.
    [[nodiscard]] bool set_direction(const Sense& sense) {
        find_moving_rows(sense);
        const int share = unknowns_;
        entries_.clear();
        for (const int r : moving_) {
            const int own = position_[at(r)];
            if (own == trades) {
                continue;
            }
            if (here(r).elastic != 0.0) {
                entries_.emplace_back(own, share, here(r).elastic);
            }
            if (!here(r).is_level()) {
                entries_.emplace_back(own, own, here(r).slope);
            }
            add_followers(r);
        }
        if (sense.share != 0.0) {
            entries_.emplace_back(share, share, sense.share);
        }
        for (const auto& term : sense.terms) {
            if (term.row >= 0) {
                entries_.emplace_back(share, position_[at(term.row)], term.factor);
            }
        }
        Eigen::VectorXd moves;
        if (!solver_.solve(share + 1, entries_, Eigen::VectorXd::Unit(share + 1, share), moves)) {
            return false;
        }
        take(moves);
        return true;
    }

    /// Calls with every column that follows the level of the row, and its weight there.
    template <class Call>
    void each_follower(int r, Call call) const {
        const auto open = here(r).open;
        for (int i = open.begin; i < open.end; ++i) {
            const auto& one = places_.members[at(i)];
            if (point_.binder(one.column) == i) {
                call(one.column, one.weight);
            }
        }
    }

    /// What the columns that follow the level of the row do to all unknown rows.
    void add_followers(int r) {
        const int own = position_[at(r)];
        each_follower(r, [&](int f, double weight) {
            for (const auto* entry = places_.begin(f); entry != places_.end(f); ++entry) {
                if (position_[at(entry->row)] != trades) {
                    entries_.emplace_back(position_[at(entry->row)], own, entry->net * weight);
                }
            }
        });
    }

    /// The unknowns, and what the other rows trade then.
    void take(const Eigen::VectorXd& moves) {
        share_move_ = moves[unknowns_];
        std::fill(level_move_.begin(), level_move_.end(), 0.0);
        for (const int r : moving_) {
            if (position_[at(r)] != trades) {
                level_move_[at(r)] = moves[position_[at(r)]];
            }
        }
        std::fill(excess_move_.begin(), excess_move_.end(), 0.0);
        for (const int r : moving_) {
            if (level_move_[at(r)] != 0.0) {
                each_follower(r, [&](int f, double weight) {
                    const double move = weight * level_move_[at(r)];
                    for (const auto* entry = places_.begin(f); entry != places_.end(f); ++entry) {
                        excess_move_[at(entry->row)] += entry->net * move;
                    }
                });
            }
        }
        for (const int r : moving_) {
            if (position_[at(r)] == trades) {
                level_move_[at(r)] =
                    -(share_move_ * here(r).elastic + excess_move_[at(r)]) / here(r).slope;
            }
        }
    }

    [[nodiscard]] Event next_event() const {
        Event next;
        const auto offer = [&next](const Event& event) {
            if (event.distance < next.distance) {
                next = event;
                next.distance = std::max(event.distance, 0.0);
            }
        };
        if (share_move_ < 0.0) {
            offer({Event::Kind::arrived, point_.share() / -share_move_, -1, -1, false});
        }
        for (int r = 0; r < v_.rows(); ++r) {
            const auto& step = here(r);
            if (level_move_[at(r)] == 0.0 && step.scarce.per_share == 0.0 &&
                step.ample.per_share == 0.0) {
                continue;
            }
            const double sense = step.ample.at(1.0) > step.scarce.at(1.0) ? 1.0 : -1.0;
            for (const bool ample : {false, true}) {
                const auto& end = ample ? step.ample : step.scarce;
                // How fast the level comes towards this end, and how far that is.
                const double outward = ample ? sense : -sense;
                const double closing = outward * (level_move_[at(r)] - end.per_share * share_move_);
                const double gap = outward * (end.at(point_.share()) - point_.level(r));
                if (closing > 0.0 && gap < unlimited) {
                    offer({Event::Kind::end_of_step, gap / closing, r, -1, ample});
                }
            }
        }
        for (int r = 0; r < v_.rows(); ++r) {
            if (level_move_[at(r)] != 0.0) { // others have no open class
                for (int i = here(r).open.begin; i < here(r).open.end; ++i) {
                    offer_meetings(i, offer);
                }
            }
        }
        return next;
    }

    /// Where the moving limit of the member meets another one of its column.
    template <class Offer>
    void offer_meetings(int i, Offer offer) const {
        const int f = v_.member(i).column;
        const int by = point_.binder(f);
        const double x = point_.value_of(by, f);
        const double move = rate_of(by);
        const auto meet = [&](int other) {
            const double closing = move - rate_of(other);
            if (closing > 0.0) {
                offer({Event::Kind::other_binder, (point_.value_of(other, f) - x) / closing, f,
                       other, false});
            }
        };
        if (by != i) {
            meet(i);
            return;
        }
        meet(-1);
        for (const int* other = v_.column_begin(f); other != v_.column_end(f); ++other) {
            if (*other != by && point_.hold(*other) == PathPoint::Hold::level) {
                meet(*other);
            }
        }
    }

    // From piece to piece.

    [[nodiscard]] bool pass(const Event& event) {
        return event.kind == Event::Kind::end_of_step ? pass_step(event.index, event.ample)
                                                      : pass_binder(event.index, event.binder);
    }

    /// The row goes on to the next step of its ladder.
    [[nodiscard]] bool pass_step(int r, bool upward) {
        if (!point_.pass_step(r, upward)) {
            return false;
        }
        const auto& step = here(r);
        const auto& entry = upward ? step.scarce : step.ample;
        const double inward = (step.ample.at(1.0) > step.scarce.at(1.0)) == upward ? 1.0 : -1.0;
        return set_direction({-inward * entry.per_share, {{{r, inward}}}});
    }

    /// The column is bound by another member from here on.
    [[nodiscard]] bool pass_binder(int f, int binder) {
        const int before = point_.binder(f);
        point_.set_binder(f, binder);
        // What bound it until now must go on to allow more than what binds it from now on.
        Sense sense;
        if (before >= 0) {
            sense.terms[0] = {v_.member(before).row, point_.rate_of(before)};
        }
        if (binder >= 0) {
            sense.terms[1] = {v_.member(binder).row, -point_.rate_of(binder)};
        }
        return set_direction(sense);
    }

    PathPoint point_;
    const Valves& v_;
    Places places_;
    LevelSolver& solver_;

    static constexpr int none = -1;
    static constexpr int trades = -2;
    std::vector<int> position_; // by row: unknown of the solve, or one of these
    std::vector<int> moving_;   // rows
    int unknowns_ = 0;
    std::vector<Eigen::Triplet<double>> entries_;
    double share_move_ = 0.0;
    std::vector<double> level_move_;
    std::vector<double> excess_move_; // by row
};

} // namespace

std::optional<PathEnd> follow_path(const Valves& valves, LevelSolver& solver, int attempt,
                                   const std::vector<char>& elastic_rows) {
    Path path(valves, solver, attempt, elastic_rows);
    if (!path.follow()) {
        return std::nullopt;
    }
    return path.end();
}

} // namespace chainsim::solve::detail
