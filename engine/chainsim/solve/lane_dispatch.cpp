#include <chainsim/base/aligned.hpp>
#include <chainsim/base/kernel_choice.hpp>
#include <chainsim/solve/detail/lane_sweep.hpp>
#include <chainsim/solve/detail/unproductive.hpp>
#include <chainsim/solve/detail/valves.hpp>
#include <chainsim/solve/lane_dispatch.hpp>

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <utility>
#include <vector>

namespace chainsim::solve {

namespace {

constexpr auto lane_width = static_cast<std::size_t>(vector_lanes);

std::size_t lane_at(int i) { return static_cast<std::size_t>(i); }

} // namespace

struct LaneDispatch::Tables {
    explicit Tables(const system::Equations& equations)
        : figures(equations), rows(equations.rows()), columns(equations.columns()),
          order(equations.order), buy_first(equations.buy_first), has_sink(equations.sink) {
        if (order.empty()) {
            order.resize(lane_at(rows));
            std::iota(order.begin(), order.end(), 0);
        }
        arrange(detail::Valves(equations));
        is_open.reserve(lane_at(rows));
        for (int r = 0; r < rows; ++r) {
            is_open.push_back(equations.sell_limit[r] == system::unlimited ? 1 : 0);
        }
        values.assign(equations.net.valuePtr(),
                      equations.net.valuePtr() + equations.net.nonZeros());
        for (const auto* part : {&equations.capacity, &equations.demand, &equations.buy_limit,
                                 &equations.sell_limit}) {
            values.insert(values.end(), part->begin(), part->end());
        }
    }

    void arrange(const detail::Valves& valves) {
        column_begin.push_back(0);
        std::vector<int> slot(valves.members().size());
        for (int f = 0; f < columns; ++f) {
            for (const int* i = valves.column_begin(f); i != valves.column_end(f); ++i) {
                slot[lane_at(*i)] = static_cast<int>(slot_row.size());
                slot_row.push_back(valves.member(*i).row);
                slot_member.push_back(*i);
            }
            column_begin.push_back(static_cast<int>(slot_row.size()));
        }
        int next = 0; // member
        for (int r = 0; r < rows; ++r) {
            for (const auto* list :
                 {&valves.users(r), &valves.demand_makers(r), &valves.other_makers(r)}) {
                list_begin.push_back(static_cast<int>(class_begin.size()));
                for (int c = 0; c < list->class_count(); ++c) {
                    class_begin.push_back(valves.class_of(*list, c).begin);
                    next = valves.class_of(*list, c).end;
                }
            }
        }
        list_begin.push_back(static_cast<int>(class_begin.size()));
        class_begin.push_back(next);
        for (std::size_t i = 0; i < slot.size(); ++i) {
            const auto& one = valves.members()[i];
            member_column.push_back(one.column);
            member_slot.push_back(slot[i]);
            member_entry.push_back(one.entry);
            member_is_last.push_back(one.role == detail::Role::last_user ? 1 : 0);
            const bool wants_all =
                one.role != detail::Role::user ||
                valves.equations().driver[lane_at(one.column)] == system::ColumnDriver::at_capacity;
            member_wants_all.push_back(wants_all ? 1 : 0);
        }
    }

    [[nodiscard]] detail::LaneTables view() const {
        constexpr int sweeps = 56; // a loop of gain 0.6 comes to 1e-11 within them
        return {rows,
                columns,
                order.data(),
                list_begin.data(),
                class_begin.data(),
                member_column.data(),
                member_slot.data(),
                member_entry.data(),
                member_is_last.data(),
                member_wants_all.data(),
                column_begin.data(),
                slot_row.data(),
                slot_member.data(),
                buy_first.data(),
                is_open.data(),
                has_sink.data(),
                sweeps};
    }

    /// Whether some of the columns that starve or die in a draw must do so: by the rows of which
    /// they alone make anything, and each of them takes some.
    [[nodiscard]] bool is_unproductive(const detail::LaneFigures& lanes, int lane) const {
        std::vector<char> in_loop(lane_at(columns), 0);
        for (int f = 0; f < columns; ++f) {
            in_loop[lane_at(f)] = static_cast<char>(lanes.starves[f] >> lane & 1);
        }
        std::vector<int> position;
        for (bool changed = true; changed;) {
            changed = false;
            position = rows_of_loop(in_loop, lanes, lane);
            for (int f = 0; f < columns; ++f) {
                if (in_loop[lane_at(f)] != 0 && !takes_any(f, position)) {
                    in_loop[lane_at(f)] = 0;
                    changed = true;
                }
            }
        }
        std::vector<int> loop;
        loop.reserve(in_loop.size());
        for (int f = 0; f < columns; ++f) {
            if (in_loop[lane_at(f)] != 0) {
                loop.push_back(f);
            }
        }
        const int own_rows = 1 + *std::max_element(position.begin(), position.end());
        std::vector<double> net(lane_at(own_rows) * loop.size(), 0.0);
        for (std::size_t j = 0; j < loop.size(); ++j) {
            for (int s = column_begin[lane_at(loop[j])]; s < column_begin[lane_at(loop[j]) + 1];
                 ++s) {
                const int i = position[lane_at(slot_row[lane_at(s)])];
                const auto entry = lane_at(member_entry[lane_at(slot_member[lane_at(s)])]);
                if (i >= 0) {
                    net[lane_at(i) * loop.size() + j] =
                        lanes.net[entry * lane_width + lane_at(lane)];
                }
            }
        }
        return detail::is_unproductive(own_rows, static_cast<int>(loop.size()), std::move(net));
    }

