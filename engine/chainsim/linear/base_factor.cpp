#include <chainsim/base/error.hpp>
#include <chainsim/linear/base_factor.hpp>
#include <chainsim/linear/detail/group_solver.hpp>
#include <chainsim/linear/solve_once.hpp>

#include <Eigen/LU>

#include <algorithm>
#include <cstddef>
#include <utility>

namespace chainsim::linear {

namespace {

/// Vectors of a group of 32 up to this size stay in the second-level cache.
constexpr int most_rows_of_wide = 4096;

detail::Numbers numbers_for(const Pattern& pattern) {
    return pattern.structure().size <= most_rows_of_wide ? detail::Numbers::shared_wide
                                                         : detail::Numbers::shared;
}

PatternOptions base_options(double tolerance) {
    PatternOptions options;
    options.work = Work::new_right_sides;
    options.tolerance = tolerance;
    return options;
}

} // namespace

struct BaseFactor::Parts {
    Parts(const Pattern::Matrix& base, double tolerance, VectorIsa isa)
        : matrix(base), pattern(matrix, base_options(tolerance)),
          solver(pattern.data(), numbers_for(pattern), isa),
          reports(static_cast<std::size_t>(solver.width())) {
        solver.take(pattern.data().nominal.data());
    }

    Pattern::Matrix matrix;
    Pattern pattern;
    detail::GroupSolver solver;
    std::vector<LaneReport> reports;

    [[nodiscard]] const detail::Order& order() const { return pattern.data().order; }

    /// Columns [first, first + width) of `right` into the group, zero beyond the last.
    void load(const std::vector<int>& places, const Eigen::Ref<const Eigen::MatrixXd>& right,
              Eigen::Index first) {
        const int width = solver.width();
        const auto used = static_cast<int>(std::min<Eigen::Index>(width, right.cols() - first));
        double* group = solver.right();
        for (std::size_t row = 0; row < places.size(); ++row, group += width) {
            for (int k = 0; k < used; ++k) {
                group[k] = right(places[row], first + k);
            }
            std::fill(group + used, group + width, 0.0);
        }
    }

    void store(const std::vector<int>& places, Eigen::MatrixXd& unknown, Eigen::Index first) {
        const int width = solver.width();
        const auto used = static_cast<int>(std::min<Eigen::Index>(width, unknown.cols() - first));
        const double* group = solver.unknown();
        for (std::size_t row = 0; row < places.size(); ++row, group += width) {
            for (int k = 0; k < used; ++k) {
                unknown(places[row], first + k) = group[k];
            }
        }
    }

    /// Appends as many reports of the group as there are columns left.
    void keep_reports(std::vector<LaneReport>& all, Eigen::Index columns) const {
        const auto left = static_cast<std::size_t>(columns) - all.size();
        const auto used = std::min(reports.size(), left);
        all.insert(all.end(), reports.begin(), reports.begin() + static_cast<std::ptrdiff_t>(used));
    }

