#include <chainsim/base/error.hpp>
#include <chainsim/uncertainty/detail/resampling.hpp>
#include <chainsim/uncertainty/indices.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <utility>

namespace chainsim::uncertainty {

namespace {

using detail::EightPoints;

/// Seeds of replicates, far apart for neighbouring seeds (the finaliser of splitmix64, Steele et
/// al. 2014).
std::uint64_t replicate_seed(std::uint64_t seed, int replicate) {
    std::uint64_t z = seed + (static_cast<std::uint64_t>(replicate) + 1) * 0x9E3779B97F4A7C15;
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EB;
    return z ^ (z >> 31U);
}

class SobolSample {
public:
    SobolSample(const Problem& problem, const WorkerModel& model, const SobolSettings& settings,
                const parallel::Executor& executor)
        : model_(model), settings_(settings), executor_(executor),
          factors_(detail::checked_factors(problem)), parameters_(problem.parameters),
          outputs_(detail::room_for(problem.outputs)) {
        CHAINSIM_EXPECT(static_cast<bool>(model), "no model to evaluate");
        CHAINSIM_EXPECT(settings.replicates >= 2, "an interval needs two replicates");
        CHAINSIM_EXPECT(settings.n >= settings.replicates && settings.n % settings.replicates == 0,
                        "the number of base points is not a multiple of the replicates");
        CHAINSIM_EXPECT(settings.resamples > 0, "no resamples");
        points_ = settings.n / settings.replicates;
        make_sequences();
        sums_.resize(detail::room_for(settings.replicates) * outputs_, Numbers(sums_per_output()));
        references_.resize(outputs_, 0.0);
        lost_.resize(outputs_, 0);
    }

    SobolResult run() {
        const std::int64_t blocks = (points_ + vector_lanes - 1) / vector_lanes;
        std::vector<Workspace> workspaces(detail::room_for(executor_.threads()), Workspace(*this));
        std::vector<std::vector<EightPoints>> slots(
            detail::room_for(executor_.slots()),
            std::vector<EightPoints>((factors_.size() + 2) * outputs_));
        executor_.in_order(
            0, blocks * settings_.replicates,
            [&](std::int64_t job, int worker, int slot) {
                evaluate(static_cast<int>(job / blocks), job % blocks, worker,
                         workspaces[detail::room_for(worker)], slots[detail::room_for(slot)]);
            },
            [&](std::int64_t job, int slot) {
                gather(detail::room_for(static_cast<int>(job / blocks)), job % blocks,
                       slots[detail::room_for(slot)]);
                return true;
            });
        return results();
    }

private:
    /// Places in the sums of one output, of results less a reference: those of A and B, then those
    /// of one factor after the other. All are additive, so that replicates can be put together at
    /// will.
    enum BaseSum : std::size_t { base_points, base_values, base_squares, base_sums };
    enum FactorSum : std::size_t {
        factor_points, // with A, B and AB
        steps,         // AB - A
        steps_times_b, // B (AB - A)
        steps_squared, // (AB - A)^2
        rests_squared, // (B - AB)^2
        factor_sums,
    };

    /// Places in what is estimated of one output: mean, variance, then first and total of each
    /// factor.
    enum Statistic : std::size_t { mean_value, variance_value, index_values };

    using Numbers = std::vector<double>;

    struct Workspace {
        std::vector<EightPoints> a, b;
        explicit Workspace(const SobolSample& sample)
            : a(detail::room_for(sample.parameters_)), b(a.size()) {}
    };

    void make_sequences() {
        // The first dimension asked for must be a multiple of four.
        first_of_b_ = (parameters_ + 3) / 4 * 4;
        sequences_.reserve(detail::room_for(settings_.replicates));
        for (int r = 0; r < settings_.replicates; ++r) {
            sequences_.emplace_back(settings_.method, replicate_seed(settings_.seed, r), points_,
                                    first_of_b_ + parameters_);
        }
    }

    [[nodiscard]] std::size_t sums_per_output() const {
        return base_sums + factor_sums * factors_.size();
    }

    /// Results of A, of B, and of AB of each factor: [matrix][output].
    void evaluate(int replicate, std::int64_t block, int worker, Workspace& work,
                  std::vector<EightPoints>& results) const {
        const auto& sequence = sequences_[detail::room_for(replicate)];
        sequence.uniforms(block * vector_lanes, 0, parameters_, detail::data_of(work.a));
        sequence.uniforms(block * vector_lanes, first_of_b_, parameters_, detail::data_of(work.b));
        const auto evaluate_one = [&](std::vector<EightPoints>& points, std::size_t matrix) {
            model_(worker, detail::data_of(points), results[matrix * outputs_].lane.data());
        };
        evaluate_one(work.a, 0);
        evaluate_one(work.b, 1);
        for (std::size_t k = 0; k < factors_.size(); ++k) {
            swap_factor(work, factors_[k]);
            evaluate_one(work.a, k + 2);
            swap_factor(work, factors_[k]);
        }
    }

