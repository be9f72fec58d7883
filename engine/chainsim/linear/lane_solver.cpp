#include <chainsim/base/error.hpp>
#include <chainsim/linear/detail/group_solver.hpp>
#include <chainsim/linear/lane_solver.hpp>

#include <cstddef>
#include <cstring>
#include <vector>

namespace chainsim::linear {

struct LaneSolver::Parts {
    const detail::PatternData& data;
    detail::GroupSolver solver;
    bool has_values = false;
};

namespace {

constexpr std::size_t lane_bytes = sizeof(double) * vector_lanes;

/// to[k] = from[places[k]], lanes together.
void gather_lanes(const std::vector<int>& places, const double* from, double* to) {
    for (std::size_t k = 0; k < places.size(); ++k) {
        std::memcpy(to + k * vector_lanes,
                    from + static_cast<std::size_t>(places[k]) * vector_lanes, lane_bytes);
    }
}

void scatter_lanes(const std::vector<int>& places, const double* from, double* to) {
    for (std::size_t k = 0; k < places.size(); ++k) {
        std::memcpy(to + static_cast<std::size_t>(places[k]) * vector_lanes,
                    from + k * vector_lanes, lane_bytes);
    }
}

} // namespace

LaneSolver::LaneSolver(const Pattern& pattern, VectorIsa isa)
    : parts_(new Parts{.data = pattern.data(),
                       .solver = {pattern.data(), detail::Numbers::lanes, isa}}) {}

LaneSolver::~LaneSolver() = default;
LaneSolver::LaneSolver(LaneSolver&&) noexcept = default;
LaneSolver& LaneSolver::operator=(LaneSolver&&) noexcept = default;

void LaneSolver::factor(const double* values) {
    parts_->solver.take(values);
    parts_->has_values = true;
}

LaneReports LaneSolver::solve(const double* right, double* unknown, Start start) {
    CHAINSIM_EXPECT(parts_->has_values, "a solver has values before it solves");
    auto& solver = parts_->solver;
    const auto& order = parts_->data.order;
    gather_lanes(order.row_of, right, solver.right());
    if (start == Start::given) {
        gather_lanes(order.column_of, unknown, solver.unknown());
    }
    LaneReports reports;
    solver.solve(start, reports);
    scatter_lanes(order.column_of, solver.unknown(), unknown);
    return reports;
}

LaneReports LaneSolver::solve_transposed(const double* right, double* unknown, Start start) {
    CHAINSIM_EXPECT(parts_->has_values, "a solver has values before it solves");
    auto& solver = parts_->solver;
    const auto& order = parts_->data.order;
    gather_lanes(order.column_of, right, solver.right());
    if (start == Start::given) {
        gather_lanes(order.row_of, unknown, solver.unknown());
    }
    LaneReports reports;
    solver.solve_transposed(start, reports);
    scatter_lanes(order.row_of, solver.unknown(), unknown);
    return reports;
}

void score_lanes(int entries, const int* column, const double* weight, const double* values,
                 const double* unknown, std::array<double, vector_lanes>& score, VectorIsa isa) {
    detail::kernels(isa).score({.entries = entries,
                                .column = column,
                                .weight = weight,
                                .values = values,
                                .unknown = unknown,
                                .score = score.data()});
}

void weigh_group(std::span<const double> weight, const double* unknown, std::span<double> sum,
                 VectorIsa isa) {
    CHAINSIM_EXPECT(sum.size() == vector_lanes || sum.size() == std::size_t{4} * vector_lanes,
                    "groups are of 8 or 32 vectors");
    const auto numbers =
        sum.size() == vector_lanes ? detail::Numbers::shared : detail::Numbers::shared_wide;
    detail::kernels(isa).weigh(static_cast<int>(weight.size()), weight.data(), numbers, unknown,
                               sum.data());
}

} // namespace chainsim::linear
