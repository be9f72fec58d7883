#pragma once

#include <chainsim/accounts/indicators.hpp>
#include <chainsim/base/aligned.hpp>
#include <chainsim/number/linear_forms.hpp>
#include <chainsim/number/program.hpp>
#include <chainsim/solve/dispatch.hpp>
#include <chainsim/solve/lane_dispatch.hpp>
#include <chainsim/solve/straight_line.hpp>
#include <chainsim/system/system.hpp>
#include <chainsim/uncertainty/parameters.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace chainsim::uncertainty {

/// A year of a scenario as a program of its parameters: what `accounts::compile` and the dispatch
/// make of it, recorded once, and computed again for eight draws at a time.
///
/// The recording of the accounts gives the equations and every weight of every indicator. Draws
/// that stand on the piece of the nominal year cost a replay of it (`solve::StraightLine`); the
/// others are dispatched eight at a time (`solve::LaneDispatch`), and what is left one by one.
///
/// Shapes   parameters: by parameter of `Parameters`, [p * 8 + lane]; results: by `info()`,
/// likewise. Threads  const functions at the same time, each with a workspace of its own.
class YearProgram {
public:
    /// `varies`: by parameter; all others are constants at their values. The nominal year must have
    /// a solution.
    ///
    /// Errors   ContractError if the nominal year has none.
    YearProgram(const model::Scenario& scenario, int year, const Parameters& parameters,
                const std::vector<char>& varies);

    [[nodiscard]] int year() const noexcept { return year_; }
    /// All indicators, by id.
    [[nodiscard]] const std::vector<system::IndicatorInfo>& info() const noexcept { return info_; }
    /// At the nominal values; NaN where a quotient has nothing below it.
    [[nodiscard]] const std::vector<double>& nominal() const noexcept { return nominal_; }
    /// Whether the nominal year is on a piece that can be written down; only then is there a
    /// gradient.
    [[nodiscard]] bool has_piece() const noexcept { return line_ != nullptr; }

    /// What an evaluation works in: used again and again, never shared.
    class Workspace {
    public:
        explicit Workspace(const YearProgram& program);

    private:
        friend class YearProgram;
        Aligned cells_;      ///< of the coefficients
        Aligned line_cells_; ///< of the piece
        solve::LaneDispatch::Workspace lanes_;
        Aligned swept_;   ///< activities and trades, by sweeps
        Aligned amounts_; ///< activities and trades, in the order of the weights
        Aligned sums_;    ///< by indicator row
        std::unique_ptr<system::Equations> equations_;
        std::unique_ptr<solve::Dispatch> dispatch_;
    };

    /// How draws were solved, one bit each.
    struct Ways {
        unsigned on_piece = 0; ///< of the nominal year
        unsigned in_lanes = 0; ///< by sweeps with others, or by them known to have no solution
        unsigned alone = 0;    ///< by a dispatch of their own
    };

    /// Indicators of eight draws, of which the first `lanes` matter; NaN throughout for a draw
    /// without a solution.
    Ways evaluate(const double* parameters, int lanes, Workspace& work, double* results) const;

    /// How an indicator moves with every parameter at the nominal values: one backward sweep, which
    /// is the transposed solve. Slopes by parameter; closing flows are parameters of their own.
    [[nodiscard]] std::vector<double> gradient(std::size_t indicator) const;

private:
    struct Shown {
        int row = -1;
        int below = -1;      ///< of a quotient
        double factor = 1.0; ///< of a quotient
        int kinked = -1;     ///< of a sum of positive parts
    };

    void name_rows();
    void solve_nominal();
    [[nodiscard]] unsigned stand_on_piece(Workspace& work, unsigned wanted) const;
    [[nodiscard]] solve::LaneDispatch::Outcome solve_lanes(Workspace& work, unsigned wanted) const;
    void fill_equations(const double* cells, int lane, system::Equations& equations) const;
    void solve_lane(int lane, Workspace& work, unsigned& solved) const;
    void take_demand(Workspace& work) const;
    void count(Workspace& work, unsigned solved, double* results) const;
    void pull_back_dispatch(const Workspace& work, const std::vector<double>& by_amount,
                            std::vector<double>& by_cell) const;

    int year_ = 0;
    std::size_t parameters_ = 0;
    system::System system_;
    std::unique_ptr<number::Program> coefficients_;
    std::vector<int> figure_cells_; ///< by figure of the equations
    std::vector<char> figure_varies_;
    std::vector<int> varying_; ///< figures that vary
    std::unique_ptr<number::LinearForms> forms_;
    std::vector<int> constant_cells_; ///< by indicator row: cell of its constant
    std::vector<std::vector<std::pair<int, int>>> kinked_; ///< row, cell of the share
    std::vector<Shown> shown_;
    std::vector<system::IndicatorInfo> info_;
    std::vector<double> nominal_;
    std::vector<double> nominal_parameters_;
    std::unique_ptr<solve::StraightLine> line_; ///< of the nominal year, if it has one
    std::unique_ptr<solve::LaneDispatch> lanes_;
};

} // namespace chainsim::uncertainty