    static void swap_factor(Workspace& work, const std::vector<int>& factor) {
        for (const int p : factor) {
            std::swap(work.a[detail::room_for(p)], work.b[detail::room_for(p)]);
        }
    }

    void gather(std::size_t replicate, std::int64_t block,
                const std::vector<EightPoints>& results) {
        const auto lanes = static_cast<std::size_t>(
            std::min<std::int64_t>(vector_lanes, points_ - block * vector_lanes));
        for (std::size_t o = 0; o < outputs_; ++o) {
            auto& sums = sums_[replicate * outputs_ + o];
            EightPoints a = results[o];
            EightPoints b = results[outputs_ + o];
            refer(o, lanes, a);
            refer(o, lanes, b);
            add_base(lanes, a, b, sums);
            for (std::size_t k = 0; k < factors_.size(); ++k) {
                EightPoints ab = results[(k + 2) * outputs_ + o];
                refer(o, lanes, ab);
                add_factor(lanes, a, b, ab, sums.data() + base_sums + k * factor_sums);
            }
        }
    }

    /// Less the first result there is: squares of what is far from 0 would cost digits.
    void refer(std::size_t output, std::size_t lanes, EightPoints& values) {
        for (std::size_t lane = 0; lane < lanes; ++lane) {
            double& value = values.lane[lane];
            if (!std::isfinite(value)) {
                ++lost_[output];
                continue;
            }
            if (!has_reference_[output]) {
                references_[output] = value;
                has_reference_[output] = true;
            }
            value -= references_[output];
        }
    }

    static void add_base(std::size_t lanes, const EightPoints& a, const EightPoints& b,
                         Numbers& sums) {
        for (std::size_t lane = 0; lane < lanes; ++lane) {
            const double of_a = a.lane[lane];
            const double of_b = b.lane[lane];
            if (std::isfinite(of_a) && std::isfinite(of_b)) {
                sums[base_points] += 1.0;
                sums[base_values] += of_a + of_b;
                sums[base_squares] += of_a * of_a + of_b * of_b;
            }
        }
    }

    static void add_factor(std::size_t lanes, const EightPoints& a, const EightPoints& b,
                           const EightPoints& ab, double* sums) {
        for (std::size_t lane = 0; lane < lanes; ++lane) {
            const double step = ab.lane[lane] - a.lane[lane];
            const double rest = b.lane[lane] - ab.lane[lane];
            if (std::isfinite(step) && std::isfinite(rest)) {
                sums[factor_points] += 1.0;
                sums[steps] += step;
                sums[steps_times_b] += b.lane[lane] * step;
                sums[steps_squared] += step * step;
                sums[rests_squared] += rest * rest;
            }
        }
    }

    /// NaN where there are too few points.
    void estimate(std::size_t output, const Numbers& sums, Numbers& statistics) const {
        const double values = 2.0 * sums[base_points];
        const double mean = sums[base_values] / values;
        const double variance = (sums[base_squares] - mean * sums[base_values]) / (values - 1.0);
        statistics[mean_value] = references_[output] + mean;
        statistics[variance_value] = variance;
        for (std::size_t k = 0; k < factors_.size(); ++k) {
            const double* of_factor = sums.data() + base_sums + k * factor_sums;
            const double points = of_factor[factor_points];
            const double first = settings_.first_order == FirstOrder::saltelli
                                     ? (of_factor[steps_times_b] - mean * of_factor[steps]) / points
                                     : variance - 0.5 * of_factor[rests_squared] / points;
            statistics[index_values + 2 * k] = first / variance;
            statistics[index_values + 2 * k + 1] =
                0.5 * of_factor[steps_squared] / points / variance;
        }
    }

    /// weight(replicate) times the sums of each replicate.
    template <typename Weight>
    void weigh(std::size_t output, Weight weight, Numbers& sums) const {
        std::fill(sums.begin(), sums.end(), 0.0);
        for (std::size_t r = 0; r < detail::room_for(settings_.replicates); ++r) {
            const double factor = weight(r);
            const auto& of_replicate = sums_[r * outputs_ + output];
            for (std::size_t i = 0; i < sums.size(); ++i) {
                sums[i] += factor * of_replicate[i];
            }
        }
    }

