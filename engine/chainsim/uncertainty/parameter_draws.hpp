#pragma once

#include <chainsim/base/aligned.hpp>
#include <chainsim/base/vector_isa.hpp>
#include <chainsim/draws/plan.hpp>
#include <chainsim/number/tape.hpp>
#include <chainsim/uncertainty/closing.hpp>
#include <chainsim/uncertainty/parameters.hpp>

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace chainsim::uncertainty {

/// What is known of some figures together, as measurements tell it, instead of their values and
/// ranges: they are drawn as normal around what was measured, correlated (`draws::Group`).
struct Covariance {
    std::vector<std::string> ids; ///< of parameters
    std::vector<double> centres;  ///< in the units of the parameters
    std::vector<double> values;   ///< row-major
};

struct SampleOptions {
    std::int64_t draws = 1000;
    std::uint64_t seed = 1;
    draws::Method method = draws::Method::sobol;
    /// Closing flows follow, so that each draw closes as the nominal recipes do. Otherwise every
    /// range is drawn for itself, and draws are open.
    bool keeps_closure = true;
    Covariance covariance = {};
};

/// Values of all uncertain figures of a scenario, by draw.
///
/// Draw k depends on the figures of the scenario, the options and k alone.
///
/// Errors   ClosingError from `fill` and `figures`; draws::SampleError if the covariance is none;
///          ContractError if it names no parameter.
/// Threads  const functions at the same time, each with a workspace of its own.
class ParameterDraws {
public:
    /// The scenario must outlive it and stay where it is.
    ParameterDraws(const model::Scenario& scenario, SampleOptions options);

    [[nodiscard]] const Parameters& parameters() const noexcept { return parameters_; }
    [[nodiscard]] const std::vector<ClosingRecipe>& recipes() const noexcept { return recipes_; }
    /// Of the parameters that are drawn for themselves, in their order.
    [[nodiscard]] const draws::Plan& plan() const noexcept { return *plan_; }
    [[nodiscard]] const std::vector<int>& drawn() const noexcept { return drawn_; }
    /// Of a parameter in the plan; -1: it is not drawn for itself.
    [[nodiscard]] int position(int parameter) const {
        return position_[static_cast<std::size_t>(parameter)];
    }
    [[nodiscard]] const SampleOptions& options() const noexcept { return options_; }
    /// Parameters of the covariance, in its order.
    [[nodiscard]] const std::vector<int>& measured() const noexcept { return measured_; }
    /// By parameter: drawn for itself (1), following as a closing flow (2), or constant (0).
    [[nodiscard]] const std::vector<char>& roles() const noexcept { return roles_; }

    class Workspace {
    public:
        explicit Workspace(const ParameterDraws& draws);
        /// By parameter, of the last eight draws: [p * 8 + lane].
        [[nodiscard]] const Aligned& values() const noexcept { return values_; }
        /// Recipes drawn anew, counted each time, because the draw could not be.
        [[nodiscard]] const std::array<int, vector_lanes>& redrawn() const noexcept {
            return redrawn_;
        }

    private:
        friend class ParameterDraws;
        Aligned values_;
        Aligned planned_; ///< of the plan
        std::array<int, vector_lanes> redrawn_{};
    };

    /// Draws first .. first + lanes - 1 (at most eight).
    void fill(std::int64_t first, int lanes, Workspace& work) const;

    /// Sets the closing flows of values that are handed in, [p * 8 + lane]; where a recipe would be
    /// none that can be (`ClosingRecipe`), it moves but part of the way (`shrink`), as values that
    /// are asked for cannot be redrawn.
    void close(double* values, int lanes) const;

    /// One draw as the figures that it replaces.
    [[nodiscard]] number::Figures figures(std::int64_t draw) const;

private:
    void take_covariance();
    void make_plan();
    [[nodiscard]] draws::Group measured_group() const;
    void redraw(std::size_t recipe, std::int64_t draw, int lane, Workspace& work) const;

    SampleOptions options_;
    Parameters parameters_;
    std::vector<ClosingRecipe> recipes_; ///< those with closing flows that follow
    std::vector<int> measured_;
    std::vector<double> centres_; ///< by parameter: of its draws
    std::vector<char> roles_;
    std::vector<int> drawn_;    ///< parameters, by position in the plan
    std::vector<int> position_; ///< in the plan, by parameter; -1
    std::unique_ptr<draws::Plan> plan_;
};

} // namespace chainsim::uncertainty
