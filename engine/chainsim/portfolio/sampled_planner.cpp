#include <chainsim/base/error.hpp>
#include <chainsim/portfolio/sampled_planner.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numeric>
#include <utility>

namespace chainsim::portfolio {

namespace {

constexpr double no_figure = std::numeric_limits<double>::quiet_NaN();

} // namespace

SampledPlanner::SampledPlanner(Planner& nominal, std::vector<DrawnDistrict> draws, double chance,
                               const PlanOptions& options)
    : nominal_(&nominal), options_(options), chance_(chance) {
    CHAINSIM_EXPECT(!draws.empty(), "there is a draw to plan for");
    for (auto& drawn : draws) {
        std::vector<const Valuer*> goals;
        goals.reserve(drawn.valuers.size());
        for (const auto& valuer : drawn.valuers) {
            goals.push_back(valuer.get());
        }
        auto planner = std::make_unique<Planner>(*drawn.district, goals, drawn.bounds, options);
        draws_.push_back({std::move(drawn), std::move(planner)});
    }
}

/// A draw in which the district has no solution, whatever is built, says nothing of portfolios.
int SampledPlanner::drop_unsolved(const std::vector<Portfolio>& from) {
    const auto is_unsolved = [&](Draw& draw) {
        auto& simulator = draw.planner->simulator();
        const Portfolio none(nominal_->district().choices().size());
        return !simulator.run(none).is_solved &&
               std::none_of(from.begin(), from.end(), [&](const Portfolio& portfolio) {
                   return simulator.run(portfolio).is_solved;
               });
    };
    const auto dropped = std::erase_if(draws_, is_unsolved);
    constexpr double rounding = 1e-9; // 0.9 of 10 draws are 9
    const auto count = static_cast<double>(draws_.size());
    may_give_up_ = static_cast<int>(std::floor((1.0 - chance_) * count + rounding));
    return static_cast<int>(dropped);
}

bool SampledPlanner::is_maximised() const { return nominal_->goals().front()->goal().is_maximised; }

void SampledPlanner::prepare(const std::vector<Portfolio>& portfolios) {
    nominal_->simulator().prepare(portfolios);
    for (auto& draw : draws_) {
        draw.planner->simulator().prepare(portfolios);
    }
}

double SampledPlanner::breaks(const Portfolio& portfolio) const {
    return nominal_->simulator().breaks(portfolio);
}

/// A portfolio in one draw: whether it has a solution, its goals, what it misses of the bounds, and
/// how far plants stay below the load that they must run at. The means are judged once, by the
/// nominal figures.
Outcome SampledPlanner::in_draw(Draw& draw, const Portfolio& portfolio) {
    auto& simulator = draw.planner->simulator();
    auto out = simulator.run(portfolio);
    out.breaks = out.is_solved ? std::max(0.0, out.breaks - simulator.breaks(portfolio)) : 0.0;
    return out;
}

Outcome SampledPlanner::run(const Portfolio& portfolio) {
    const auto nominal = nominal_->simulator().run(portfolio);
    Outcome out = nominal;
    if (!out.is_solved) {
        return out;
    }
    // What the nominal figures miss comes before what draws miss, and no draw is excused from it.
    out.breaks += nominal.excess;
    out.excess = 0.0;
    std::fill(out.values.begin(), out.values.end(), 0.0);
    std::vector<double> missed;
    for (auto& draw : draws_) {
        const auto outcome = in_draw(draw, portfolio);
        if (!outcome.is_solved) {
            out.is_solved = false; // a mean over the other draws would be no mean
            return out;
        }
        out.breaks += outcome.breaks;
        missed.push_back(outcome.excess);
        for (std::size_t g = 0; g < out.values.size(); ++g) {
            out.values[g] += outcome.values[g] / static_cast<double>(draws_.size());
        }
    }
    // The draws that miss most are those that may be given up.
    std::sort(missed.begin(), missed.end());
    out.excess = std::accumulate(missed.begin(), missed.end() - may_give_up_, 0.0);
    return out;
}

Fare SampledPlanner::fare(const Portfolio& portfolio) {
    Fare out;
    for (auto& draw : draws_) {
        const auto outcome = in_draw(draw, portfolio);
        const bool keeps = outcome.is_solved && outcome.excess <= 0.0;
        out.values.push_back(outcome.is_solved ? outcome.values.front() : no_figure);
        out.keeps.push_back(keeps ? char{1} : char{0});
    }
    finish(out);
    return out;
}

/// How a point of the program fares, where plants run as it has them.
Fare SampledPlanner::fare_of(const SampledProgram& program, const std::vector<double>& point) {
    Fare out;
    for (std::size_t k = 1; k < program.parts().size(); ++k) {
        const auto& part = program.parts()[k].program();
        out.values.push_back(part.objective(program.part_of(k, point)) * program.unit_of_goal());
        out.keeps.push_back(program.is_given_up(k, point) ? char{0} : char{1});
    }
    finish(out);
    return out;
}

void SampledPlanner::finish(Fare& fare) {
    const auto count = static_cast<double>(fare.values.size());
    fare.mean = std::accumulate(fare.values.begin(), fare.values.end(), 0.0) / count;
    fare.kept =
        static_cast<double>(std::count(fare.keeps.begin(), fare.keeps.end(), char{1})) / count;
}

SampledProgram SampledPlanner::program() const {
    std::vector<PortfolioProgram> parts;
    parts.reserve(draws_.size() + 1);
    parts.push_back(nominal_->program());
    for (const auto& draw : draws_) {
        parts.push_back(draw.planner->program());
    }
    return {std::move(parts), may_give_up_};
}

double SampledPlanner::foresight(const SampledProgram& program, const std::function<double()>& left,
                                 const std::function<bool()>& stop) {
    const double sign = is_maximised() ? 1.0 : -1.0;
    double sum = 0.0;
    int may_give_up = may_give_up_;
    std::vector<double> gains; // of a draw by lifting its bounds
    for (std::size_t k = 1; k < program.parts().size(); ++k) {
        const auto value = [&](bool keeps_bounds) {
            optimise::SolveOptions options;
            options.interrupt = options_.interrupt;
            options.seconds = std::max(0.1, left());
            return nominal_->backend().solve(program.alone(k, keeps_bounds), options);
        };
        if (stop()) {
            return no_figure;
        }
        const auto kept = value(true);
        const bool is_kept = kept.status == optimise::Status::optimal;
        if (!is_kept && kept.status != optimise::Status::infeasible) {
            return no_figure;
        }
        sum += is_kept ? kept.objective : 0.0;
        if (is_kept && may_give_up_ == 0) {
            continue;
        }
        const auto lifted = value(false);
        if (lifted.status != optimise::Status::optimal || (!is_kept && may_give_up == 0)) {
            return no_figure; // then nothing is known, or there is no portfolio
        }
        if (is_kept) {
            gains.push_back(std::max(0.0, sign * (lifted.objective - kept.objective)));
        } else {
            sum += lifted.objective; // whatever is built, this draw is one of those given up
            --may_give_up;
        }
    }
    std::sort(gains.begin(), gains.end(), std::greater<>());
    gains.resize(std::min(gains.size(), static_cast<std::size_t>(may_give_up)));
    sum += sign * std::accumulate(gains.begin(), gains.end(), 0.0);
    return sum / static_cast<double>(draws_.size()) * program.unit_of_goal();
}

/// The program where the choices are made.
Fare SampledPlanner::fare_as_suits(const SampledProgram& program, const Portfolio& portfolio,
                                   double seconds) {
    auto fixed = program.program();
    const auto chosen = program.parts().front().chosen(portfolio);
    for (const auto& start : program.parts().front().starts()) {
        const auto column = static_cast<std::size_t>(start.column);
        fixed.lower[column] = fixed.upper[column] = chosen[column];
    }
    optimise::SolveOptions options;
    options.gap = options_.gap;
    options.seconds = std::max(1.0, seconds);
    options.interrupt = options_.interrupt;
    const auto answer = nominal_->backend().solve(fixed, options);
    const bool holds =
        answer.status == optimise::Status::optimal || answer.status == optimise::Status::feasible;
    return holds && !answer.point.empty() ? fare_of(program, answer.point)
                                          : Fare{no_figure, 0.0, {}, {}};
}

std::vector<double> SampledPlanner::start(const SampledProgram& program,
                                          const Portfolio& portfolio) {
    std::vector<std::vector<double>> points;
    std::vector<char> given_up{0};
    const auto at = [&](Planner& planner, std::size_t part) {
        points.push_back(
            program.parts()[part].point(portfolio, planner.simulator().solve(portfolio)));
    };
    at(*nominal_, 0);
    const auto fares = fare(portfolio);
    for (std::size_t k = 0; k < draws_.size(); ++k) {
        if (std::isnan(fares.values[k])) {
            return {};
        }
        at(*draws_[k].planner, k + 1);
        given_up.push_back(fares.keeps[k] != 0 ? char{0} : char{1});
    }
    return program.point(points, given_up);
}

void SampledPlanner::solve(SampledPlan& plan, const std::function<double()>& left,
                           const std::function<bool()>& stop) {
    const auto joint = program();
    plan.rows = static_cast<std::size_t>(joint.program().rows());
    plan.columns = static_cast<std::size_t>(joint.program().columns());
    const bool is_open = options_.operation == Operation::open;
    constexpr double share_of_foresight = 0.25;
    const double until = left() * (1.0 - share_of_foresight);
    plan.foresight = plan.bound = foresight(
        joint, [&] { return left() - until; }, [&] { return left() <= until || stop(); });
    if (is_open) {
        plan.fare = {no_figure, 0.0, {}, {}};
        plan.is_allowed = false;
        plan.before = fare_as_suits(joint, plan.portfolio, left() / 4.0);
    }
    if (stop()) {
        plan.status = optimise::Status::stopped;
        return;
    }
    optimise::SolveOptions options;
    options.gap = options_.gap;
    options.seconds = std::max(1.0, left());
    options.interrupt = options_.interrupt;
    options.log = options_.log;
    if (plan.is_allowed) {
        options.start = start(joint, plan.portfolio);
    }
    const auto answer = nominal_->backend().solve(joint.program(), options);
    plan.status = answer.status;
    plan.solver = answer.solver;
    plan.nodes = answer.nodes;
    const bool holds =
        answer.status == optimise::Status::optimal || answer.status == optimise::Status::feasible;
    const double bound = answer.bound * joint.unit_of_goal();
    const bool is_tighter = is_maximised() ? bound < plan.bound : bound > plan.bound;
    const bool is_bound = holds || answer.status == optimise::Status::stopped;
    if (is_bound && std::isfinite(bound) && (std::isnan(plan.bound) || is_tighter)) {
        plan.bound = bound;
    }
    if (!holds || answer.point.empty()) {
        return;
    }
    auto tried = joint.portfolio(answer.point);
    if (is_open) { // plants run as the program has them, which no run repeats
        plan.portfolio = std::move(tried);
        plan.is_allowed = true;
        plan.fare = fare_of(joint, answer.point);
        return;
    }
    if (tried == plan.portfolio) {
        return;
    }
    Climber climber(*this, nominal_->district().choices(), 0, is_maximised());
    if (!run(tried).is_allowed()) {
        tried = climber.repair(std::move(tried), stop);
    }
    tried = climber.climb(std::move(tried), stop);
    if (is_better(run(tried), run(plan.portfolio), 0, is_maximised())) {
        plan.portfolio = std::move(tried);
    }
}

SampledPlan SampledPlanner::best(const std::vector<Portfolio>& from) {
    const auto begin = std::chrono::steady_clock::now();
    const auto passed = [begin] {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    };
    const std::function<double()> left = [&] { return options_.seconds - passed(); };
    const std::function<bool()> stop = [&] {
        return left() <= 0.0 || (options_.interrupt != nullptr && options_.interrupt->load());
    };
    SampledPlan plan;
    plan.portfolio.resize(nominal_->district().choices().size());
    plan.unsolved = drop_unsolved(from);
    if (draws_.empty()) {
        plan.status = optimise::Status::infeasible;
        plan.bound = plan.foresight = plan.fare.mean = plan.before.mean = no_figure;
        return plan;
    }
    for (const auto& portfolio : from) {
        if (is_better(run(portfolio), run(plan.portfolio), 0, is_maximised())) {
            plan.portfolio = portfolio;
        }
    }
    plan.before = fare(from.empty() ? plan.portfolio : from.front());
    if (options_.operation == Operation::as_run) {
        Climber climber(*this, nominal_->district().choices(), 0, is_maximised());
        // Half of the time is left for the program.
        const std::function<bool()> half = [&] {
            return left() < options_.seconds / 2.0 || stop();
        };
        if (!run(plan.portfolio).is_allowed()) {
            plan.portfolio = climber.repair(plan.portfolio, half);
        }
        plan.portfolio = climber.climb(plan.portfolio, half);
        if (options_.progress) {
            options_.progress("sample", fare(plan.portfolio).mean);
        }
    }
    plan.is_allowed = run(plan.portfolio).is_allowed();
    plan.fare = fare(plan.portfolio);
    solve(plan, left, stop);
    if (options_.operation == Operation::as_run) {
        plan.is_allowed = run(plan.portfolio).is_allowed();
        plan.fare = fare(plan.portfolio);
        // The program is held to what runs had in common; a run beyond that shows that it is not
        // the last word.
        if (plan.is_allowed) {
            plan.bound = is_maximised() ? std::max(plan.bound, plan.fare.mean)
                                        : std::min(plan.bound, plan.fare.mean);
        }
    }
    plan.seconds = passed();
    return plan;
}

} // namespace chainsim::portfolio
