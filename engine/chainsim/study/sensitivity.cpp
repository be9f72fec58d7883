#include <chainsim/base/aligned.hpp>
#include <chainsim/base/diagnostic.hpp>
#include <chainsim/base/nearest.hpp>
#include <chainsim/base/vector_isa.hpp>
#include <chainsim/study/detail/page_words.hpp>
#include <chainsim/study/sensitivity.hpp>
#include <chainsim/table/column.hpp>
#include <chainsim/uncertainty/indices.hpp>
#include <chainsim/uncertainty/sampler.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <memory>
#include <numeric>
#include <utility>
#include <vector>

namespace chainsim::study {

namespace {

using detail::sentence;
using uncertainty::Parameter;
using uncertainty::Sampler;

constexpr auto lanes = static_cast<std::size_t>(vector_lanes);
constexpr double hundred = 100.0;

/// How much is to be gained by knowing a figure better: nothing of what the plan itself states.
double poorness(model::Confidence confidence) {
    switch (confidence) {
    case model::Confidence::seed:
    case model::Confidence::verified:
        return 0.1;
    case model::Confidence::known:
        return 0.25;
    case model::Confidence::estimate:
        return 0.6;
    case model::Confidence::assumption:
        return 1.0;
    }
    return 1.0;
}

/// Figures that move together, and what the indicator does with them.
struct Factor {
    std::vector<std::size_t> members; ///< parameters
    double slope = 0.0;               ///< of the indicator by the first member, moving alone
    double effect = 0.0;              ///< of the indicator by one standard deviation of the set
    double share = 0.0;               ///< of the variance
    double elasticity = 0.0;          ///< all members moving by the same share
    double low = table::absent;       ///< the indicator with all at their low ends
    double high = table::absent;
};

class Sensitivity {
public:
    Sensitivity(const Study& study, const SensitivityRequest& request)
        : study_(study), request_(request), position_(position_of(study, request)),
          sampler_(std::make_unique<Sampler>(study.scenario(), options_of(request))) {
        find_indicator();
        page_.schema = "chainsim.sensitivity/1";
        page_.scenario = study.scenario().id;
        page_.title = sentence("sensitivity_title");
        page_.subtitle = {year().info()[indicator_].name.zh, year().info()[indicator_].name.en};
        page_.is_landscape = true;
    }

    Page make() {
        rank();
        page_.head.emplace_back("indicator", plain_cell(request_.indicator));
        page_.head.emplace_back("year", plain_cell(std::to_string(year().year())));
        page_.head.emplace_back("value", amount_cell(nominal(), unit()));
        switch (request_.method) {
        case SensitivityMethod::gradient:
            swing();
            show_gradient();
            show_worth();
            break;
        case SensitivityMethod::morris:
            show_morris();
            break;
        case SensitivityMethod::sobol:
            show_sobol();
            break;
        }
        return std::move(page_);
    }

private:
    static std::size_t position_of(const Study& study, const SensitivityRequest& request) {
        const auto& years = study.scenario().years;
        const int wanted = request.year == 0 ? years.back() : request.year;
        const auto found = std::find(years.begin(), years.end(), wanted);
        if (found == years.end()) {
            throw InputError(
                {Diagnostic{{},
                            study.scenario().id,
                            fmt::format("the scenario does not solve {}", wanted),
                            fmt::format("it solves {} to {}", years.front(), years.back()),
                            {},
                            {}}});
        }
        return static_cast<std::size_t>(found - years.begin());
    }

    static uncertainty::SampleOptions options_of(const SensitivityRequest& request) {
        uncertainty::SampleOptions options;
        options.draws = 1;
        options.seed = request.seed;
        options.method = draws::Method::random;
        return options;
    }

    [[nodiscard]] const uncertainty::YearProgram& year() const {
        return sampler_->years()[position_];
    }
    [[nodiscard]] const std::string& unit() const { return year().info()[indicator_].unit; }
    [[nodiscard]] double nominal() const { return year().nominal()[indicator_]; }
    [[nodiscard]] const Parameter& parameter(std::size_t p) const {
        return sampler_->parameters().all[p];
    }

    void find_indicator() {
        std::vector<std::string> ids;
        for (const auto& one : year().info()) {
            if (one.id == request_.indicator) {
                indicator_ = ids.size();
            }
            ids.push_back(one.id);
        }
        if (std::find(ids.begin(), ids.end(), request_.indicator) == ids.end()) {
            throw InputError(
                {Diagnostic{{},
                            study_.scenario().id,
                            fmt::format("no indicator '{}'", request_.indicator),
                            fmt::format("the nearest is '{}'", nearest(request_.indicator, ids)),
                            {},
                            {}}});
        }
        for (std::size_t y = 0; y < position_; ++y) {
            column_ += sampler_->years()[y].info().size();
        }
        column_ += indicator_;
    }

