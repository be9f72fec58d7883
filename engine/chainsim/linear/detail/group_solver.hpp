#pragma once

#include <chainsim/linear/detail/pattern_data.hpp>
#include <chainsim/linear/detail/stale_factor.hpp>
#include <chainsim/linear/report.hpp>

#include <Eigen/Core>

#include <array>
#include <memory>
#include <span>
#include <vector>

namespace chainsim::linear::detail {

/// The way of a group of vectors through one method, certificate, refinement and, where these do
/// not suffice, pivoting. Vectors are [row * width + lane] in the order of the work.
class GroupSolver {
public:
    GroupSolver(const PatternData& data, Numbers numbers, VectorIsa isa);

    [[nodiscard]] int width() const { return width_; }

    /// Values in the order of the work, which stay where they are until the next: one for each
    /// lane, or one for all.
    void take(const double* values);

    [[nodiscard]] double* right() { return right_.data(); }
    [[nodiscard]] double* unknown() { return unknown_.data(); }
    /// right()[k] = from[places[k]], unknown()[k] = from[places[k]], to[places[k]] = unknown()[k],
    /// in groups of the width.
    void load_right(const std::vector<int>& places, const double* from);
    void load_unknown(const std::vector<int>& places, const double* from);
    void store_unknown(const std::vector<int>& places, double* to) const;

    /// Solves for right(). A start, if wanted, is in unknown(). Lanes that are not solved are not a
    /// number afterwards.
    void solve(Start start, std::span<LaneReport> reports);
    void solve_transposed(Start start, std::span<LaneReport> reports);

private:
    enum class Side { plain, transposed };

    void run(Side side, Start start, std::span<LaneReport> reports);
    void factor_lanes();
    void solve_by_factor(Side side);
    void solve_by_sweeps(Side side, Start start);
    void sweep(Side side, double tolerance);
    void apply_factor(Side side, const double* right, double* unknown);
    void certify(Side side);
    void check(Side side, bool whole);
    void redo(Side side, int lane, LaneReport& report);
    [[nodiscard]] bool iterate(Side side, int lane, LaneReport& report);
    void pivot(Side side, int lane, LaneReport& report);
    [[nodiscard]] bool take_column_values(int lane);
    template <class Solve>
    [[nodiscard]] bool correct(Side side, int lane, const std::vector<double>& right, bool first,
                               Solve solve);
    [[nodiscard]] Klu* pivoted(int lane);
    [[nodiscard]] FactorNumbers factor_numbers();
    [[nodiscard]] bool is_accurate(int lane) const;
    [[nodiscard]] bool is_lost(int lane) const;

    const PatternData& data_;
    Numbers numbers_;
    Kernels kernels_;
    int width_;
    const double* values_ = nullptr;
    std::vector<double> right_, unknown_, residual_, magnitude_, base_, inverse_;
    std::vector<double> lower_, upper_, pivots_;
    std::vector<double> active_, open_, error_, bound_, growth_;
    int passes_ = 0;
    /// Factors with pivoting, of a lane's values or of the shared ones; made when one needs them.
    struct Pivoted {
        std::unique_ptr<Klu> klu;
        bool tried = false;
        bool regular = false;
    };
    std::array<Pivoted, vector_lanes> pivoted_;
    std::unique_ptr<StaleFactor> stale_; ///< made when a lane needs it
    std::vector<double> column_values_;
    Eigen::VectorXd column_right_, column_unknown_;
};

} // namespace chainsim::linear::detail
