#include "workspace.hpp"

#include "problem.hpp"
#include "scenario_head.hpp"
#include <chainsim/base/utf8.hpp>
#include <chainsim/io/file.hpp>
#include <chainsim/study/run_folder.hpp>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <optional>
#include <system_error>
#include <utility>

namespace chainsim::workbench {

namespace {

namespace fs = std::filesystem;

/// The run that a folder of results holds: itself, or that of a plan.
std::optional<fs::path> run_in(const fs::path& folder) {
    for (const auto& path : {folder, folder / "run"}) {
        if (study::is_run(path)) {
            return path;
        }
    }
    return std::nullopt;
}

/// As its summary has it; the id of the folder where that cannot be read.
model::Name name_of_run(const fs::path& folder, const std::string& id) {
    try {
        const Json summary = Json::parse(io::read_file(folder / "summary.json"));
        const auto& name = summary.at("scenario").at("name");
        return {name.at("zh").get<std::string>(), name.at("en").get<std::string>()};
    } catch (const IoError&) {
        return {id, id};
    } catch (const Json::exception&) {
        return {id, id};
    }
}

std::string time_of(const fs::path& file) {
    std::error_code error;
    const auto written = fs::last_write_time(file, error);
    if (error) {
        return {};
    }
    const auto time = std::chrono::time_point_cast<std::chrono::seconds>(
        std::chrono::file_clock::to_sys(written));
    return fmt::format("{:%Y-%m-%d %H:%M}",
                       fmt::localtime(std::chrono::system_clock::to_time_t(time)));
}

/// An id of a scenario is any text; the name of a folder is not.
std::string as_file_name(const std::string& id) {
    constexpr std::size_t longest = 64;
    std::string name = id.substr(0, longest);
    std::replace_if(
        name.begin(), name.end(),
        [](unsigned char byte) { return std::isalnum(byte) == 0 && byte != '_' && byte != '-'; },
        '_');
    return name.empty() ? "scenario" : name;
}

} // namespace

Workspace::Workspace(const std::vector<fs::path>& files, fs::path runs) : runs_(std::move(runs)) {
    for (const auto& file : files) {
        const auto folder = file.has_parent_path() ? file.parent_path() : fs::path(".");
        folders_.emplace(fs::weakly_canonical(folder), folder.lexically_normal().generic_string());
    }
    if (!files.empty()) {
        first_ = fs::weakly_canonical(files.front()).parent_path();
    }
}

std::vector<ScenarioFile> Workspace::scenarios_in(const fs::path& folder) const {
    std::vector<ScenarioFile> list;
    for (const auto& path : scenario_files_in(folder)) {
        if (const auto head = head_of(path); head && !head->id.empty()) {
            list.push_back({called(path), path, head->id, head->name});
        }
    }
    return list;
}

std::vector<ScenarioFile> Workspace::scenarios() const {
    std::vector<fs::path> folders;
    {
        const std::lock_guard lock(mutex_);
        for (const auto& [folder, shown] : folders_) {
            folders.push_back(folder);
        }
    }
    std::vector<ScenarioFile> list;
    for (const auto& folder : folders) {
        auto more = scenarios_in(folder);
        std::move(more.begin(), more.end(), std::back_inserter(list));
    }
    std::sort(list.begin(), list.end(),
              [](const auto& a, const auto& b) { return a.file < b.file; });
    return list;
}

std::vector<SavedRun> Workspace::runs() const {
    std::vector<SavedRun> list;
    std::error_code error;
    for (fs::directory_iterator entry(runs_, error), end; !error && entry != end;
         entry.increment(error)) {
        const auto id = entry->path().filename().string();
        const auto run = id.starts_with('.') ? std::nullopt : run_in(entry->path());
        if (run && !utf8::find_invalid(id)) {
            list.push_back({id, *run, name_of_run(*run, id), time_of(*run / "manifest.json")});
        }
    }
    std::sort(list.begin(), list.end(), [](const auto& a, const auto& b) {
        return std::tie(b.made, a.id) < std::tie(a.made, b.id); // the newest first
    });
    return list;
}

fs::path Workspace::scenario(const std::string& file) const {
    const auto all = scenarios();
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.file == file; });
    if (found == all.end()) {
        throw Refusal(Status::not_found,
                      fmt::format("there is no scenario '{}' here", utf8::shorten(file, 100)));
    }
    return found->path;
}

fs::path Workspace::run_or_scenario(const std::string& called) const {
    const auto all = runs();
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.id == called; });
    return found == all.end() ? scenario(called) : found->path;
}

std::string Workspace::called(const fs::path& path) const {
    const std::lock_guard lock(mutex_);
    const auto found = folders_.find(path.parent_path());
    return found == folders_.end() ? path.filename().generic_string()
                                   : (fs::path(found->second) / path.filename()).generic_string();
}

fs::path Workspace::models() const {
    for (const auto& file : scenario_files_in(first_)) {
        if (auto models = models_of(file); !models.empty()) {
            return models;
        }
    }
    return {};
}

void Workspace::add_folder(const fs::path& folder, const std::string& shown) {
    const std::lock_guard lock(mutex_);
    folders_.emplace(fs::weakly_canonical(folder), shown);
}

fs::path Workspace::new_run(const std::string& id, std::string_view kind) {
    const std::lock_guard lock(mutex_);
    const auto base = runs_ / fmt::format("{}_{}", as_file_name(id), kind);
    fs::path path = base;
    for (int number = 2;
         fs::exists(path) || fs::exists(path.string() + ".partial") || given_.contains(path);
         ++number) {
        path = base;
        path += fmt::format("_{}", number);
    }
    given_.insert(path);
    return path;
}

} // namespace chainsim::workbench
