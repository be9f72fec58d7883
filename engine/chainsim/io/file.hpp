#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace chainsim::io {

/// The whole of a file. Errors  IoError with the path and the system's reason.
[[nodiscard]] std::string read_file(const std::filesystem::path& file);

/// Writes a file whole, and waits until the device has it.
///
/// Errors  IoError with the path and the system's reason: no such folder, no room, not writable.
void write_file(const std::filesystem::path& file, std::string_view text);

/// Waits until the device has what is in a file or, of a folder, which names are in it.
///
/// Errors  IoError with the path and the system's reason.
void synchronise(const std::filesystem::path& path);

} // namespace chainsim::io
