#include <chainsim/base/error.hpp>
#include <chainsim/optimise/certificate.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <utility>

namespace chainsim::optimise {

namespace {

constexpr double proof = 1e-6; // relative, of bounds and duals

/// Outside of the bounds, scaled; zero within.
double excess(double value, double lower, double upper, double largest) {
    if (!std::isfinite(value)) {
        return infinity;
    }
    if (value < lower) {
        return (lower - value) / (1.0 + std::abs(lower) + largest);
    }
    return value > upper ? (value - upper) / (1.0 + std::abs(upper) + largest) : 0.0;
}

/// Takes a larger violation, and whose it is.
void worsen(double violation, std::size_t of, double& worst, int& where) {
    if (violation > worst) {
        worst = violation;
        where = static_cast<int>(of);
    }
}

void certify_columns(const Program& program, const std::vector<double>& point,
                     Certificate& certificate) {
    double worst = 0.0;
    for (std::size_t column = 0; column < point.size(); ++column) {
        const double value = point[column];
        const double outside =
            excess(value, program.lower[column], program.upper[column], std::abs(value));
        const double broken = program.is_integer[column] != 0 && std::isfinite(value)
                                  ? std::abs(value - std::round(value))
                                  : 0.0;
        certificate.bound_violation = std::max(certificate.bound_violation, outside);
        certificate.integrality_violation = std::max(certificate.integrality_violation, broken);
        worsen(std::max(outside, broken), column, worst, certificate.worst_column);
    }
}

void certify_rows(const Program& program, const std::vector<double>& point,
                  Certificate& certificate) {
    const auto rows = program.row_names.size();
    std::vector<long double> sum(rows, 0.0L);
    std::vector<double> largest(rows, 0.0);
    for (int column = 0; column < program.columns(); ++column) {
        const double value = point[static_cast<std::size_t>(column)];
        Eigen::SparseMatrix<double>::InnerIterator entry(program.matrix, column);
        for (; value != 0.0 && entry; ++entry) {
            const auto row = static_cast<std::size_t>(entry.row());
            const double product = entry.value() * value;
            sum[row] += product;
            largest[row] = std::max(largest[row], std::abs(product));
        }
    }
    for (std::size_t row = 0; row < rows; ++row) {
        worsen(excess(static_cast<double>(sum[row]), program.row_lower[row], program.row_upper[row],
                      largest[row]),
               row, certificate.row_violation, certificate.worst_row);
    }
}

/// The least of factor times x over its bounds; infinite if these are.
double least(double factor, double lower, double upper) {
    return factor == 0.0 ? 0.0 : factor * (factor > 0.0 ? lower : upper);
}

std::string worst_place(const Program& program, const Certificate& certificate) {
    if (certificate.row_violation >=
        std::max(certificate.bound_violation, certificate.integrality_violation)) {
        return fmt::format("row '{}'",
                           program.row_names[static_cast<std::size_t>(certificate.worst_row)]);
    }
    return fmt::format("column '{}'",
                       program.column_names[static_cast<std::size_t>(certificate.worst_column)]);
}

void refuse(Answer& answer, std::string message) {
    answer.status = Status::failed;
    answer.message = std::move(message);
}

void check_duals(const Program& program, Answer& answer) {
    const auto proven = dual_bound(program, answer.row_duals);
    const double allowed = proof * std::max(1.0, std::abs(answer.objective));
    if (!proven) {
        refuse(answer, "the duals of the claimed optimum prove no bound");
    } else if (std::abs(*proven - answer.objective) > allowed) {
        refuse(answer, fmt::format("the duals of the claimed optimum {} prove {} only",
                                   answer.objective, *proven));
    }
}

} // namespace

double Certificate::violation() const {
    return std::max({row_violation, bound_violation, integrality_violation});
}

Certificate certify(const Program& program, const std::vector<double>& point) {
    CHAINSIM_EXPECT(point.size() == program.column_names.size(),
                    "a point has one value for each column");
    Certificate certificate;
    certify_columns(program, point, certificate);
    certify_rows(program, point, certificate);
    certificate.objective = program.objective(point);
    return certificate;
}

std::optional<double> dual_bound(const Program& program, const std::vector<double>& row_duals,
                                 double tolerance) {
    CHAINSIM_EXPECT(row_duals.size() == program.row_names.size(), "one dual for each row");
    // Written for a minimum; a maximum is that of the negative.
    const double sign = program.is_maximised ? -1.0 : 1.0;
    std::vector<double> duals(row_duals.size());
    long double bound = sign * program.constant;
    for (std::size_t row = 0; row < duals.size(); ++row) {
        duals[row] = sign * row_duals[row];
        const double part = least(duals[row], program.row_lower[row], program.row_upper[row]);
        if (std::isfinite(part)) {
            bound += part;
        } else if (std::abs(duals[row]) <= tolerance) {
            duals[row] = 0.0; // any duals prove a bound, so these may be mended
        } else {
            return std::nullopt;
        }
    }
    for (int column = 0; column < program.columns(); ++column) {
        const auto at = static_cast<std::size_t>(column);
        long double reduced = sign * program.cost[at];
        double largest = std::abs(program.cost[at]);
        for (Eigen::SparseMatrix<double>::InnerIterator entry(program.matrix, column); entry;
             ++entry) {
            const double product = entry.value() * duals[static_cast<std::size_t>(entry.row())];
            reduced -= product;
            largest = std::max(largest, std::abs(product));
        }
        const double part =
            least(static_cast<double>(reduced), program.lower[at], program.upper[at]);
        if (std::isfinite(part)) {
            bound += part;
        } else if (!(std::abs(reduced) <= tolerance * (1.0 + largest))) {
            return std::nullopt;
        }
    }
    return sign * static_cast<double>(bound);
}

void check(const Program& program, const SolveOptions& options, Answer& answer) {
    const bool claims_point = answer.status == Status::optimal || answer.status == Status::feasible;
    if (answer.point.empty()) {
        if (claims_point && program.columns() > 0) {
            refuse(answer, "a point is claimed and none is given");
        }
        return;
    }
    const Certificate certificate = certify(program, answer.point);
    answer.objective = certificate.objective;
    answer.violation = certificate.violation();
    if (!claims_point) {
        return;
    }
    if (!(answer.violation <= 10.0 * options.tolerance)) {
        refuse(answer, fmt::format("the claimed point breaks {} by {:.3g}, scaled",
                                   worst_place(program, certificate), answer.violation));
        return;
    }
    const double sign = program.is_maximised ? -1.0 : 1.0;
    const double better = sign * (answer.bound - answer.objective);
    if (better > proof * std::max(1.0, std::abs(answer.objective))) {
        refuse(answer, fmt::format("the point comes to {}, better than the bound {} on all points",
                                   answer.objective, answer.bound));
        return;
    }
    if (answer.status == Status::optimal && program.integers() == 0 &&
        answer.row_duals.size() == program.row_names.size()) {
        check_duals(program, answer);
    }
    const double allowed = options.gap * std::max(1e-10, std::abs(answer.objective)) +
                           proof * 1e-3 * std::abs(answer.objective);
    if (answer.status == Status::optimal && !(-better <= allowed)) {
        answer.status = Status::feasible;
        answer.message = fmt::format("called optimal at {}, and better than {} is not ruled out",
                                     answer.objective, answer.bound);
    }
}

} // namespace chainsim::optimise
