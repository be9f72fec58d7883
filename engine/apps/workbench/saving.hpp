#pragma once

#include <filesystem>
#include <string_view>

namespace chainsim::workbench {

/// Whether a file that has the name already is replaced.
enum class Existing { kept, replaced };

/// Writes a file that appears whole or not at all, whenever the process may end: under a hidden
/// name beside it, then on the device, and only then by its name.
///
/// -> false if a file of that name stays.
///
/// Errors  IoError with the path and the system's reason; nothing is left behind then.
[[nodiscard]] bool save_whole(const std::filesystem::path& file, std::string_view text,
                              Existing existing);

} // namespace chainsim::workbench
