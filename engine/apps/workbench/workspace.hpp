#pragma once

#include <chainsim/model/datum.hpp>

#include <filesystem>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace chainsim::workbench {

/// A scenario that may be opened. `file` is what clients call it by.
struct ScenarioFile {
    std::string file;
    std::filesystem::path path;
    std::string id;
    model::Name name;
};

/// A run that may be compared with. `id` is what clients call it by.
struct SavedRun {
    std::string id;
    std::filesystem::path path;
    model::Name name;
    std::string made; ///< when, in the time of the server
};

/// What of this machine clients may see: scenario files in some folders, and the folder of runs.
///
/// What a client names is looked for among these; it never becomes a part of a path.
///
/// Threads  any.
class Workspace {
public:
    /// The folders of these files, with all scenarios that stand in them.
    Workspace(const std::vector<std::filesystem::path>& files, std::filesystem::path runs);

    /// Every time as they stand on the device, by name.
    [[nodiscard]] std::vector<ScenarioFile> scenarios() const;
    [[nodiscard]] std::vector<ScenarioFile> scenarios_in(const std::filesystem::path& folder) const;
    [[nodiscard]] std::vector<SavedRun> runs() const;

    /// Errors  Refusal: not found.
    [[nodiscard]] std::filesystem::path scenario(const std::string& file) const;
    /// The folder of a run, or a scenario file, whichever is called so. Errors  likewise.
    [[nodiscard]] std::filesystem::path run_or_scenario(const std::string& called) const;
    /// What clients call a file that stands in one of the folders.
    [[nodiscard]] std::string called(const std::filesystem::path& path) const;

    /// The models that the first scenario is made of; empty if there is none.
    [[nodiscard]] std::filesystem::path models() const;
    /// Adds a folder whose files clients call `shown`/FILE.
    void add_folder(const std::filesystem::path& folder, const std::string& shown);

    /// A new name below the folder of runs, ID_KIND or ID_KIND_2, ..., given out once.
    [[nodiscard]] std::filesystem::path new_run(const std::string& id, std::string_view kind);

private:
    mutable std::mutex mutex_;
    std::map<std::filesystem::path, std::string> folders_; ///< and what clients call them
    std::filesystem::path first_;                          ///< folder of the first scenario
    std::filesystem::path runs_;
    std::set<std::filesystem::path> given_;
};

} // namespace chainsim::workbench
