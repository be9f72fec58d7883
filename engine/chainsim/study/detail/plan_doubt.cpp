#include <chainsim/study/detail/plan_doubt.hpp>
#include <chainsim/uncertainty/sampler.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <optional>
#include <utility>

namespace chainsim::study::detail {

namespace {

constexpr std::size_t lanes = 8;

/// Weights of outputs: how a quantity is made of indicators of the years.
struct DrawnSum {
    std::vector<std::pair<std::size_t, double>> terms;      ///< output, weight
    std::vector<std::pair<std::size_t, double>> investment; ///< parameter, weight
    double constant = 0.0;

    [[nodiscard]] double at(const Aligned& results, const Aligned& parameters,
                            std::size_t lane) const {
        const auto added = [lane](const auto& some, const Aligned& values) {
            return std::accumulate(some.begin(), some.end(), 0.0,
                                   [&](double sum, const auto& term) {
                                       return sum + term.second * values[term.first * lanes + lane];
                                   });
        };
        return constant + added(terms, results) + added(investment, parameters);
    }
};

/// What is invested in the projects of a plan, as far as its amounts are uncertain.
void add_investment(DrawnSum& out, const uncertainty::Sampler& sampler,
                    const portfolio::District& district, const portfolio::Valuer& goal,
                    const portfolio::Portfolio& portfolio) {
    const auto& parameters = sampler.parameters().all;
    for (std::size_t c = 0; c < portfolio.size(); ++c) {
        if (!portfolio[c].is_made()) {
            continue;
        }
        const std::string id = "projects." + district.choices()[c].id + ".capex";
        const auto found = std::find_if(parameters.begin(), parameters.end(),
                                        [&id](const auto& one) { return one.id == id; });
        const double invested = goal.investment(static_cast<int>(c), portfolio[c]);
        if (found != parameters.end() && found->value != 0.0 && invested != 0.0) {
            out.investment.emplace_back(static_cast<std::size_t>(found - parameters.begin()),
                                        invested / found->value);
            out.constant -= invested; // it is part of the nominal value
        }
    }
}

/// Finds the outputs of a sampler by year and indicator.
class OutputFinder {
public:
    explicit OutputFinder(const uncertainty::Sampler& sampler) : sampler_(sampler) {}

    [[nodiscard]] std::optional<std::pair<std::size_t, double>> find(int year,
                                                                     const std::string& id) const {
        std::size_t first = 0;
        for (const auto& program : sampler_.years()) {
            const auto& info = program.info();
            if (program.year() == year) {
                const auto found = std::find_if(info.begin(), info.end(),
                                                [&](const auto& one) { return one.id == id; });
                if (found == info.end()) {
                    return std::nullopt;
                }
                const auto at = static_cast<std::size_t>(found - info.begin());
                return std::pair(first + at, program.nominal()[at]);
            }
            first += info.size();
        }
        return std::nullopt;
    }

private:
    const uncertainty::Sampler& sampler_;
};

/// The goal as indicators have it, shifted so that the nominal draw has the nominal value.
DrawnSum drawn_goal(const OutputFinder& outputs, const portfolio::District& district,
                    const portfolio::Valuer& goal, double nominal) {
    DrawnSum out;
    double sum = 0.0;
    const auto add = [&](std::size_t year, const std::string& id, double weight) {
        if (const auto output = outputs.find(district.years()[year].year, id)) {
            out.terms.emplace_back(output->first, weight * goal.factor(year));
            sum += weight * goal.factor(year) * output->second;
        }
    };
    for (std::size_t i = 0; i < district.years().size(); ++i) {
        for (const auto& [id, weight] : goal.goal().terms) {
            if (id == "capex") {
                continue; // by project, see `add_investment`
            }
            if (id != portfolio::net_present_value) {
                add(i, id, weight);
            } else if (outputs.find(district.years()[i].year, "operating_surplus")) {
                add(i, "operating_surplus", weight);
                add(i, "depreciation", weight);
                add(i, "tax_income", -weight);
            } else {
                add(i, "value_added", weight);
            }
        }
    }
    out.constant = nominal - sum;
    return out;
}

double quantile_of(std::vector<double>& values, double share) {
    if (values.empty()) {
        return std::nan("");
    }
    const auto rank = static_cast<std::size_t>(
        std::clamp(std::ceil(share * static_cast<double>(values.size())) - 1.0, 0.0,
                   static_cast<double>(values.size() - 1)));
    std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(rank),
                     values.end());
    return values[rank];
}

/// A hard bound as draws are judged by it.
struct DrawnBound {
    std::size_t bound = 0;
    std::size_t output = 0;
    std::int64_t kept = 0;
};

} // namespace

PlanDoubt doubt_of(const Study& study, const portfolio::District& district,
                   const portfolio::Valuer& goal, const portfolio::Portfolio& portfolio,
                   double nominal, const std::vector<portfolio::Bound>& bounds,
                   const DoubtRequest& request) {
    uncertainty::SampleOptions options;
    options.draws = request.draws;
    options.seed = request.seed;
    const uncertainty::Sampler sampler(study.scenario(), options);
    const OutputFinder outputs(sampler);
    auto sum = drawn_goal(outputs, district, goal, nominal);
    add_investment(sum, sampler, district, goal, portfolio);
    std::vector<DrawnBound> judged;
    for (std::size_t b = 0; b < bounds.size(); ++b) {
        const auto output =
            outputs.find(district.years()[bounds[b].year].year, bounds[b].indicator);
        if (bounds[b].is_hard && output) {
            judged.push_back({b, output->first, 0});
        }
    }
    PlanDoubt out;
    out.id = study.scenario().id;
    out.nominal = nominal;
    std::vector<double> values;
    std::int64_t kept_all = 0;
    uncertainty::Sampler::Workspace work(sampler);
    Aligned results(sampler.outputs() * lanes);
    for (std::int64_t first = 0; first < request.draws; first += static_cast<std::int64_t>(lanes)) {
        const auto now = std::min<std::int64_t>(lanes, request.draws - first);
        sampler.evaluate(first, static_cast<int>(now), work, results.data());
        for (std::size_t lane = 0; lane < static_cast<std::size_t>(now); ++lane) {
            const double value = sum.at(results, work.values(), lane);
            if (!std::isfinite(value)) {
                ++out.unsolved;
                continue;
            }
            values.push_back(value);
            bool keeps_all = true;
            for (auto& one : judged) {
                const auto& bound = bounds[one.bound];
                const double drawn = results[one.output * lanes + lane];
                const double sign = bound.is_upper ? 1.0 : -1.0;
                constexpr double rounding = 1e-9;
                const bool keeps =
                    sign * (drawn - bound.value) <= rounding * std::max(1.0, std::abs(bound.value));
                one.kept += keeps ? 1 : 0;
                keeps_all = keeps_all && keeps;
            }
            kept_all += keeps_all ? 1 : 0;
        }
    }
    out.draws = static_cast<std::int64_t>(values.size());
    if (values.empty()) {
        return out;
    }
    const auto count = static_cast<double>(values.size());
    out.mean = std::accumulate(values.begin(), values.end(), 0.0) / count;
    out.low = quantile_of(values, 0.05);
    out.high = quantile_of(values, 0.95);
    out.all = static_cast<double>(kept_all) / count;
    for (auto& one : judged) {
        out.chances.emplace_back(one.bound, static_cast<double>(one.kept) / count);
    }
    return out;
}

} // namespace chainsim::study::detail
