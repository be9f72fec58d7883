#pragma once

#include "problem.hpp"
#include <chainsim/live/session.hpp>

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace chainsim::workbench {

/// A scenario as it stands in its file, shared by all sessions that begin from it.
///
/// Threads  any.
class OpenScenario {
public:
    /// Errors  as `live::Origin`.
    explicit OpenScenario(const std::filesystem::path& file);

    [[nodiscard]] const live::Origin& origin() const noexcept { return origin_; }
    /// `District` of the contract, without details; made when it is first asked for.
    [[nodiscard]] const Json& district() const;
    /// Whether the files that it was read from still hold what was read.
    [[nodiscard]] bool is_current() const;

private:
    live::Origin origin_;
    std::filesystem::path root_; ///< that the paths of the inputs begin at; empty if not known
    std::map<std::filesystem::path, std::filesystem::file_time_type> folders_; ///< of its inputs
    mutable std::once_flag once_;
    mutable Json district_;
};

/// Scenarios that are open, or were so lately: reading and compiling one takes a second.
///
/// Threads  any; whoever asks for a scenario that another one is just opening waits for it.
class OpenScenarios {
public:
    /// Errors  as `OpenScenario`.
    [[nodiscard]] std::shared_ptr<const OpenScenario> open(const std::filesystem::path& file);

private:
    /// Of one file. Sessions share the scenario; here it is only known.
    struct Place {
        std::mutex opening;
        std::weak_ptr<const OpenScenario> open;
    };

    static constexpr std::size_t most_kept = 2; ///< that no session has

    std::mutex mutex_;
    std::map<std::filesystem::path, std::shared_ptr<Place>> places_; // also of whoever opens one
    std::vector<std::shared_ptr<const OpenScenario>> lately_;        ///< the last one at the end
};

} // namespace chainsim::workbench
