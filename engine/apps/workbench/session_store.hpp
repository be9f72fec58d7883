#pragma once

#include "user_session.hpp"

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace chainsim::workbench {

struct SessionLimits {
    std::size_t most = 64;
    std::chrono::seconds idle = std::chrono::hours(2); ///< after which a session ends
};

/// The sessions that are open, by ids that nobody guesses.
///
/// Threads  any. A session that ends while someone uses it lives until that is done.
class SessionStore {
public:
    /// `ended` is told the id of each session that ends.
    SessionStore(SessionLimits limits, table::Language language,
                 std::function<void(const std::string&)> ended);

    /// Errors  Refusal, too many; as `OpenScenario`.
    [[nodiscard]] std::shared_ptr<UserSession> open(const std::filesystem::path& file);
    /// Opens a scenario before anyone asks for it. Errors  as `OpenScenario`.
    void prepare(const std::filesystem::path& file);
    /// Errors  Refusal, not found.
    [[nodiscard]] std::shared_ptr<UserSession> find(const std::string& id);
    /// Errors  likewise.
    void close(const std::string& id);

private:
    using Clock = std::chrono::steady_clock;
    struct Entry {
        std::shared_ptr<UserSession> session; // and of whoever uses it now
        Clock::time_point last_used;
    };

    void drop_idle();
    void check_room();

    SessionLimits limits_;
    table::Language language_;
    std::function<void(const std::string&)> ended_;
    OpenScenarios scenarios_;
    std::mutex mutex_; ///< of `sessions_`
    std::map<std::string, Entry> sessions_;
};

} // namespace chainsim::workbench
