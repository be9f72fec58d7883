#pragma once

#include "job.hpp"

#include <deque>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>

namespace chainsim::workbench {

/// The work beside all sessions.
///
/// Threads  any. When it ends, all work is cancelled and waited for.
class Jobs {
public:
    static constexpr std::size_t most_running = 2;
    static constexpr std::size_t most_kept = 16; ///< of a session, with those that ended

    Jobs(Workspace& workspace, std::function<void(const std::string&)> log);
    ~Jobs();
    Jobs(const Jobs&) = delete;
    Jobs& operator=(const Jobs&) = delete;
    Jobs(Jobs&&) = delete;
    Jobs& operator=(Jobs&&) = delete;

    /// Begins work on what the session has now. -> `Job` of the contract.
    ///
    /// Errors  Refusal, too many: one of the session is running, or two of all.
    [[nodiscard]] Json start(const std::shared_ptr<UserSession>& session, JobRequest request);
    /// Those of a session, the oldest first.
    [[nodiscard]] Json list(const std::string& session);
    /// Asks a job to end; it does so soon. Errors  Refusal, not found.
    [[nodiscard]] Json cancel(const std::string& session, const std::string& job);
    /// Cancels and forgets those of a session that has ended.
    void forget(const std::string& session);
    /// Of finished jobs of a session.
    [[nodiscard]] ResultFolders results(const std::string& session);

private:
    using Kept = std::deque<std::shared_ptr<Job>>; // of the thread that does one as well

    void clear_ended();

    Workspace& workspace_;
    std::function<void(const std::string&)> log_;
    std::mutex mutex_;
    int number_ = 0;
    std::map<std::string, Kept> jobs_; ///< by session
    std::list<std::pair<std::shared_ptr<Job>, std::jthread>> threads_;
};

} // namespace chainsim::workbench
