#include <chainsim/portfolio/relations.hpp>
#include <chainsim/portfolio/simulator.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <utility>

namespace chainsim::portfolio {

Simulator::Simulator(District& district, std::vector<const Valuer*> goals,
                     std::vector<Bound> bounds)
    : district_(&district), goals_(std::move(goals)), limits_(goals_.size()),
      bounds_(std::move(bounds)), measures_(district.years().size()),
      known_(district.years().size()) {
    for (std::size_t b = 0; b < bounds_.size(); ++b) {
        const auto& bound = bounds_[b];
        Measure one;
        one.bound = b;
        one.first = bound.value;
        one.form = form_of(district, bound);
        one.size = std::max({1e-9, std::abs(bound.value), std::abs(one.form.constant)});
        if (bound.denominator >= 0) {
            one.denominator = district.form(bound.year, bound.denominator);
        }
        measures_[bound.year].push_back(std::move(one));
    }
    for (const auto& year : district.years()) {
        const auto rows = static_cast<std::size_t>(year.system.equations.rows());
        Conduct one;
        one.least.assign(year.nominal.size(), 2.0);
        one.most.assign(year.nominal.size(), -1.0);
        one.buys.assign(rows, 0.0);
        one.sells = one.disposes = one.buys;
        one.is_open = false;
        seen_.push_back(std::move(one));
    }
    for (const auto& choice : district.choices()) {
        std::size_t longest = 0;
        for (const auto plant : choice.plants) {
            longest = std::max(longest, district.scenario().facilities[plant].ramp.size());
        }
        ramp_.push_back(static_cast<int>(longest));
    }
}

std::string Simulator::key(std::size_t year, const Portfolio& portfolio) const {
    const int now = district_->years()[year].year;
    std::string out(2 * portfolio.size(), '\0');
    for (std::size_t c = 0; c < portfolio.size(); ++c) {
        if (portfolio[c].is_made_by(now)) {
            out[2 * c] = static_cast<char>(1 + std::min(now - portfolio[c].year, ramp_[c]));
            out[2 * c + 1] = static_cast<char>(1 + portfolio[c].size);
        }
    }
    return out;
}

const Simulator::YearOutcome& Simulator::year(std::size_t at, const Portfolio& portfolio) {
    const auto [found, is_new] = known_[at].try_emplace(key(at, portfolio));
    auto& out = found->second;
    if (!is_new) {
        return out;
    }
    const auto solution = district_->run(at, portfolio);
    out.is_solved = solution.outcome == system::Outcome::solved;
    if (!out.is_solved) {
        return out;
    }
    watch(at, solution);
    out.idle = idle(at, solution, portfolio);
    const auto flows = flows_of(solution);
    for (const auto* goal : goals_) {
        out.values.push_back(goal->factor(at) * goal->year_value(at, flows, portfolio));
    }
    for (const auto& measure : measures_[at]) {
        const double slope = measure.denominator
                                 ? -district_->value(at, *measure.denominator, flows, portfolio)
                                 : -1.0;
        out.levels.emplace_back(district_->value(at, measure.form, flows, portfolio), slope);
    }
    return out;
}

long Simulator::runs() const {
    return std::accumulate(known_.begin(), known_.end(), 0L, [](long sum, const auto& year) {
        return sum + static_cast<long>(year.size());
    });
}

void Simulator::prepare(const std::vector<Portfolio>& portfolios) {
    const bool is_known =
        std::all_of(portfolios.begin(), portfolios.end(), [this](const Portfolio& portfolio) {
            for (std::size_t i = 0; i < known_.size(); ++i) {
                if (!known_[i].contains(key(i, portfolio))) {
                    return false;
                }
            }
            return true;
        });
    if (is_known) {
        return;
    }
    const auto years = static_cast<std::int64_t>(known_.size());
    executor_.for_each(0, years, [&](std::int64_t i, int /*worker*/) {
        for (const auto& portfolio : portfolios) {
            (void)year(static_cast<std::size_t>(i), portfolio);
        }
    });
}

double Simulator::over(const Measure& measure, const std::pair<double, double>& level) const {
    const auto& bound = bounds_[measure.bound];
    const double value = level.first + level.second * (bound.value - measure.first);
    constexpr double rounding = 1e-9;
    return (bound.is_upper ? value : -value) - rounding * measure.size;
}

std::vector<std::size_t> Simulator::missed(const Portfolio& portfolio) {
    std::vector<std::size_t> out;
    for (std::size_t i = 0; i < known_.size(); ++i) {
        const auto& one = year(i, portfolio);
        for (std::size_t m = 0; m < one.levels.size(); ++m) {
            if (over(measures_[i][m], one.levels[m]) > 0.0) {
                out.push_back(measures_[i][m].bound);
            }
        }
    }
    return out;
}

void Simulator::watch(std::size_t at, const system::Solution& run) {
    auto& seen = seen_[at];
    const auto& equations = district_->years()[at].system.equations;
    for (std::size_t f = 0; f < seen.least.size(); ++f) {
        const auto column = static_cast<Eigen::Index>(f);
        if (equations.capacity[column] > 0.0) {
            const double share = run.activity[column] / equations.capacity[column];
            seen.least[f] = std::min(seen.least[f], share);
            seen.most[f] = std::max(seen.most[f], share);
        }
    }
    for (std::size_t r = 0; r < seen.buys.size(); ++r) {
        const auto row = static_cast<Eigen::Index>(r);
        seen.buys[r] = std::max(seen.buys[r], run.bought[row]);
        seen.sells[r] = std::max(seen.sells[r], run.sold[row]);
        seen.disposes[r] = std::max(seen.disposes[r], run.disposed[row]);
    }
}

Conducts Simulator::seen() const {
    constexpr double room = 0.02;
    constexpr double rounding = 1e-9;
    auto out = seen_;
    for (auto& one : out) {
        for (std::size_t f = 0; f < one.least.size(); ++f) {
            auto& least = one.least[f];
            auto& most = one.most[f];
            const bool never_stood = least > most;
            least = never_stood ? 0.0 : least > 1.0 - rounding ? 1.0 : std::max(0.0, least - room);
            most = never_stood ? 1.0 : std::min(1.0, most + room);
        }
        for (auto* trades : {&one.buys, &one.sells, &one.disposes}) {
            for (double& most : *trades) {
                most *= 1.0 + room;
            }
        }
    }
    return out;
}

Outcome Simulator::run(const Portfolio& portfolio) {
    prepare({portfolio});
    Outcome out;
    out.is_solved = true;
    out.breaks = breaks(portfolio);
    out.values.assign(goals_.size(), 0.0);
    for (std::size_t i = 0; i < known_.size(); ++i) {
        const auto& one = year(i, portfolio);
        if (!one.is_solved) {
            out.is_solved = false;
            return out;
        }
        out.breaks += one.idle;
        for (std::size_t g = 0; g < goals_.size(); ++g) {
            out.values[g] += one.values[g];
        }
        for (std::size_t m = 0; m < one.levels.size(); ++m) {
            const auto& measure = measures_[i][m];
            const auto& bound = bounds_[measure.bound];
            const double excess = over(measure, one.levels[m]);
            if (excess <= 0.0) {
                continue;
            }
            if (bound.is_hard) {
                out.excess += excess / measure.size;
            } else if (bound.penalty) {
                const double cost = *bound.penalty * excess * goals_.front()->factor(i);
                out.values.front() += goals_.front()->goal().is_maximised ? -cost : cost;
            }
        }
    }
    out.bounds_excess = out.excess;
    for (std::size_t g = 0; g < goals_.size(); ++g) {
        for (std::size_t c = 0; c < portfolio.size(); ++c) {
            out.values[g] += goals_[g]->investment(static_cast<int>(c), portfolio[c]);
        }
        if (limits_[g]) {
            const double over =
                (out.values[g] - *limits_[g]) * (goals_[g]->goal().is_maximised ? -1.0 : 1.0);
            constexpr double rounding = 1e-9;
            const double size = std::max(1e-9, std::abs(*limits_[g]));
            out.excess += over > rounding * size ? over / size : 0.0;
        }
    }
    remember(portfolio, out);
    return out;
}

/// Limits of goals do not count here: a portfolio that is over one is a point of the front as well.
void Simulator::remember(const Portfolio& portfolio, const Outcome& outcome) {
    if (goals_.size() < 2 || outcome.breaks > 0.0 || outcome.bounds_excess > 0.0) {
        return;
    }
    const auto covers = [&](const std::vector<double>& a, const std::vector<double>& b) {
        for (std::size_t g = 0; g < goals_.size(); ++g) {
            if (goals_[g]->goal().is_maximised ? a[g] < b[g] : a[g] > b[g]) {
                return false;
            }
        }
        return true;
    };
    if (std::any_of(front_.begin(), front_.end(),
                    [&](const Met& met) { return covers(met.values, outcome.values); })) {
        return;
    }
    std::erase_if(front_, [&](const Met& met) { return covers(outcome.values, met.values); });
    front_.push_back({portfolio, outcome.values});
}

std::vector<system::Solution> Simulator::solve(const Portfolio& portfolio) {
    std::vector<system::Solution> out;
    for (std::size_t i = 0; i < known_.size(); ++i) {
        out.push_back(district_->run(i, portfolio));
    }
    return out;
}

double Simulator::breaks(const Portfolio& portfolio) const {
    const auto breaches = breaches_of(*district_, portfolio);
    return std::accumulate(breaches.begin(), breaches.end(), 0.0,
                           [](double sum, const Breach& one) { return sum + one.by; });
}

/// How far the main plants of what is built stay below the load that they must run at.
double Simulator::idle(std::size_t at, const system::Solution& run,
                       const Portfolio& portfolio) const {
    const auto& rules = district_->scenario().decision_rules;
    const double load = rules.empty() ? 0.0 : rules.begin()->minimum_load;
    double sum = 0.0;
    for (std::size_t c = 0; load > 0.0 && c < portfolio.size(); ++c) {
        const int column = district_->main_column(static_cast<int>(c));
        if (column < 0 || !portfolio[c].is_made_by(district_->years()[at].year)) {
            continue;
        }
        const double capacity = district_->years()[at].system.equations.capacity[column];
        constexpr double rounding = 1e-9;
        const double share = capacity > 0.0 ? run.activity[column] / capacity : load;
        sum += share < load - rounding ? load - share : 0.0;
    }
    return sum;
}

Portfolio Simulator::climb(Portfolio portfolio, const std::function<bool()>& stop) {
    return climber().climb(std::move(portfolio), stop);
}

Portfolio Simulator::repair(Portfolio portfolio, const std::function<bool()>& stop) {
    return climber().repair(std::move(portfolio), stop);
}

Portfolio Simulator::wander(Portfolio portfolio, long years, const std::function<bool()>& stop) {
    const long until = runs() + years;
    // What is known costs nothing, and ends nothing: then by the number of looks.
    int looks = 0;
    const int most_looks = static_cast<int>(std::min(years, 1000000L));
    return climber().wander(std::move(portfolio), [&, until] {
        return runs() >= until || ++looks > most_looks || stop();
    });
}

Climber Simulator::climber() {
    Climber out(*this, district_->choices(), by_, goals_[by_]->goal().is_maximised);
    out.use_pairs(uses_pairs_);
    return out;
}

} // namespace chainsim::portfolio
