#include "api.hpp"

#include "downloads.hpp"
#include "place.hpp"
#include <chainsim/view/view.hpp>

#include <algorithm>
#include <thread>
#include <utility>

namespace chainsim::workbench {

namespace {

Json scenarios_json(const std::vector<ScenarioFile>& files) {
    Json list = Json::array();
    for (const auto& one : files) {
        list.push_back(
            {{"file", one.file}, {"id", one.id}, {"name", study::detail::name(one.name)}});
    }
    return list;
}

[[noreturn]] void refuse_route() {
    throw Refusal(Status::not_found, "there is no such address below /api");
}

} // namespace

Api::Api(Workspace& workspace, SessionLimits limits, table::Language language,
         std::function<void(const std::string&)> log)
    : workspace_(workspace), language_(language), uploads_(workspace),
      jobs_(workspace, std::move(log)),
      sessions_(limits, language, [this](const std::string& session) { jobs_.forget(session); }),
      room_(std::max(2, static_cast<int>(std::thread::hardware_concurrency()))) {}

Answer Api::answer(const Call& call) {
    const auto& path = call.path;
    const auto is = [&](const char* name, std::size_t size) {
        return path.size() == size && path.front() == name;
    };
    if (is("words", 1)) {
        expect_method(call, "GET");
        return json_answer(view::words_json());
    }
    if (is("scenarios", 1)) {
        return scenarios(call);
    }
    if (is("districts", 1)) {
        return upload(call);
    }
    if (is("sessions", 1)) {
        return open(call);
    }
    if (path.size() > 1 && path.front() == "sessions") {
        return session(call);
    }
    refuse_route();
}

Answer Api::scenarios(const Call& call) const {
    expect_method(call, "GET");
    Json runs = Json::array();
    for (const auto& run : workspace_.runs()) {
        runs.push_back(
            {{"id", run.id}, {"name", study::detail::name(run.name)}, {"made", run.made}});
    }
    return json_answer(
        {{"scenarios", scenarios_json(workspace_.scenarios())}, {"runs", std::move(runs)}});
}

Answer Api::upload(const Call& call) {
    expect_method(call, "POST");
    const auto parts = parts_of(call.body, call.body_type, Uploads::most_files);
    const Place place(room_);
    return json_answer({{"scenarios", scenarios_json(uploads_.take(parts))}});
}

Answer Api::open(const Call& call) {
    expect_method(call, "POST");
    constexpr std::size_t longest = 1000;
    const auto file = workspace_.scenario(needed_text_in(object_in(call), "scenario", longest));
    const Place place(room_);
    return opened(*sessions_.open(file));
}

Answer Api::session(const Call& call) {
    const auto& path = call.path;
    const auto& id = path[1];
    if (path.size() == 2 && call.method == "DELETE") {
        sessions_.close(id);
        return json_answer(Json::object());
    }
    const auto session = sessions_.find(id);
    if (path.size() > 2) {
        return within(call, session);
    }
    if (call.method != "GET" && call.method != "HEAD") {
        throw Refusal({Status::wrong_method,
                       "a session is read or ended by GET and DELETE",
                       {},
                       "GET, DELETE"});
    }
    const Place place(room_);
    return opened(*session);
}

Answer Api::within(const Call& call, const std::shared_ptr<UserSession>& session) {
    const auto& path = call.path;
    const auto& what = path[2];
    if (what == "jobs" && path.size() <= 4) {
        return work(call, session);
    }
    if (path.size() == 4 && what == "years") {
        return year(call, *session);
    }
    if (path.size() == 4 && what == "download") {
        expect_method(call, "GET");
        const Place place(room_);
        return download(*session, path[3], language_);
    }
    if (path.size() != 3) {
        refuse_route();
    }
    if (what == "edits") {
        return edit(call, *session);
    }
    if (what == "refresh") {
        return refresh(call, *session);
    }
    if (what == "save") {
        return save(call, *session);
    }
    if (what == "compare") {
        return compare(call, *session);
    }
    refuse_route();
}

Answer Api::work(const Call& call, const std::shared_ptr<UserSession>& session) {
    if (call.path.size() == 4) {
        expect_method(call, "DELETE");
        return json_answer(jobs_.cancel(session->id(), call.path[3]));
    }
    if (call.method == "POST") {
        return json_answer(jobs_.start(session, job_request_in(object_in(call))));
    }
    expect_method(call, "GET");
    return json_answer(jobs_.list(session->id()));
}

} // namespace chainsim::workbench
