#include <chainsim/portfolio/explain.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <utility>

namespace chainsim::portfolio {

namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

class Rejecter {
public:
    Rejecter(Planner& planner, const Plan& plan)
        : planner_(planner), plan_(plan), missed_(planner.simulator().missed(plan.portfolio)),
          breaches_(breaches_of(planner.district(), plan.portfolio)) {
        if (plan.program == nullptr) {
            return;
        }
        const auto& program = *plan.program;
        const auto& chosen = plan.chosen.empty() ? plan.portfolio : plan.chosen;
        optimise::SolveOptions options;
        options.seconds = planner.options().seconds;
        options.interrupt = planner.options().interrupt;
        fixed_ = planner.backend().solve(program.fixed(chosen), options);
        for (const auto& start : program.starts()) {
            if (!fixed_.reduced_costs.empty()) {
                reduced_.emplace_back(start,
                                      fixed_.reduced_costs[static_cast<std::size_t>(start.column)] *
                                          program.unit_of_goal(0));
            }
        }
    }

    [[nodiscard]] Rejection of(int choice) {
        Rejection out;
        out.choice = choice;
        out.at_prices = out.price_needed = unknown;
        const auto& one = planner_.district().choices()[static_cast<std::size_t>(choice)];
        auto& simulator = planner_.simulator();
        Outcome best;
        auto trial = plan_.portfolio;
        for (const int year : one.years) {
            for (int size = 0; size < static_cast<int>(one.sizes.size()); ++size) {
                trial[static_cast<std::size_t>(choice)] = {year, size};
                const auto outcome = simulator.run(trial);
                const bool is_first = !out.is_possible && outcome.is_solved;
                // By the goal alone: what it would be worth, were it not for what is in its way.
                if (is_first || (outcome.is_solved && gain(outcome) > gain(best))) {
                    best = outcome;
                    out.best = trial[static_cast<std::size_t>(choice)];
                    out.is_possible = true;
                }
            }
        }
        if (!out.is_possible) {
            return out;
        }
        out.change = best.values.front() - plan_.outcome.values.front();
        out.breaks = best.breaks;
        trial[static_cast<std::size_t>(choice)] = out.best;
        for (auto& breach : breaches_of(planner_.district(), trial)) {
            const bool is_old = std::any_of(breaches_.begin(), breaches_.end(),
                                            [&](const Breach& old) { return old.is_like(breach); });
            if (!is_old) {
                out.breaches.push_back(std::move(breach));
            }
        }
        for (const auto b : simulator.missed(trial)) {
            if (planner_.bounds()[b].is_hard &&
                std::find(missed_.begin(), missed_.end(), b) == missed_.end()) {
                out.misses.push_back(b);
            }
        }
        price(one, out);
        look_at_plant(one, trial, out);
        return out;
    }

private:
    [[nodiscard]] double gain(const Outcome& outcome) const {
        return outcome.values.front() *
               (planner_.goals().front()->goal().is_maximised ? 1.0 : -1.0);
    }

    void price(const Choice& choice, Rejection& out) const {
        for (const auto& [start, cost] : reduced_) {
            if (start.choice == out.choice && start.decision == out.best) {
                out.at_prices = cost;
            }
        }
        if (choice.main) {
            const auto& district = planner_.district();
            const auto& plant = district.scenario().facilities[*choice.main];
            out.product = district.scenario().model.processes[plant.process].product;
        }
    }

    /// What its main plant makes over the years, and what it is short of.
    void look_at_plant(const Choice& choice, const Portfolio& portfolio, Rejection& out) {
        if (!choice.main) {
            return;
        }
        auto& district = planner_.district();
        const auto f = static_cast<std::size_t>(district.main_column(out.choice));
        double made = 0.0;
        for (std::size_t i = 0; i < district.years().size(); ++i) {
            if (district.years()[i].year < out.best.year) {
                continue;
            }
            const auto run = district.run(i, portfolio);
            if (run.outcome != system::Outcome::solved) {
                continue;
            }
            made +=
                planner_.goals().front()->factor(i) * run.activity[static_cast<Eigen::Index>(f)];
            const auto& binding = run.binding[f];
            if (binding.kind == system::BindingKind::feedstock && binding.row >= 0) {
                out.short_of =
                    district.years()[i].system.layout.rows[static_cast<std::size_t>(binding.row)];
            }
        }
        const bool is_money = planner_.goals().front()->goal().unit == "CNY";
        const double loss =
            planner_.goals().front()->goal().is_maximised ? -out.change : out.change;
        if (is_money && made > 0.0 && loss > 0.0) {
            out.price_needed = loss / made;
        }
    }

