#include <chainsim/portfolio/planner.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <limits>
#include <utility>

namespace chainsim::portfolio {

namespace {

using Instant = std::chrono::steady_clock::time_point;

constexpr double most_seconds_in_doubt = 20.0;

double seconds_since(Instant begin) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

} // namespace

Planner::Planner(District& district, std::vector<const Valuer*> goals, std::vector<Bound> bounds,
                 PlanOptions options)
    : district_(&district), goals_(std::move(goals)), options_(std::move(options)),
      backend_(options_.backend), simulator_(district, goals_, std::move(bounds)),
      limits_(goals_.size()), corrections_(simulator_.bounds().size(), 0.0) {
    if (backend_ == nullptr) {
        own_backend_ = optimise::make_cbc();
        backend_ = own_backend_.get();
    }
    settle_years();
}

/// Years before the first in which any choice can begin run as they do.
void Planner::settle_years() {
    int first = std::numeric_limits<int>::max();
    for (const auto& choice : district_->choices()) {
        if (!choice.years.empty()) {
            first = std::min(first, choice.years.front());
        }
    }
    const Portfolio none(district_->choices().size());
    for (std::size_t i = 0; i < district_->years().size(); ++i) {
        auto& year = settled_.emplace_back();
        if (district_->years()[i].year < first) {
            auto run = district_->run(i, none);
            if (run.outcome == system::Outcome::solved) {
                year = std::move(run);
            }
        }
    }
}

bool Planner::is_interrupted() const {
    return options_.interrupt != nullptr && options_.interrupt->load();
}

void Planner::limit_goal(std::size_t goal, std::optional<double> value) {
    limits_[goal] = value;
    simulator_.limit_goal(goal, value);
}

void Planner::tell(const std::string& step, double value) const {
    if (options_.progress) {
        options_.progress(step, value);
    }
}

PortfolioProgram Planner::program() const {
    return build(options_.operation == Operation::open ? open_conducts(*district_)
                                                       : simulator_.seen());
}

PortfolioProgram Planner::certain_program() const {
    return build(options_.operation == Operation::open ? open_conducts(*district_)
                                                       : certain_conducts(*district_));
}

PortfolioProgram Planner::build(const Conducts& conducts) const {
    auto moved = bounds();
    for (std::size_t b = 0; b < moved.size(); ++b) {
        moved[b].value += corrections_[b];
    }
    PortfolioProgram out(*district_, goals_, std::move(moved), conducts, settled_);
    for (std::size_t g = 0; g < goals_.size(); ++g) {
        if (const auto& limit = limits_[g]) {
            out.limit_goal(g, *limit);
        }
    }
    return out;
}

optimise::Answer Planner::solve(const PortfolioProgram& program, const Portfolio* start,
                                double seconds) {
    optimise::SolveOptions options;
    options.gap = options_.gap;
    options.seconds = std::max(0.1, seconds);
    options.interrupt = options_.interrupt;
    options.log = options_.log;
    const double unit = program.unit_of_goal(0);
    options.progress = [&](const optimise::Progress& progress) {
        if (progress.objective) {
            tell("program", *progress.objective * unit);
        }
    };
    if (start != nullptr) {
        options.start = program.point(*start, simulator_.solve(*start));
    }
    return backend_->solve(program.program(), options);
}

void Planner::take(std::shared_ptr<const PortfolioProgram> program, optimise::Answer answer,
                   Plan& plan) {
    const double unit = program->unit_of_goal(0);
    plan.status = answer.status;
    plan.solver = answer.solver;
    plan.message = answer.message;
    plan.nodes += answer.nodes;
    plan.solver_seconds += answer.seconds;
    plan.program_bound = answer.bound * unit;
    if (!answer.point.empty()) {
        plan.value = answer.objective * unit;
        plan.gap = answer.gap();
        plan.chosen = program->portfolio(answer.point);
        plan.point = std::move(answer.point);
    }
    plan.program = std::move(program);
}

bool Planner::find_feasible(Plan& plan, std::vector<Portfolio>& from,
                            const std::function<bool()>& stop) {
    plan.portfolio.resize(district_->choices().size());
    plan.outcome = simulator_.run(plan.portfolio);
    const bool is_known = plan.outcome.is_allowed() ||
                          std::any_of(from.begin(), from.end(), [this](const Portfolio& portfolio) {
                              return simulator_.run(portfolio).is_allowed();
                          });
    if (is_known) {
        return true;
    }
    if (options_.operation == Operation::as_run && plan.outcome.is_solved) {
        // Running finds in seconds what a program may seek for minutes.
        from.push_back(simulator_.climb(plan.portfolio, stop));
        if (simulator_.run(from.back()).is_allowed()) {
            return true;
        }
    }
    const auto certain = std::make_shared<const PortfolioProgram>(certain_program());
    take(certain, solve(*certain, nullptr, std::min(most_seconds_in_doubt, options_.seconds / 2.0)),
         plan);
    plan.bound = plan.program_bound;
    if (!plan.chosen.empty()) {
        from.push_back(plan.chosen);
    }
    if (plan.outcome.is_solved) {
        plan.runs = simulator_.solve(plan.portfolio);
    }
    return plan.status != optimise::Status::infeasible;
}

/// The best of what is known, improved by running.
void Planner::climb_first(Plan& plan, const std::vector<Portfolio>& from,
                          const std::function<bool()>& stop) {
    const bool is_maximised = goals_.front()->goal().is_maximised;
    plan.portfolio.resize(district_->choices().size());
    plan.outcome = simulator_.run(plan.portfolio);
    for (const auto& start : from) {
        const auto outcome = simulator_.run(start);
        if (is_better(outcome, plan.outcome, 0, is_maximised)) {
            plan.portfolio = start;
            plan.outcome = outcome;
        }
    }
    if (options_.operation == Operation::as_run) {
        plan.portfolio = simulator_.climb(plan.portfolio, stop);
        if (options_.wandering > 0 && simulator_.run(plan.portfolio).is_allowed()) {
            // A single year is not to take longer than it has ways to be.
            constexpr long most_of_a_year = 8000;
            const auto years = static_cast<long>(district_->years().size());
            plan.portfolio = simulator_.wander(
                plan.portfolio, std::min(options_.wandering, most_of_a_year * years), stop);
        }
        plan.outcome = simulator_.run(plan.portfolio);
        if (plan.outcome.is_solved) {
            tell("run", plan.outcome.values.front());
        }
    }
}

/// Runs and improves what the program chose; whether that is better than what is known.
bool Planner::improve_on(Plan& plan, const std::function<bool()>& stop) {
    if (plan.chosen.empty() || plan.chosen == plan.portfolio) {
        return false;
    }
    const bool is_maximised = goals_.front()->goal().is_maximised;
    auto tried = plan.chosen;
    if (!simulator_.run(tried).is_allowed()) {
        tried = simulator_.repair(tried, stop);
    }
    auto outcome = simulator_.run(tried);
    if (outcome.is_allowed() || !plan.outcome.is_allowed()) {
        tried = simulator_.climb(tried, stop);
        outcome = simulator_.run(tried);
    }
    if (!is_better(outcome, plan.outcome, 0, is_maximised)) {
        return false;
    }
    plan.portfolio = std::move(tried);
    plan.outcome = outcome;
    tell("run", outcome.values.front());
    return true;
}

bool Planner::correct(const Plan& plan) {
    if (plan.point.empty() || plan.program == nullptr) {
        return false;
    }
    bool is_missed = false;
    const auto missed = simulator_.missed(plan.chosen);
    const auto runs = simulator_.solve(plan.chosen);
    for (const auto b : missed) {
        const auto& bound = bounds()[b];
        if (!bound.is_hard || plan.program->row_of_bound(b) < 0) {
            continue;
        }
        const auto form = form_of(*district_, bound);
        const auto level = [&](const system::Solution& solution) {
            return district_->value(bound.year, form, flows_of(solution), plan.chosen);
        };
        double below = 1.0;
        if (bound.denominator >= 0) {
            below = district_->value(bound.year, district_->form(bound.year, bound.denominator),
                                     flows_of(runs[bound.year]), plan.chosen);
        }
        // As far as the run goes beyond the program, the next program stays short of the bound.
        const double beyond =
            (level(runs[bound.year]) - level(plan.program->solution(bound.year, plan.point))) /
            below;
        corrections_[b] = -beyond;
        is_missed = true;
    }
    return is_missed;
}

/// Interrupted before any program: what projects that may be made in part could reach bounds what
/// is known, in a fraction of a second.
void Planner::bound_quickly(Plan& plan) {
    const auto built = std::make_shared<const PortfolioProgram>(certain_program());
    auto loose = built->program();
    std::fill(loose.is_integer.begin(), loose.is_integer.end(), char{0});
    optimise::SolveOptions options;
    constexpr double most_seconds = 10.0;
    options.seconds = most_seconds;
    const auto answer = backend_->solve(loose, options);
    plan.solver = answer.solver;
    plan.bound = plan.program_bound = answer.status == optimise::Status::optimal
                                          ? answer.objective * built->unit_of_goal(0)
                                          : std::numeric_limits<double>::quiet_NaN();
    plan.status = optimise::Status::feasible;
    plan.program = built;
}

/// The program is held to what runs had in common up to then: what a later run reaches is no less
/// than what can be reached.
void Planner::widen_bound(Plan& plan) const {
    if (plan.outcome.is_allowed() && options_.operation == Operation::as_run) {
        const double value = plan.outcome.values.front();
        plan.bound = goals_.front()->goal().is_maximised ? std::max(plan.bound, value)
                                                         : std::min(plan.bound, value);
    }
}

bool Planner::adopt(const std::vector<Portfolio>& portfolios, Plan& plan) {
    bool is_adopted = false;
    for (const auto& one : portfolios) {
        const auto outcome = simulator_.run(one);
        if (is_better(outcome, plan.outcome, 0, goals_.front()->goal().is_maximised)) {
            plan.portfolio = one;
            plan.outcome = outcome;
            is_adopted = true;
        }
    }
    if (is_adopted) {
        plan.runs = simulator_.solve(plan.portfolio);
        widen_bound(plan);
    }
    return is_adopted;
}

Plan Planner::best(std::vector<Portfolio> from) {
    const auto begin = std::chrono::steady_clock::now();
    const auto left = [&] { return options_.seconds - seconds_since(begin); };
    const std::function<bool()> stop = [&] { return left() <= 0.0 || is_interrupted(); };
    const long runs_before = simulator_.runs();
    const bool is_open = options_.operation == Operation::open;
    std::fill(corrections_.begin(), corrections_.end(), 0.0);
    Plan plan;
    if (!find_feasible(plan, from, stop)) {
        plan.seconds = seconds_since(begin);
        return plan;
    }
    climb_first(plan, from, stop);
    if (stop()) {
        bound_quickly(plan);
    }
    for (int round = 0; round < options_.rounds && !stop(); ++round) {
        const auto building = std::chrono::steady_clock::now();
        const auto built = std::make_shared<const PortfolioProgram>(program());
        plan.build_seconds = seconds_since(building);
        const bool is_start = plan.outcome.is_allowed();
        plan.point.clear();
        plan.chosen.clear();
        // Where nothing is known to keep the bounds, a program may find that out, or not in hours.
        const double most = is_start || is_open ? left() : std::min(left(), most_seconds_in_doubt);
        take(built, solve(*built, is_start ? &plan.portfolio : nullptr, most), plan);
        if (!is_open && plan.status == optimise::Status::infeasible && !is_start) {
            // What runs had in common may be too little.
            const auto certain = std::make_shared<const PortfolioProgram>(certain_program());
            take(certain, solve(*certain, nullptr, std::min(left(), most_seconds_in_doubt)), plan);
        }
        plan.bound = round == 0 ? plan.program_bound : plan.bound;
        if (is_open && !plan.chosen.empty()) {
            plan.portfolio = plan.chosen;
            plan.outcome = simulator_.run(plan.portfolio);
        }
        if (is_open || stop()) {
            break;
        }
        const bool is_corrected = correct(plan);
        if (!improve_on(plan, stop) && !is_corrected) {
            break;
        }
    }
    if (plan.outcome.is_solved) {
        plan.runs = simulator_.solve(plan.portfolio);
    }
    widen_bound(plan);
    plan.runs_made = simulator_.runs() - runs_before;
    plan.seconds = seconds_since(begin);
    return plan;
}

} // namespace chainsim::portfolio
