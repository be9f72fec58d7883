#include <chainsim/base/error.hpp>
#include <chainsim/live/detail/origin_work.hpp>
#include <chainsim/load/load_scenario.hpp>
#include <chainsim/study/report.hpp>

#include <algorithm>
#include <cstddef>
#include <map>
#include <utility>

namespace chainsim::live {

Origin::Work::Work(std::filesystem::path path)
    : file(std::move(path)), study(study::open(file)), run(study.run()) {
    if (const auto& failure = run.failure()) {
        throw study::NoSolution(failure->message);
    }
    indicators = view::shown_indicators(run);
    policies = view::shown_policies(run);
    const auto& years = study.scenario().years;
    judged = static_cast<std::size_t>(
        std::find(years.begin(), years.end(), study::reported_year(run)) - years.begin());
    find_places();
    auto candidates = load::load_candidates(file);
    controls = controls_of(study.scenario(), candidates.projects);
    if (study.scenario().actuals.figures.empty()) {
        preview = std::make_unique<Preview>(run, std::move(candidates), indicators);
    }
}

void Origin::Work::find_places() {
    for (const auto& year : run.years()) {
        auto& values = told.emplace_back();
        auto& places = told_at.emplace_back();
        for (std::size_t i = 0; i < indicators.size(); ++i) {
            const auto& all = year.indicators();
            const auto found = std::find_if(
                all.begin(), all.end(), [&](const auto& one) { return one.id == indicators[i]; });
            if (found != all.end()) {
                values.push_back(*found);
                places.push_back(i);
            }
        }
    }
    // Policies are judged in their order, the upper bound of one with two bounds first.
    std::map<std::pair<std::string, bool>, std::size_t> place;
    std::size_t next = 0;
    for (const auto& policy : study.scenario().policies) {
        if (policy.change != model::Change::none) {
            place[{policy.id, policy.change == model::Change::rise}] = next++;
            continue;
        }
        if (policy.at_most || !policy.at_least) {
            place[{policy.id, policy.at_most.has_value()}] = next++;
        }
        if (policy.at_least) {
            place[{policy.id, false}] = next++;
        }
    }
    for (const auto& shown : policies) {
        verdict_of.push_back(place.at({shown.id, shown.upper}));
    }
}

const Control* Origin::Work::find(const std::string& id) const {
    const auto found = std::find_if(controls.begin(), controls.end(),
                                    [&id](const Control& one) { return one.id == id; });
    return found == controls.end() ? nullptr : &*found;
}

const Control& Origin::Work::control(const std::string& id) const {
    const auto* found = find(id);
    CHAINSIM_EXPECT(found != nullptr, "an edit is of a control that there is");
    return *found;
}

Origin::Origin(std::filesystem::path file) : work_(std::make_unique<Work>(std::move(file))) {}
Origin::~Origin() = default;

const std::filesystem::path& Origin::file() const { return work_->file; }
const study::Study& Origin::study() const { return work_->study; }
const study::Run& Origin::run() const { return work_->run; }
const std::vector<Control>& Origin::controls() const { return work_->controls; }

} // namespace chainsim::live
