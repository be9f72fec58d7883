#include "job.hpp"

#include "call.hpp"

#include <fmt/format.h>

#include <utility>

namespace chainsim::workbench {

namespace {

std::string_view to_string(JobKind kind) {
    return kind == JobKind::optimise ? "optimise" : "sample";
}

std::string_view to_string(JobState state) {
    switch (state) {
    case JobState::running:
        return "running";
    case JobState::done:
        return "done";
    case JobState::failed:
        return "failed";
    case JobState::cancelled:
        break;
    }
    return "cancelled";
}

constexpr std::size_t longest_goal = 200;

std::vector<std::string> pareto_in(const Json& object) {
    const auto found = object.find("pareto");
    if (found == object.end()) {
        return {};
    }
    const bool is_list = found->is_array() && (found->size() == 2 || found->size() == 3);
    std::vector<std::string> goals;
    for (const auto& goal : is_list ? *found : Json::array()) {
        if (goal.is_string() && goal.get_ref<const std::string&>().size() <= longest_goal) {
            goals.push_back(goal.get<std::string>());
        }
    }
    if (!is_list || goals.size() != found->size()) {
        throw wrong_field("pareto", "`pareto` is no list of two or three goals",
                          "name indicators, or npv");
    }
    return goals;
}

std::int64_t draws_in(const Json& object, std::int64_t otherwise) {
    constexpr std::int64_t fewest = 2;
    constexpr std::int64_t most = 100000;
    const auto found = object.find("draws");
    if (found == object.end()) {
        return otherwise;
    }
    const bool is_whole = found->is_number_integer();
    const auto draws = is_whole ? found->get<std::int64_t>() : 0;
    if (draws < fewest || draws > most) {
        throw wrong_field("draws", "`draws` is no such number",
                          fmt::format("write a whole number from {} to {}", fewest, most));
    }
    return draws;
}

} // namespace

JobRequest job_request_in(const Json& object) {
    JobRequest request;
    const auto kind = text_in(object, "kind", longest_goal);
    if (kind != "optimise" && kind != "sample") {
        throw wrong_field("kind", fmt::format("'{}' is no kind of work", kind),
                          "write optimise or sample");
    }
    request.kind = kind == "optimise" ? JobKind::optimise : JobKind::sample;
    if (object.contains("objective")) {
        request.objective = needed_text_in(object, "objective", longest_goal);
    }
    request.pareto = pareto_in(object);
    request.draws = draws_in(object, request.draws);
    return request;
}

Job::Job(std::string id, JobRequest request, std::filesystem::path folder)
    : id_(std::move(id)), request_(std::move(request)), folder_(std::move(folder)) {}

void Job::tell(const model::Name& step, std::optional<double> share, std::optional<double> value) {
    const std::lock_guard lock(mutex_);
    step_ = step;
    share_ = share;
    value_ = value;
}

void Job::end(JobEnd end) {
    const std::lock_guard lock(mutex_);
    end_ = std::move(end);
    if (end_.state == JobState::done) {
        share_ = 1.0;
    }
}

JobState Job::state() const {
    const std::lock_guard lock(mutex_);
    return end_.state;
}

Json Job::json() const {
    const std::lock_guard lock(mutex_);
    Json out{{"id", id_},
             {"kind", to_string(request_.kind)},
             {"state", to_string(end_.state)},
             {"step", study::detail::name(step_)},
             {"share", share_ ? study::detail::number(*share_) : Json(nullptr)},
             {"value", value_ ? study::detail::number(*value_) : Json(nullptr)}};
    if (!end_.message.empty()) {
        out["message"] = end_.message;
    }
    if (!end_.result.empty()) {
        out["result"] = end_.result;
    }
    return out;
}

} // namespace chainsim::workbench
