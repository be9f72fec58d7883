#pragma once

#include <chainsim/base/aligned.hpp>
#include <chainsim/base/vector_isa.hpp>
#include <chainsim/uncertainty/parameter_draws.hpp>
#include <chainsim/uncertainty/year_program.hpp>

#include <array>
#include <cstdint>
#include <vector>

namespace chainsim::uncertainty {

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

    [[nodiscard]] const ParameterDraws& draws() const noexcept { return draws_; }
    [[nodiscard]] const Parameters& parameters() const noexcept { return draws_.parameters(); }
    [[nodiscard]] const std::vector<YearProgram>& years() const noexcept { return years_; }
    [[nodiscard]] const std::vector<ClosingRecipe>& recipes() const noexcept {
        return draws_.recipes();
    }
    [[nodiscard]] const draws::Plan& plan() const noexcept { return draws_.plan(); }
    [[nodiscard]] const std::vector<int>& drawn() const noexcept { return draws_.drawn(); }
    [[nodiscard]] int position(int parameter) const { return draws_.position(parameter); }
    [[nodiscard]] const SampleOptions& options() const noexcept { return draws_.options(); }
    [[nodiscard]] const std::vector<char>& roles() const noexcept { return draws_.roles(); }
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
        [[nodiscard]] const Aligned& values() const noexcept { return draws_.values(); }

    private:
        friend class Sampler;
        ParameterDraws::Workspace draws_;
        std::vector<YearProgram::Workspace> years_;
        std::array<DrawHistory, vector_lanes> history_{};
    };

    /// Draws first .. first + lanes - 1 (at most eight). results: [output * 8 + lane], NaN where a
    /// year has no solution.
    void evaluate(std::int64_t first, int lanes, Workspace& work, double* results) const;

    /// The same for values of the parameters that are handed in, [p * 8 + lane]: those that are
    /// drawn. Closing flows are set here (`ParameterDraws::close`).
    void evaluate_values(double* values, int lanes, Workspace& work, double* results) const;

private:
    void solve_years(const double* values, int lanes, Workspace& work, double* results) const;

    ParameterDraws draws_;
    std::vector<YearProgram> years_;
    std::size_t outputs_ = 0;
};

} // namespace chainsim::uncertainty
