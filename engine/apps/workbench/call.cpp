#include "call.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace chainsim::workbench {

namespace {

constexpr const char* json_type = "application/json";

} // namespace

Answer json_answer(const Json& json) { return {Status::done, json_type, text_of(json), {}}; }

Answer problem_answer(const Problem& problem) {
    Answer answer{problem.status, json_type, text_of(to_json(problem)), {}};
    if (!problem.allow.empty()) {
        answer.headers.emplace_back("Allow", problem.allow);
    }
    return answer;
}

std::vector<std::string> parts_of_path(const std::string& path) {
    constexpr std::string_view root = "/api/";
    std::vector<std::string> parts;
    for (std::size_t begin = root.size(); begin <= path.size();) {
        const auto end = std::min(path.find('/', begin), path.size());
        parts.push_back(path.substr(begin, end - begin));
        begin = end + 1;
    }
    return parts;
}

void expect_method(const Call& call, const std::string& method) {
    if (call.method != method && (call.method != "HEAD" || method != "GET")) {
        throw Refusal({Status::wrong_method,
                       fmt::format("{} is no method of this address", call.method),
                       {},
                       method});
    }
}

Json object_in(const Call& call) {
    Json json = Json::parse(call.body, nullptr, false);
    if (json.is_discarded()) {
        throw Refusal(Status::malformed, "the body is no JSON");
    }
    if (!json.is_object()) {
        throw Refusal(Status::malformed, "the body is no JSON object");
    }
    return json;
}

std::string text_in(const Json& object, const std::string& key, std::size_t longest) {
    const auto found = object.find(key);
    if (found == object.end()) {
        return {};
    }
    if (!found->is_string()) {
        throw wrong_field(key, fmt::format("`{}` is no text", key), "");
    }
    auto text = found->get<std::string>();
    const bool has_control = std::any_of(
        text.begin(), text.end(), [](unsigned char byte) { return byte < 0x20 || byte == 0x7f; });
    if (text.size() > longest || has_control) {
        throw wrong_field(key, fmt::format("`{}` is no text of one line", key),
                          fmt::format("write at most {} bytes", longest));
    }
    return text;
}

std::string needed_text_in(const Json& object, const std::string& key, std::size_t longest) {
    auto text = text_in(object, key, longest);
    if (text.empty()) {
        throw wrong_field(key, fmt::format("`{}` is missing", key), "");
    }
    return text;
}

bool flag_in(const Json& object, const std::string& key) {
    const auto found = object.find(key);
    if (found == object.end()) {
        return false;
    }
    if (!found->is_boolean()) {
        throw wrong_field(key, fmt::format("`{}` is neither true nor false", key), "");
    }
    return found->get<bool>();
}

} // namespace chainsim::workbench
