#include <chainsim/base/diagnostic.hpp>
#include <chainsim/base/nearest.hpp>
#include <chainsim/base/vector_isa.hpp>
#include <chainsim/study/detail/sensitivity_model.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <string>
#include <tuple>
#include <utility>

namespace chainsim::study::detail {

using uncertainty::Sampler;

namespace {

constexpr auto lanes = static_cast<std::size_t>(vector_lanes);

std::size_t at(int p) { return static_cast<std::size_t>(p); }

InputError refusal(const Study& study, std::string message, std::string help) {
    return InputError(
        {Diagnostic{{}, study.scenario().id, std::move(message), std::move(help), {}, {}}});
}

std::size_t position_of(const Study& study, const SensitivityRequest& request) {
    const auto& years = study.scenario().years;
    const int wanted = request.year == 0 ? years.back() : request.year;
    const auto found = std::find(years.begin(), years.end(), wanted);
    if (found == years.end()) {
        throw refusal(study, fmt::format("the scenario does not solve {}", wanted),
                      fmt::format("it solves {} to {}", years.front(), years.back()));
    }
    return static_cast<std::size_t>(found - years.begin());
}

uncertainty::SampleOptions options_of(const SensitivityRequest& request) {
    uncertainty::SampleOptions options;
    options.draws = 1;
    options.seed = request.seed;
    options.method = draws::Method::random;
    return options;
}

} // namespace

/// What a thread works in.
struct SensitivityModel::Worker {
    explicit Worker(const Sampler& sampler)
        : work(sampler), values(sampler.parameters().all.size() * lanes),
          results(sampler.outputs() * lanes) {}
    Sampler::Workspace work;
    Aligned values;
    Aligned results;
};

SensitivityModel::SensitivityModel(const Study& study, const SensitivityRequest& request)
    : study_(study), request_(request), position_(position_of(study, request)),
      sampler_(std::make_unique<Sampler>(study.scenario(), options_of(request))) {
    find_indicator();
    rank();
}

void SensitivityModel::find_indicator() {
    std::vector<std::string> ids;
    ids.reserve(year().info().size());
    for (const auto& one : year().info()) {
        ids.push_back(one.id);
    }
    const auto found = std::find(ids.begin(), ids.end(), request_.indicator);
    if (found == ids.end()) {
        const auto near = nearest(request_.indicator, ids);
        throw refusal(study_, fmt::format("no indicator '{}'", request_.indicator),
                      near.empty() ? "`run` lists them in indicators.csv"
                                   : fmt::format("the nearest is '{}'", near));
    }
    indicator_ = static_cast<std::size_t>(found - ids.begin());
    column_ = indicator_;
    for (std::size_t y = 0; y < position_; ++y) {
        column_ += sampler_->years()[y].info().size();
    }
}

/// By every figure, closing flows following; 0 by those that follow.
std::vector<double> SensitivityModel::slopes() const {
    const auto& parameters = sampler_->parameters();
    const std::vector<char> all(parameters.all.size(), 1);
    const uncertainty::YearProgram program(study_.scenario(), year().year(), parameters, all);
    auto slopes = program.gradient(indicator_);
    for (const auto& recipe : parameters.recipes) {
        const uncertainty::ClosingRecipe closing(recipe, parameters.all,
                                                 study_.scenario().model.commodities,
                                                 uncertainty::ClosingRecipe::Movers::all);
        for (std::size_t j = 0; j < closing.drawn().size(); ++j) {
            for (std::size_t i = 0; i < closing.closing().size(); ++i) {
                slopes[at(closing.drawn()[j])] +=
                    closing.slope(i, j) * slopes[at(closing.closing()[i])];
            }
        }
        for (const int p : closing.closing()) {
            slopes[at(p)] = 0.0;
        }
    }
    return slopes;
}

void SensitivityModel::rank() {
    const auto slope = slopes();
    std::map<int, std::size_t> of_set;
    for (std::size_t p = 0; p < slope.size(); ++p) {
        const int set = parameter(p).set;
        const auto [found, is_new] =
            set < 0 ? std::pair(of_set.end(), true) : of_set.try_emplace(set, factors_.size());
        if (is_new) {
            factors_.emplace_back();
            factors_.back().slope = slope[p];
        }
        auto& factor = is_new ? factors_.back() : factors_[found->second];
        factor.members.push_back(p);
        factor.effect += slope[p] * deviation(p);
        factor.elasticity += slope[p] * parameter(p).value;
        factor.is_drawn = factor.is_drawn || sampler_->roles()[p] == 1;
    }
    double variance = 0.0;
    for (auto& factor : factors_) {
        variance += factor.effect * factor.effect;
        factor.elasticity /= nominal();
        drawn_ += factor.is_drawn ? 1 : 0;
    }
    for (auto& factor : factors_) {
        factor.share = variance > 0.0 ? factor.effect * factor.effect / variance : 0.0;
    }
    std::stable_sort(factors_.begin(), factors_.end(), [](const auto& a, const auto& b) {
        return std::tuple(a.is_drawn, a.share, std::abs(a.elasticity)) >
               std::tuple(b.is_drawn, b.share, std::abs(b.elasticity));
    });
    spread_ = std::sqrt(variance);
}

/// Standard deviation of a figure that is drawn; 0 of all others.
double SensitivityModel::deviation(std::size_t p) const {
    const int position = sampler_->position(static_cast<int>(p));
    return position < 0 ? 0.0 : sampler_->plan().sd(position);
}

void SensitivityModel::set_nominal(Aligned& values) const {
    for (std::size_t p = 0; p < sampler_->parameters().all.size(); ++p) {
        std::fill_n(values.data() + p * lanes, lanes, parameter(p).value);
    }
}

void SensitivityModel::swing(std::size_t count) {
    Worker worker(*sampler_);
    for (std::size_t k = 0; k < count; k += lanes / 2) {
        const std::size_t now = std::min(lanes / 2, count - k);
        set_nominal(worker.values);
        for (std::size_t i = 0; i < now; ++i) {
            for (const auto p : factors_[k + i].members) {
                if (sampler_->roles()[p] == 1) {
                    worker.values[p * lanes + 2 * i] = parameter(p).low;
                    worker.values[p * lanes + 2 * i + 1] = parameter(p).high;
                }
            }
        }
        sampler_->evaluate_values(worker.values.data(), static_cast<int>(2 * now), worker.work,
                                  worker.results.data());
        for (std::size_t i = 0; i < now && factors_[k + i].is_drawn; ++i) {
            factors_[k + i].low = worker.results[column_ * lanes + 2 * i];
            factors_[k + i].high = worker.results[column_ * lanes + 2 * i + 1];
        }
    }
}

/// Points of the unit cube to the indicator: a coordinate for each factor that is drawn, the same
/// for all its members.
void SensitivityModel::evaluate(const double* points, Worker& worker, double* out) const {
    set_nominal(worker.values);
    for (std::size_t k = 0; k < drawn_; ++k) {
        for (const auto p : factors_[k].members) {
            const int position = sampler_->position(static_cast<int>(p));
            for (std::size_t lane = 0; position >= 0 && lane < lanes; ++lane) {
                worker.values[p * lanes + lane] =
                    sampler_->plan().quantile(position, points[k * lanes + lane]);
            }
        }
    }
    sampler_->evaluate_values(worker.values.data(), vector_lanes, worker.work,
                              worker.results.data());
    std::copy_n(worker.results.data() + column_ * lanes, lanes, out);
}

uncertainty::WorkerModel SensitivityModel::model_for(int threads) {
    workers_.clear();
    for (int i = 0; i < threads; ++i) {
        workers_.push_back(std::make_shared<Worker>(*sampler_));
    }
    return [this](int worker, const double* points, double* out) {
        evaluate(points, *workers_[at(worker)], out);
    };
}

uncertainty::SobolResult SensitivityModel::sobol(std::size_t own) {
    uncertainty::Problem problem;
    problem.parameters = static_cast<int>(drawn_);
    for (std::size_t k = 0; k < own; ++k) {
        problem.factors.push_back({static_cast<int>(k)});
    }
    if (drawn_ > own) {
        std::vector<int> rest(drawn_ - own);
        std::iota(rest.begin(), rest.end(), static_cast<int>(own));
        problem.factors.push_back(std::move(rest));
    }
    constexpr std::int64_t first_look = 1024;
    uncertainty::SobolSettings settings;
    settings.n = request_.n > 0 ? request_.n : first_look;
    settings.seed = request_.seed;
    settings.replicates = 4;
    settings.method = draws::Method::latin_hypercube; // hundreds of dimensions, few points
    const parallel::Executor executor(request_.threads);
    return uncertainty::sobol_indices(problem, model_for(executor.threads()), settings, executor);
}

uncertainty::MorrisResult SensitivityModel::morris(int trajectories) {
    uncertainty::Problem problem;
    problem.parameters = static_cast<int>(drawn_);
    uncertainty::MorrisSettings settings;
    settings.trajectories = trajectories;
    settings.seed = request_.seed;
    const parallel::Executor executor(request_.threads);
    return uncertainty::morris_screening(problem, model_for(executor.threads()), settings,
                                         executor);
}

} // namespace chainsim::study::detail
