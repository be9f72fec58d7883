#include <chainsim/base/error.hpp>
#include <chainsim/draws/generator.hpp>
#include <chainsim/uncertainty/detail/resampling.hpp>
#include <chainsim/uncertainty/indices.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numeric>

namespace chainsim::uncertainty {

namespace {

constexpr double no_figure = std::numeric_limits<double>::quiet_NaN();

/// Mean and standard deviation of the numbers among the values.
struct EffectMoments {
    std::int64_t number = 0;
    double mean = no_figure;
    double deviation = no_figure;
};

template <typename Map>
EffectMoments moments_of(const double* values, std::size_t count, Map map) {
    EffectMoments result;
    double sum = 0.0;
    for (std::size_t i = 0; i < count; ++i) {
        if (!std::isnan(values[i])) {
            ++result.number;
            sum += map(values[i]);
        }
    }
    const auto number = static_cast<double>(result.number);
    result.mean = sum / number;
    double squares = 0.0;
    for (std::size_t i = 0; i < count; ++i) {
        if (!std::isnan(values[i])) {
            squares += (map(values[i]) - result.mean) * (map(values[i]) - result.mean);
        }
    }
    result.deviation = std::sqrt(squares / (number - 1.0));
    return result;
}

class MorrisSample {
public:
    MorrisSample(const Problem& problem, const WorkerModel& model, const MorrisSettings& settings,
                 const parallel::Executor& executor)
        : model_(model), settings_(settings), executor_(executor),
          factors_(detail::checked_factors(problem)), parameters_(problem.parameters),
          outputs_(detail::room_for(problem.outputs)) {
        CHAINSIM_EXPECT(static_cast<bool>(model), "no model to evaluate");
        CHAINSIM_EXPECT(settings.trajectories >= 2, "an interval needs two trajectories");
        CHAINSIM_EXPECT(settings.levels >= 2 && settings.levels % 2 == 0,
                        "the number of levels is not even");
        CHAINSIM_EXPECT(settings.resamples > 0, "no resamples");
        blocks_ = detail::room_for((settings.trajectories + vector_lanes - 1) / vector_lanes);
        effects_.resize(outputs_ * factors_.size() * blocks_);
        lost_.resize(blocks_, std::vector<std::int64_t>(outputs_, 0));
    }

    MorrisResult run() {
        std::vector<Workspace> workspaces(detail::room_for(executor_.threads()), Workspace(*this));
        executor_.for_each(
            0, static_cast<std::int64_t>(blocks_), [&](std::int64_t block, int worker) {
                walk(static_cast<std::size_t>(block), worker, workspaces[detail::room_for(worker)]);
            });
        return results();
    }

private:
    struct Workspace {
        std::vector<std::array<int, vector_lanes>> levels; // of parameters
        std::vector<detail::EightPoints> points, keys, before, after;
        std::array<std::vector<std::size_t>, vector_lanes> order; // factors, as they change
        explicit Workspace(const MorrisSample& sample)
            : levels(detail::room_for(sample.parameters_)), points(levels.size()),
              keys(sample.factors_.size()), before(sample.outputs_), after(sample.outputs_) {
            order.fill(std::vector<std::size_t>(keys.size()));
        }
    };

    [[nodiscard]] double place(int level) const {
        return settings_.placement == Placement::ends
                   ? static_cast<double>(level) / (settings_.levels - 1)
                   : (static_cast<double>(level) + 0.5) / settings_.levels;
    }

    void start(std::size_t block, Workspace& work) const {
        const draws::Generator generator(settings_.seed);
        const auto first = static_cast<std::uint64_t>(block) * vector_lanes;
        generator.uniforms(first, parameters_, detail::data_of(work.points));
        generator.uniforms_from((parameters_ + 3) / 4 * 4, first, static_cast<int>(factors_.size()),
                                detail::data_of(work.keys));
        for (std::size_t lane = 0; lane < vector_lanes; ++lane) {
            for (std::size_t p = 0; p < work.points.size(); ++p) {
                double& point = work.points[p].lane[lane];
                work.levels[p][lane] = static_cast<int>(point * settings_.levels);
                point = place(work.levels[p][lane]);
            }
            auto& order = work.order[lane];
            std::iota(order.begin(), order.end(), std::size_t{0});
            std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
                return work.keys[a].lane[lane] < work.keys[b].lane[lane];
            });
        }
    }

    void walk(std::size_t block, int worker, Workspace& work) {
        start(block, work);
        evaluate(block, worker, work);
        for (std::size_t step = 0; step < factors_.size(); ++step) {
            std::swap(work.before, work.after);
            std::array<double, vector_lanes> change{};
            for (std::size_t lane = 0; lane < vector_lanes; ++lane) {
                change[lane] = move_factor(factors_[work.order[lane][step]], lane, work);
            }
            evaluate(block, worker, work);
            for (std::size_t lane = 0; lane < lanes_of(block); ++lane) {
                record(block, lane, work.order[lane][step], change[lane], work);
            }
        }
    }

    /// The change of its quantile.
    double move_factor(const std::vector<int>& factor, std::size_t lane, Workspace& work) const {
        const int half = settings_.levels / 2;
        double change = 0.0;
        for (const int parameter : factor) {
            const auto p = detail::room_for(parameter);
            int& level = work.levels[p][lane];
            const int from = level;
            level += level < half ? half : -half;
            work.points[p].lane[lane] = place(level);
            change = place(level) - place(from);
        }
        return change;
    }

