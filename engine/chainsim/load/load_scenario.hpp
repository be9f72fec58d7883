#pragma once

#include <chainsim/base/diagnostic.hpp>
#include <chainsim/model/candidates.hpp>
#include <chainsim/model/scenario.hpp>

#include <filesystem>
#include <string>
#include <vector>

namespace chainsim::load {

/// Reads all of `models/`: every *.yaml below the folder, in order of path.
///
/// Errors  InputError with every problem of every file; IoError if the folder cannot be read.
[[nodiscard]] model::Model load_model(const std::filesystem::path& folder);

/// Reads a scenario file with what it extends and includes, and the models that it names.
///
/// Errors  InputError with every problem of every file; IoError if the file cannot be read.
[[nodiscard]] model::Scenario load_scenario(const std::filesystem::path& file);

/// Reads a scenario from a text, as if it stood in `file`, which need not be there.
///
/// Errors  as `load_scenario`; places in the text are places in `file`.
[[nodiscard]] model::Scenario load_scenario(const std::filesystem::path& file, std::string text);

/// Reads the same with nothing decided: what `optimise` chooses from.
///
/// Errors  as `load_scenario`.
[[nodiscard]] model::Candidates load_candidates(const std::filesystem::path& file);

/// Every problem of the given files and folders, none thrown: model folders, study folders (each
/// scenario file in them is loaded whole) and single files.
struct Validation {
    std::vector<Diagnostic> problems;
    std::vector<model::Model> models;       ///< those that could be read
    std::vector<model::Scenario> scenarios; ///< those that could be read
};
[[nodiscard]] Validation validate(const std::vector<std::filesystem::path>& paths);

} // namespace chainsim::load
