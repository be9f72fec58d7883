#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>

namespace chainsim::io {

/// The whole of a file. Errors  IoError with the path and the system's reason.
[[nodiscard]] std::string read_file(const std::filesystem::path& file);

/// When the device is to have a file: before the call returns, or once it is synchronised.
enum class Device { now, later };

/// Writes a file whole, and waits until the device has it unless that is for later.
///
/// Errors  IoError with the path and the system's reason: no such folder, no room, not writable.
void write_file(const std::filesystem::path& file, std::string_view text,
                Device device = Device::now);

/// Waits until the device has what is in a file or, of a folder, which names are in it.
///
/// Errors  IoError with the path and the system's reason.
void synchronise(const std::filesystem::path& path);

/// The same of many, for some of which it waits at the same time.
///
/// Errors  IoError of the first in the list that fails, once all were tried.
void synchronise(std::span<const std::filesystem::path> paths);

} // namespace chainsim::io