    /// Rows that only columns of the loop make and nobody brings in, numbered; -1: others.
    [[nodiscard]] std::vector<int> rows_of_loop(const std::vector<char>& in_loop,
                                                const detail::LaneFigures& lanes, int lane) const {
        std::vector<char> made(lane_at(rows), 0);
        std::vector<char> made_elsewhere(lane_at(rows), 0);
        for (int f = 0; f < columns; ++f) {
            const bool can_run = lanes.capacity[lane_at(f) * lane_width + lane_at(lane)] > 0.0;
            for (int s = column_begin[lane_at(f)]; s < column_begin[lane_at(f) + 1]; ++s) {
                if (can_run && is_maker(s)) {
                    auto& mark = in_loop[lane_at(f)] != 0 ? made : made_elsewhere;
                    mark[lane_at(slot_row[lane_at(s)])] = 1;
                }
            }
        }
        std::vector<int> position(lane_at(rows), -1);
        int next = 0;
        for (std::size_t r = 0; r < position.size(); ++r) {
            const bool is_bought = lanes.buy[r * lane_width + lane_at(lane)] > 0.0;
            if (made[r] != 0 && made_elsewhere[r] == 0 && !is_bought) {
                position[r] = next++;
            }
        }
        return position;
    }

    [[nodiscard]] bool takes_any(int f, const std::vector<int>& position) const {
        for (int s = column_begin[lane_at(f)]; s < column_begin[lane_at(f) + 1]; ++s) {
            if (!is_maker(s) && position[lane_at(slot_row[lane_at(s)])] >= 0) {
                return true;
            }
        }
        return false;
    }

    [[nodiscard]] bool is_maker(int slot) const {
        const int r = slot_row[lane_at(slot)];
        return slot_member[lane_at(slot)] >= class_begin[lane_at(list_begin[lane_at(3 * r + 1)])];
    }

    FigureIndex figures;
    int rows;
    int columns;
    std::vector<int> order, list_begin, class_begin, member_column, member_slot, member_entry,
        column_begin, slot_row, slot_member;
    std::vector<char> member_is_last, member_wants_all, buy_first, is_open, has_sink;
    std::vector<double> values; ///< nominal figures, by `FigureIndex`
};

struct LaneDispatch::Workspace::Data {
    explicit Data(const Tables& tables) {
        const auto members = tables.member_column.size();
        const auto columns = lane_at(tables.columns);
        given = take(tables.values.size());
        for (std::size_t i = 0; i < tables.values.size(); ++i) {
            std::fill_n(given + i * lane_width, lane_width, tables.values[i]);
        }
        const auto at = [this](int index) { return given + lane_at(index) * lane_width; };
        lanes.net = given;
        lanes.capacity = at(tables.figures.capacity(0));
        lanes.demand = at(tables.figures.demand(0));
        lanes.buy = at(tables.figures.buy_limit(0));
        lanes.sell = at(tables.figures.sell_limit(0));
        for (double** part : {&lanes.rate, &lanes.weight, &lanes.late, &lanes.able, &lanes.limit}) {
            *part = take(members);
        }
        lanes.second = take(columns);
        lanes.targets = take(columns);
        lanes.before = take(columns);
        const auto rows = lane_at(tables.rows);
        stale.resize(rows);
        lanes.stale = stale.data();
        bits.resize(2 * columns + members + 2 * rows);
        lanes.stands = bits.data();
        lanes.starves = lanes.stands + columns;
        lanes.held = lanes.starves + columns;
        lanes.some = lanes.held + members;
    }

    double* take(std::size_t cells) { return arrays.emplace_back(cells * lane_width).data(); }

    std::vector<Aligned> arrays;
    double* given = nullptr;
    std::vector<char> stale;
    std::vector<unsigned char> bits;
    detail::LaneFigures lanes;
};

LaneDispatch::LaneDispatch(const system::Equations& equations)
    : tables_(std::make_unique<Tables>(equations)) {}
LaneDispatch::~LaneDispatch() = default;
LaneDispatch::LaneDispatch(LaneDispatch&&) noexcept = default;
LaneDispatch& LaneDispatch::operator=(LaneDispatch&&) noexcept = default;

LaneDispatch::Workspace::Workspace(const LaneDispatch& dispatch)
    : data_(std::make_unique<Data>(*dispatch.tables_)) {}
LaneDispatch::Workspace::~Workspace() = default;
LaneDispatch::Workspace::Workspace(Workspace&&) noexcept = default;
LaneDispatch::Workspace& LaneDispatch::Workspace::operator=(Workspace&&) noexcept = default;

double* LaneDispatch::Workspace::figure(int index) {
    return data_->given + lane_at(index) * lane_width;
}

LaneDispatch::Outcome LaneDispatch::solve(Workspace& work, double* amounts) const {
    using namespace detail; // where the namespaces of the instruction sets are
    static const auto best = CHAINSIM_KERNEL(vector_isa(), lane_sweep);
    auto lanes = work.data_->lanes;
    const auto rows = lane_at(tables_->rows);
    lanes.activity = amounts;
    lanes.bought = amounts + lane_at(tables_->columns) * lane_width;
    lanes.sold = lanes.bought + rows * lane_width;
    lanes.disposed = lanes.sold + rows * lane_width;
    Outcome out;
    out.solved = best(tables_->view(), lanes);
    for (int lane = 0; lane < vector_lanes; ++lane) {
        if ((out.solved >> static_cast<unsigned>(lane) & 1U) == 0 &&
            tables_->is_unproductive(lanes, lane)) {
            out.unproductive |= 1U << static_cast<unsigned>(lane);
        }
    }
    return out;
}

} // namespace chainsim::solve
