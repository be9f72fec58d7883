#include <chainsim/reconcile/detail/estimates.hpp>

#include <cmath>
#include <cstddef>
#include <limits>

namespace chainsim::reconcile::detail {

namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

/// A measurement whose adjustment has less than this share of its variance is not adjusted.
constexpr double adjusted_share = 1e-12;

/// How the errors of measurements, each of standard deviation 1 and independent, reach results.
///
/// Adjustments are -W^-1/2 P W^1/2 times the errors: W are the weights, P projects on what the
/// conditions bind. Errors of results are those of measurements and adjustments together.
class Propagation {
public:
    explicit Propagation(const Settled& settled) : settled_(settled) {
        const auto& bound = settled.pass.projection.bound;
        const VectorXd root = settled.weight.cwiseSqrt();
        given_ = root.cwiseInverse().asDiagonal() * bound;
        taken_ = root.asDiagonal() * bound;
        const MatrixXd response = settled.pass.projection.response * root.asDiagonal();
        const Index measured = settled.layout.measured_count();
        const Index unmeasured = settled.layout.unmeasured_count();
        MatrixXd reach(measured + unmeasured, measured);
        reach.topRows(measured) = MatrixXd(settled.layout.factor());
        reach.bottomRows(unmeasured) = settled.layout.size().asDiagonal() * response;
        errors_ = reach - (reach * given_) * taken_.transpose();
    }

    /// By measured column: variance of the adjustment.
    [[nodiscard]] VectorXd adjustment_variance() const {
        if (given_.cols() == 0) { // nothing is bound
            return VectorXd::Zero(given_.rows());
        }
        const MatrixXd moved = settled_.layout.factor() * given_;
        const MatrixXd inner = taken_.transpose() * taken_;
        return (moved * inner).cwiseProduct(moved).rowwise().sum();
    }

    /// Rows: measured columns, then unmeasured ones.
    [[nodiscard]] const MatrixXd& errors() const { return errors_; }

private:
    const Settled& settled_;
    MatrixXd given_;
    MatrixXd taken_;
    MatrixXd errors_;
};

/// By variable: row among the errors; -1 for what has none.
std::vector<int> rows_of(const Settled& settled) {
    std::vector<int> rows(settled.problem.variables.size(), -1);
    for (std::size_t j = 0; j < rows.size(); ++j) {
        const int column = settled.layout.measured_column(static_cast<int>(j));
        const int other = settled.layout.unmeasured_column(static_cast<int>(j));
        if (column >= 0) {
            rows[j] = column;
        } else if (other >= 0 &&
                   settled.pass.projection.is_observable[static_cast<std::size_t>(other)] != 0) {
            rows[j] = settled.layout.measured_count() + other;
        }
    }
    return rows;
}

void fill_covariance(const MatrixXd& errors, const std::vector<int>& rows, Solution& out) {
    const MatrixXd all = errors * errors.transpose();
    const auto count = static_cast<Index>(rows.size());
    out.covariance = MatrixXd::Zero(count, count);
    for (Index i = 0; i < count; ++i) {
        for (Index j = 0; j < count; ++j) {
            const int one = rows[static_cast<std::size_t>(i)];
            const int other = rows[static_cast<std::size_t>(j)];
            if (one >= 0 && other >= 0) {
                out.covariance(i, j) = all(one, other);
            }
        }
    }
}

Estimate measured_estimate(const Variable& variable, double value, double variance) {
    Estimate one;
    const bool moves = variance > adjusted_share * variable.sigma * variable.sigma;
    one.standing = moves ? Standing::redundant : Standing::non_redundant;
    one.value = moves ? value : variable.measured.value_or(value);
    one.adjustment = one.value - variable.measured.value_or(value);
    one.normalised = moves ? one.adjustment / std::sqrt(variance) : 0.0;
    return one;
}

} // namespace

void fill_estimates(const Settled& settled, const SolverOptions& options, Solution& out) {
    constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
    const Propagation propagation(settled);
    const auto rows = rows_of(settled);
    const VectorXd variance = propagation.adjustment_variance();
    out.estimates.resize(rows.size());
    for (std::size_t j = 0; j < rows.size(); ++j) {
        const auto& variable = settled.problem.variables[j];
        const double value = settled.pass.point(static_cast<Index>(j));
        const int column = settled.layout.measured_column(static_cast<int>(j));
        auto& one = out.estimates[j];
        if (column >= 0) {
            one = measured_estimate(variable, value, variance(column));
            one.weight = settled.weight(column);
        } else if (settled.layout.unmeasured_column(static_cast<int>(j)) < 0) {
            one.value = value;
            one.standing = Standing::exact;
            continue;
        } else {
            one.standing = rows[j] >= 0 ? Standing::observable : Standing::unobservable;
            one.value = rows[j] >= 0 ? value : unknown;
        }
        one.sigma = rows[j] >= 0 ? propagation.errors().row(rows[j]).norm() : unknown;
    }
    for (const auto& [j, side] : settled.active) {
        const auto& variable = settled.problem.variables[static_cast<std::size_t>(j)];
        auto& one = out.estimates[static_cast<std::size_t>(j)];
        one.bound = side;
        if (std::isfinite(one.value)) { // to the digit, where it stands to rounding
            one.value = side < 0 ? variable.lower : variable.upper;
            one.adjustment = one.value - variable.measured.value_or(one.value);
            one.sigma = 0.0;
        }
    }
    out.statistic = settled.pass.standardised.squaredNorm();
    out.degrees_of_freedom = settled.pass.projection.rank();
    if (options.with_covariance) {
        fill_covariance(propagation.errors(), rows, out);
    }
}

} // namespace chainsim::reconcile::detail
