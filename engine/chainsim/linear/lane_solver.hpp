#pragma once

#include <chainsim/base/vector_isa.hpp>
#include <chainsim/linear/pattern.hpp>
#include <chainsim/linear/report.hpp>

#include <array>
#include <memory>
#include <span>

namespace chainsim::linear {

using LaneReports = std::array<LaneReport, vector_lanes>;

/// Solves `vector_lanes` systems of one pattern at once, one in each lane, by the method of the
/// pattern. A lane of which the method is not accurate enough is refined, and if need be done again
/// by itself: by GMRES with the factor of the nominal values where factors fill in, else with
/// pivoting. Every lane comes with its certificate. What a lane gives does not depend on what is in
/// the others, nor on the instruction set.
///
/// Shapes   values[entry * vector_lanes + lane], entries in the order of Pattern::entry_order;
///          vectors [row or column of the matrix * vector_lanes + lane].
/// Errors   ContractError if it solves before it has values. A system without a solution is a
///          report.
/// Threads  one thread for each solver; solvers share the pattern.
/// Cost     no memory is asked for except when a lane is done by itself. For GMRES a solver
///          factorises the nominal values once.
class LaneSolver {
public:
    /// The pattern outlives the solver.
    explicit LaneSolver(const Pattern& pattern, VectorIsa isa = vector_isa());
    ~LaneSolver();
    LaneSolver(LaneSolver&&) noexcept;
    LaneSolver& operator=(LaneSolver&&) noexcept;
    LaneSolver(const LaneSolver&) = delete;
    LaneSolver& operator=(const LaneSolver&) = delete;

    /// Takes new values, and factorises them if that is the method. They are read again by the
    /// solves: they stay where they are until the next call.
    void factor(const double* values);

    /// A x = right in every lane.
    LaneReports solve(const double* right, double* unknown, Start start = Start::zero);
    /// A' y = right in every lane: what a unit of each row is worth.
    LaneReports solve_transposed(const double* right, double* unknown, Start start = Start::zero);

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

/// sum over entries of weight * value * unknown of the entry's column, in every lane: an indicator
/// of which the coefficients are drawn too.
///
/// Shapes  values[entry * vector_lanes + lane]; unknown[column * vector_lanes + lane].
void score_lanes(int entries, const int* column, const double* weight, const double* values,
                 const double* unknown, std::array<double, vector_lanes>& score,
                 VectorIsa isa = vector_isa());

/// sum over rows of weight * unknown, for vectors side by side as LaneSolver (8) and
/// BaseFactor::solve_group (8 or 32) have them: one sum for each. ContractError for other widths.
void weigh_group(std::span<const double> weight, const double* unknown, std::span<double> sum,
                 VectorIsa isa = vector_isa());

} // namespace chainsim::linear
