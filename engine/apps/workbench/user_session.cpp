#include "user_session.hpp"

#include <chainsim/study/policies.hpp>
#include <chainsim/study/version.hpp>
#include <chainsim/view/district_view.hpp>
#include <chainsim/view/folders_view.hpp>
#include <chainsim/view/view.hpp>

#include <utility>

namespace chainsim::workbench {

namespace {

using study::detail::number;

Json pulse_json(const live::Pulse& pulse) {
    Json values = Json::array();
    for (const auto& indicator : pulse.values) {
        Json years = Json::array();
        for (const double value : indicator) {
            years.push_back(number(value));
        }
        values.push_back(std::move(years));
    }
    Json judged = Json::array();
    for (const auto& policy : pulse.judged) {
        Json years = Json::array();
        for (const auto& one : policy) {
            years.push_back(one ? Json{study::to_string(one->verdict), number(one->value),
                                       number(one->bound), number(one->margin)}
                                : Json(nullptr));
        }
        judged.push_back(std::move(years));
    }
    Json out{{"outcome", pulse.failure.empty() ? "solved" : "no_solution"}};
    if (!pulse.failure.empty()) {
        out["failure"] = pulse.failure;
    }
    out["verdict"] = study::to_string(pulse.verdict);
    out["values"] = std::move(values);
    out["judged"] = std::move(judged);
    return out;
}

/// What can be read of these folders; one that somebody has changed or removed is left out.
Json results_json(const std::vector<std::filesystem::path>& folders,
                  Json (*read)(const std::filesystem::path&)) {
    Json list = Json::array();
    for (const auto& folder : folders) {
        try {
            list.push_back(read(folder));
        } catch (const InputError&) {
            continue;
        } catch (const IoError&) {
            continue;
        }
    }
    return list;
}

} // namespace

UserSession::UserSession(std::string id, std::shared_ptr<const OpenScenario> scenario,
                         table::Language language)
    : id_(std::move(id)), scenario_(std::move(scenario)), language_(language),
      live_({scenario_, &scenario_->origin()}),
      shown_{scenario_->origin().study(), {scenario_, &scenario_->origin().run()}, 0} {}

Json UserSession::edit(std::vector<live::Edit> edits) {
    const std::lock_guard lock(editing_);
    const auto pulse = live_.edit(std::move(edits));
    ++edition_;
    Json out = pulse_json(pulse);
    out["edits"] = edits_json(live_.edits());
    return out;
}

std::vector<live::Edit> UserSession::edits() const {
    const std::lock_guard lock(editing_);
    return live_.edits();
}

std::string UserSession::scenario_text(const std::string& id, const model::Name& name) const {
    const std::lock_guard lock(editing_);
    return live_.scenario_text(id, name);
}

Shown UserSession::shown() const {
    const std::lock_guard lock(showing_);
    return shown_;
}

Shown UserSession::current() {
    auto known = shown();
    std::unique_lock lock(editing_);
    if (known.edition == edition_) {
        return known;
    }
    const auto edition = edition_;
    const auto& origin = scenario_->origin();
    if (live_.edits().empty()) {
        lock.unlock();
        known = {origin.study(), {scenario_, &origin.run()}, edition};
    } else {
        auto study = live_.study();
        lock.unlock(); // sliders go on while it is solved
        auto run = std::make_shared<const study::Run>(study.run());
        known = {std::move(study), std::move(run), edition};
    }
    const std::lock_guard showing(showing_);
    if (shown_.edition < edition) {
        shown_ = known;
    }
    return known;
}

Json UserSession::view(const ResultFolders& results) {
    const auto now = current();
    Json district;
    if (now.run.get() == &scenario_->origin().run()) {
        district = scenario_->district();
    } else {
        view::DistrictOptions options;
        options.with_years = false;
        district = view::district_json(now.study, *now.run, options);
    }
    Json out{
        {"schema", "chainsim.view/1"},
        {"engine",
         {{"version", std::string(study::version())}, {"commit", std::string(study::commit())}}},
        {"language", language_ == table::Language::zh ? "zh" : "en"},
        {"words", view::words_json()},
        {"units", Json::object()},
        {"districts", Json::array({std::move(district)})},
        {"comparison", nullptr},
        {"fronts", results_json(results.fronts, view::front_json)},
        {"samples", results_json(results.samples, view::sample_json)},
        {"live", {{"session", id_}}}};
    out["units"] = view::units_json(out);
    return out;
}

} // namespace chainsim::workbench
