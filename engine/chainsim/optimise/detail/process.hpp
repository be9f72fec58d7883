#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace chainsim::optimise::detail {

/// A folder that nobody else may enter, gone with it.
class PrivateFolder {
public:
    /// Errors  IoError if there is no room for it.
    PrivateFolder();
    ~PrivateFolder();
    PrivateFolder(const PrivateFolder&) = delete;
    PrivateFolder& operator=(const PrivateFolder&) = delete;
    PrivateFolder(PrivateFolder&&) = delete;
    PrivateFolder& operator=(PrivateFolder&&) = delete;

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

/// How a program that was run came to its end.
struct ProcessEnd {
    bool was_ended = false; ///< by us
    int code = 0;           ///< its exit code, or that of the signal plus 128 as shells tell it
};

/// Runs a program without a shell, in a process group of its own, with no input and with its output
/// in a file, or on standard error if that is empty; looks again and again whether it is to end,
/// then asks the whole group to, and after a second makes it.
///
/// Errors  IoError if it cannot be started.
[[nodiscard]] ProcessEnd run_process(const std::vector<std::string>& words,
                                     const std::string& output,
                                     const std::function<bool()>& is_to_end);

} // namespace chainsim::optimise::detail
