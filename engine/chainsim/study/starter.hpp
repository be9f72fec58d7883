#pragma once

#include <chainsim/table/language.hpp>

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace chainsim::study {

/// One file of the starter district: an invented, commented district to begin with elsewhere.
struct StarterFile {
    std::string_view name;
    std::string_view text;
};

/// The files of `scenarios/tutorial`, as they stood when the program was built, by name.
[[nodiscard]] std::span<const StarterFile> starter_files();

/// Refuses a target that is there already, unless it is an empty folder, and one that lies inside
/// of the models, where it would be read as part of them.
///
/// Errors  IoError naming the target.
void check_starter_target(const std::filesystem::path& target, const std::filesystem::path& models);

/// What was written.
struct Starter {
    std::filesystem::path folder;       ///< as it was named
    std::string models;                 ///< the folder of the models as the scenarios name it
    std::vector<std::string> files;     ///< names in the target
    std::vector<std::string> scenarios; ///< those of them that can be run, the base first
};

/// Writes the starter district into `target`, a new or an empty folder, with scenarios that name
/// `models`, by its path from the target: absolute ones are not read. The folder appears whole or
/// not at all; an empty one stays itself and gets the files only once all are written.
///
/// Errors  InputError if the models cannot be read; IoError if the target is refused (see
///         `check_starter_target`), or with the system's reason.
Starter write_starter(const std::filesystem::path& target, const std::filesystem::path& models);

/// `{folder, models, files, scenarios, next}`; `next` are the commands to type, in order.
[[nodiscard]] std::string starter_json(const Starter& starter);

/// The same for a reader.
[[nodiscard]] std::string starter_text(const Starter& starter, table::Language language);

} // namespace chainsim::study
