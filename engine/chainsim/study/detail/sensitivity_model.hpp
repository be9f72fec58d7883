#pragma once

#include <chainsim/base/aligned.hpp>
#include <chainsim/study/sensitivity.hpp>
#include <chainsim/table/column.hpp>
#include <chainsim/uncertainty/indices.hpp>
#include <chainsim/uncertainty/sampler.hpp>

#include <cstddef>
#include <memory>
#include <vector>

namespace chainsim::study::detail {

/// Figures that move together, and what the indicator does with them.
struct Factor {
    std::vector<std::size_t> members; ///< parameters
    double slope = 0.0;               ///< of the indicator by the first member, moving alone
    double effect = 0.0;              ///< of the indicator by one standard deviation of the set
    double share = 0.0;               ///< of the variance
    double elasticity = 0.0;          ///< all members moving by the same share
    bool is_drawn = false;            ///< some member has a range, and moves in draws
    double low = table::absent;       ///< the indicator with all at their low ends
    double high = table::absent;
};

/// An indicator of a year as a function of the figures of a scenario.
///
/// Errors   as `sensitivity_page`.
class SensitivityModel {
public:
    SensitivityModel(const Study& study, const SensitivityRequest& request);

    [[nodiscard]] const uncertainty::YearProgram& year() const {
        return sampler_->years()[position_];
    }
    [[nodiscard]] const system::IndicatorInfo& info() const { return year().info()[indicator_]; }
    [[nodiscard]] double nominal() const { return year().nominal()[indicator_]; }
    /// By share of the variance, the largest first; the rest by elasticity.
    [[nodiscard]] const std::vector<Factor>& factors() const { return factors_; }
    /// How many of them are drawn; those stand before the others.
    [[nodiscard]] std::size_t drawn() const { return drawn_; }
    /// Standard deviation of the indicator, by the slopes.
    [[nodiscard]] double spread() const { return spread_; }
    /// The figure by which a factor is named.
    [[nodiscard]] const uncertainty::Parameter& figure(const Factor& factor) const {
        return parameter(factor.members.front());
    }

    /// Finds the indicator with each of the first factors at the ends of its range, all else
    /// nominal.
    void swing(std::size_t count);
    /// Of the first `own` factors one by one, and of all other drawn ones as one, the last.
    [[nodiscard]] uncertainty::SobolResult sobol(std::size_t own);
    /// Of all factors that are drawn, `trajectories` each.
    [[nodiscard]] uncertainty::MorrisResult morris(int trajectories);

private:
    struct Worker;

    [[nodiscard]] const uncertainty::Parameter& parameter(std::size_t p) const {
        return sampler_->parameters().all[p];
    }
    void find_indicator();
    [[nodiscard]] std::vector<double> slopes() const;
    void rank();
    [[nodiscard]] double deviation(std::size_t p) const;
    void set_nominal(Aligned& values) const;
    void evaluate(const double* points, Worker& worker, double* out) const;
    [[nodiscard]] uncertainty::WorkerModel model_for(int threads);

    const Study& study_;
    SensitivityRequest request_;
    std::size_t position_; ///< of the year
    std::unique_ptr<uncertainty::Sampler> sampler_;
    std::size_t indicator_ = 0; ///< among those of the year
    std::size_t column_ = 0;    ///< among the outputs of the sampler
    std::vector<Factor> factors_;
    std::size_t drawn_ = 0;
    double spread_ = 0.0;
    std::vector<std::shared_ptr<Worker>> workers_; ///< one a thread
};

} // namespace chainsim::study::detail
