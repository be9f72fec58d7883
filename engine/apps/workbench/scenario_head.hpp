#pragma once

#include <chainsim/model/datum.hpp>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace chainsim::workbench {

/// What a scenario file says at its head.
struct ScenarioHead {
    std::string id;
    model::Name name;
    std::string extends; ///< may be empty
    std::string models;  ///< may be empty
};

/// Reads the head of a scenario file, as the loader would; nothing if it cannot be read: then
/// `open` tells why.
[[nodiscard]] std::optional<ScenarioHead> head_of(const std::filesystem::path& file);

/// The file and those that it extends, as far as they can be read.
[[nodiscard]] std::vector<std::filesystem::path> chain_of(const std::filesystem::path& file);

/// The folder of models that a scenario names, or one that it extends; empty if there is none.
[[nodiscard]] std::filesystem::path models_of(const std::filesystem::path& file);

/// Scenario files in a folder, not below it, by name.
[[nodiscard]] std::vector<std::filesystem::path>
scenario_files_in(const std::filesystem::path& folder);

} // namespace chainsim::workbench
