#pragma once

#include <string_view>

namespace chainsim::study {

/// Version of the engine, as in `project(VERSION)`.
[[nodiscard]] std::string_view version();

/// Commit that the engine was built from, or "unknown" outside of a repository.
[[nodiscard]] std::string_view commit();

} // namespace chainsim::study
