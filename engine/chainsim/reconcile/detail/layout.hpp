#pragma once

#include <chainsim/reconcile/problem.hpp>

#include <Eigen/Core>
#include <Eigen/SparseCore>

#include <vector>

namespace chainsim::reconcile::detail {

/// Which variables are measured, unmeasured, or constants, and in which column each stands.
class Layout {
public:
    explicit Layout(const Problem& problem);

    [[nodiscard]] int measured_count() const { return static_cast<int>(measured_.size()); }
    [[nodiscard]] int unmeasured_count() const { return static_cast<int>(unmeasured_.size()); }
    [[nodiscard]] const std::vector<int>& measured() const { return measured_; }
    [[nodiscard]] const std::vector<int>& unmeasured() const { return unmeasured_; }
    /// Column of a variable among the measured, or among the unmeasured; -1: in neither.
    [[nodiscard]] int measured_column(int variable) const { return place(measured_of_, variable); }
    [[nodiscard]] int unmeasured_column(int variable) const {
        return place(unmeasured_of_, variable);
    }

    /// What was measured, by column.
    [[nodiscard]] const Eigen::VectorXd& data() const { return data_; }
    /// A factor L of the covariance of the measurements, L L'.
    [[nodiscard]] const Eigen::SparseMatrix<double>& factor() const { return factor_; }
    /// Sizes of the unmeasured variables, in which their columns are counted.
    [[nodiscard]] const Eigen::VectorXd& size() const { return size_; }

    /// Where the search begins: measurements and starts, moved within their bounds.
    [[nodiscard]] Eigen::VectorXd start() const;

private:
    [[nodiscard]] static int place(const std::vector<int>& of, int variable) {
        return of[static_cast<std::size_t>(variable)];
    }
    void make_factor();

    const Problem& problem_;
    std::vector<int> measured_;
    std::vector<int> unmeasured_;
    std::vector<int> measured_of_;
    std::vector<int> unmeasured_of_;
    Eigen::VectorXd data_;
    Eigen::VectorXd size_;
    Eigen::SparseMatrix<double> factor_;
};

/// Errors of the conditions at a point, and how these change with each variable.
struct Linearised {
    Eigen::VectorXd error; ///< by condition
    Eigen::VectorXd size;  ///< sum of the sizes of its terms
    Eigen::SparseMatrix<double> measured;
    Eigen::SparseMatrix<double> unmeasured;
};

[[nodiscard]] Linearised linearise(const Problem& problem, const Layout& layout,
                                   const Eigen::VectorXd& point);

/// Factor of the correlations of some variables, in the order of `members`; empty if no errors can
/// be correlated like this.
[[nodiscard]] Eigen::MatrixXd correlation_factor(const std::vector<Correlation>& correlations,
                                                 const std::vector<int>& members);

} // namespace chainsim::reconcile::detail
