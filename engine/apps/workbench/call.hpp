#pragma once

#include "problem.hpp"

#include <string>
#include <utility>
#include <vector>

namespace chainsim::workbench {

/// A request as handlers see it, apart from HTTP.
struct Call {
    std::string method;
    std::vector<std::string> path; ///< below /api: {"sessions", "S", "edits"}
    std::string body_type;
    std::string body;
};

struct Answer {
    Status status = Status::done;
    std::string type; ///< of the content
    std::string body;
    std::vector<std::pair<std::string, std::string>> headers; ///< besides those of every answer
};

[[nodiscard]] Answer json_answer(const Json& json);
[[nodiscard]] Answer problem_answer(const Problem& problem);

/// "/api/sessions/S" -> {"sessions", "S"}; empty parts are kept, so that they name nothing.
[[nodiscard]] std::vector<std::string> parts_of_path(const std::string& path);

/// Errors  Refusal, wrong_method, unless the call has this method. HEAD is taken as GET.
void expect_method(const Call& call, const std::string& method);

/// The JSON object that is the body of a call.
///
/// Errors  Refusal: malformed.
[[nodiscard]] Json object_in(const Call& call);

/// A text in such an object, of at most `longest` bytes; empty if it is absent.
///
/// Errors  Refusal at the field, if it is none, is too long or holds control characters.
[[nodiscard]] std::string text_in(const Json& object, const std::string& key, std::size_t longest);
/// The same that has to be there.
[[nodiscard]] std::string needed_text_in(const Json& object, const std::string& key,
                                         std::size_t longest);
[[nodiscard]] bool flag_in(const Json& object, const std::string& key);

} // namespace chainsim::workbench
