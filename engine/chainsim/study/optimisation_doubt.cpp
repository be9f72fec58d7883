#include <chainsim/base/error.hpp>
#include <chainsim/study/optimisation.hpp>
#include <chainsim/uncertainty/parameter_draws.hpp>

#include <fmt/format.h>

#include <cstddef>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

namespace chainsim::study {

namespace fs = std::filesystem;

/// The district as draws of all uncertain figures have it: each year compiled anew with them.
std::vector<portfolio::DrawnDistrict> Optimisation::drawn_districts() const {
    uncertainty::SampleOptions sampling;
    sampling.draws = request_.sample;
    sampling.seed = study_.scenario().seed;
    sampling.method =
        draws::Method::latin_hypercube; // the best of few draws: each range is met all over
    const uncertainty::ParameterDraws draws(candidates_.scenario, sampling);
    std::vector<portfolio::DrawnDistrict> out;
    for (std::int64_t k = 0; k < request_.sample; ++k) {
        if (request_.interrupt != nullptr && request_.interrupt->load()) {
            break;
        }
        const auto figures = draws.figures(k);
        portfolio::DrawnDistrict one;
        const number::Replacing replacing(figures);
        one.district = std::make_unique<portfolio::District>(
            candidates_, portfolio::choices_of(candidates_, study_.scenario()),
            district_->discount_rate(), figures);
        for (const auto* goal : goals_) {
            one.valuers.push_back(std::make_unique<portfolio::Valuer>(*one.district, goal->goal()));
        }
        std::vector<detail::LeftOut> known; // those of the nominal figures
        one.bounds = bounds_of(*one.district, known);
        CHAINSIM_EXPECT(one.bounds.size() == bounds_.size(),
                        "a draw has the bounds of its district");
        out.push_back(std::move(one));
    }
    return out;
}

/// Decides again, before the draw is known; the plan for the nominal figures stays beside it.
void Optimisation::plan_for_sample() {
    nominal_ = plan_.portfolio;
    auto drawn = drawn_districts();
    if (drawn.empty()) { // interrupted before the first
        return;
    }
    portfolio::SampledPlanner sampled(*planner_, std::move(drawn), request_.chance, options());
    sampled_ = sampled.best({nominal_});
    plan_.portfolio = sampled_->portfolio;
    plan_.outcome = planner_->simulator().run(plan_.portfolio);
    plan_.runs = planner_->simulator().solve(plan_.portfolio);
    if (plan_.program != nullptr) {
        // What the program says is told of this portfolio, not of the one before.
        const auto answer = planner_->backend().solve(plan_.program->fixed(plan_.portfolio), {});
        plan_.chosen = plan_.portfolio;
        plan_.point = answer.point;
        if (!answer.point.empty()) {
            plan_.value = answer.objective * plan_.program->unit_of_goal(0);
        }
    }
}

void Optimisation::draw_plans() {
    for (const auto& plan : plans_) {
        doubts_.push_back(doubt_of(plan));
    }
}

PlanDoubt Optimisation::doubt_of(const WrittenPlan& plan) const {
    std::string folder = (fs::temp_directory_path() / "chainsim-plan-XXXXXX").string();
    if (::mkdtemp(folder.data()) == nullptr) {
        throw IoError(
            fmt::format("cannot make a folder in '{}'", fs::temp_directory_path().string()));
    }
    const fs::path root = folder;
    try {
        write_inputs(root, {plan});
        const auto study = open(root / plan.file);
        fs::remove_all(root);
        return detail::doubt_of(study, *district_, *goals_.front(), plan.portfolio,
                                plan.values.front(), bounds_,
                                {request_.draws, study_.scenario().seed});
    } catch (...) {
        std::error_code ignored;
        fs::remove_all(root, ignored);
        throw;
    }
}

} // namespace chainsim::study