    /// Slopes by every figure, closing flows following, then the factors by their share.
    void rank() {
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
                slopes[at(p)] = 0.0; // moves by itself in no draw
            }
        }
        std::map<int, std::size_t> of_set;
        for (std::size_t p = 0; p < slopes.size(); ++p) {
            const int set = parameter(p).set;
            const auto [found, is_new] =
                set < 0 ? std::pair(of_set.end(), true) : of_set.try_emplace(set, factors_.size());
            if (is_new) {
                factors_.emplace_back();
                factors_.back().slope = slopes[p];
            }
            auto& factor = set < 0 || is_new ? factors_.back() : factors_[found->second];
            factor.members.push_back(p);
            factor.effect += slopes[p] * deviation(p);
            factor.elasticity += slopes[p] * parameter(p).value;
        }
        double variance = 0.0;
        for (auto& factor : factors_) {
            variance += factor.effect * factor.effect;
            factor.elasticity /= nominal();
        }
        for (auto& factor : factors_) {
            factor.share = variance > 0.0 ? factor.effect * factor.effect / variance : 0.0;
        }
        std::stable_sort(factors_.begin(), factors_.end(), [](const auto& a, const auto& b) {
            return std::pair(a.share, std::abs(a.elasticity)) >
                   std::pair(b.share, std::abs(b.elasticity));
        });
        spread_ = std::sqrt(variance);
    }

    static std::size_t at(int p) { return static_cast<std::size_t>(p); }

    /// Standard deviation of a figure that is drawn; 0 of all others.
    [[nodiscard]] double deviation(std::size_t p) const {
        const auto& drawn = sampler_->drawn();
        const auto found = std::lower_bound(drawn.begin(), drawn.end(), static_cast<int>(p));
        return found == drawn.end() || *found != static_cast<int>(p)
                   ? 0.0
                   : sampler_->plan().sd(static_cast<int>(found - drawn.begin()));
    }

    [[nodiscard]] std::size_t shown() const {
        return std::min(static_cast<std::size_t>(request_.top), factors_.size());
    }

    /// The indicator with each factor shown at the ends of its range, all else nominal.
    void swing() {
        Sampler::Workspace work(*sampler_);
        Aligned values(sampler_->parameters().all.size() * lanes);
        Aligned results(sampler_->outputs() * lanes);
        for (std::size_t k = 0; k < shown(); k += lanes / 2) {
            const std::size_t count = std::min(lanes / 2, shown() - k);
            set_nominal(values);
            for (std::size_t i = 0; i < count; ++i) {
                for (const auto p : factors_[k + i].members) {
                    if (sampler_->roles()[p] == 1) {
                        values[p * lanes + 2 * i] = parameter(p).low;
                        values[p * lanes + 2 * i + 1] = parameter(p).high;
                    }
                }
            }
            sampler_->evaluate_values(values.data(), static_cast<int>(2 * count), work,
                                      results.data());
            for (std::size_t i = 0; i < count; ++i) {
                factors_[k + i].low = results[column_ * lanes + 2 * i];
                factors_[k + i].high = results[column_ * lanes + 2 * i + 1];
            }
        }
    }

    void set_nominal(Aligned& values) const {
        for (std::size_t p = 0; p < sampler_->parameters().all.size(); ++p) {
            std::fill_n(values.data() + p * lanes, lanes, parameter(p).value);
        }
    }

    [[nodiscard]] Trace source_of(const Parameter& one) const {
        return {"",
                {{one.id, one.value, one.unit, to_string(one.where)},
                 {"low", one.low, one.unit, ""},
                 {"high", one.high, one.unit, ""}},
                one.source};
    }

    [[nodiscard]] std::vector<PageCell> name_of(const Factor& factor) const {
        const auto& one = parameter(factor.members.front());
        model::Name name = one.name;
        if (factor.members.size() > 1) {
            name.zh += fmt::format(" 等{}项", factor.members.size());
            name.en += fmt::format(" and {} copies", factor.members.size() - 1);
        }
        return {word_cell(name, one.id, source_of(one)),
                amount_cell(one.value, one.unit, source_of(one))};
    }

    [[nodiscard]] static PageCell confidence_of(const Parameter& one) {
        return detail::coded_cell("confidence", model::to_string(one.confidence));
    }