    void open(const Eigen::Ref<const Eigen::MatrixXd>& right, Eigen::MatrixXd& unknown) const {
        CHAINSIM_EXPECT(right.rows() == matrix.rows(),
                        "right-hand sides have the rows of the matrix");
        unknown.resize(right.rows(), right.cols());
    }
};

BaseFactor::BaseFactor(const Pattern::Matrix& matrix, double tolerance, VectorIsa isa)
    : parts_(std::make_unique<Parts>(matrix, tolerance, isa)) {}

BaseFactor::~BaseFactor() = default;
BaseFactor::BaseFactor(BaseFactor&&) noexcept = default;
BaseFactor& BaseFactor::operator=(BaseFactor&&) noexcept = default;

const Pattern& BaseFactor::pattern() const { return parts_->pattern; }

std::vector<LaneReport> BaseFactor::solve(const Eigen::Ref<const Eigen::MatrixXd>& right,
                                          Eigen::MatrixXd& unknown) {
    auto& parts = *parts_;
    parts.open(right, unknown);
    std::vector<LaneReport> all;
    all.reserve(static_cast<std::size_t>(right.cols()));
    for (Eigen::Index first = 0; first < right.cols(); first += parts.solver.width()) {
        parts.load(parts.order().row_of, right, first);
        parts.solver.solve(Start::zero, parts.reports);
        parts.store(parts.order().column_of, unknown, first);
        parts.keep_reports(all, right.cols());
    }
    return all;
}

std::vector<LaneReport> BaseFactor::solve_transposed(const Eigen::Ref<const Eigen::MatrixXd>& right,
                                                     Eigen::MatrixXd& unknown) {
    auto& parts = *parts_;
    parts.open(right, unknown);
    std::vector<LaneReport> all;
    all.reserve(static_cast<std::size_t>(right.cols()));
    for (Eigen::Index first = 0; first < right.cols(); first += parts.solver.width()) {
        parts.load(parts.order().column_of, right, first);
        parts.solver.solve_transposed(Start::zero, parts.reports);
        parts.store(parts.order().row_of, unknown, first);
        parts.keep_reports(all, right.cols());
    }
    return all;
}

int BaseFactor::group_width() const { return parts_->solver.width(); }

void BaseFactor::solve_group(const double* right, double* unknown, std::span<LaneReport> reports) {
    auto& parts = *parts_;
    CHAINSIM_EXPECT(reports.size() == parts.reports.size(), "one report for each of the group");
    parts.solver.load_right(parts.order().row_of, right);
    parts.solver.solve(Start::zero, reports);
    parts.solver.store_unknown(parts.order().column_of, unknown);
}

namespace {

using Sets = std::span<const std::vector<ColumnChange>>;

/// The changed columns of sets [first, last) as right-hand sides, side by side.
Eigen::MatrixXd changed_columns(Sets sets, Eigen::Index rows, Eigen::Index count) {
    Eigen::MatrixXd columns = Eigen::MatrixXd::Zero(rows, count);
    Eigen::Index next = 0;
    for (const auto& set : sets) {
        for (const auto& change : set) {
            CHAINSIM_EXPECT(change.rows.size() == change.additions.size(),
                            "one addition for each changed row");
            for (std::size_t k = 0; k < change.rows.size(); ++k) {
                columns(change.rows[k], next) += change.additions[k];
            }
            ++next;
        }
    }
    return columns;
}

/// x = base - W y, see BaseFactor::solve_changed.
void combine(const std::vector<ColumnChange>& set, const Eigen::Ref<const Eigen::MatrixXd>& solved,
             const Eigen::Ref<const Eigen::VectorXd>& base, Eigen::Ref<Eigen::VectorXd> unknown) {
    const auto count = static_cast<Eigen::Index>(set.size());
    Eigen::MatrixXd small = Eigen::MatrixXd::Identity(count, count);
    Eigen::VectorXd taken(count);
    for (Eigen::Index k = 0; k < count; ++k) {
        const int column = set[static_cast<std::size_t>(k)].column;
        taken[k] = base[column];
        small.row(k) += solved.row(column);
    }
    unknown = base;
    unknown.noalias() -= solved * small.partialPivLu().solve(taken);
}

Pattern::Matrix changed_matrix(const Pattern::Matrix& matrix,
                               const std::vector<ColumnChange>& set) {
    std::vector<Eigen::Triplet<double>> additions;
    for (const auto& change : set) {
        for (std::size_t k = 0; k < change.rows.size(); ++k) {
            additions.emplace_back(change.rows[k], change.column, change.additions[k]);
        }
    }
    Pattern::Matrix difference(matrix.rows(), matrix.cols());
    difference.setFromTriplets(additions.begin(), additions.end());
    Pattern::Matrix changed = matrix + difference;
    changed.makeCompressed();
    return changed;
}

/// Right-hand sides less what the changes take: what the base matrix has to give.
Eigen::VectorXd less_changes(const std::vector<ColumnChange>& set,
                             const Eigen::Ref<const Eigen::VectorXd>& right,
                             const Eigen::Ref<const Eigen::VectorXd>& unknown) {
    Eigen::VectorXd rest = right;
    for (const auto& change : set) {
        for (std::size_t k = 0; k < change.rows.size(); ++k) {
            rest[change.rows[k]] -= change.additions[k] * unknown[change.column];
        }
    }
    return rest;
}

/// Componentwise backward error of the changed system.
double changed_error(const Pattern::Matrix& matrix, const Eigen::VectorXd& rest,
                     const Eigen::Ref<const Eigen::VectorXd>& unknown, Eigen::VectorXd& left,
                     Eigen::VectorXd& scale) {
    left = rest;
    scale = rest.cwiseAbs();
    const int* start = matrix.outerIndexPtr();
    const int* row = matrix.innerIndexPtr();
    const double* value = matrix.valuePtr();
    for (int column = 0; column < matrix.cols(); ++column) {
        for (int k = start[column]; k < start[column + 1]; ++k) {
            const double product = value[k] * unknown[column];
            left[row[k]] -= product;
            scale[row[k]] += std::abs(product);
        }
    }
    double largest = 0.0;
    for (Eigen::Index k = 0; k < left.size(); ++k) {
        const double error = scale[k] > 0.0 ? std::abs(left[k]) / scale[k] : std::abs(left[k]);
        largest = error <= largest ? largest : error; // keeps what is not a number
        if (std::isnan(error)) {
            return error;
        }
    }
    return largest;
}

} // namespace

std::vector<LaneReport> BaseFactor::solve_changed(Sets sets,
                                                  const Eigen::Ref<const Eigen::VectorXd>& right,
                                                  const Eigen::Ref<const Eigen::VectorXd>& base,
                                                  Eigen::MatrixXd& unknown) {
    auto& parts = *parts_;
    const Eigen::Index rows = parts.matrix.rows();
    CHAINSIM_EXPECT(right.size() == rows && base.size() == rows,
                    "right-hand side and base have the size of the matrix");
    unknown.resize(rows, static_cast<Eigen::Index>(sets.size()));
    const double tolerance = parts.pattern.data().options.tolerance;
    std::vector<LaneReport> reports(sets.size());
    Eigen::VectorXd left(rows);
    Eigen::VectorXd scale(rows);
    for (std::size_t first = 0; first < sets.size();) {
        // As many whole sets as fill a group.
        std::size_t last = first;
        Eigen::Index columns = 0;
        do {
            columns += static_cast<Eigen::Index>(sets[last++].size());
        } while (last < sets.size() &&
                 columns + static_cast<Eigen::Index>(sets[last].size()) <= parts.solver.width());
        const auto some = sets.subspan(first, last - first);
        auto solved = changed_columns(some, rows, columns);
        solve(Eigen::MatrixXd(solved), solved);
        for (Eigen::Index at = 0; first < last; ++first) {
            const auto& set = sets[first];
            const auto count = static_cast<Eigen::Index>(set.size());
            auto x = unknown.col(static_cast<Eigen::Index>(first));
            combine(set, solved.middleCols(at, count), base, x);
            at += count;
            const auto rest = less_changes(set, right, x);
            auto& report = reports[first];
            report.backward_error = changed_error(parts.matrix, rest, x, left, scale);
            if (!(report.backward_error <= tolerance)) {
                const auto alone = solve_once(changed_matrix(parts.matrix, set), right, tolerance);
                report = alone.report;
                report.pivoted = true;
                x = alone.unknown;
            }
        }
    }
    return reports;
}

} // namespace chainsim::linear
