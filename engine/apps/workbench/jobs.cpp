#include "jobs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace chainsim::workbench {

namespace {

bool is_running(const std::shared_ptr<Job>& job) { return job->state() == JobState::running; }

} // namespace

Jobs::Jobs(Workspace& workspace, std::function<void(const std::string&)> log)
    : workspace_(workspace), log_(std::move(log)) {}

Jobs::~Jobs() {
    for (const auto& [job, thread] : threads_) {
        job->cancel();
    }
}

void Jobs::clear_ended() {
    // A thread whose job has ended has nothing left to do: joining it takes no time.
    std::erase_if(threads_, [](const auto& one) { return !is_running(one.first); });
}

Json Jobs::start(const std::shared_ptr<UserSession>& session, JobRequest request) {
    const std::lock_guard lock(mutex_);
    clear_ended();
    auto& own = jobs_[session->id()];
    if (std::any_of(own.begin(), own.end(), is_running)) {
        throw Refusal(Status::too_many, "this session has work under way: wait, or cancel it");
    }
    if (threads_.size() >= most_running) {
        throw Refusal(Status::too_many,
                      fmt::format("{} users have work under way, and no more may: try again later",
                                  threads_.size()));
    }
    const auto folder = workspace_.new_run(session->scenario().origin().study().scenario().id,
                                           request.kind == JobKind::optimise ? "best" : "sample");
    auto job = std::make_shared<Job>(std::to_string(++number_), std::move(request), folder);
    own.push_back(job);
    if (own.size() > most_kept) {
        own.pop_front();
    }
    threads_.emplace_back(
        job, std::jthread([job, session, log = log_] { do_job(*job, *session, log); }));
    return job->json();
}

Json Jobs::list(const std::string& session) {
    const std::lock_guard lock(mutex_);
    Json list = Json::array();
    const auto found = jobs_.find(session);
    if (found != jobs_.end()) {
        for (const auto& job : found->second) {
            list.push_back(job->json());
        }
    }
    return {{"jobs", std::move(list)}};
}

Json Jobs::cancel(const std::string& session, const std::string& job) {
    const std::lock_guard lock(mutex_);
    const auto found = jobs_.find(session);
    if (found != jobs_.end()) {
        for (const auto& one : found->second) {
            if (one->id() == job) {
                one->cancel();
                if (is_running(one)) {
                    one->tell({"正在取消", "ending"}, std::nullopt, std::nullopt);
                }
                return one->json();
            }
        }
    }
    throw Refusal(Status::not_found, "there is no such job");
}

void Jobs::forget(const std::string& session) {
    const std::lock_guard lock(mutex_);
    const auto found = jobs_.find(session);
    if (found != jobs_.end()) {
        for (const auto& job : found->second) {
            job->cancel();
        }
        jobs_.erase(found);
    }
}

ResultFolders Jobs::results(const std::string& session) {
    const std::lock_guard lock(mutex_);
    ResultFolders folders;
    const auto found = jobs_.find(session);
    if (found == jobs_.end()) {
        return folders;
    }
    for (const auto& job : found->second) {
        if (job->state() != JobState::done) {
            continue;
        }
        if (job->request().kind == JobKind::sample) {
            folders.samples.push_back(job->folder());
        } else if (!job->request().pareto.empty()) {
            folders.fronts.push_back(job->folder());
        }
    }
    return folders;
}

} // namespace chainsim::workbench