    void show_gradient() {
        PagePart part;
        part.id = "figures";
        part.title = sentence("sensitivity_figures");
        part.columns = {"figure",  "figure_value", "elasticity", "at_low",
                        "at_high", "share",        "confidence"};
        for (std::size_t k = 0; k < shown(); ++k) {
            const auto& factor = factors_[k];
            const auto& one = parameter(factor.members.front());
            PageRow row{one.id, name_of(factor), 1};
            row.cells.push_back(amount_cell(
                factor.elasticity, "%/%",
                {"elasticity = slope x figure / indicator",
                 {{"slope", factor.slope, unit() + "/(" + one.unit + ")", "one backward sweep"},
                  {"figure", one.value, one.unit, one.id},
                  {request_.indicator, nominal(), unit(), "the nominal run"}},
                 {}}));
            row.cells.push_back(amount_cell(factor.low, unit()));
            row.cells.push_back(amount_cell(factor.high, unit()));
            row.cells.push_back(amount_cell(
                hundred * factor.share, "%",
                {"share = (slope x standard deviation)^2 / sum of these",
                 {{"effect", factor.effect, unit(), ""}, {"spread", spread_, unit(), ""}},
                 {}}));
            row.cells.push_back(confidence_of(one));
            part.rows.push_back(std::move(row));
        }
        part.notes.push_back(sentence("sensitivity_figures_note"));
        page_.parts.push_back(std::move(part));
    }

