#pragma once

#include <chainsim/study/run.hpp>

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace chainsim::study {

/// Writes the folder of a run: summary.json, one CSV file a table, chain.dot, run.sqlite, the
/// inputs that produced it, and manifest.json with the digests of all of them.
///
/// All is first written into a hidden folder beside the target, `.NAME.partial-RANDOM`, and on the
/// device before the folder gets its name: whoever sees the target sees all of it. The run that was
/// there before is exchanged for the new one in one step. What a killed run has left behind is
/// removed by the next one. Files hold no time and no path of the machine: the same run gives the
/// same bytes.
///
/// Errors  ContractError if the run has no solution; IoError if the target is refused (see
///         `check_target`), or with the system's reason; nothing is left behind then.
void write_run(const Run& run, const std::filesystem::path& target);

/// Refuses a target that may not be replaced: a file, a folder that is neither empty nor a run, a
/// run beside which something else lies, or the run of another scenario than `scenario` (an id).
///
/// Errors  IoError naming the target.
void check_target(const std::filesystem::path& target, std::string_view scenario);

/// True for a folder that `write_run` wrote.
[[nodiscard]] bool is_run(const std::filesystem::path& folder);

/// What a run was made from.
struct RunOrigin {
    std::string main_input; ///< path below `inputs/` of the scenario file
    std::vector<int> years;
};

/// Reads the manifest of a run. Errors  InputError if the folder is no run; IoError.
[[nodiscard]] RunOrigin read_origin(const std::filesystem::path& folder);

} // namespace chainsim::study
