#pragma once

#include <chainsim/linear/detail/klu.hpp>
#include <chainsim/linear/detail/pattern_data.hpp>

#include <Eigen/Core>

namespace chainsim::linear::detail {

/// A factor of the nominal values, and GMRES with it for other values of the pattern: for these
/// the factor is stale, but near enough for some ten steps, each of a solution and a product, where
/// a factor of their own would fill in.
///
/// Source   Saad, Schultz (1986), GMRES, SIAM J. Sci. Stat. Comput. 7; as Eigen has it.
/// Threads  one object serves one thread.
class StaleFactor {
public:
    explicit StaleFactor(const PatternData& data);

    /// Whether the nominal values could be factorised.
    [[nodiscard]] bool is_regular() const { return regular_; }
    /// Solves for values by columns, or the transposed, and adds the steps that it took. False if
    /// it did not come near.
    [[nodiscard]] bool solve(const double* values, bool transposed, const Eigen::VectorXd& right,
                             Eigen::VectorXd& unknown, int& steps);

    static constexpr int most_steps = 30;

private:
    ColumnsView matrix_;
    Klu klu_;
    bool regular_;
};

} // namespace chainsim::linear::detail
