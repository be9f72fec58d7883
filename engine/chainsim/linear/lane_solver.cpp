#include <chainsim/base/error.hpp>
#include <chainsim/linear/detail/group_solver.hpp>
#include <chainsim/linear/lane_solver.hpp>

#include <cstddef>

namespace chainsim::linear {

struct LaneSolver::Parts {
    const detail::PatternData& data;
    detail::GroupSolver solver;
    bool has_values = false;
};

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
    solver.load_right(order.row_of, right);
    if (start == Start::given) {
        solver.load_unknown(order.column_of, unknown);
    }
    LaneReports reports;
    solver.solve(start, reports);
    solver.store_unknown(order.column_of, unknown);
    return reports;
}

LaneReports LaneSolver::solve_transposed(const double* right, double* unknown, Start start) {
    CHAINSIM_EXPECT(parts_->has_values, "a solver has values before it solves");
    auto& solver = parts_->solver;
    const auto& order = parts_->data.order;
    solver.load_right(order.column_of, right);
    if (start == Start::given) {
        solver.load_unknown(order.row_of, unknown);
    }
    LaneReports reports;
    solver.solve_transposed(start, reports);
    solver.store_unknown(order.row_of, unknown);
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
