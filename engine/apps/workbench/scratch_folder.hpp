#pragma once

#include <filesystem>

namespace chainsim::workbench {

/// A folder of the server's own below that for temporary files, which nobody else may enter and
/// which goes with it.
///
/// Errors  IoError with the system's reason.
class ScratchFolder {
public:
    ScratchFolder();
    ~ScratchFolder();
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;
    ScratchFolder(ScratchFolder&&) = delete;
    ScratchFolder& operator=(ScratchFolder&&) = delete;

    [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }

private:
    std::filesystem::path path_;
};

} // namespace chainsim::workbench