    /// Share of the variance times poor confidence: what should be measured better.
    void show_worth() {
        std::vector<std::size_t> order(factors_.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        const auto worth = [this](std::size_t k) {
            return factors_[k].share * poorness(parameter(factors_[k].members.front()).confidence);
        };
        std::stable_sort(order.begin(), order.end(),
                         [&](std::size_t a, std::size_t b) { return worth(a) > worth(b); });
        PagePart part;
        part.id = "measure";
        part.title = sentence("sensitivity_measure");
        part.columns = {"figure", "figure_value", "share", "confidence", "worth"};
        for (std::size_t k = 0; k < shown() && worth(order[k]) > 0.0; ++k) {
            const auto& factor = factors_[order[k]];
            const auto& one = parameter(factor.members.front());
            PageRow row{one.id, name_of(factor), 1};
            row.cells.push_back(amount_cell(hundred * factor.share, "%"));
            row.cells.push_back(confidence_of(one));
            row.cells.push_back(amount_cell(hundred * worth(order[k]), "%"));
            part.rows.push_back(std::move(row));
        }
        part.notes.push_back(sentence("sensitivity_measure_note"));
        page_.parts.push_back(std::move(part));
    }

    /// Points of the unit cube to results: a coordinate a factor, the same for all its members.
    void evaluate_points(const std::vector<std::size_t>& factors, bool rest_moves,
                         const double* points, Sampler::Workspace& work, Aligned& values,
                         Aligned& results, double* out) const {
        set_nominal(values);
        std::size_t coordinate = 0;
        const auto move = [&](const Factor& factor) {
            for (const auto p : factor.members) {
                if (sampler_->roles()[p] != 1) {
                    continue;
                }
                const auto& drawn = sampler_->drawn();
                const auto position = static_cast<int>(
                    std::lower_bound(drawn.begin(), drawn.end(), static_cast<int>(p)) -
                    drawn.begin());
                for (std::size_t lane = 0; lane < lanes; ++lane) {
                    values[p * lanes + lane] =
                        sampler_->plan().quantile(position, points[coordinate * lanes + lane]);
                }
            }
            ++coordinate;
        };
        for (const auto k : factors) {
            move(factors_[k]);
        }
        for (std::size_t k = factors.size(); rest_moves && k < factors_.size(); ++k) {
            if (is_drawn(factors_[k])) {
                move(factors_[k]);
            }
        }
        sampler_->evaluate_values(values.data(), vector_lanes, work, results.data());
        std::copy_n(results.data() + column_ * lanes, lanes, out);
    }

    [[nodiscard]] bool is_drawn(const Factor& factor) const {
        return std::any_of(factor.members.begin(), factor.members.end(),
                           [this](std::size_t p) { return sampler_->roles()[p] == 1; });
    }

    /// A workspace for each thread.
    struct Worker {
        explicit Worker(const Sampler& sampler)
            : work(sampler), values(sampler.parameters().all.size() * lanes),
              results(sampler.outputs() * lanes) {}
        Sampler::Workspace work;
        Aligned values;
        Aligned results;
    };

    /// `count` factors of the largest shares, each a coordinate; all others behind them, if they
    /// move.
    uncertainty::WorkerModel model_of(std::size_t count, bool rest_moves, int threads) {
        workers_.clear();
        for (int i = 0; i < threads; ++i) {
            workers_.push_back(std::make_unique<Worker>(*sampler_));
        }
        std::vector<std::size_t> own(count);
        std::iota(own.begin(), own.end(), std::size_t{0});
        return [this, own, rest_moves](int worker, const double* points, double* out) {
            auto& room = *workers_[static_cast<std::size_t>(worker)];
            evaluate_points(own, rest_moves, points, room.work, room.values, room.results, out);
        };
    }

    void show_sobol() {
        const auto drawn = static_cast<std::size_t>(std::count_if(
            factors_.begin(), factors_.end(), [this](const auto& one) { return is_drawn(one); }));
        const std::size_t own = std::min(shown(), drawn);
        uncertainty::Problem problem;
        problem.parameters = static_cast<int>(drawn);
        for (std::size_t k = 0; k < own; ++k) {
            problem.factors.push_back({static_cast<int>(k)});
        }
        if (drawn > own) {
            std::vector<int> rest(drawn - own);
            std::iota(rest.begin(), rest.end(), static_cast<int>(own));
            problem.factors.push_back(std::move(rest));
        }
        uncertainty::SobolSettings settings;
        settings.n = request_.n > 0 ? request_.n : 1024;
        settings.seed = request_.seed;
        settings.replicates = 4;
        settings.method = draws::Method::latin_hypercube; // hundreds of dimensions, few points
        const parallel::Executor executor(request_.threads);
        const auto found = uncertainty::sobol_indices(
            problem, model_of(own, true, executor.threads()), settings, executor);
        const auto& indices = found.outputs.front();
        PagePart part;
        part.id = "indices";
        part.title = sentence("sensitivity_sobol");
        part.columns = {"figure",      "figure_value", "first",      "first_low", "first_high",
                        "total_order", "total_low",    "total_high", "confidence"};
        for (std::size_t k = 0; k < problem.factors.size(); ++k) {
            PageRow row{k < own ? parameter(factors_[k].members.front()).id : "others", {}, 1};
            row.cells = k < own
                            ? name_of(factors_[k])
                            : std::vector<PageCell>{
                                  word_cell(sentence("sensitivity_others", drawn - own), "others"),
                                  plain_cell("")};
            for (const auto& one : {indices.first[k], indices.total[k]}) {
                for (const double value : {one.value, one.low, one.high}) {
                    row.cells.push_back(amount_cell(hundred * value, "%"));
                }
            }
            row.cells.push_back(k < own ? confidence_of(parameter(factors_[k].members.front()))
                                        : plain_cell(""));
            part.rows.push_back(std::move(row));
        }
        part.notes.push_back(sentence("sensitivity_sobol_note", found.evaluations, indices.lost));
        page_.parts.push_back(std::move(part));
    }

    void show_morris() {
        std::stable_partition(factors_.begin(), factors_.end(),
                              [this](const auto& one) { return is_drawn(one); });
        const auto drawn = static_cast<std::size_t>(std::count_if(
            factors_.begin(), factors_.end(), [this](const auto& one) { return is_drawn(one); }));
        uncertainty::Problem problem;
        problem.parameters = static_cast<int>(drawn);
        uncertainty::MorrisSettings settings;
        settings.trajectories = static_cast<int>(request_.n > 0 ? request_.n : 8);
        settings.seed = request_.seed;
        const parallel::Executor executor(request_.threads);
        const auto found = uncertainty::morris_screening(
            problem, model_of(drawn, false, executor.threads()), settings, executor);
        const auto& effects = found.outputs.front();
        std::vector<std::size_t> order(drawn);
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
            return effects[a].mu_star.value > effects[b].mu_star.value;
        });
        PagePart part;
        part.id = "effects";
        part.title = sentence("sensitivity_morris");
        part.columns = {"figure",  "figure_value", "mu_star", "mu_low",
                        "mu_high", "mu",           "sigma",   "confidence"};
        for (std::size_t i = 0; i < std::min(shown(), drawn); ++i) {
            const auto& effect = effects[order[i]];
            const auto& factor = factors_[order[i]];
            PageRow row{parameter(factor.members.front()).id, name_of(factor), 1};
            for (const double value : {effect.mu_star.value, effect.mu_star.low,
                                       effect.mu_star.high, effect.mu, effect.sigma}) {
                row.cells.push_back(amount_cell(value, unit()));
            }
            row.cells.push_back(confidence_of(parameter(factor.members.front())));
            part.rows.push_back(std::move(row));
        }
        part.notes.push_back(sentence("sensitivity_morris_note", settings.trajectories, drawn,
                                      found.evaluations, found.lost.front()));
        page_.parts.push_back(std::move(part));
    }

    const Study& study_;
    SensitivityRequest request_;
    std::size_t position_;
    std::unique_ptr<Sampler> sampler_;
    std::size_t indicator_ = 0; ///< among those of the year
    std::size_t column_ = 0;    ///< among the outputs of the sampler
    std::vector<Factor> factors_;
    double spread_ = 0.0;
    std::vector<std::unique_ptr<Worker>> workers_;
    Page page_;
};

} // namespace

Page sensitivity_page(const Study& study, const SensitivityRequest& request) {
    const auto nominal = study.run();
    if (nominal.outcome() != system::Outcome::solved) {
        const auto& failure = nominal.failure();
        throw NoSolution(failure ? failure->message : "no solution");
    }
    return Sensitivity(study, request).make();
}

} // namespace chainsim::study
