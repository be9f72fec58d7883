#include <chainsim/base/diagnostic.hpp>
#include <chainsim/base/error.hpp>
#include <chainsim/io/file.hpp>
#include <chainsim/load/load_scenario.hpp>
#include <chainsim/optimise/backend.hpp>
#include <chainsim/optimise/certificate.hpp>
#include <chainsim/optimise/mps.hpp>
#include <chainsim/study/optimisation.hpp>
#include <chainsim/study/run_folder.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>

namespace chainsim::study {

namespace {

namespace fs = std::filesystem;

/// Real, of projects; 国家发展改革委、建设部, 建设项目经济评价方法与参数 (3rd ed., 2006): 8 %.
constexpr double usual_discount_rate = 0.08;

double discount_rate_of(const model::Scenario& scenario) {
    if (!scenario.decision_rules.empty()) {
        if (const auto& rate = scenario.decision_rules.begin()->discount_rate) {
            return rate->value.in("1");
        }
    }
    return usual_discount_rate;
}

/// The scenario file of what was named: itself, or that of a run.
fs::path scenario_file(const fs::path& path) {
    return fs::is_directory(path) ? path / "inputs" / read_origin(path).main_input : path;
}

std::string mps_of(const portfolio::PortfolioProgram& program) {
    return optimise::to_mps(optimise::with_constant_as_column(program.program()));
}

} // namespace

Optimisation::Optimisation(OptimiseRequest request)
    : request_(std::move(request)), study_(open(request_.scenario, request_.years)),
      candidates_(load::load_candidates(scenario_file(request_.scenario))) {
    candidates_.scenario.years = study_.scenario().years;
    constexpr std::int64_t usual_draws = 1024;
    if (request_.sample > 0 && request_.draws == 0) {
        request_.draws = usual_draws; // a plan is not judged by the draws that it was made for
    }
    CHAINSIM_EXPECT(request_.sample == 0 ||
                        (request_.then.empty() && request_.pareto.empty() &&
                         request_.curve.empty() && request_.alternatives == 0 &&
                         request_.write_mps.empty() && request_.read_solution.empty()),
                    "a plan for a sample has one goal, and no other plans beside it");
    compile();
}

Optimisation::~Optimisation() = default;

std::string Optimisation::mps() const { return mps_of(planner_->certain_program()); }

bool Optimisation::is_found() const {
    // Who lets plants run as suits the goal has a plan where the program has one.
    const bool is_free =
        request_.operation == portfolio::Operation::open &&
        (plan_.status == optimise::Status::optimal || plan_.status == optimise::Status::feasible);
    return plan_.outcome.is_allowed() || (is_free && plan_.outcome.is_solved);
}

void Optimisation::compile() {
    auto choices = portfolio::choices_of(candidates_, study_.scenario());
    if (std::all_of(choices.begin(), choices.end(),
                    [](const auto& one) { return one.years.empty(); })) {
        throw InputError({Diagnostic{
            {study_.main_input(), 0, 0},
            {},
            "there is nothing to decide: no project may start in the years of the scenario",
            "add projects, or years after their start; `decision_rules` says which are open",
            {},
            {}}});
    }
    for (const auto& text : request_.at_most) {
        asked_.push_back(detail::read_asked_bound(text, true, study_.scenario()));
    }
    for (const auto& text : request_.at_least) {
        asked_.push_back(detail::read_asked_bound(text, false, study_.scenario()));
    }
    decided_ = portfolio::portfolio_of(choices, study_.scenario());
    district_ = std::make_unique<portfolio::District>(candidates_, std::move(choices),
                                                      discount_rate_of(candidates_.scenario));
    std::vector<std::string> goals = request_.pareto;
    if (goals.empty()) {
        goals.push_back(request_.objective);
        goals.insert(goals.end(), request_.then.begin(), request_.then.end());
        if (!request_.curve.empty()) {
            goals.insert(goals.begin() + 1, request_.curve);
        }
    }
    for (const auto& text : goals) {
        valuers_.push_back(std::make_unique<portfolio::Valuer>(
            *district_, portfolio::parse_goal(text, *district_)));
        goals_.push_back(valuers_.back().get());
    }
    bounds_ = bounds_of(*district_, left_out_);
    if (!request_.solver.empty()) {
        backend_ = optimise::make_backend(request_.solver);
    }
    planner_ = std::make_unique<portfolio::Planner>(*district_, goals_, bounds_, options());
}

std::vector<portfolio::Bound>
Optimisation::bounds_of(const portfolio::District& district,
                        std::vector<detail::LeftOut>& left_out) const {
    auto out = detail::policy_bounds(study_.scenario(), district, left_out);
    for (const auto& asked : asked_) {
        const auto more = detail::asked_bounds(asked, district);
        out.insert(out.end(), more.begin(), more.end());
    }
    return out;
}

portfolio::PlanOptions Optimisation::options() const {
    portfolio::PlanOptions out;
    out.operation = request_.operation;
    out.gap = request_.gap;
    out.seconds = request_.seconds;
    out.interrupt = request_.interrupt;
    out.progress = request_.progress;
    out.backend = backend_.get();
    out.log = request_.log;
    return out;
}

void Optimisation::solve() {
    auto& simulator = planner_->simulator();
    without_ = simulator.run(portfolio::Portfolio(district_->choices().size()));
    as_decided_ = simulator.run(decided_);
    if (!request_.read_solution.empty()) {
        read_solution();
    } else if (!request_.pareto.empty() || !request_.curve.empty()) {
        seek_front();
    } else {
        solve_first();
        solve_then();
        if (request_.sample > 0 && is_found()) {
            plan_for_sample();
        }
    }
    if (!request_.write_mps.empty() && plan_.program != nullptr) {
        io::write_file(request_.write_mps, mps_of(*plan_.program));
    }
    explain();
    const auto id = fmt::format("{}_{}", study_.scenario().id, is_found() ? "best" : "nearest");
    if (plan_.outcome.is_solved) {
        plans_.insert(plans_.begin(), {id, plan_.portfolio, plan_.outcome.values, {}, true});
    }
    if (sampled_ && !(sampled_->portfolio == nominal_)) {
        plans_.push_back({fmt::format("{}_nominal", study_.scenario().id),
                          nominal_,
                          planner_->simulator().run(nominal_).values,
                          {},
                          true});
    }
    if (request_.alternatives > 0) {
        seek_alternatives();
    }
    for (auto& one : plans_) {
        one.file = file_of(one);
    }
    if (request_.draws > 0) {
        draw_plans();
    }
}

void Optimisation::solve_first() { plan_ = planner_->best({decided_}); }

/// Each further goal among the portfolios that are hardly worse by the ones before.
void Optimisation::solve_then() {
    for (std::size_t k = 1; k < goals_.size() && is_found(); ++k) {
        std::vector<const portfolio::Valuer*> order{goals_[k]};
        order.insert(order.end(), goals_.begin(), goals_.begin() + static_cast<std::ptrdiff_t>(k));
        portfolio::Planner next(*district_, order, bounds_, options());
        for (std::size_t before = 0; before < k; ++before) {
            const double value = plan_.outcome.values[before];
            const double give = request_.slack * std::abs(value);
            next.limit_goal(before + 1,
                            goals_[before]->goal().is_maximised ? value - give : value + give);
        }
        const auto better = next.best({plan_.portfolio});
        if (better.outcome.is_allowed()) {
            plan_.portfolio = better.portfolio;
            plan_.outcome = planner_->simulator().run(plan_.portfolio);
            plan_.runs = planner_->simulator().solve(plan_.portfolio);
        }
    }
}

void Optimisation::read_solution() {
    const auto name = request_.read_solution.string();
    const auto program =
        optimise::parse_mps(io::read_file(request_.write_mps), request_.write_mps.string());
    request_.write_mps.clear(); // it was read, and stays as it is
    const auto point =
        optimise::parse_solution(io::read_file(request_.read_solution), program, name);
    plan_.portfolio.resize(district_->choices().size());
    const auto built = planner_->certain_program();
    std::size_t found = 0;
    for (const auto& start : built.starts()) {
        const auto& wanted = built.program().column_names[static_cast<std::size_t>(start.column)];
        const auto column =
            std::find(program.column_names.begin(), program.column_names.end(), wanted);
        if (column == program.column_names.end()) {
            continue;
        }
        ++found;
        constexpr double half = 0.5;
        if (point[static_cast<std::size_t>(column - program.column_names.begin())] > half) {
            plan_.portfolio[static_cast<std::size_t>(start.choice)] = start.decision;
        }
    }
    if (found == 0) {
        throw InputError({Diagnostic{{name, 0, 0},
                                     {},
                                     "this is no solution of a program of this scenario: no column "
                                     "is one of its projects",
                                     "take the file that --write-mps wrote of it",
                                     {},
                                     {}}});
    }
    plan_.solver = "solution file";
    plan_.outcome = planner_->simulator().run(plan_.portfolio);
    plan_.status = optimise::Status::feasible;
    plan_.chosen = plan_.portfolio;
    plan_.value = optimise::certify(program, point).objective;
    plan_.bound = std::numeric_limits<double>::quiet_NaN();
    plan_.gap = plan_.program_bound = plan_.bound;
    if (plan_.outcome.is_solved) {
        plan_.runs = planner_->simulator().solve(plan_.portfolio);
    }
}

void Optimisation::explain() {
    for (const auto* id : {"energy_controlled", "energy_total_equivalent", "co2_total"}) {
        if (deviation_of_.empty() && district_->row(district_->years().size() - 1, id) >= 0) {
            deviation_of_ = id;
        }
    }
    if (!is_found()) {
        missed_ = portfolio::misses_of(*planner_, plan_.portfolio);
        if (plan_.status == optimise::Status::infeasible || plan_.point.empty()) {
            conflict_ = portfolio::conflict_of(*planner_, plan_);
        }
        return;
    }
    // A plan for a sample is not the best at the nominal figures, from which a step would lead
    // away.
    const double step = sampled_ ? 0.0 : request_.step;
    constexpr int most_times = 3;
    for (int time = 0; time < most_times; ++time) {
        prices_ = portfolio::prices_of(*planner_, plan_, step);
        if (!planner_->adopt(prices_.found, plan_)) {
            break; // what was found for other bounds is no better for these
        }
    }
    constexpr int plants = 5;
    deviations_ = portfolio::deviations_of(*planner_, plan_, deviation_of_, plants);
    rejections_ = portfolio::rejections_of(*planner_, plan_);
    merits_ = portfolio::merits_of(*planner_, plan_);
}

void Optimisation::seek_front() {
    auto front = portfolio::front_of(*planner_, request_.points, {decided_});
    for (const auto& point : front.points) {
        plans_.push_back({fmt::format("{}_front_{:02}", study_.scenario().id, plans_.size() + 1),
                          point.portfolio,
                          point.values,
                          {},
                          point.is_proposed});
    }
    // The best by the first goal is the plan that is explained; a later one may be better still.
    plan_ = std::move(front.best);
    std::vector<portfolio::Portfolio> points;
    points.reserve(front.points.size());
    for (const auto& point : front.points) {
        points.push_back(point.portfolio);
    }
    (void)planner_->adopt(points, plan_);
}

void Optimisation::seek_alternatives() {
    const auto points =
        portfolio::alternatives_of(*planner_, plan_, request_.alternatives, request_.within);
    int number = 0;
    for (const auto& point : points) {
        plans_.push_back({fmt::format("{}_other_{}", study_.scenario().id, ++number),
                          point.portfolio,
                          point.values,
                          {},
                          true});
    }
}

std::string Optimisation::file_of(const WrittenPlan& plan) const {
    const fs::path beside = fs::path(study_.main_input()).parent_path();
    return (fs::path("inputs") / beside / (plan.id + ".yaml")).generic_string();
}

fs::path Optimisation::folder() const {
    return request_.folder.empty() ? fs::path("runs") / (study_.scenario().id + "_best")
                                   : request_.folder;
}

namespace {

/// What the nearest plan misses when it is run, where the program had a point.
std::string nearest_miss(const Optimisation& one) {
    std::string text;
    for (const auto& [b, over] : one.missed()) {
        const auto& bound = one.bounds()[b];
        text += fmt::format("{}{} in {} by {:.4g} {}", text.empty() ? "" : ", ", bound.id,
                            one.district().years()[bound.year].year, over, bound.unit);
    }
    return fmt::format("no plan was found that keeps every hard policy when it is run; the nearest "
                       "one misses {}. Plants would have to run below what they can (--operation "
                       "free), or be closed (`closures` of decision_rules)",
                       text.empty() ? "the means or relations of the projects" : text);
}

/// Five figures, and never less: what is told to be enough has to be.
std::string rounded_up(double amount) {
    const double size = std::abs(amount);
    const double digit = std::pow(10.0, std::floor(std::log10(std::max(size, 1e-12))) - 4.0);
    const double up = std::ceil(size / digit) * digit;
    constexpr double whole = 1e4; // from here on without a point
    return up >= whole ? fmt::format("{:.0f}", up) : fmt::format("{:.5g}", up);
}

} // namespace

std::string failure_of(const Optimisation& optimisation) {
    if (const auto& sampled = optimisation.sampled(); sampled && !sampled->is_allowed) {
        return fmt::format("no plan was found that keeps every hard policy in {:g} % of {} draws; "
                           "the best one keeps them in {:.3g} %",
                           100.0 * optimisation.request().chance, sampled->fare.keeps.size(),
                           100.0 * sampled->fare.kept);
    }
    if (optimisation.is_found()) {
        return {};
    }
    const auto& years = optimisation.district().years();
    const auto& bounds = optimisation.bounds();
    const auto& conflict = optimisation.conflict();
    if (!conflict) {
        return optimisation.plan().status == optimise::Status::infeasible
                   ? "no plan keeps the means and relations of the projects"
                   : nearest_miss(optimisation);
    }
    std::string text;
    const auto append = [&text](const std::string& one) {
        text += (text.empty() ? "" : ", ") + one;
    };
    for (const auto b : conflict->bounds) {
        append(fmt::format("{} in {}", bounds[b].id, years[bounds[b].year].year));
    }
    for (const auto& row : conflict->means) {
        append(row);
    }
    std::string relief;
    for (const auto& [b, amount] : conflict->relaxation) {
        relief += fmt::format("{}{} in {} by {} {}", relief.empty() ? "" : ", ", bounds[b].id,
                              years[bounds[b].year].year, rounded_up(amount), bounds[b].unit);
    }
    if (conflict->is_settled) {
        return fmt::format("no plan can keep {}: no project can start by then", text);
    }
    return fmt::format("no plan keeps all of these together: {}{}", text,
                       relief.empty() ? "" : fmt::format("; enough would be to move {}", relief));
}

} // namespace chainsim::study