    void evaluate(std::size_t block, int worker, Workspace& work) {
        model_(worker, detail::data_of(work.points), detail::data_of(work.after));
        for (std::size_t o = 0; o < outputs_; ++o) {
            for (std::size_t lane = 0; lane < lanes_of(block); ++lane) {
                lost_[block][o] += std::isfinite(work.after[o].lane[lane]) ? 0 : 1;
            }
        }
    }

    void record(std::size_t block, std::size_t lane, std::size_t factor, double change,
                const Workspace& work) {
        for (std::size_t o = 0; o < outputs_; ++o) {
            const double before = work.before[o].lane[lane];
            const double after = work.after[o].lane[lane];
            const bool known = std::isfinite(before) && std::isfinite(after);
            effects_[(o * factors_.size() + factor) * blocks_ + block].lane[lane] =
                known ? (after - before) / change : no_figure;
        }
    }

    [[nodiscard]] std::size_t lanes_of(std::size_t block) const {
        return std::min<std::size_t>(vector_lanes, detail::room_for(settings_.trajectories) -
                                                       block * vector_lanes);
    }

    /// Means of absolute values over resampled trajectories.
    [[nodiscard]] std::vector<double> resampled(const double* effects) const {
        std::vector<double> result;
        result.reserve(counts_.size() * vector_lanes);
        for (const auto& counts : counts_) {
            detail::EightPoints number{};
            detail::EightPoints sum{};
            for (std::size_t t = 0; t < counts.size(); ++t) {
                if (std::isnan(effects[t])) {
                    continue;
                }
                const double absolute = std::abs(effects[t]);
                for (std::size_t lane = 0; lane < vector_lanes; ++lane) {
                    number.lane[lane] += counts[t].lane[lane];
                    sum.lane[lane] += counts[t].lane[lane] * absolute;
                }
            }
            for (std::size_t lane = 0; lane < vector_lanes; ++lane) {
                result.push_back(sum.lane[lane] / number.lane[lane]);
            }
        }
        result.resize(detail::room_for(settings_.resamples));
        return result;
    }

    [[nodiscard]] MorrisEffect effect(std::size_t output, std::size_t factor) const {
        const auto count = detail::room_for(settings_.trajectories);
        const double* effects = effects_[(output * factors_.size() + factor) * blocks_].lane.data();
        const auto plain = moments_of(effects, count, [](double x) { return x; });
        const auto absolute = moments_of(effects, count, [](double x) { return std::abs(x); });
        const auto [low, high] = detail::central_interval(resampled(effects));
        const double error = absolute.deviation / std::sqrt(static_cast<double>(absolute.number));
        const bool has_sign = factors_[factor].size() == 1;
        return {has_sign ? plain.mean : no_figure,
                has_sign ? plain.deviation : no_figure,
                {absolute.mean, error, low, high},
                plain.number};
    }

    void draw_resamples() {
        for (int first = 0; first < settings_.resamples; first += vector_lanes) {
            counts_.emplace_back(detail::room_for(settings_.trajectories));
            detail::resample(settings_.seed, first, counts_.back());
        }
    }

    [[nodiscard]] MorrisResult results() {
        draw_resamples();
        MorrisResult result{{},
                            static_cast<std::int64_t>(settings_.trajectories) *
                                static_cast<std::int64_t>(factors_.size() + 1),
                            std::vector<std::int64_t>(outputs_, 0)};
        result.outputs.resize(outputs_, std::vector<MorrisEffect>(factors_.size()));
        executor_.for_each(0, static_cast<std::int64_t>(outputs_ * factors_.size()),
                           [&](std::int64_t job, int) {
                               const auto number = static_cast<std::size_t>(job);
                               const auto output = number / factors_.size();
                               const auto factor = number % factors_.size();
                               result.outputs[output][factor] = effect(output, factor);
                           });
        for (std::size_t o = 0; o < outputs_; ++o) {
            for (const auto& of_block : lost_) {
                result.lost[o] += of_block[o];
            }
        }
        return result;
    }

    const WorkerModel& model_;
    const MorrisSettings& settings_;
    const parallel::Executor& executor_;
    std::vector<std::vector<int>> factors_;
    int parameters_;
    std::size_t outputs_;
    std::size_t blocks_ = 0;                               // of eight trajectories
    std::vector<detail::EightPoints> effects_;             // [output][factor][block]
    std::vector<std::vector<std::int64_t>> lost_;          // [block][output]
    std::vector<std::vector<detail::EightPoints>> counts_; // [eight resamples][trajectory]
};

} // namespace

MorrisResult morris_screening(const Problem& problem, const WorkerModel& model,
                              const MorrisSettings& settings, const parallel::Executor& executor) {
    return MorrisSample(problem, model, settings, executor).run();
}

MorrisResult morris_screening(const Problem& problem, const Model& model,
                              const MorrisSettings& settings) {
    CHAINSIM_EXPECT(static_cast<bool>(model), "no model to evaluate");
    return morris_screening(
        problem, [&](int, const double* points, double* results) { model(points, results); },
        settings, parallel::Executor(1));
}

} // namespace chainsim::uncertainty
