#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace chainsim::ranks {

/// How one scenario of a folder ended.
struct Row {
    std::string file; ///< its name in the folder
    std::string id;   ///< of the scenario; empty if it could not be read
    /// done; missed: a hard policy; bad_input; no_solution; failed: a device or the program
    std::string outcome;
    std::string message; ///< why it is not done
};

/// Names of the scenario files that stand in a folder, in order: `*.yaml` in which a line begins
/// with `scenario:`. Those in folders below it, and other files, are none.
///
/// Errors  IoError.
[[nodiscard]] std::vector<std::string> scenario_files(const std::filesystem::path& folder);

/// Runs a scenario into its run folder, as `chainsim run` does. With `resume` a run that stands
/// there, made from the same inputs by the same engine, is taken as it is.
[[nodiscard]] Row run_scenario(const std::filesystem::path& file,
                               const std::filesystem::path& target, bool resume);

/// Reads a scenario only. -> its id, or, with another outcome than done, why not.
[[nodiscard]] Row read_scenario(const std::filesystem::path& file);

/// A row as text, to be sent, and back.
[[nodiscard]] std::string to_text(const Row& row);
[[nodiscard]] Row to_row(const std::string& text);

} // namespace chainsim::ranks
