#pragma once

#include "user_session.hpp"
#include "workspace.hpp"

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace chainsim::workbench {

enum class JobKind { optimise, sample };
enum class JobState { running, done, failed, cancelled };

/// What a client asks for.
struct JobRequest {
    JobKind kind = JobKind::sample;
    std::string objective = "npv";
    std::vector<std::string> pareto; ///< two or three goals, or none
    std::int64_t draws = 1000;
};

/// Errors  Refusal at the field.
[[nodiscard]] JobRequest job_request_in(const Json& object);

/// How a job has ended.
struct JobEnd {
    JobState state = JobState::cancelled;
    std::string message; ///< why it failed, or what there is to say
    std::string result;  ///< the run that it has left, if any
};

/// Work that goes on beside a session, and how far it is.
///
/// Threads  any.
class Job {
public:
    Job(std::string id, JobRequest request, std::filesystem::path folder);

    [[nodiscard]] const std::string& id() const noexcept { return id_; }
    [[nodiscard]] const JobRequest& request() const noexcept { return request_; }
    /// Where its results are to stand.
    [[nodiscard]] const std::filesystem::path& folder() const noexcept { return folder_; }

    void cancel() { is_cancelled_ = true; }
    [[nodiscard]] const std::atomic<bool>& is_cancelled() const noexcept { return is_cancelled_; }

    void tell(const model::Name& step, std::optional<double> share, std::optional<double> value);
    void end(JobEnd end);

    [[nodiscard]] JobState state() const;
    /// `Job` of the contract.
    [[nodiscard]] Json json() const;

private:
    const std::string id_;
    const JobRequest request_;
    const std::filesystem::path folder_;
    std::atomic<bool> is_cancelled_{false};
    mutable std::mutex mutex_; ///< of all that follows
    JobEnd end_{JobState::running, {}, {}};
    model::Name step_{"开始", "beginning"};
    std::optional<double> share_;
    std::optional<double> value_;
};

/// Does what a job asks for, on what a session has now, and ends it. It throws nothing; what the
/// user cannot be told goes to `log`.
void do_job(Job& job, UserSession& session, const std::function<void(const std::string&)>& log);

} // namespace chainsim::workbench
