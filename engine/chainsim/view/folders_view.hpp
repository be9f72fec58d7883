#pragma once

#include <nlohmann/json_fwd.hpp>

#include <filesystem>

namespace chainsim::view {

/// What a folder of results is.
enum class FolderKind { run, front, sample, other };

[[nodiscard]] FolderKind kind_of(const std::filesystem::path& folder);

/// The plans of a folder of `optimise`, as points by its goals: `Front` of the contract.
///
/// Errors  InputError naming the file that is not as `optimise` writes it; IoError.
[[nodiscard]] nlohmann::ordered_json front_json(const std::filesystem::path& folder);

/// What a folder of `sample` says: `Sample` of the contract. Distributions are of the indicators
/// that a planner looks at first, and of those that policies bound.
///
/// Errors  likewise.
[[nodiscard]] nlohmann::ordered_json sample_json(const std::filesystem::path& folder);

} // namespace chainsim::view
