#pragma once

#include <chainsim/base/aligned.hpp>
#include <chainsim/base/vector_isa.hpp>
#include <chainsim/draws/plan.hpp>
#include <chainsim/uncertainty/closing.hpp>
#include <chainsim/uncertainty/parameters.hpp>
#include <chainsim/uncertainty/year_program.hpp>

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace chainsim::uncertainty {

struct SampleOptions {
    std::int64_t draws = 1000;
    std::uint64_t seed = 1;
    draws::Method method = draws::Method::sobol;
    /// Closing flows follow, so that each draw closes as the nominal recipes do. Otherwise every
    /// range is drawn for itself, and draws are open.
    bool keeps_closure = true;
};

/// How a draw came about, over all its years.
struct DrawHistory {
    int redrawn = 0;  ///< recipes drawn anew, counted each time, because the draw could not be
    int on_piece = 0; ///< years solved on the piece of the nominal one
    int in_lanes = 0; ///< years solved by sweeps
    int alone = 0;    ///< years solved by a dispatch of their own
};

/// Draws of all uncertain figures of a scenario, through every year of it.
///
/// Draw k depends on the scenario, the options and k alone.
///
/// Errors   ContractError if a nominal year has no solution; ClosingError from `evaluate`.
/// Threads  const functions at the same time, each with a workspace of its own.
class Sampler {
public:
    /// The scenario must outlive it and stay where it is.
    Sampler(const model::Scenario& scenario, const SampleOptions& options);

    [[nodiscard]] const Parameters& parameters() const noexcept { return parameters_; }
    [[nodiscard]] const std::vector<YearProgram>& years() const noexcept { return years_; }
    [[nodiscard]] const std::vector<ClosingRecipe>& recipes() const noexcept { return recipes_; }
    /// Of the parameters that are drawn for themselves, in their order.
    [[nodiscard]] const draws::Plan& plan() const noexcept { return *plan_; }
    [[nodiscard]] const std::vector<int>& drawn() const noexcept { return drawn_; }
    /// Of a parameter in the plan; -1: it is not drawn for itself.
    [[nodiscard]] int position(int parameter) const {
        return position_[static_cast<std::size_t>(parameter)];
    }
    [[nodiscard]] const SampleOptions& options() const noexcept { return options_; }
    /// By parameter: drawn for itself (1), following as a closing flow (2), or constant (0).
    [[nodiscard]] const std::vector<char>& roles() const noexcept { return roles_; }
    /// All indicators of all years: year by year.
    [[nodiscard]] std::size_t outputs() const noexcept { return outputs_; }

    class Workspace {
    public:
        explicit Workspace(const Sampler& sampler);
        /// Of the last eight draws.
        [[nodiscard]] const std::array<DrawHistory, vector_lanes>& history() const noexcept {
            return history_;
        }
        /// Values of the parameters of the last eight draws.
        [[nodiscard]] const Aligned& values() const noexcept { return values_; }

    private:
        friend class Sampler;
        Aligned values_;
        Aligned planned_; ///< of the plan
        std::vector<YearProgram::Workspace> years_;
        std::array<DrawHistory, vector_lanes> history_{};
    };

    /// Draws first .. first + lanes - 1 (at most eight). results: [output * 8 + lane], NaN where a
    /// year has no solution.
    void evaluate(std::int64_t first, int lanes, Workspace& work, double* results) const;

    /// The same for values of the parameters that are handed in, [p * 8 + lane]: those that are
    /// drawn. Closing flows are set here; where a recipe would be none that can be
    /// (`ClosingRecipe`), it moves but part of the way (`shrink`), as values that are asked for
    /// cannot be redrawn.
    void evaluate_values(double* values, int lanes, Workspace& work, double* results) const;

private:
    void make_plan();
    void solve_years(const double* values, int lanes, Workspace& work, double* results) const;
    void draw(std::int64_t first, int lanes, Workspace& work) const;
    void redraw(std::size_t recipe, std::int64_t draw, int lane, Workspace& work) const;

    SampleOptions options_;
    Parameters parameters_;
    std::vector<ClosingRecipe> recipes_; ///< those with closing flows that follow
    std::vector<char> roles_;
    std::vector<int> drawn_;    ///< parameters, by position in the plan
    std::vector<int> position_; ///< in the plan, by parameter; -1
    std::unique_ptr<draws::Plan> plan_;
    std::vector<YearProgram> years_;
    std::size_t outputs_ = 0;
};

} // namespace chainsim::uncertainty