    /// Standard errors from all replicates but one, for each one.
    [[nodiscard]] Numbers jackknife(std::size_t output) const {
        const auto replicates = detail::room_for(settings_.replicates);
        Numbers sums(sums_per_output());
        std::vector<Numbers> left(replicates, Numbers(index_values + 2 * factors_.size()));
        for (std::size_t without = 0; without < replicates; ++without) {
            weigh(
                output, [&](std::size_t r) { return r == without ? 0.0 : 1.0; }, sums);
            estimate(output, sums, left[without]);
        }
        Numbers errors(left.front().size());
        const auto number = static_cast<double>(replicates);
        for (std::size_t s = 0; s < errors.size(); ++s) {
            double mean = 0.0;
            for (const auto& of_one : left) {
                mean += of_one[s] / number;
            }
            double squares = 0.0;
            for (const auto& of_one : left) {
                squares += (of_one[s] - mean) * (of_one[s] - mean);
            }
            errors[s] = std::sqrt(squares * (number - 1.0) / number);
        }
        return errors;
    }

    /// [statistic][resample]
    [[nodiscard]] std::vector<Numbers> bootstrap(std::size_t output) const {
        std::vector<EightPoints> counts(detail::room_for(settings_.replicates));
        Numbers sums(sums_per_output());
        Numbers statistics(index_values + 2 * factors_.size());
        std::vector<Numbers> result(statistics.size());
        for (int first = 0; first < settings_.resamples; first += vector_lanes) {
            detail::resample(settings_.seed, first, counts);
            const int lanes = std::min(vector_lanes, settings_.resamples - first);
            for (std::size_t lane = 0; lane < detail::room_for(lanes); ++lane) {
                weigh(
                    output, [&](std::size_t r) { return counts[r].lane[lane]; }, sums);
                estimate(output, sums, statistics);
                for (std::size_t s = 0; s < statistics.size(); ++s) {
                    result[s].push_back(statistics[s]);
                }
            }
        }
        return result;
    }

    [[nodiscard]] std::vector<Estimate> with_intervals(std::size_t output,
                                                       const Numbers& statistics) const {
        const auto errors = jackknife(output);
        std::vector<Estimate> result;
        result.reserve(statistics.size());
        if (settings_.interval == Interval::student) {
            const double t = detail::student_quantile(settings_.replicates - 1);
            for (std::size_t s = 0; s < statistics.size(); ++s) {
                result.push_back({statistics[s], errors[s], statistics[s] - t * errors[s],
                                  statistics[s] + t * errors[s]});
            }
            return result;
        }
        auto resampled = bootstrap(output);
        for (std::size_t s = 0; s < statistics.size(); ++s) {
            const auto [low, high] = detail::central_interval(std::move(resampled[s]));
            result.push_back({statistics[s], errors[s], low, high});
        }
        return result;
    }

    [[nodiscard]] SobolIndices indices(std::size_t output) const {
        Numbers sums(sums_per_output());
        Numbers statistics(index_values + 2 * factors_.size());
        weigh(
            output, [](std::size_t) { return 1.0; }, sums);
        estimate(output, sums, statistics);
        const auto estimates = with_intervals(output, statistics);
        SobolIndices result{estimates[mean_value],
                            estimates[variance_value],
                            {},
                            {},
                            static_cast<std::int64_t>(sums[base_points]),
                            {},
                            lost_[output]};
        for (std::size_t k = 0; k < factors_.size(); ++k) {
            result.first.push_back(estimates[index_values + 2 * k]);
            result.total.push_back(estimates[index_values + 2 * k + 1]);
            result.used.push_back(
                static_cast<std::int64_t>(sums[base_sums + k * factor_sums + factor_points]));
        }
        return result;
    }

    [[nodiscard]] SobolResult results() const {
        SobolResult result{{}, settings_.n * static_cast<std::int64_t>(factors_.size() + 2)};
        result.outputs.reserve(outputs_);
        for (std::size_t o = 0; o < outputs_; ++o) {
            result.outputs.push_back(indices(o));
        }
        return result;
    }

    const WorkerModel& model_;
    const SobolSettings& settings_;
    const parallel::Executor& executor_;
    std::vector<std::vector<int>> factors_;
    int parameters_;
    std::size_t outputs_;
    std::int64_t points_ = 0; // of a replicate
    int first_of_b_ = 0;      // dimension
    std::vector<draws::Sequence> sequences_;
    std::vector<Numbers> sums_; // [replicate][output]
    Numbers references_;
    std::vector<bool> has_reference_ = std::vector<bool>(outputs_, false);
    std::vector<std::int64_t> lost_;
};

} // namespace

SobolResult sobol_indices(const Problem& problem, const WorkerModel& model,
                          const SobolSettings& settings, const parallel::Executor& executor) {
    return SobolSample(problem, model, settings, executor).run();
}

SobolResult sobol_indices(const Problem& problem, const Model& model,
                          const SobolSettings& settings) {
    CHAINSIM_EXPECT(static_cast<bool>(model), "no model to evaluate");
    return sobol_indices(
        problem, [&](int, const double* points, double* results) { model(points, results); },
        settings, parallel::Executor(1));
}

} // namespace chainsim::uncertainty
