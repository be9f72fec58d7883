#include "origins.hpp"

#include <chainsim/io/file.hpp>
#include <chainsim/view/district_view.hpp>

#include <algorithm>
#include <system_error>

namespace chainsim::workbench {

namespace {

namespace fs = std::filesystem;

/// Where the paths of the inputs begin, if the file that was opened is one of them.
fs::path root_of_inputs(const fs::path& file, const std::string& main_input) {
    const auto full = fs::weakly_canonical(file).generic_string();
    if (main_input.empty() || !full.ends_with("/" + main_input)) {
        return {};
    }
    return full.substr(0, full.size() - main_input.size());
}

fs::file_time_type changed(const fs::path& folder) {
    std::error_code error;
    const auto time = fs::last_write_time(folder, error);
    return error ? fs::file_time_type::min() : time;
}

} // namespace

OpenScenario::OpenScenario(const fs::path& file)
    : origin_(file), root_(root_of_inputs(file, origin_.study().main_input())) {
    const auto own = fs::weakly_canonical(file).parent_path();
    for (const auto& input : origin_.study().scenario().inputs) {
        const auto folder = (root_ / input.path).parent_path();
        // Scenarios are saved beside this one, and are no part of it.
        if (folder != own && !folders_.contains(folder)) {
            folders_.emplace(folder, changed(folder));
        }
    }
}

const Json& OpenScenario::district() const {
    std::call_once(once_, [this] {
        view::DistrictOptions options;
        options.with_years = false;
        district_ = view::district_json(origin_.study(), origin_.run(), options);
    });
    return district_;
}

bool OpenScenario::is_current() const {
    const auto& inputs = origin_.study().scenario().inputs;
    try {
        // A million bytes, in a millisecond; times of files are too coarse to tell.
        return !root_.empty() &&
               std::all_of(inputs.begin(), inputs.end(),
                           [this](const auto& input) {
                               return io::read_file(root_ / input.path) == input.text;
                           }) &&
               std::all_of(folders_.begin(), folders_.end(), [](const auto& folder) {
                   return changed(folder.first) == folder.second;
               });
    } catch (const IoError&) {
        return false;
    }
}

std::shared_ptr<const OpenScenario> OpenScenarios::open(const fs::path& file) {
    std::shared_ptr<Place> place;
    {
        const std::lock_guard lock(mutex_);
        std::erase_if(places_, [](const auto& one) {
            return one.second.use_count() == 1 && one.second->open.expired();
        });
        auto& known = places_[file];
        if (!known) {
            known = std::make_shared<Place>();
        }
        place = known;
    }
    std::shared_ptr<const OpenScenario> scenario;
    {
        const std::lock_guard opening(place->opening);
        scenario = place->open.lock();
        if (!scenario || !scenario->is_current()) {
            scenario = std::make_shared<const OpenScenario>(file);
            place->open = scenario;
        }
    }
    const std::lock_guard lock(mutex_);
    std::erase(lately_, scenario);
    lately_.push_back(scenario);
    if (lately_.size() > most_kept) {
        lately_.erase(lately_.begin());
    }
    return scenario;
}

} // namespace chainsim::workbench
