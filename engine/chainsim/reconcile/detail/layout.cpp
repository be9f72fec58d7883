#include <chainsim/base/error.hpp>
#include <chainsim/reconcile/detail/layout.hpp>

#include <Eigen/Cholesky>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <set>

namespace chainsim::reconcile::detail {

namespace {

using Triplets = std::vector<Eigen::Triplet<double>>;

/// A variable that nothing may change.
bool is_constant(const Variable& one) {
    return one.measured ? one.sigma == 0.0 : one.lower == one.upper;
}

double constant_of(const Variable& one) { return one.measured.value_or(one.lower); }

/// The variables that some correlation with a coefficient names.
std::vector<int> members_of(const std::vector<Correlation>& correlations) {
    std::set<int> members;
    for (const auto& pair : correlations) {
        if (pair.coefficient != 0.0) {
            members.insert(pair.one);
            members.insert(pair.other);
        }
    }
    return {members.begin(), members.end()};
}

} // namespace

Eigen::MatrixXd correlation_factor(const std::vector<Correlation>& correlations,
                                   const std::vector<int>& members) {
    const auto count = static_cast<Eigen::Index>(members.size());
    Eigen::MatrixXd matrix = Eigen::MatrixXd::Identity(count, count);
    for (const auto& pair : correlations) {
        const auto one = std::lower_bound(members.begin(), members.end(), pair.one);
        const auto other = std::lower_bound(members.begin(), members.end(), pair.other);
        if (one == members.end() || *one != pair.one || other == members.end() ||
            *other != pair.other) {
            continue;
        }
        matrix(one - members.begin(), other - members.begin()) = pair.coefficient;
        matrix(other - members.begin(), one - members.begin()) = pair.coefficient;
    }
    const Eigen::LLT<Eigen::MatrixXd> factor(matrix);
    Eigen::MatrixXd lower = factor.matrixL();
    constexpr double least_pivot = 1e-7; // nearer to singular, one would follow from the others
    if (factor.info() != Eigen::Success ||
        (count > 0 && lower.diagonal().minCoeff() < least_pivot)) {
        return {};
    }
    return lower;
}

Layout::Layout(const Problem& problem) : problem_(problem) {
    const auto count = problem.variables.size();
    measured_of_.assign(count, -1);
    unmeasured_of_.assign(count, -1);
    for (std::size_t j = 0; j < count; ++j) {
        const auto& one = problem.variables[j];
        if (is_constant(one)) {
            continue;
        }
        auto& list = one.measured ? measured_ : unmeasured_;
        auto& of = one.measured ? measured_of_ : unmeasured_of_;
        of[j] = static_cast<int>(list.size());
        list.push_back(static_cast<int>(j));
    }
    data_.resize(measured_count());
    for (Eigen::Index i = 0; i < data_.size(); ++i) {
        const auto j = static_cast<std::size_t>(measured_[static_cast<std::size_t>(i)]);
        data_(i) = problem.variables[j].measured.value_or(0.0);
    }
    size_.resize(unmeasured_count());
    for (Eigen::Index i = 0; i < size_.size(); ++i) {
        const auto j = static_cast<std::size_t>(unmeasured_[static_cast<std::size_t>(i)]);
        const double start = std::abs(problem.variables[j].start);
        size_(i) = start > 0.0 ? start : 1.0;
    }
    make_factor();
}

void Layout::make_factor() {
    Triplets entries;
    const auto members = members_of(problem_.correlations);
    const Eigen::MatrixXd lower = correlation_factor(problem_.correlations, members);
    CHAINSIM_EXPECT(members.empty() || lower.size() > 0, "correlations that no errors can have");
    std::vector<char> is_member(problem_.variables.size(), 0);
    for (std::size_t a = 0; a < members.size(); ++a) {
        const int row = measured_column(members[a]);
        is_member[static_cast<std::size_t>(members[a])] = 1;
        const double sigma = problem_.variables[static_cast<std::size_t>(members[a])].sigma;
        for (std::size_t b = 0; b <= a && row >= 0; ++b) {
            const int column = measured_column(members[b]);
            const double entry =
                lower(static_cast<Eigen::Index>(a), static_cast<Eigen::Index>(b)) * sigma;
            CHAINSIM_EXPECT(column >= 0, "a correlation with what is not measured");
            if (entry != 0.0) {
                entries.emplace_back(row, column, entry);
            }
        }
    }
    for (int i = 0; i < measured_count(); ++i) {
        const auto j = static_cast<std::size_t>(measured_[static_cast<std::size_t>(i)]);
        if (is_member[j] == 0) {
            entries.emplace_back(i, i, problem_.variables[j].sigma);
        }
    }
    factor_.resize(measured_count(), measured_count());
    factor_.setFromTriplets(entries.begin(), entries.end());
}

Eigen::VectorXd Layout::start() const {
    Eigen::VectorXd point(static_cast<Eigen::Index>(problem_.variables.size()));
    for (Eigen::Index j = 0; j < point.size(); ++j) {
        const auto& one = problem_.variables[static_cast<std::size_t>(j)];
        point(j) = is_constant(one)
                       ? constant_of(one)
                       : std::clamp(one.measured.value_or(one.start), one.lower, one.upper);
    }
    return point;
}

Linearised linearise(const Problem& problem, const Layout& layout, const Eigen::VectorXd& point) {
    const auto rows = static_cast<Eigen::Index>(problem.conditions.size());
    Linearised out{Eigen::VectorXd(rows), Eigen::VectorXd(rows), {}, {}};
    Triplets measured;
    Triplets unmeasured;
    // What a variable usually comes to counts for its size: where nothing flows, rounding is small
    // beside that, and not beside itself.
    const auto change = [&](Eigen::Index row, int variable, double slope) {
        if (const int column = layout.measured_column(variable); column >= 0) {
            measured.emplace_back(row, column, slope);
            out.size(row) +=
                std::abs(slope) * problem.variables[static_cast<std::size_t>(variable)].sigma;
        } else if (const int other = layout.unmeasured_column(variable); other >= 0) {
            unmeasured.emplace_back(row, other, slope);
            out.size(row) += std::abs(slope) * layout.size()(other);
        }
    };
    for (Eigen::Index i = 0; i < rows; ++i) {
        const auto& condition = problem.conditions[static_cast<std::size_t>(i)];
        double error = condition.constant;
        out.size(i) = std::abs(condition.constant);
        for (const auto& term : condition.terms) {
            const double first = point(term.first);
            const double second = term.second >= 0 ? point(term.second) : 1.0;
            const double value = term.factor * first * second;
            error += value;
            out.size(i) += std::abs(value);
            change(i, term.first, term.factor * second);
            if (term.second >= 0) {
                change(i, term.second, term.factor * first);
            }
        }
        out.error(i) = error;
    }
    out.measured.resize(rows, layout.measured_count());
    out.measured.setFromTriplets(measured.begin(), measured.end());
    out.unmeasured.resize(rows, layout.unmeasured_count());
    out.unmeasured.setFromTriplets(unmeasured.begin(), unmeasured.end());
    return out;
}

} // namespace chainsim::reconcile::detail
