#include "problem.hpp"

#include <chainsim/study/comparison.hpp>
#include <chainsim/study/study.hpp>
#include <chainsim/uncertainty/sampler.hpp>

#include <fmt/format.h>

#include <exception>
#include <filesystem>
#include <utility>

namespace chainsim::workbench {

namespace {

Problem problem_of(const InputError& error) {
    const auto& found = error.diagnostics();
    return {Status::wrong_content,
            found.size() == 1 ? found.front().message
                              : fmt::format("{} problems in the input", found.size()),
            found,
            {}};
}

} // namespace

Refusal::Refusal(Problem problem) : Error(problem.message), problem_(std::move(problem)) {}

Refusal::Refusal(Status status, const std::string& message)
    : Refusal(Problem{status, message, {}, {}}) {}

Refusal wrong_field(const std::string& field, const std::string& message, const std::string& help) {
    Diagnostic found;
    found.field = field;
    found.message = message;
    found.help = help;
    return Refusal(Problem{Status::wrong_content, message, {std::move(found)}, {}});
}

Problem problem_in_flight() {
    try {
        throw;
    } catch (const Refusal& error) {
        return error.problem();
    } catch (const InputError& error) {
        return problem_of(error);
    } catch (const study::NoSolution& error) {
        return {Status::wrong_content, error.what(), {}, {}};
    } catch (const study::NotComparable& error) {
        return {Status::wrong_content, error.what(), {}, {}};
    } catch (const uncertainty::ClosingError& error) {
        return {Status::wrong_content, error.what(), {}, {}};
    } catch (const Unavailable& error) {
        return {Status::unavailable, error.what(), {}, {}};
    } catch (const IoError& error) {
        return {Status::internal, error.what(), {}, {}}; // a full disk is the user's to know
    } catch (...) {
        return {Status::internal, "internal error; the server has noted it", {}, {}};
    }
}

std::string reason_in_flight() {
    try {
        throw;
    } catch (const std::exception& error) {
        return error.what();
    } catch (...) {
        return "something that is no exception";
    }
}

Json to_json(const Problem& problem) {
    Json found = Json::array();
    for (const auto& one : problem.problems) {
        Json entry = Json::object();
        if (!one.field.empty()) {
            entry["field"] = one.field;
        }
        if (!one.where.file.empty()) {
            // Where the server keeps its files is nobody's business.
            entry["file"] = std::filesystem::path(one.where.file).filename().generic_string();
        }
        entry["line"] = one.where.line;
        entry["column"] = one.where.column;
        entry["message"] = one.message;
        entry["help"] = one.help;
        found.push_back(std::move(entry));
    }
    return {{"message", problem.message}, {"problems", std::move(found)}};
}

std::string text_of(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

} // namespace chainsim::workbench
