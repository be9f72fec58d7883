#include <chainsim/linear/detail/group_solver.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

namespace chainsim::linear::detail {

namespace {

/// A pivot of which so much cancelled is left to pivoting, whatever the certificate says: its
/// matrix may be singular.
constexpr double most_growth = 1e12;
constexpr int most_refinements = 2;

std::size_t places(int count) { return static_cast<std::size_t>(count); }

int width_of(Numbers numbers) {
    return numbers == Numbers::shared_wide ? 4 * vector_lanes : vector_lanes;
}

} // namespace

GroupSolver::GroupSolver(const PatternData& data, Numbers numbers, VectorIsa isa)
    : data_(data), numbers_(numbers), kernels_(kernels(isa)), width_(width_of(numbers)) {
    const auto vectors = places(data.structure.size) * places(width_);
    right_.resize(vectors);
    unknown_.resize(vectors);
    residual_.resize(vectors);
    magnitude_.resize(vectors);
    if (data.method == Method::sweeps) {
        base_.resize(vectors);
        inverse_.resize(vectors);
    }
    active_.resize(places(width_));
    open_.resize(places(width_));
    error_.resize(places(width_));
    bound_.resize(places(width_));
    growth_.assign(vector_lanes, 1.0);
    if (data.method == Method::factor) {
        const std::size_t each = numbers == Numbers::lanes ? vector_lanes : 1;
        lower_.resize(data.factors.lower_column.size() * each);
        upper_.resize(data.factors.upper_column.size() * each);
        pivots_.resize(places(data.structure.size) * each);
    }
}

void GroupSolver::take(const double* values) {
    values_ = values;
    for (auto& pivoted : pivoted_) {
        pivoted.tried = false;
    }
    if (data_.method == Method::factor) {
        factor_lanes();
    }
}

FactorNumbers GroupSolver::factor_numbers() {
    return {.lower = lower_.data(),
            .upper = upper_.data(),
            .inverse_pivot = pivots_.data(),
            .growth = growth_.data(),
            .work = residual_.data()};
}

void GroupSolver::factor_lanes() {
    const auto rows = data_.rows.view();
    if (numbers_ == Numbers::lanes) {
        kernels_.factor(rows, data_.factors.view(), values_, factor_numbers());
        return;
    }
    // The kernel works on lanes: one set of values travels eight times, once for all solves.
    std::vector<double> values;
    values.reserve(data_.rows.column.size() * vector_lanes);
    for (std::size_t k = 0; k < data_.rows.column.size(); ++k) {
        values.insert(values.end(), vector_lanes, values_[k]);
    }
    std::vector<double> lower(lower_.size() * vector_lanes);
    std::vector<double> upper(upper_.size() * vector_lanes);
    std::vector<double> pivots(pivots_.size() * vector_lanes);
    kernels_.factor(rows, data_.factors.view(), values.data(),
                    {.lower = lower.data(),
                     .upper = upper.data(),
                     .inverse_pivot = pivots.data(),
                     .growth = growth_.data(),
                     .work = residual_.data()});
    const auto first_lane = [](const std::vector<double>& from, std::vector<double>& to) {
        for (std::size_t k = 0; k < to.size(); ++k) {
            to[k] = from[k * vector_lanes];
        }
    };
    first_lane(lower, lower_);
    first_lane(upper, upper_);
    first_lane(pivots, pivots_);
}

void GroupSolver::solve(Start start, std::span<LaneReport> reports) {
    run(Side::plain, start, reports);
}

void GroupSolver::solve_transposed(Start start, std::span<LaneReport> reports) {
    run(Side::transposed, start, reports);
}

void GroupSolver::run(Side side, Start start, std::span<LaneReport> reports) {
    switch (data_.method) {
    case Method::factor:
        solve_by_factor(side);
        break;
    case Method::sweeps:
        solve_by_sweeps(side, start);
        break;
    case Method::krylov:
    case Method::pivot:
        std::fill(error_.begin(), error_.end(), std::numeric_limits<double>::infinity());
        break;
    }
    bool again = false;
    for (int lane = 0; lane < width_; ++lane) {
        const bool good = is_accurate(lane) && !is_lost(lane);
        active_[places(lane)] = good ? 0.0 : 1.0;
        reports[places(lane)] = {.outcome = LaneOutcome::solved,
                                 .backward_error = error_[places(lane)]};
    }
    // Who is done again is known before any is: a certificate is of all lanes.
    for (int lane = 0; lane < width_; ++lane) {
        if (active_[places(lane)] > 0.0) {
            redo(side, lane, reports[places(lane)]);
            again = again || reports[places(lane)].outcome == LaneOutcome::solved;
        }
    }
    if (!again) {
        return;
    }
    certify(side);
    for (int lane = 0; lane < width_; ++lane) {
        auto& report = reports[places(lane)];
        if (active_[places(lane)] == 0.0 || report.outcome == LaneOutcome::singular) {
            continue;
        }
        report.backward_error = error_[places(lane)];
        if (!is_accurate(lane)) {
            report.outcome = LaneOutcome::inaccurate;
            for (int row = 0; row < data_.structure.size; ++row) {
                unknown_[places(row * width_ + lane)] = std::numeric_limits<double>::quiet_NaN();
            }
        }
    }
}

bool GroupSolver::is_accurate(int lane) const {
    return error_[places(lane)] <= data_.options.tolerance; // not a number is not
}

bool GroupSolver::is_lost(int lane) const {
    if (data_.method != Method::factor) {
        return false;
    }
    return !(growth_[places(numbers_ == Numbers::lanes ? lane : 0)] <= most_growth);
}

void GroupSolver::apply_factor(Side side, const double* right, double* unknown) {
    const auto rows = data_.rows.view();
    const auto factors = data_.factors.view();
    if (side == Side::plain) {
        kernels_.solve(rows, factors, numbers_, values_, factor_numbers(), right, unknown);
        return;
    }
    if (right != unknown) {
        std::copy(right, right + unknown_.size(), unknown);
    }
    kernels_.solve_transposed(rows, factors, numbers_, values_, factor_numbers(), unknown);
}

void GroupSolver::load_right(const std::vector<int>& places, const double* from) {
    kernels_.gather(data_.structure.size, places.data(), numbers_, from, right_.data());
}

void GroupSolver::load_unknown(const std::vector<int>& places, const double* from) {
    kernels_.gather(data_.structure.size, places.data(), numbers_, from, unknown_.data());
}

void GroupSolver::store_unknown(const std::vector<int>& places, double* to) const {
    kernels_.scatter(data_.structure.size, places.data(), numbers_, unknown_.data(), to);
}

void GroupSolver::check(Side side, bool whole) {
    const auto check = side == Side::plain ? kernels_.certify : kernels_.certify_transposed;
    check(data_.rows.view(), numbers_,
          {.values = values_,
           .right = right_.data(),
           .unknown = unknown_.data(),
           .residual = residual_.data(),
           .magnitude = magnitude_.data(),
           .error = error_.data(),
           .whole = whole});
}

/// The bound nearly always suffices; where it does not, the error itself is computed. A lane keeps
/// its bound if that suffices, so that its report does not depend on its neighbours.
void GroupSolver::certify(Side side) {
    check(side, false);
    bool all = true;
    for (int lane = 0; lane < width_; ++lane) {
        all = all && is_accurate(lane);
    }
    if (all) {
        return;
    }
    bound_ = error_;
    check(side, true);
    for (std::size_t lane = 0; lane < error_.size(); ++lane) {
        if (bound_[lane] <= data_.options.tolerance) {
            error_[lane] = bound_[lane];
        }
    }
}

void GroupSolver::solve_by_factor(Side side) {
    apply_factor(side, right_.data(), unknown_.data());
    certify(side);
    for (int round = 0; round < most_refinements; ++round) {
        bool wanted = false;
        for (int lane = 0; lane < width_; ++lane) {
            active_[places(lane)] = is_accurate(lane) || is_lost(lane) ? 0.0 : 1.0;
            wanted = wanted || active_[places(lane)] > 0.0;
        }
        if (!wanted) {
            return;
        }
        apply_factor(side, residual_.data(), residual_.data());
        for (std::size_t k = 0; k < unknown_.size(); ++k) {
            if (active_[k % places(width_)] > 0.0) {
                unknown_[k] += residual_[k];
            }
        }
        certify(side);
    }
}

void GroupSolver::sweep(Side side, double tolerance) {
    SweepJob job{.values = values_,
                 .right = right_.data(),
                 .unknown = unknown_.data(),
                 .base = base_.data(),
                 .inverse = inverse_.data(),
                 .active = active_.data(),
                 .open = open_.data(),
                 .tolerance = tolerance,
                 .most_passes = data_.options.most_passes,
                 .passes = 0};
    const auto pass = side == Side::plain ? kernels_.sweep : kernels_.sweep_transposed;
    pass(data_.rows.view(), numbers_, job);
    passes_ = job.passes;
}

void GroupSolver::solve_by_sweeps(Side side, Start start) {
    if (start == Start::zero) {
        std::fill(unknown_.begin(), unknown_.end(), 0.0);
    }
    // What is left after a pass is what its changes do to the rows already passed: less than the
    // changes themselves. So unknowns may still move by more than the error that is wanted, and
    // the certificate tells.
    std::fill(active_.begin(), active_.end(), 1.0);
    double tolerance = 8.0 * data_.options.tolerance;
    for (int round = 0; round < 1 + most_refinements; ++round, tolerance /= 16.0) {
        sweep(side, tolerance);
        certify(side);
        bool wanted = false;
        for (int lane = 0; lane < width_; ++lane) {
            // A loop that did not come to rest will not in more passes either.
            const bool rests = open_[places(lane)] == 0.0;
            active_[places(lane)] = rests && !is_accurate(lane) ? 1.0 : 0.0;
            wanted = wanted || active_[places(lane)] > 0.0;
        }
        if (!wanted) {
            return;
        }
    }
}

/// Values of the lane by columns; false if one is not finite.
bool GroupSolver::take_column_values(int lane) {
    const bool own = numbers_ == Numbers::lanes;
    column_values_.resize(data_.rows.source.size());
    for (std::size_t k = 0; k < data_.rows.source.size(); ++k) {
        column_values_[places(data_.rows.source[k])] =
            own ? values_[k * vector_lanes + places(lane)] : values_[k];
    }
    return std::all_of(column_values_.begin(), column_values_.end(),
                       [](double value) { return std::isfinite(value); });
}

Klu* GroupSolver::pivoted(int lane) {
    auto& pivoted = pivoted_[places(numbers_ == Numbers::lanes ? lane : 0)];
    if (!pivoted.tried) {
        if (!pivoted.klu) {
            pivoted.klu = std::make_unique<Klu>(data_.columns());
        }
        pivoted.regular = take_column_values(lane) && pivoted.klu->factor(column_values_.data());
        pivoted.tried = true;
    }
    return pivoted.regular ? pivoted.klu.get() : nullptr;
}

/// Moves the unknowns of a lane by what `solve` makes of a right-hand side; false, and they stay,
/// if it makes nothing.
template <class Solve>
bool GroupSolver::correct(Side side, int lane, const std::vector<double>& right, bool first,
                          Solve solve) {
    const bool plain = side == Side::plain;
    const auto& from = plain ? data_.order.row_of : data_.order.column_of;
    const auto& to = plain ? data_.order.column_of : data_.order.row_of;
    const auto size = places(data_.structure.size);
    const auto place = [&](std::size_t row) { return row * places(width_) + places(lane); };
    column_right_.resize(data_.structure.size);
    for (std::size_t row = 0; row < size; ++row) {
        column_right_[from[row]] = right[place(row)];
    }
    if (!solve(column_right_, column_unknown_)) {
        return false;
    }
    for (std::size_t row = 0; row < size; ++row) {
        const double step = column_unknown_[to[row]];
        unknown_[place(row)] = first ? step : unknown_[place(row)] + step;
    }
    return true;
}

/// By the factor of the nominal values where one of its own costs more, else with pivoting.
void GroupSolver::redo(Side side, int lane, LaneReport& report) {
    const auto& structure = data_.structure;
    const bool pays =
        data_.method == Method::krylov ||
        (data_.method == Method::sweeps && structure.krylov_products < structure.factor_products);
    if (!pays || numbers_ != Numbers::lanes || !iterate(side, lane, report)) {
        pivot(side, lane, report);
    }
}

bool GroupSolver::iterate(Side side, int lane, LaneReport& report) {
    if (!take_column_values(lane)) {
        return false;
    }
    if (!stale_) {
        stale_ = std::make_unique<StaleFactor>(data_);
    }
    if (!stale_->is_regular()) {
        return false;
    }
    const auto solve = [&](const Eigen::VectorXd& right, Eigen::VectorXd& unknown) {
        return stale_->solve(column_values_.data(), side == Side::transposed, right, unknown,
                             report.steps);
    };
    for (int round = 0; round < 1 + most_refinements; ++round) {
        if (!correct(side, lane, round == 0 ? right_ : residual_, round == 0, solve)) {
            return false;
        }
        certify(side);
        if (is_accurate(lane)) {
            return true;
        }
    }
    return false;
}

void GroupSolver::pivot(Side side, int lane, LaneReport& report) {
    report.pivoted = true;
    auto* klu = pivoted(lane);
    if (klu == nullptr) {
        report.outcome = LaneOutcome::singular;
        report.backward_error = std::numeric_limits<double>::infinity();
        for (int row = 0; row < data_.structure.size; ++row) {
            unknown_[places(row * width_ + lane)] = std::numeric_limits<double>::quiet_NaN();
        }
        return;
    }
    const auto solve = [&](const Eigen::VectorXd& right, Eigen::VectorXd& unknown) {
        unknown = right;
        side == Side::plain ? klu->solve(unknown.data()) : klu->solve_transposed(unknown.data());
        return true;
    };
    (void)correct(side, lane, right_, true, solve);
    certify(side);
    if (!is_accurate(lane)) {
        (void)correct(side, lane, residual_, false, solve);
    }
}

} // namespace chainsim::linear::detail
