#pragma once

#include <chainsim/base/diagnostic.hpp>
#include <chainsim/base/error.hpp>
#include <chainsim/study/detail/analysis_json.hpp>

#include <string>
#include <vector>

namespace chainsim::workbench {

using study::detail::Json;

/// Statuses of HTTP that the workbench answers with.
///
/// Source  RFC 9110 (2022), section 15; RFC 6585 (2012), section 4, for 429.
enum class Status {
    done = 200,
    not_modified = 304,
    malformed = 400,
    forbidden = 403,
    not_found = 404,
    wrong_method = 405,
    conflict = 409,
    no_length = 411,
    too_large = 413,
    address_too_long = 414,
    wrong_type = 415,
    wrong_content = 422,
    too_many = 429,
    internal = 500,
    unavailable = 503
};

/// Why there is no answer: `Problem` of the contract of the page, and the status that goes with it.
struct Problem {
    Status status = Status::internal;
    std::string message;
    std::vector<Diagnostic> problems;
    std::string allow; ///< methods that the address knows, with `wrong_method`
};

/// Ends a request with a problem.
class Refusal : public Error {
public:
    explicit Refusal(Problem problem);
    Refusal(Status status, const std::string& message);
    [[nodiscard]] const Problem& problem() const noexcept { return problem_; }

private:
    Problem problem_;
};

/// The refusal of a value that a client sent, as a finding at its field.
[[nodiscard]] Refusal wrong_field(const std::string& field, const std::string& message,
                                  const std::string& help);

/// What the exception being handled tells a client; for use in a `catch` alone. Of a defect of the
/// program it tells nothing but that: `what()` may hold anything.
[[nodiscard]] Problem problem_in_flight();

/// What the exception being handled says, for those who run the server; likewise.
[[nodiscard]] std::string reason_in_flight();

[[nodiscard]] Json to_json(const Problem& problem);

/// As text; bytes that are no UTF-8 become U+FFFD, since some come from files as they stand.
[[nodiscard]] std::string text_of(const Json& json);

} // namespace chainsim::workbench
