#pragma once

#include <chainsim/input/findings.hpp>
#include <chainsim/load/detail/files.hpp>
#include <chainsim/model/candidates.hpp>
#include <chainsim/model/scenario.hpp>

#include <filesystem>
#include <optional>
#include <string>

namespace chainsim::load::detail {

/// Reads a models folder; what is wrong is noted, and then there may be no model.
///
/// Errors  IoError if the folder cannot be read.
[[nodiscard]] std::optional<model::Model>
read_models(const std::filesystem::path& folder, input::Findings& findings, ParsedFiles& parsed);

/// Reads a scenario with all that belongs to it; what is wrong is noted, and then there may be
/// none. With `candidates`, nothing is decided, and what there is to decide on is written there;
/// its `scenario` is left alone. `text`: what the file holds, instead of what stands there.
///
/// Errors  IoError if the file cannot be read.
[[nodiscard]] std::optional<model::Scenario>
read_scenario(const std::filesystem::path& file, input::Findings& findings, ParsedFiles& parsed,
              model::Candidates* candidates = nullptr, std::optional<std::string> text = {});

} // namespace chainsim::load::detail
