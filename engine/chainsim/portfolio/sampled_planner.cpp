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

/// What a draw misses, in one figure; a draw without a solution misses all.
double missed_by(const Outcome& outcome) {
    return outcome.is_solved ? outcome.excess + outcome.breaks
                             : std::numeric_limits<double>::infinity();
}

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

Outcome SampledPlanner::run(const Portfolio& portfolio) {
    Outcome out = nominal_->simulator().run(portfolio);
    if (!out.is_solved) {
        return out;
    }
    const double relations = breaks(portfolio);
    std::vector<double> missed;
    int solved = 0;
    std::fill(out.values.begin(), out.values.end(), 0.0);
    for (auto& draw : draws_) {
        auto outcome = draw.planner->simulator().run(portfolio);
        // The means are judged once, by the nominal figures.
        outcome.breaks -= draw.planner->simulator().breaks(portfolio);
        missed.push_back(missed_by(outcome));
        if (outcome.is_solved) {
            ++solved;
            for (std::size_t g = 0; g < out.values.size(); ++g) {
                out.values[g] += outcome.values[g];
            }
        }
    }
    for (double& value : out.values) {
        value /= std::max(1, solved);
    }
    out.breaks = relations;
    // The draws that miss most are those that may be given up.
    std::sort(missed.begin(), missed.end());
    out.excess += nominal_->simulator().run(portfolio).breaks - relations;
    out.excess += std::accumulate(missed.begin(), missed.end() - may_give_up_, 0.0);
    out.is_solved = std::isfinite(out.excess) && solved > 0;
    return out;
}

Fare SampledPlanner::fare(const Portfolio& portfolio) {
    Fare out;
    int solved = 0;
    for (auto& draw : draws_) {
        auto& simulator = draw.planner->simulator();
        auto outcome = simulator.run(portfolio);
        outcome.breaks -= simulator.breaks(portfolio);
        constexpr double rounding = 1e-9;
        const bool keeps = missed_by(outcome) <= rounding;
        out.values.push_back(outcome.is_solved ? outcome.values.front() : no_figure);
        out.keeps.push_back(keeps ? char{1} : char{0});
        out.kept += keeps ? 1.0 : 0.0;
        if (outcome.is_solved) {
            ++solved;
            out.mean += outcome.values.front();
        }
    }
    out.mean = solved > 0 ? out.mean / solved : no_figure;
    out.kept /= static_cast<double>(draws_.size());
    return out;
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

double SampledPlanner::foresight(const SampledProgram& program, const std::function<bool()>& stop) {
    const double worst = is_maximised() ? -optimise::infinity : optimise::infinity;
    const double sign = is_maximised() ? 1.0 : -1.0;
    optimise::SolveOptions options;
    options.interrupt = options_.interrupt;
    double sum = 0.0;
    std::vector<double> gains; // of a draw by lifting its bounds
    for (std::size_t k = 1; k < program.parts().size(); ++k) {
        const auto& part = program.parts()[k];
        auto relaxed = part.program();
        std::fill(relaxed.is_integer.begin(), relaxed.is_integer.end(), char{0});
        const auto value = [&]() {
            const auto answer = nominal_->backend().solve(relaxed, options);
            return answer.status == optimise::Status::optimal      ? answer.objective
                   : answer.status == optimise::Status::infeasible ? worst
                                                                   : no_figure;
        };
        if (stop()) {
            return no_figure;
        }
        const double kept = value();
        sum += kept;
        if (may_give_up_ == 0) {
            continue;
        }
        for (std::size_t b = 0; b < part.bounds().size(); ++b) {
            const int row = part.row_of_bound(b);
            if (row >= 0 && part.bounds()[b].is_hard) {
                relaxed.row_lower[static_cast<std::size_t>(row)] = -optimise::infinity;
                relaxed.row_upper[static_cast<std::size_t>(row)] = optimise::infinity;
            }
        }
        const double lifted = value();
        gains.push_back(std::isfinite(kept) ? sign * (lifted - kept) : optimise::infinity);
        if (!std::isfinite(kept)) {
            sum = std::isfinite(lifted) ? sum - kept + lifted : no_figure;
            gains.back() = 0.0; // taken already
        }
    }
    std::sort(gains.begin(), gains.end(), std::greater<>());
    for (int i = 0; i < may_give_up_ && i < static_cast<int>(gains.size()); ++i) {
        sum += sign * gains[static_cast<std::size_t>(i)];
    }
    return sum / static_cast<double>(draws_.size()) * program.unit_of_goal();
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
    plan.foresight = plan.bound = foresight(joint, stop);
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
    const double bound = answer.bound * joint.unit_of_goal();
    const bool is_tighter = is_maximised() ? bound < plan.bound : bound > plan.bound;
    if (std::isfinite(bound) && (std::isnan(plan.bound) || is_tighter)) {
        plan.bound = bound;
    }
    if (answer.point.empty()) {
        return;
    }
    auto tried = joint.portfolio(answer.point);
    if (options_.operation == Operation::open) {
        // Plants run as the program has them, which no run repeats.
        plan.portfolio = std::move(tried);
        plan.is_allowed = true;
        plan.fare = {};
        for (std::size_t k = 1; k < joint.parts().size(); ++k) {
            const auto point = joint.part_of(k, answer.point);
            plan.fare.values.push_back(joint.parts()[k].program().objective(point) *
                                       joint.unit_of_goal());
            plan.fare.keeps.push_back(joint.is_given_up(k, answer.point) ? char{0} : char{1});
            plan.fare.kept += plan.fare.keeps.back() != 0 ? 1.0 : 0.0;
            plan.fare.mean += plan.fare.values.back();
        }
        plan.fare.mean /= static_cast<double>(draws_.size());
        plan.fare.kept /= static_cast<double>(draws_.size());
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
    }
    plan.is_allowed = run(plan.portfolio).is_allowed();
    plan.fare = fare(plan.portfolio);
    solve(plan, left, stop);
    if (options_.operation == Operation::as_run) {
        plan.is_allowed = run(plan.portfolio).is_allowed();
        plan.fare = fare(plan.portfolio);
    }
    plan.seconds = passed();
    return plan;
}

} // namespace chainsim::portfolio
