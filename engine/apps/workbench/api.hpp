#pragma once

#include "call.hpp"
#include "jobs.hpp"
#include "session_store.hpp"
#include "uploads.hpp"
#include "workspace.hpp"
#include <chainsim/table/language.hpp>

#include <filesystem>
#include <functional>
#include <semaphore>
#include <string>

namespace chainsim::workbench {

/// What the page asks for below /api, as the end of its contract.ts has it.
///
/// Threads  any.
class Api {
public:
    Api(Workspace& workspace, SessionLimits limits, table::Language language,
        std::function<void(const std::string&)> log);

    /// Errors  Refusal, and whatever the engine throws: `problem_in_flight` tells of it.
    [[nodiscard]] Answer answer(const Call& call);
    /// Opens a scenario before anyone asks for it.
    void prepare(const std::filesystem::path& file) { sessions_.prepare(file); }

private:
    [[nodiscard]] Answer scenarios(const Call& call) const;
    [[nodiscard]] Answer upload(const Call& call);
    [[nodiscard]] Answer open(const Call& call);
    [[nodiscard]] Answer session(const Call& call);
    [[nodiscard]] Answer within(const Call& call, const std::shared_ptr<UserSession>& session);
    [[nodiscard]] Answer opened(UserSession& session);
    [[nodiscard]] Answer edit(const Call& call, UserSession& session) const;
    [[nodiscard]] Answer refresh(const Call& call, UserSession& session);
    [[nodiscard]] Answer year(const Call& call, const UserSession& session);
    [[nodiscard]] Answer save(const Call& call, const UserSession& session) const;
    [[nodiscard]] Answer compare(const Call& call, UserSession& session);
    [[nodiscard]] Answer work(const Call& call, const std::shared_ptr<UserSession>& session);

    Workspace& workspace_;
    table::Language language_;
    Uploads uploads_;
    Jobs jobs_;
    SessionStore sessions_;
    /// Of what takes a second and a hundred megabytes, so that sliders find a core and memory.
    std::counting_semaphore<> room_;
};

} // namespace chainsim::workbench
