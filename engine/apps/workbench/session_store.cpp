#include "session_store.hpp"

#include "secrets.hpp"

#include <fmt/format.h>

#include <utility>
#include <vector>

namespace chainsim::workbench {

namespace {

[[noreturn]] void refuse_session() {
    throw Refusal(Status::not_found, "there is no such session, or it has ended");
}

} // namespace

SessionStore::SessionStore(SessionLimits limits, table::Language language,
                           std::function<void(const std::string&)> ended)
    : limits_(limits), language_(language), ended_(std::move(ended)) {}

void SessionStore::drop_idle() {
    std::vector<Entry> old; // ended outside of the lock: a session is large
    {
        const std::lock_guard lock(mutex_);
        const auto limit = Clock::now() - limits_.idle;
        for (auto at = sessions_.begin(); at != sessions_.end();) {
            if (at->second.last_used < limit) {
                old.push_back(std::move(at->second));
                at = sessions_.erase(at);
            } else {
                ++at;
            }
        }
    }
    for (const auto& one : old) {
        ended_(one.session->id());
    }
}

void SessionStore::check_room() {
    if (sessions_.size() >= limits_.most) {
        throw Refusal(Status::too_many,
                      fmt::format("{} sessions are open, and no more may be: close one, or wait",
                                  sessions_.size()));
    }
}

std::shared_ptr<UserSession> SessionStore::open(const std::filesystem::path& file) {
    drop_idle();
    {
        const std::lock_guard lock(mutex_);
        check_room(); // before the work
    }
    auto session = std::make_shared<UserSession>(random_id(), scenarios_.open(file), language_);
    const std::lock_guard lock(mutex_);
    check_room();
    sessions_[session->id()] = {session, Clock::now()};
    return session;
}

void SessionStore::prepare(const std::filesystem::path& file) {
    (void)scenarios_.open(file)->district();
}

std::shared_ptr<UserSession> SessionStore::find(const std::string& id) {
    drop_idle();
    const std::lock_guard lock(mutex_);
    const auto found = sessions_.find(id);
    if (found == sessions_.end()) {
        refuse_session();
    }
    found->second.last_used = Clock::now();
    return found->second.session;
}

void SessionStore::close(const std::string& id) {
    std::shared_ptr<UserSession> session; // ends outside of the lock
    {
        const std::lock_guard lock(mutex_);
        const auto found = sessions_.find(id);
        if (found == sessions_.end()) {
            refuse_session();
        }
        session = std::move(found->second.session);
        sessions_.erase(found);
    }
    ended_(id);
}

} // namespace chainsim::workbench