    Planner& planner_;
    const Plan& plan_;
    std::vector<std::size_t> missed_;
    std::vector<Breach> breaches_;
    optimise::Answer fixed_;
    std::vector<std::pair<PortfolioProgram::Start, double>> reduced_;
};

} // namespace

std::vector<Rejection> rejections_of(Planner& planner, const Plan& plan) {
    std::vector<Rejection> out;
    if (!plan.outcome.is_solved) {
        return out;
    }
    Rejecter rejecter(planner, plan);
    for (std::size_t c = 0; c < plan.portfolio.size() && !planner.is_interrupted(); ++c) {
        if (!plan.portfolio[c].is_made()) {
            out.push_back(rejecter.of(static_cast<int>(c)));
        }
    }
    return out;
}

std::vector<Merit> merits_of(Planner& planner, const Plan& plan) {
    std::vector<Merit> out;
    auto& simulator = planner.simulator();
    const auto whole = simulator.run(plan.portfolio);
    for (std::size_t c = 0; c < plan.portfolio.size() && !planner.is_interrupted(); ++c) {
        Merit one;
        one.choice = static_cast<int>(c);
        one.is_made = plan.portfolio[c].is_made();
        auto trial = plan.portfolio;
        const auto& years = planner.district().choices()[c].years;
        if (one.is_made) {
            one.decision = trial[c];
            trial[c] = {};
        } else if (!years.empty()) {
            one.decision = trial[c] = {years.front(), 0};
        } else {
            continue;
        }
        const auto outcome = simulator.run(trial);
        if (outcome.is_solved) {
            const double sign = one.is_made ? -1.0 : 1.0;
            one.change = sign * (outcome.values[0] - whole.values[0]);
            one.indicator =
                outcome.values.size() < 2 ? unknown : sign * (outcome.values[1] - whole.values[1]);
            out.push_back(one);
        }
    }
    const auto per_unit = [](const Merit& one) {
        return one.indicator == 0.0 || std::isnan(one.indicator)
                   ? std::copysign(std::numeric_limits<double>::max(), one.change)
                   : one.change / std::abs(one.indicator);
    };
    std::stable_sort(out.begin(), out.end(),
                     [&](const auto& a, const auto& b) { return per_unit(a) > per_unit(b); });
    return out;
}

std::vector<Deviation> deviations_of(Planner& planner, const Plan& plan,
                                     const std::string& indicator, int plants) {
    std::vector<Deviation> out;
    if (plan.point.empty()) {
        return out;
    }
    auto& district = planner.district();
    const auto& program = *plan.program;
    const auto runs = planner.simulator().solve(plan.chosen);
    for (std::size_t i = 0; i < district.years().size(); ++i) {
        const int row = district.row(i, indicator);
        if (row < 0 || runs[i].outcome != system::Outcome::solved) {
            continue;
        }
        const auto form = district.form(i, row);
        const auto solution = program.solution(i, plan.point);
        Deviation one;
        one.year = i;
        one.program = district.value(i, form, flows_of(solution), plan.chosen);
        one.run = district.value(i, form, flows_of(runs[i]), plan.chosen);
        one.plan = district.value(i, form, flows_of(plan.runs[i]), plan.portfolio);
        // An indicator weighs what crosses the boundary: a plant moves it by what it takes and
        // gives, at the weight of buying one unit more.
        const auto& equations = district.years()[i].system.equations;
        Eigen::VectorXd bought = Eigen::VectorXd::Zero(equations.rows());
        Eigen::VectorXd own = Eigen::VectorXd::Zero(equations.columns());
        for (const auto& [at, weight] : form.terms) {
            if (at < equations.columns()) {
                own[at] = weight;
            } else if (at < equations.columns() + equations.rows()) {
                bought[at - equations.columns()] = weight;
            }
        }
        for (int f = 0; f < equations.columns(); ++f) {
            const double difference = solution.activity[f] - runs[i].activity[f];
            const double nominal = district.years()[i].nominal[static_cast<std::size_t>(f)];
            constexpr double noticeable = 1e-6;
            if (std::abs(difference) > noticeable * nominal) {
                const double weight = own[f] - equations.net.col(f).dot(bought);
                one.plants.push_back(
                    {f, solution.activity[f], runs[i].activity[f], weight * difference});
            }
        }
        std::stable_sort(one.plants.begin(), one.plants.end(), [](const auto& a, const auto& b) {
            return std::abs(a.effect) > std::abs(b.effect);
        });
        one.plants.resize(std::min(one.plants.size(), static_cast<std::size_t>(plants)));
        out.push_back(std::move(one));
    }
    return out;
}

} // namespace chainsim::portfolio
